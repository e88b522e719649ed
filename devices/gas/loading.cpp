#include "devices/gas/loading.h"

#include <algorithm>

#include "devices/gas/attribute_names.h"
#include "devices/gas/readings.h"
#include "devices/gbz_time.h"

namespace meterbed::gas {
namespace {

using gbcs::gbz::Component;
using gbcs::gbz::Frame;

constexpr std::uint8_t kSuccess = 0x00, kNotFound = 0x8B, kFailure = 0x01, kNoCommand = 0xFF;
constexpr Seconds kDay = 86400;

/// What an answer with a snapshot says about those it does not show.
struct SnapshotCount {
    Seconds from = 0;
    std::uint32_t causes = 0, total = 0;
};
struct SnapshotCounts {
    SnapshotCount consumption, credit;
};

struct Load {
    Device& device;
    const Component& asked;
    const Component& answer;
    std::size_t occurrence;  ///< of the command in its message
    Loaded& result;
    SnapshotCounts& counts;

    GasData& data() const { return device.gas().write(); }
    Reader reader() const { return Reader(answer.payload); }
    /// Also says that the answer was used, or not.
    bool used(bool readable) const {
        if (readable)
            result.data = true;
        else
            result.reason = "an answer that the device's data can not hold";
        return readable;
    }
    void fault(std::uint8_t status) const {
        device.attributes().fail_command({asked.cluster, asked.command}, status, occurrence);
        result.fault = true;
    }
};

void load_attribute(Load& it, const ZclAttribute& attribute, const ZclValue& value) {
    if (attribute != metering::supply_status) return it.device.attributes().put(attribute, value);
    const auto state = supply_state(value.number);
    if (it.used(state.has_value())) it.device.place(*state);
}

void load_attributes(Load& it) {
    Reader in = it.reader();
    while (in.ok() && in.left() > 0) {
        const ZclAttribute attribute{it.answer.cluster, in.u16()};
        const std::uint8_t status = in.u8();
        if (status != kSuccess) {
            it.device.attributes().fail(attribute, status);
            it.result.fault = true;
            continue;
        }
        if (const auto value = ZclValue::read(in)) load_attribute(it, attribute, *value);
    }
    it.used(in.finished());
}

/// Command and status. Success, "not found" and what follows a failure need no data.
void load_default(Load& it) {
    Reader in = it.reader();
    const std::uint8_t command = in.u8(), status = in.u8();
    if (in.finished() && command != kNoCommand && status != kSuccess && status != kNotFound) it.fault(status);
}

template <typename Snapshot>
void load_snapshot(Load& it, std::vector<Snapshot>& kept, const std::optional<Read<Snapshot>>& found,
                   SnapshotCount& count) {
    if (!it.used(found.has_value())) return;
    kept.push_back(found->record);
    Reader asked(it.asked.payload);
    count.from = asked.u32();
    asked.bytes(5);
    count.causes = asked.u32();
    count.total = found->beside;
}

/// Snapshots that were counted but not asked for lie before those asked for.
template <typename Snapshot>
void complete(std::vector<Snapshot>& kept, const SnapshotCount& count) {
    const auto counted = [&](const Snapshot& each) { return (each.cause & count.causes) != 0; };
    const auto first = std::ranges::find_if(kept, counted);
    if (first == kept.end()) return;
    Snapshot earlier = *first;
    const auto held = static_cast<std::uint32_t>(std::ranges::count_if(kept, counted));
    for (std::uint32_t n = held; n < count.total; ++n) {
        earlier.time = count.from - (n - held + 1);
        kept.insert(kept.begin(), earlier);
    }
}

void load_consumption_snapshot(Load& it) {
    load_snapshot(it, it.data().consumption_snapshots, read_consumption_snapshot(it.answer.payload),
                  it.counts.consumption);
}
void load_credit_snapshot(Load& it) {
    load_snapshot(it, it.data().credit_snapshots, read_credit_snapshot(it.answer.payload), it.counts.credit);
}

void load_samples(Load& it) {
    constexpr std::uint16_t kDaily = 0xFFFF;
    Reader in = it.reader();
    SampledLog log;
    log.id = in.u16();
    log.start = in.u32();
    in.u8();  // sample type
    log.interval = in.u16();
    log.step = log.interval == kDaily ? kDay : log.interval;
    for (std::size_t count = in.u16(); in.ok() && count > 0; --count) log.samples.push_back(in.u24());
    if (it.used(in.finished())) it.data().sampled_logs.push_back(std::move(log));
}

void load_debt_payments(Load& it) {
    Reader in = it.reader();
    in.u16();  // command 0 of 1
    while (in.ok() && in.left() > 0)
        it.data().debt_payments.push_back({in.u32(), in.u32(), in.u8(), in.u32()});
    it.used(in.finished());
}

void load_top_ups(Load& it) {
    Reader in = it.reader();
    in.u16();
    while (in.ok() && in.left() > 0) it.data().top_ups.push_back({in.string(), in.i32(), in.u32()});
    it.used(in.finished());
}

void load_events(Load& it) {
    Reader in = it.reader();
    in.bytes(5);  // total, command 0 of 1, log payload control
    while (in.ok() && in.left() > 0) {
        const std::uint8_t log = in.u8();
        const std::uint16_t event = in.u16();
        const Seconds at = in.u32();
        Bytes detail = in.string();
        const bool security = log == 0x04 || log == 0x07;
        it.device.put_log(security ? Log::security : Log::event, {time_of_gbz(at), event, std::move(detail)});
    }
    it.used(in.finished());
}

/// Parts of one calendar come in answers to several commands.
void load_calendar(Load& it, const std::optional<Calendar>& part, std::uint8_t type) {
    if (!it.used(part.has_value())) return;
    Calendar* calendar = it.data().calendar_of(type);
    if (!calendar) {
        it.data().calendars.push_back({type, part->issuer_event, part->id, 0, {}, {}, {}, {}});
        calendar = &it.data().calendars.back();
    }
    calendar->start = std::max(calendar->start, part->start);
    calendar->days.insert(calendar->days.end(), part->days.begin(), part->days.end());
    calendar->weeks.insert(calendar->weeks.end(), part->weeks.begin(), part->weeks.end());
    if (!part->seasons.empty()) calendar->seasons = part->seasons;
    if (!part->special_days.empty()) calendar->special_days = part->special_days;
}

/// Weeks and seasons do not name their type: it follows from the calendar asked for.
std::uint8_t asked_type(const Component& asked) {
    constexpr std::uint32_t kNonDisablement = 0xFFFFFFFE;
    Reader in(asked.payload);
    in.u32();
    return in.u32() == kNonDisablement ? calendar_type::non_disablement : calendar_type::tariff;
}

void load_day(Load& it) {
    const auto part = read_day(it.answer.payload);
    load_calendar(it, part, part ? part->type : std::uint8_t{0});
}
void load_week(Load& it) { load_calendar(it, read_week(it.answer.payload), asked_type(it.asked)); }
void load_seasons(Load& it) { load_calendar(it, read_seasons(it.answer.payload), asked_type(it.asked)); }
void load_special_days(Load& it) {
    const auto part = read_special_days(it.answer.payload);
    load_calendar(it, part, part ? part->type : std::uint8_t{0});
}

void load_price(Load& it) {
    const auto price = read_price(it.answer.payload);
    if (!it.used(price.has_value())) return;
    it.data().price = price->record;
    it.result.now = time_of_gbz(price->beside);
}

void load_billing_period(Load& it) {
    const auto period = read_billing_period(it.answer.payload);
    if (it.used(period.has_value())) it.data().billing_period = *period;
}

void load_event_settings(Load& it) {
    Reader in = it.reader();
    in.u16();
    std::vector<EventSetting> settings;
    while (in.ok() && in.left() > 0) settings.push_back({in.u16(), in.u8()});
    if (it.used(in.finished())) it.data().event_settings = std::move(settings);
}

void load_payment_mode(Load& it) {
    Reader in = it.reader();
    it.data().friendly_credit = in.u8();
    it.data().friendly_credit_calendar = in.u32();
    it.device.attributes().put(prepayment::emergency_credit_limit, {ZclType::uint32, in.u32()});
    it.device.attributes().put(prepayment::emergency_credit_threshold, {ZclType::uint32, in.u32()});
    it.used(in.finished());
}

/// What the valve was before: a valve is armed when it was closed.
void load_supply_status(Load& it) {
    Reader in = it.reader();
    in.bytes(12);
    const auto after = supply_state(in.u8());
    if (!it.used(in.finished() && after)) return;
    if (*after != SupplyState::Disabled)
        it.device.place(*after == SupplyState::Armed ? SupplyState::Disabled : *after);
}

void load_sampling(Load& it) {
    Reader in = it.reader();
    const std::uint16_t id = in.u16();
    if (it.used(in.finished())) it.data().network_sample_id = id;
}

void load_cleared(Load& it) {
    if (it.answer.payload == Bytes{0}) it.fault(kFailure);
}

/// Result, value, source, balance: the balance before the top-up was less by its value.
void load_top_up(Load& it) {
    Reader in = it.reader();
    const bool accepted = in.u8() == 0;
    const std::int64_t value = in.i32();
    in.u8();
    const std::int64_t balance = in.i32();
    if (!in.finished() || !accepted) return;
    it.device.attributes().put(prepayment::credit_remaining, {ZclType::int32, balance - value});
    it.used(true);
}

struct Row {
    std::uint16_t cluster;
    std::uint8_t command;
    void (*load)(Load&);
};
constexpr Row kRows[] = {
    {cluster::price, 0x00, load_price},
    {cluster::price, 0x09, load_billing_period},
    {cluster::metering, 0x06, load_consumption_snapshot},
    {cluster::metering, 0x07, load_samples},
    {cluster::metering, 0x0C, load_supply_status},
    {cluster::metering, 0x0D, load_sampling},
    {cluster::prepayment, 0x01, load_credit_snapshot},
    {cluster::prepayment, 0x02, load_payment_mode},
    {cluster::prepayment, 0x03, load_top_up},
    {cluster::prepayment, 0x05, load_top_ups},
    {cluster::prepayment, 0x06, load_debt_payments},
    {cluster::calendar, 0x01, load_day},
    {cluster::calendar, 0x02, load_week},
    {cluster::calendar, 0x03, load_seasons},
    {cluster::calendar, 0x04, load_special_days},
    {cluster::device_management, 0x04, load_event_settings},
    {cluster::events, 0x01, load_events},
    {cluster::events, 0x02, load_cleared},
};

void load_answer(Load& it) {
    constexpr std::uint8_t kClusterSpecific = 0x01, kReadResponse = 0x01, kDefaultResponse = 0x0B;
    const bool specific = (it.answer.frame_control & kClusterSpecific) != 0;
    if (!specific && it.answer.command == kReadResponse) return load_attributes(it);
    if (!specific && it.answer.command == kDefaultResponse) return load_default(it);
    for (const Row& row : kRows)
        if (specific && row.cluster == it.answer.cluster && row.command == it.answer.command)
            return row.load(it);
    it.used(false);
}

}  // namespace

Loaded load_answers(Device& device, const Frame& command, const Frame& answers) {
    Loaded result;
    SnapshotCounts counts;
    std::vector<ZclCommand> seen;
    for (const Component& asked : command.components) {
        const ZclCommand name{asked.cluster, asked.command};
        const auto occurrence = static_cast<std::size_t>(std::ranges::count(seen, name));
        seen.push_back(name);
        for (const Component& answer : answers.components) {
            if (answer.sequence != asked.sequence || answer.cluster != asked.cluster) continue;
            Load load{device, asked, answer, occurrence, result, counts};
            load_answer(load);
        }
    }
    if (counts.consumption.total != 0)
        complete(device.gas().write().consumption_snapshots, counts.consumption);
    if (counts.credit.total != 0) complete(device.gas().write().credit_snapshots, counts.credit);
    return result;
}

void load_reading(Device& device, const ConsumptionSnapshot& snapshot) {
    const auto put = [&](const ZclAttribute& attribute, std::uint64_t value) {
        device.attributes().put(attribute, {ZclType::uint48, static_cast<std::int64_t>(value)});
    };
    put(metering::summation, snapshot.summation);
    for (unsigned n = 0; n < snapshot.tiers.size(); ++n)
        put(metering::tier_summation(n + 1), snapshot.tiers[n]);
    for (unsigned n = 0; n < snapshot.blocks.size(); ++n)
        put(metering::block_summation(n), snapshot.blocks[n]);
    device.gas().write().next_snapshot = snapshot.id;
}

}  // namespace meterbed::gas
