#include "sim/network/outage_rules.h"

#include <algorithm>
#include <limits>

#include "devices/raise.h"
#include "sim/errors.h"
#include "sim/faults.h"

namespace meterbed {
namespace {

std::uint64_t entity(std::int32_t home) { return static_cast<std::uint64_t>(home); }

/// The draws 4n (uniform), 4n + 2 and 4n + 3 (normal).
MessageDraw message_draw(const Draws& draws, std::int32_t home, std::uint64_t n) {
    return {draws.uniform(entity(home), 4 * n), draws.normal(entity(home), 2 * n + 1)};
}

CellFate fate(Time turn, const Passage& passage, bool wan_down) {
    if (wan_down) return {turn, reasons::wan_outage, {}};
    if (passage.lost) return {turn, reasons::radio, {}};
    return {turn, {}, turn + passage.latency};
}

}  // namespace

CutEffect cut_begins(CutDepth& depth, CutCause cause) {
    if (depth.hub == std::numeric_limits<std::uint8_t>::max())
        throw SimulationError("more than 255 cuts of one home overlap");
    CutEffect effect{depth.hub++ == 0, false};
    if (cause == CutCause::network) effect.meter = depth.meter++ == 0;
    return effect;
}

CutEffect cut_ends(CutDepth& depth, CutCause cause) {
    CutEffect effect{--depth.hub == 0, false};
    if (cause == CutCause::network) effect.meter = --depth.meter == 0;
    return effect;
}

OutageDraws::OutageDraws(const Streams& streams)
    : hub_(streams.of("hub")), event_(streams.of("outage event")), wan_(streams.of("wan")) {}

double OutageDraws::report_delay(std::int32_t home, std::uint16_t loss) const {
    return hub_.uniform(entity(home), 4ULL * loss);
}

double OutageDraws::sampling(std::int32_t home, std::uint16_t loss) const {
    return hub_.uniform(entity(home), 4ULL * loss + 1);
}

/// Takes the draws 4 * loss + 2 and 4 * loss + 3.
double OutageDraws::attach(std::int32_t home, std::uint16_t loss) const {
    return hub_.normal(entity(home), 2ULL * loss + 1);
}

MessageDraw OutageDraws::outage_event(std::int32_t home, std::uint16_t loss, std::uint8_t attempt) const {
    return message_draw(event_, home, 256ULL * loss + attempt);
}

MessageDraw OutageDraws::message(std::int32_t home, std::uint32_t n) const {
    return message_draw(wan_, home, n);
}

HubRules hub_rules(const Settings& settings) {
    HubRules rules{};
    rules.hold_up = settings.hub_hold_up;
    rules.recharge = settings.hub_recharge;
    rules.outage_hold = settings.outage_hold;
    if (has_fault(settings, broken::reports_short_cuts)) rules.outage_hold /= 3;
    rules.alert_delay = settings.hub_alert_delay;
    rules.attempts = settings.outage_alert_attempts;
    rules.attempt_interval = settings.outage_alert_interval;
    rules.sampling = settings.outage_alert_sampling;
    rules.confirm_delay = settings.outage_confirm_delay;
    rules.boot = settings.hub_boot;
    rules.attach = settings.wan_attach;
    rules.attach_sigma = settings.wan_attach_sigma;
    return rules;
}

Time report_due(const HubSupply& hub, const HubRules& rules, const OutageDraws& draws, std::int32_t home) {
    return report_due(hub, rules, draws.report_delay(home, hub.losses), draws.sampling(home, hub.losses));
}

ReportDecision report_now(HubSupply& hub, std::uint16_t loss, Time at, const HubRules& rules) {
    if (hub.mains || hub.losses != loss || hub.told) return {};
    if (at < store_ends(hub) && hub.reports < rules.attempts) {
        ++hub.reports;
        return {true, {}};
    }
    hub.told = true;
    return {false, at < store_ends(hub) ? reasons::radio : reasons::no_power};
}

bool restore_mains(HubSupply& hub, Time at, const HubRules& rules, const OutageDraws& draws,
                   std::int32_t home) {
    const bool unreported = !hub.told && dark_for(hub, at) >= rules.outage_hold;
    if (unreported) hub.told = true;
    restore_mains(hub, at, rules, draws.attach(home, hub.losses));
    return unreported;
}

std::optional<Time> passes_on(const HubSupply& hub, Time at) {
    if (at >= store_ends(hub)) return std::nullopt;
    return std::max(at, hub.works_from);
}

OutageCodes outage_codes(const Settings& settings, const Site& site) {
    return {site.polyphase, has_fault(settings, broken::swaps_restoration_codes)};
}

CellFate outage_event_fate(RadioCell& cell, const OutageAttempt& event, Time now, const Settings& settings,
                           const Site& site, const OutageDraws& draws, bool wan_down) {
    const Time turn = take_turn(cell, now, cell_capacity(settings, site.technology), event.store_ends);
    if (turn >= event.store_ends) return {turn, reasons::no_power, {}};
    const MessageDraw draw = draws.outage_event(event.home, event.loss, event.attempt);
    const double loss = attempt_loss(outage_alert_delivery(settings, site), settings.outage_alert_attempts);
    return fate(turn,
                passage(loss, outage_alert_latency(settings, site), settings.outage_alert_latency_sigma,
                        draw.uniform, draw.normal),
                wan_down);
}

Time next_look(const OutageAttempt& event, const CellFate& fate, Time now, const HubRules& rules) {
    const bool had_turn = fate.turn < event.store_ends;
    return std::max(had_turn ? fate.turn + rules.attempt_interval : event.store_ends, now + kFromCell);
}

CellFate alert_fate(RadioCell& cell, std::int32_t home, std::uint32_t n, Time now, const Settings& settings,
                    const Site& site, const OutageDraws& draws, bool wan_down) {
    const Time turn = take_turn(cell, now, cell_capacity(settings, site.technology), Time::max());
    const MessageDraw draw = draws.message(home, n);
    return fate(turn,
                passage(settings.wan_loss, median_latency(settings, site), settings.wan_latency_sigma,
                        draw.uniform, draw.normal),
                wan_down);
}

DccAlertRules dcc_alert_rules(const Settings& settings) {
    DccAlertRules rules;
    rules.without_mpxn = has_fault(settings, broken::reports_without_mpxn);
    rules.suppresses_during_firmware = settings.firmware_suppresses_alerts;
    rules.storm = {settings.alert_storm_threshold, settings.alert_storm_window,
                   settings.alert_storm_forwarded};
    for (const std::string& text : settings.alert_storm_exclusions) {
        if (text == "AD1") rules.ad1_excluded = true;
        if (const auto code = alert_code_of(text)) rules.excluded.push_back(*code);
    }
    std::sort(rules.excluded.begin(), rules.excluded.end());
    return rules;
}

std::string_view ad1_withheld(const DccAlertRules& rules, const Site& site, Time now, Time job_until,
                              AlertCount& count) {
    if (!site.mpxn_known && !rules.without_mpxn) return reasons::no_mpxn;
    if (rules.suppresses_during_firmware && now < job_until) return reasons::firmware_job;
    if (!rules.ad1_excluded && !passes(count, now, rules.storm)) return reasons::alert_storm;
    return {};
}

std::string_view alert_withheld(const DccAlertRules& rules, std::uint16_t code, Time now, AlertCount& count) {
    if (std::binary_search(rules.excluded.begin(), rules.excluded.end(), code)) return {};
    return passes(count, now, rules.storm) ? std::string_view{} : reasons::alert_storm;
}

}  // namespace meterbed
