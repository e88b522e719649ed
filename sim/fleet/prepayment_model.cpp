#include "sim/fleet/prepayment_model.h"

#include <algorithm>
#include <string>

#include "sim/errors.h"
#include "sim/fleet/prepayment_state.h"
#include "sim/prepayment/records.h"
#include "sim/prepayment/tariff.h"

namespace meterbed::fleet {
namespace {

DspTurns turns_of(const Settings& settings, const std::vector<std::pair<Time, Time>>& outages) {
    DspTurns turns(settings);
    for (const auto& [begin, end] : outages) {
        turns.begin_outage(begin);
        if (end != Time::max()) turns.end_outage(end);
    }
    return turns;
}

}  // namespace

PrepaymentModel::State::State(const PrepaymentPart& part, const Settings& given, const Streams& streams,
                              Time from, Duration length)
    : settings(given),
      plan(prepayment_plan(given, from)),
      changed_plan(plan_after_change(given, plan)),
      start(from),
      end(from + length),
      played_to(from),
      consumption(given, streams, part.profiles),
      customers(given, streams),
      covers(streams),
      notices(given, streams),
      carriage(streams),
      dsp(turns_of(given, part.dcc_outages)),
      top_ups(top_up_rules(given)),
      pays(writer.word(prepay::customer_pays)),
      told(writer.word(prepay::code_told)),
      added(writer.word(prepay::credit_added)),
      refused(writer.word(prepay::credit_refused)),
      called(writer.word(prepay::help_line_called)),
      engineer(writer.word(prepay::engineer_visit)),
      emergency(writer.word(prepay::emergency_taken)),
      supply_state(writer.word(prepay::supply_state)),
      mode(writer.word(prepay::payment_mode)),
      without_wan(writer.word(prepay::installed_without_wan)),
      held(writer.word(prepay::report_held)),
      late(writer.word(prepay::report_late)),
      dropped(writer.word(prepay::report_dropped)) {
    for (std::size_t i = 0; i < kRegionNames.size(); ++i)
        stations[i] = writer.word("homes " + std::string(kRegionNames[i]));
    rows.reserve(part.homes.size());
    for (const PrepaymentHome& home : part.homes) begin(home);
}

void PrepaymentModel::State::begin(const PrepaymentHome& home) {
    PrepaymentRow& row = rows.emplace_back();
    row.home = home.home;
    row.site = home.site;
    row.generation = home.generation;
    row.customer = customers.begin(row.home, consumption.scale(row.home), start);
    happened.clear();
    row.ledger = open_ledger(start, plan, prepayment::Mode::prepayment,
                             customers.opening_balance(row.home, row.customer), happened);
    row.audit = begin_audit(row.ledger);
    row.load = consumption.at(row.home, start);
    row.cover = covers.cover(settings, row.home, start, end - start);
    if (row.cover.fault == HomeFault::never_wan) note_installation(row);
    for (const prepayment::Happened& each : happened) send_alert(row, each.code, start);
    look_at_cover(row, start);
    row.decision = notices.next_decision(row.home, start, start);
}

void PrepaymentModel::State::note_installation(const PrepaymentRow& row) {
    Record installed = record(row, without_wan, start);
    installed.value = std::chrono::duration<double, std::ratio<86'400>>(start - row.cover.down_from).count();
    note(installed);
}

Time PrepaymentModel::State::next_of(PrepaymentRow& row) const {
    Time next = std::min({row.load.until, row.fallback.looks, row.decision, row.customer.wakes});
    if (row.open == kNothingOpen) return next;
    const Open& open = pool[row.open];
    for (const Message& message : open.messages) next = std::min(next, message.at);
    for (const OpenVend& it : open.vends) next = std::min(next, it.vend.wakes);
    for (const Notice& it : open.notices) next = std::min(next, it.wakes);
    return next;
}

/// The first of what is due now, in the order that prepayment_model.h gives.
void PrepaymentModel::State::happens(PrepaymentRow& row, Time now) {
    ++handled;
    if (row.load.until <= now) return change_load(row, now);
    if (row.fallback.looks <= now) return look_at_cover(row, now);
    if (row.decision <= now) return decide(row, now);
    if (row.open != kNothingOpen) {
        Open& open = pool[row.open];
        const auto first = std::ranges::min_element(open.messages, [](const Message& a, const Message& b) {
            return std::pair(a.at, a.order) < std::pair(b.at, b.order);
        });
        if (first != open.messages.end() && first->at <= now) {
            const Message message = *first;
            open.messages.erase(first);
            arrive(row, message);
            return close(row);
        }
        for (OpenVend& it : open.vends)
            if (it.vend.wakes <= now) return wake_vend(row, it, now);
        for (Notice& it : open.notices)
            if (it.wakes <= now) return wake_notice(row, it, now);
    }
    wake_customer(row, now);
}

void PrepaymentModel::State::play(PrepaymentRow& row, Time until) {
    for (;;) {
        const Time next = next_of(row);
        if (settle(row, std::min(next, until))) continue;
        if (next > until) return;
        happens(row, next);
    }
}

PrepaymentModel::PrepaymentModel(const PrepaymentPart& part, const Settings& settings, const Streams& streams,
                                 Time start, Duration length)
    : state_(std::make_unique<State>(part, settings, streams, start, length)) {}
PrepaymentModel::~PrepaymentModel() = default;

std::optional<Time> PrepaymentModel::next() const {
    const State& state = *state_;
    if (state.rows.empty() || state.played_to >= state.end) return std::nullopt;
    return state.played_to + Duration{1};
}

void PrepaymentModel::run_until(Time until) {
    State& state = *state_;
    until = std::min(until, state.end);
    if (until < state.played_to) return;
    for (PrepaymentRow& row : state.rows) state.play(row, until);
    state.played_to = until;
    std::ranges::stable_sort(state.slice, [](const Record& a, const Record& b) {
        return std::pair(a.time, a.home) < std::pair(b.time, b.home);
    });
    for (const Record& row : state.slice) state.writer.add(row);
    state.slice.clear();
}

void PrepaymentModel::receive(Parcel, Time now, FleetStation& station) {
    throw SimulationError("'" + std::string(station.name()) + "' got a parcel that is not for it at " +
                          to_text(now));
}

Records PrepaymentModel::take_records() { return state_->writer.finish(); }

std::vector<PrepayHomeRow> PrepaymentModel::homes() const {
    std::vector<PrepayHomeRow> homes;
    homes.reserve(state_->rows.size());
    for (const PrepaymentRow& row : state_->rows)
        homes.push_back({row.home, static_cast<std::uint8_t>(row.site.region), row.site.gsp_group,
                         static_cast<std::uint8_t>(row.generation),
                         static_cast<std::uint8_t>(row.cover.fault)});
    return homes;
}

std::vector<std::int32_t> PrepaymentModel::unbalanced() const {
    std::vector<std::int32_t> homes;
    for (const PrepaymentRow& row : state_->rows)
        if (imbalance(row.audit, row.ledger, state_->plan_of(row)) != 0) homes.push_back(row.home);
    return homes;
}

std::uint64_t PrepaymentModel::events() const { return state_->handled; }

std::size_t PrepaymentModel::bytes() const {
    std::size_t bytes = state_->rows.capacity() * sizeof(PrepaymentRow);
    for (const Open& open : state_->pool) {
        bytes += sizeof(Open) + open.vends.capacity() * sizeof(OpenVend) +
                 open.notices.capacity() * sizeof(Notice) + open.requests.capacity() * sizeof(OpenRequest) +
                 open.messages.capacity() * sizeof(Message) + open.hub.capacity() * sizeof(Held<Message>);
    }
    return bytes;
}

}  // namespace meterbed::fleet
