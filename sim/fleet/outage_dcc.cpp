// What reaches the DCC, and what the users get of it.
#include <algorithm>

#include "devices/raise.h"
#include "sim/fleet/outage_state.h"
#include "sim/network/directory.h"

namespace meterbed::fleet {
namespace {

/// The user with this identifier, when there is one.
std::optional<std::uint16_t> user_of(Eui64 id, std::uint16_t users) {
    const std::uint64_t first = organisation_id(0).value;
    if (id.value < first || id.value >= first + users) return std::nullopt;
    return static_cast<std::uint16_t>(id.value - first);
}

}  // namespace

AlertCount& OutageModel::State::alert_count(const HomeRow& row, std::uint16_t code) {
    return alert_counts[std::uint64_t{rank_of(row)} << 16 | code];
}

/// When the firmware job at this home ends that began last; the epoch when none did.
Time OutageModel::State::job_until(const HomeRow& row, Time at) const {
    const auto later = [](const FirmwareJob& a, const FirmwareJob& b) {
        return std::pair(a.home, a.start) < std::pair(b.home, b.start);
    };
    const auto after = std::upper_bound(jobs.begin(), jobs.end(), FirmwareJob{at, row.home}, later);
    if (after == jobs.begin() || std::prev(after)->home != row.home) return Time{};
    return std::prev(after)->start + settings.firmware_job;
}

Time OutageModel::State::admitted(Time at) {
    return take_turn(dcc, at, settings.dcc_alert_capacity, Time::max());
}

void OutageModel::State::withhold(const HomeRow& row, Time at, DevicePlace place, Word alert,
                                  std::string_view why, std::uint16_t loss) {
    Record out = records.dcc(records.withheld, at, row.home);
    out.device = device_id(row.home, place);
    out.detail = alert;
    out.code = records.word(why);
    out.counter = loss;
    records.writer.add(out);
}

void OutageModel::State::report_at_dcc(std::uint32_t number, Time at) {
    const LossRow& loss = losses[number];
    const HomeRow& row = rows[loss.rank];
    Record out = records.dcc(records.received, at, row.home);
    out.device = device_id(row.home, DevicePlace::chf);
    out.counter = loss.number;
    records.writer.add(out);
    const Time turn = admitted(at);
    if (turn > at) return push(turn, loss.rank, Kind::report_admitted, number);
    report_admitted(number, at);
}

void OutageModel::State::report_admitted(std::uint32_t number, Time at) {
    const LossRow& loss = losses[number];
    const HomeRow& row = rows[loss.rank];
    AlertCount uncounted;
    AlertCount& count = dcc_rules.ad1_excluded ? uncounted : alert_count(row, 0);
    const std::string_view why = ad1_withheld(dcc_rules, row.site, at, job_until(row, at), count);
    if (!why.empty()) return withhold(row, at, DevicePlace::chf, records.ad1, why, loss.number);
    push(at + settings.dcc_processing, loss.rank, Kind::report_at_users, number);
}

void OutageModel::State::report_at_users(std::uint32_t number, Time at) {
    const LossRow& loss = losses[number];
    const HomeRow& row = rows[loss.rank];
    for (const std::uint16_t user : {row.supplier, row.network_operator}) {
        Record out = records.users(records.dcc_alert, at, row.home);
        out.device = device_id(row.home, DevicePlace::chf);
        out.party = organisation_id(user);
        out.code = records.ad1;
        out.counter = loss.number;
        out.value = std::chrono::duration<double>(at - loss.started).count();
        records.writer.add(out);
    }
}

void OutageModel::State::alert_at_dcc(HomeRow& row, MeterAlert alert, Time at) {
    const Time turn = admitted(at);
    if (turn > at) return push(turn, rank_of(row), Kind::alert_admitted, alert.number());
    alert_admitted(row, alert, at);
}

void OutageModel::State::alert_admitted(HomeRow& row, MeterAlert alert, Time at) {
    if (!user_of(row.holder, part.users)) {
        Record out = records.dcc(records.alert_undeliverable, at, row.home);
        out.device = device_id(row.home, DevicePlace::esme);
        out.party = row.holder;
        out.message = static_cast<std::uint16_t>(alert_messages::outage_restored);
        records.writer.add(out);
        return;
    }
    AlertCount uncounted;
    const bool excluded = std::ranges::binary_search(dcc_rules.excluded, alert.code);
    AlertCount& count = excluded ? uncounted : alert_count(row, alert.code);
    const std::string_view why = alert_withheld(dcc_rules, alert.code, at, count);
    if (!why.empty())
        return withhold(row, at, DevicePlace::esme, records.word(alert_code_text(alert.code)), why, 0);
    push(at + settings.dcc_processing, rank_of(row), Kind::alert_at_users, alert.number());
}

void OutageModel::State::alert_at_users(const HomeRow& row, MeterAlert alert, Time at) {
    Record out = records.users(records.alert_received, at, row.home);
    out.device = device_id(row.home, DevicePlace::esme);
    out.party = row.holder;
    out.counter = alert.counter;
    out.message = static_cast<std::uint16_t>(alert_messages::outage_restored);
    out.detail = records.word(alert_code_text(alert.code));
    records.writer.add(out);
}

}  // namespace meterbed::fleet
