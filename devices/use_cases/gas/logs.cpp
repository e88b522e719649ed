// Queries for logs: snapshots, samples, payments, top-ups, events (GCS15, GCS16, GCS17, GCS18, GCS61, CS10).
#include <algorithm>

#include "devices/gas/readings.h"
#include "devices/gbz_time.h"
#include "devices/use_cases/gas/commands.h"

namespace meterbed::gas {
namespace {

struct SnapshotSearch {
    Seconds from = 0, to = 0;
    std::uint8_t offset = 0;
    std::uint32_t causes = 0;
};

std::optional<SnapshotSearch> read_search(ByteView payload) {
    Reader in(payload);
    const SnapshotSearch search{in.u32(), in.u32(), in.u8(), in.u32()};
    return in.finished() ? std::optional(search) : std::nullopt;
}

/// The offset counts snapshots of the causes within the times; "total snapshots found" counts all of the
/// causes, whatever their time (RTDS, GCS16a: 31 daily reads, of which two are asked for).
template <typename Snapshot>
Found find_snapshot(const std::vector<Snapshot>& kept, ByteView payload) {
    const auto search = read_search(payload);
    if (!search) return std::nullopt;
    std::size_t total = 0, within = 0;
    const Snapshot* found = nullptr;
    for (const Snapshot& each : kept) {
        if ((each.cause & search->causes) == 0) continue;
        ++total;
        if (each.time < search->from || each.time > search->to) continue;
        if (within++ == search->offset) found = &each;
    }
    if (!found) return std::vector<Bytes>{};
    return std::vector<Bytes>{encode(*found, static_cast<std::uint8_t>(std::min<std::size_t>(total, 0xFF)))};
}

/// The last so many entries within the times, oldest first.
template <typename Entry>
std::vector<Entry> latest(std::vector<Entry> entries, Seconds from, Seconds to, std::size_t most) {
    std::erase_if(entries, [&](const Entry& each) { return each.time < from || each.time > to; });
    if (entries.size() > most)
        entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(most));
    return entries;
}

/// Command index 0 of 1.
Writer single_command() {
    Writer out;
    out.u8(0).u8(1);
    return out;
}

struct LogName {
    std::uint8_t id;
    DeviceType device;
    Log log;
};
/// GBCS 19, CS10a and CS10b: logs of the GSME and of the GPF.
constexpr LogName kLogs[] = {
    {3, DeviceType::gSME, Log::event},
    {4, DeviceType::gSME, Log::security},
    {6, DeviceType::GPF, Log::event},
    {7, DeviceType::GPF, Log::security},
};

}  // namespace

Found find_consumption_snapshot(const Query& it) {
    return find_snapshot(it.data.consumption_snapshots, it.asked.payload);
}
Found find_credit_snapshot(const Query& it) {
    return find_snapshot(it.data.credit_snapshots, it.asked.payload);
}

Found find_samples(const Query& it) {
    Reader in(it.asked.payload);
    const std::uint16_t id = in.u16();
    const Seconds earliest = in.u32();
    const std::uint8_t type = in.u8();
    const std::size_t wanted = in.u16();
    if (!in.finished()) return std::nullopt;
    const SampledLog* held = it.data.sampled_log(id);
    if (!held || held->step == 0) return std::vector<Bytes>{};
    const SampledLog log = grown(*held, it.now);
    const std::size_t skipped =
        earliest <= log.start ? 0 : (std::size_t{earliest} - log.start + log.step - 1) / log.step;
    if (skipped >= log.samples.size() || wanted == 0) return std::vector<Bytes>{};
    const std::size_t count = std::min(wanted, log.samples.size() - skipped);
    Writer out;
    out.u16(id).u32(log.start + skipped * log.step).u8(type).u16(log.interval).u16(count);
    for (std::size_t i = 0; i < count; ++i) out.u24(log.samples[skipped + i]);
    return std::vector<Bytes>{out.take()};
}

/// "From date time" stands in the component's header, the latest time, the number and the debt in the
/// payload.
Found find_debt_payments(const Query& it) {
    constexpr std::uint8_t kAllDebts = 0xFF;
    Reader in(it.asked.payload);
    const Seconds to = in.u32();
    const std::uint8_t most = in.u8(), debt = in.u8();
    if (!in.finished()) return std::nullopt;
    std::vector<DebtPayment> payments = it.data.debt_payments;
    std::erase_if(payments, [&](const DebtPayment& each) { return debt != kAllDebts && each.debt != debt; });
    payments = latest(std::move(payments), it.asked.from_date_time.value_or(0), to, most);
    if (payments.empty()) return std::vector<Bytes>{};
    Writer out = single_command();
    for (const DebtPayment& each : payments)
        out.u32(each.time).u32(each.amount).u8(each.debt).u32(each.outstanding);
    return std::vector<Bytes>{out.take()};
}

Found find_top_ups(const Query& it) {
    Reader in(it.asked.payload);
    const Seconds to = in.u32();
    const std::uint8_t most = in.u8();
    if (!in.finished()) return std::nullopt;
    const auto top_ups = latest(it.data.top_ups, it.asked.from_date_time.value_or(0), to, most);
    if (top_ups.empty()) return std::vector<Bytes>{};
    Writer out = single_command();
    for (const TopUp& each : top_ups) out.string(each.code).i32(each.amount).u32(each.time);
    return std::vector<Bytes>{out.take()};
}

Found find_events(const Query& it) {
    Reader in(it.asked.payload);
    const std::uint8_t log_id = in.u8() & 0x0FU;
    const std::uint16_t event = in.u16();
    const Seconds from = in.u32(), to = in.u32();
    const std::size_t most = in.u8(), offset = in.u16();
    if (!in.finished()) return std::nullopt;
    const auto row = std::ranges::find_if(
        kLogs, [&](const LogName& each) { return each.id == log_id && each.device == it.device.type(); });
    if (row == std::end(kLogs)) return std::vector<Bytes>{};
    std::vector<LogEntry> entries = it.device.log(row->log);
    std::erase_if(entries, [&](const LogEntry& each) {
        const Seconds at = gbz_time(each.at);
        return at < from || at > to || (event != 0 && each.event != event);
    });
    const std::size_t total = entries.size();
    entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(std::min(offset, total)));
    if (most != 0 && entries.size() > most) entries.resize(most);
    if (entries.empty()) return std::vector<Bytes>{};
    Writer out;
    out.u16(total).u8(0).u8(1).u8(0);  // command 0 of 1, log payload control
    for (const LogEntry& each : entries)
        out.u8(log_id).u16(each.event).u32(gbz_time(each.at)).string(each.detail);
    return std::vector<Bytes>{out.take()};
}

}  // namespace meterbed::gas
