#include "sim/scenario/settings_table.h"

#include <algorithm>

#include "sim/scenario/figures.h"
#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

using S = Settings;

const SettingRow kRows[] = {
    {"gates", &S::gates, Shape::gates, "[caller is registered, caller holds cell]", "gates_as_is",
     "Admission rules of the DCC that are switched on beside those that always apply."},
    {"wan loss", &S::wan_loss, Shape::share, "0.5 %", "wan_message_loss_prob",
     "Share of messages lost, each way."},
    {"wan latency north", &S::wan_latency_north, Shape::duration, "2500 ms",
     "wan_link_latency_median_north_ms", "Median one-way delay in the North region."},
    {"wan latency central", &S::wan_latency_central, Shape::duration, "1500 ms",
     "wan_link_latency_median_central_ms", "Median one-way delay in the Central region."},
    {"wan latency south", &S::wan_latency_south, Shape::duration, "1500 ms",
     "wan_link_latency_median_south_ms", "Median one-way delay in the South region."},
    {"wan latency smets1", &S::wan_latency_smets1, Shape::duration, "20 s", "smets1_wakeup_latency_s",
     "Median one-way delay to a SMETS1 meter, wake-up included."},
    {"wan latency sigma", &S::wan_latency_sigma, Shape::spread, "0.3", "wan_link_latency_sigma",
     "Spread of the lognormal delay, in ln units."},
    {"han latency", &S::han_latency, Shape::duration, "200 ms", "han_latency_ms",
     "Delay from the hub to a mains-powered device."},
    {"gsme wake interval", &S::gsme_wake_interval, Shape::duration, "30 min", "gsme_gpf_update_period_s",
     "How often a gas meter wakes up and fetches its messages."},
    {"dcc processing", &S::dcc_processing, Shape::duration, "400 ms", "dcc_core_processing_ms",
     "Delay at each passage through the DCC."},
    {"s1sp processing", &S::s1sp_processing, Shape::duration, "2000 ms", "smets1_s1sp_processing_ms",
     "Delay at the SMETS1 Service Provider."},
    {"user processing", &S::user_processing, Shape::duration, "500 ms", "user_processing_ms",
     "Time in which a user checks and signs a Pre-Command."},
    {"user correlates", &S::user_correlates, Shape::flag, "yes", "user_correlates_precommand",
     "The user compares the Pre-Command with its request before it signs."},
    {"retry interval", &S::retry_interval, Shape::duration, "300 s", "command_retry_interval_s",
     "Time until the DCC sends an unanswered command again."},
    {"retries", &S::retries, Shape::integer, "2", "command_retries_max", "Further attempts after the first."},
    {"registration lag", RangeField{&S::registration_lag_min, &S::registration_lag_max}, Shape::durations,
     "1 to 3 days", "registration_lag_min_days", "Registration data reach the DCC this late.",
     "registration_lag_max_days"},
    {"recovery decision", &S::recovery_decision, Shape::duration, "5 days", "recovery_decision_days",
     "Time the SMKI PMA takes to decide before the DCC recovers a device."},
    {"meter exchange", &S::meter_exchange, Shape::duration, "20 days", "meter_exchange_days",
     "Time until a meter is exchanged."},
    {"hub hold-up", &S::hub_hold_up, Shape::duration, "420 s", "ch_holdup_after_power_loss_s",
     "How long a hub works after it lost power."},
    {"outage hold", &S::outage_hold, Shape::duration, "180 s", "poa_hold_time_s",
     "How long it must be dark before a hub reports it (alert AD1)."},
    {"hub alert delay", &S::hub_alert_delay, Shape::duration, "30 s", "poa_random_delay_max_s",
     "Longest random delay by which hubs spread alert AD1."},
    {"hub recharge", &S::hub_recharge, Shape::duration, "600 s", "ch_store_recharge_s",
     "Time with mains in which an empty hub store fills up."},
    {"hub boot", &S::hub_boot, Shape::duration, "20 s", "ch_boot_s",
     "Time until a hub whose store ran empty works again."},
    {"wan attach", &S::wan_attach, Shape::duration, "30 s", "wan_attach_median_s",
     "Median time until a hub is attached to the WAN again after its start."},
    {"wan attach sigma", &S::wan_attach_sigma, Shape::spread, "0.5", "wan_attach_sigma",
     "Spread of the lognormal time to attach, in ln units."},
    {"meter boot", &S::meter_boot, Shape::duration, "5 s", "esme_boot_s",
     "Time from the restoration of supply to the meter's alert."},
    {"outage alert attempts", &S::outage_alert_attempts, Shape::positive, "3", "poa_tx_attempts_max",
     "How often a hub tries to report one outage."},
    {"outage alert interval", &S::outage_alert_interval, Shape::duration, "60 s", "poa_tx_interval_s",
     "Time from an attempt that nobody heard to the next."},
    {"outage alert sampling", &S::outage_alert_sampling, Shape::positive, "1", "poa_sampling",
     "One hub of so many reports first, the others after the confirm delay."},
    {"outage confirm delay", &S::outage_confirm_delay, Shape::duration, "60 s", "poa_confirm_delay_s",
     "How much later the hubs report that are not in the first sample."},
    {"outage alert delivery north", &S::outage_alert_delivery_north, Shape::share, "90 %",
     "poa_delivery_prob_north", "Share of outage alerts that get through an idle cell of the North region."},
    {"outage alert delivery central", &S::outage_alert_delivery_central, Shape::share, "75 %",
     "poa_delivery_prob_central",
     "Share of outage alerts that get through an idle cell of the Central region."},
    {"outage alert delivery south", &S::outage_alert_delivery_south, Shape::share, "75 %",
     "poa_delivery_prob_south", "Share of outage alerts that get through an idle cell of the South region."},
    {"outage alert latency north", &S::outage_alert_latency_north, Shape::duration, "25 s",
     "poa_latency_median_north_s", "Median time of an outage alert from its cell to the DSP, North."},
    {"outage alert latency central", &S::outage_alert_latency_central, Shape::duration, "35 s",
     "poa_latency_median_central_s", "Median time of an outage alert from its cell to the DSP, Central."},
    {"outage alert latency south", &S::outage_alert_latency_south, Shape::duration, "35 s",
     "poa_latency_median_south_s", "Median time of an outage alert from its cell to the DSP, South."},
    {"outage alert latency sigma", &S::outage_alert_latency_sigma, Shape::spread, "0.8",
     "poa_latency_lognormal_sigma", "Spread of the lognormal time of outage alerts, in ln units."},
    {"outage alert target", &S::outage_alert_target, Shape::duration, "60 s", "poa_delivery_target_s",
     "Time after the hold in which an outage alert must have reached the network operator."},
    {"restoration alert target", &S::restoration_alert_target, Shape::duration, "60 s",
     "restoration_alert_target_s",
     "Time after the return of the mains in which a restoration alert must have reached the operator."},
    {"cell capacity long-range", &S::cell_capacity_long_range, Shape::capacity, "20",
     "poa_cell_capacity_per_s", "Alerts a second that one long-range radio cell carries; or 'any'."},
    {"cell capacity cellular", &S::cell_capacity_cellular, Shape::capacity, "20", "poa_cell_capacity_per_s",
     "Alerts a second that one 2G/3G cell carries; or 'any'."},
    {"cell capacity mesh", &S::cell_capacity_mesh, Shape::capacity, "20", "poa_cell_capacity_per_s",
     "Alerts a second that one mesh gateway carries; or 'any'."},
    {"cell capacity 4g", &S::cell_capacity_4g, Shape::capacity, "20", "poa_cell_capacity_per_s",
     "Alerts a second that one 4G cell carries; or 'any'."},
    {"wan latency 4g", &S::wan_latency_4g, Shape::duration, "300 ms", "wan_link_latency_median_4g_ms",
     "Median one-way delay of hubs with 4G."},
    {"dcc alert capacity", &S::dcc_alert_capacity, Shape::capacity, "any", "dcc_alert_capacity_per_s",
     "Alerts a second that the DSP passes on; or 'any'."},
    {"alert storm threshold", &S::alert_storm_threshold, Shape::positive, "10",
     "alert_storm_threshold_per_window",
     "Copies of one alert of one device that the DCC passes on within the window."},
    {"alert storm window", &S::alert_storm_window, Shape::duration, "1 h", "alert_storm_window_h",
     "Window in which the copies of one alert of one device are counted."},
    {"alert storm forwarded", &S::alert_storm_forwarded, Shape::integer, "1",
     "alert_storm_forwarded_per_period", "Copies that are still passed on in each window of a storm."},
    {"alert storm exclusions", &S::alert_storm_exclusions, Shape::alert_codes,
     "[AD1, 8F35, 8F36, 8F37, 8F38, 8F39, 8F3A, 8F3B, 8F3C]", "alert_storm_exclusions",
     "Alerts that the storm protection never drops."},
    {"firmware power gap", &S::firmware_power_gap, Shape::duration, "200 s", "ota_ch_power_gap_s",
     "How long a meter with the fault of MP102A takes the power from its hub when firmware is activated."},
    {"firmware suppresses alerts", &S::firmware_suppresses_alerts, Shape::flag, "no",
     "firmware_suppresses_alerts", "The DCC withholds outage alerts of homes where a firmware job runs."},
    {"firmware job", &S::firmware_job, Shape::duration, "1 h", "firmware_job_h",
     "How long after its activation a firmware job counts as running."},
    {"faults", &S::faults, Shape::faults, "[]", "faults_none",
     "Rules broken on purpose, to see that an expectation can fail."},
    {"holder exception",
     &S::holder_exception,
     Shape::flag,
     "not allowed",
     "holder_exception_allowed",
     "The DCC lets the holder of a cell repair it although it is not registered.",
     {},
     "allowed",
     "not allowed"},
    {"s1sp checks all requests", &S::s1sp_checks_all_requests, Shape::flag, "no", "s1sp_checks_all_requests",
     "The SMETS1 Service Provider asks for the certificate holder on non-critical requests too."},
    {"meter alerts refusals", &S::meter_alerts_refusals, Shape::flag, "yes", "meter_alerts_refusals",
     "Meters send a security alert for a refused command and do not only log it."},
    {"warm up", &S::warm_up, Shape::duration, "0 s", "prepay_warm_up_days",
     "How long from the start prepayment is played but not counted."},
    {"low credit threshold", &S::low_credit_threshold, Shape::number, "2", "prepay_low_credit_threshold_gbp",
     "Credit at which a prepayment meter warns, GBP."},
    {"emergency credit limit", &S::emergency_credit_limit, Shape::number, "10",
     "prepay_emergency_credit_limit_gbp", "Emergency credit that a meter lends, GBP; 0 for none."},
    {"emergency credit threshold", &S::emergency_credit_threshold, Shape::number, "1",
     "prepay_emergency_credit_threshold_gbp", "Balance at which a meter offers emergency credit, GBP."},
    {"disablement threshold", &S::disablement_threshold, Shape::number, "0",
     "prepay_disablement_threshold_gbp", "Credit at which a meter takes the supply, GBP."},
    {"maximum credit", &S::maximum_credit, Shape::number, "250", "prepay_maximum_credit_gbp",
     "Largest top-up that a meter takes, GBP."},
    {"maximum balance", &S::maximum_balance, Shape::number, "500", "prepay_maximum_balance_gbp",
     "Largest balance that a top-up may lead to, GBP."},
    {"friendly hours", &S::friendly_hours, Shape::flag, "yes", "prepay_friendly_hours_kept",
     "No supply goes off for want of credit from 18:00 to 10:00, on Sundays and bank holidays (UTC)."},
    {"unit price", &S::unit_price, Shape::number, "0.25", "prepay_unit_price_gbp_kwh",
     "Price of a kWh of prepayment customers, GBP."},
    {"standing charge", &S::standing_charge, Shape::number, "0.50", "prepay_standing_charge_gbp_day",
     "Standing charge of prepayment customers, GBP a day."},
    {"daily spend", &S::daily_spend, Shape::number, "3.50", "prepay_daily_spend_gbp",
     "What a prepayment customer uses, GBP a day, standing charge included; mean over customers."},
    {"spend sigma", &S::spend_sigma, Shape::spread, "0.4", "prepay_spend_sigma",
     "Spread of the lognormal spend over customers, in ln units."},
    {"day sigma", &S::day_sigma, Shape::spread, "0.25", "prepay_day_sigma",
     "Spread of the lognormal spend over the days of one customer, in ln units."},
    {"top-ups a month", &S::top_ups_a_month, Shape::number, "4", "prepay_topups_per_meter_month",
     "How often a customer pays in 30 days; mean over customers."},
    {"pay day share", &S::pay_day_share, Shape::share, "30 %", "prepay_pay_day_share",
     "Customers who pay on one day of the week, whatever is left."},
    {"shop share", &S::shop_share, Shape::share, "40 %", "prepay_shop_share",
     "Customers who pay in a shop and hold the UTRN on a receipt."},
    {"phone share", &S::phone_share, Shape::share, "15 %", "prepay_phone_share",
     "Customers who pay by phone; whom neither share counts uses an app."},
    {"shop trip", &S::shop_trip, Shape::duration, "30 min", "prepay_shop_trip_min",
     "Median time until a customer has paid in the shop."},
    {"shop trip sigma", &S::shop_trip_sigma, Shape::spread, "0.5", "prepay_shop_trip_sigma",
     "Spread of the lognormal shop trip, in ln units."},
    {"reaction", &S::reaction, Shape::duration, "20 min", "prepay_reaction_min",
     "Median time, by day, until a customer acts."},
    {"reaction sigma", &S::reaction_sigma, Shape::spread, "0.8", "prepay_reaction_sigma",
     "Spread of the lognormal reaction, in ln units."},
    {"patience", &S::patience, Shape::duration, "30 min", "prepay_patience_min",
     "Median wait for a credit before a customer types the UTRN or calls."},
    {"help line wait", &S::help_line_wait, Shape::duration, "10 min", "prepay_help_line_wait_min",
     "Median time of a call until the help line tells the UTRN."},
    {"typing error", &S::typing_error, Shape::share, "2 %", "prepay_typing_error",
     "Share of entries at the keypad with a wrong digit."},
    {"emergency taken", &S::emergency_taken, Shape::share, "95 %", "prepay_emergency_taken",
     "Customers who take emergency credit once they are off supply."},
    {"no wan share", &S::no_wan_share, Shape::share, "0 %", "prepay_no_faults",
     "Prepayment homes that never had WAN, or lose it for long."},
    {"no wan never part", &S::no_wan_never_part, Shape::share, "50 %", "prepay_no_wan_never_part",
     "Which part of those never had it."},
    {"intermittent wan share", &S::intermittent_wan_share, Shape::share, "0 %", "prepay_no_faults",
     "Prepayment homes whose WAN comes and goes."},
    {"intermittent wan up", &S::intermittent_wan_up, Shape::duration, "72 h", "intermittent_wan_mean_up_h",
     "Mean time for which an intermittent WAN is there."},
    {"intermittent wan down", &S::intermittent_wan_down, Shape::duration, "6 h",
     "intermittent_wan_mean_down_h", "Mean time for which an intermittent WAN is gone."},
    {"han fault share", &S::han_fault_share, Shape::share, "0 %", "prepay_no_faults",
     "Prepayment homes whose hub does not reach the meter."},
    {"coverage repair", &S::coverage_repair, Shape::duration, "90 days", "prepay_coverage_repair_days",
     "Time from an installation without WAN, or its loss, until there is WAN."},
    {"hub buffer alerts", &S::hub_buffer_alerts, Shape::count, "100", "prepay_hub_buffer_alerts",
     "Alerts that a hub holds while its prepayment home has no WAN, beside all responses; 0 for nothing."},
    {"dsp background", &S::dsp_background, Shape::number, "500", "messages_per_second_mean_2023",
     "Messages a second of everybody else that the DSP works off."},
    {"dsp capacity", &S::dsp_capacity, Shape::number, "1000", "dcc_release_rate_uncontrolled_msgs_s",
     "Messages a second that the DSP works off when some are waiting."},
    {"dsp prepay priority", &S::dsp_prepay_priority, Shape::flag, "no", "prepay_dsp_priority",
     "Prepayment messages overtake what waits at the DSP after an outage."},
    {"price change after", &S::price_change_after, Shape::duration, "0 s", "prepay_price_change_after_s",
     "Time from the start after which all prepayment meters are to charge another price; 0 s for never."},
    {"price change to", &S::price_change_to, Shape::number, "0.30", "prepay_price_change_to_gbp_kwh",
     "That price of a kWh, GBP."},
    {"mode change after", &S::mode_change_after, Shape::duration, "0 s", "prepay_mode_change_after_s",
     "Time from the start after which some customers ask for credit mode; 0 s for never."},
    {"mode change share", &S::mode_change_share, Shape::share, "0 %", "prepay_mode_change_share",
     "How many of the prepayment customers that are."},
    {"notice resend interval", &S::notice_resend_interval, Shape::duration, "24 h",
     "prepay_notice_resend_interval_h",
     "Time from a request for another price or mode without an answer to the next, until one comes."},
    {"vend resends", &S::vend_resends, Shape::integer, "2", "prepay_vend_resends",
     "Further requests of the supplier with the same UTRN when no answer came."},
    {"vend resend interval", &S::vend_resend_interval, Shape::duration, "1 h",
     "prepay_vend_resend_interval_h", "Time from a request without an answer to the next."},
    {"utrn text after", &S::utrn_text_after, Shape::duration, "0 s", "prepay_utrn_text_after_s",
     "Time without an answer after which the supplier texts the UTRN to the customer; 0 s for never."},
    {"credit fallback after", &S::credit_fallback_after, Shape::duration, "0 s",
     "prepay_credit_fallback_after_s",
     "Time without WAN after which a meter goes to credit mode by itself; 0 s for never."},
    {"engineer after", &S::engineer_after, Shape::duration, "0 s", "prepay_engineer_after_s",
     "Time off supply although paid, or since a call in vain, after which an engineer is sent; 0 s for "
     "never."},
    {"engineer travel", &S::engineer_travel, Shape::duration, "24 h", "prepay_engineer_travel_h",
     "Time until an engineer is there, between 08:00 and 18:00."},
    {"smets1 stand-in", &S::smets1_stand_in, Shape::flag, "no", "prepay_smets1_stand_in",
     "SMETS1 UTRNs are made outside the DSP while it is down (DP266)."},
    {"remedy cost", &S::remedy_cost, Shape::number, "0", "prepay_remedy_cost_gbp",
     "What a variant costs, GBP per 1,000 prepayment meters and 28 days."},
};

/// Retries are a few; more would only hide a mistake.
constexpr std::int64_t kMostRetries = 100;
constexpr std::int64_t kMostOfACount = 1'000'000;
/// Of a lognormal; beyond, times leave what a clock can count.
constexpr int kMostSpread = 5;

/// Puts the value of one row into the settings, by the type of its field.
struct Reader {
    const SettingRow& row;
    const Node& node;
    Settings& settings;
    Reading& reading;

    void operator()(double S::*field) const {
        const auto value = number();
        if (!value) return;
        if (*value < 0) reading.problems.add(node, in_quotes(node.text) + " is below 0");
        if (row.shape == Shape::spread && *value > kMostSpread)
            reading.problems.add(node, in_quotes(node.text) + " is above " + std::to_string(kMostSpread),
                                 "it counts in ln units: 1 is a factor of 2.7");
        settings.*field = *value;
    }
    void operator()(Duration S::*field) const {
        if (const auto value = read_duration(node, reading)) settings.*field = *value;
    }
    void operator()(int S::*field) const {
        const std::int64_t most = row.shape == Shape::count ? kMostOfACount : kMostRetries;
        const std::int64_t least = row.shape == Shape::positive ? 1 : 0;
        if (const auto value = read_integer(node, reading, least, most)) {
            settings.*field = static_cast<int>(*value);
        }
    }
    void operator()(bool S::*field) const {
        if (const auto value = read_flag(node, reading, row.yes, row.no)) settings.*field = *value;
    }
    void operator()(const RangeField& field) const {
        if (const auto value = read_durations(node, reading)) {
            settings.*field.first = value->first;
            settings.*field.second = value->second;
        }
    }
    void operator()(std::vector<std::string> S::*field) const {
        if (row.shape == Shape::alert_codes) {
            settings.*field = read_choices(node, reading, "alert code", reading.words.alert_codes);
        } else if (row.shape == Shape::faults) {
            settings.*field = read_choices(node, reading, "fault", reading.words.faults);
        } else {
            settings.*field = read_choices(node, reading, "gate", reading.words.gates);
        }
    }

  private:
    std::optional<double> number() const {
        if (row.shape == Shape::share) return read_share(node, reading);
        return row.shape == Shape::capacity ? read_capacity(node, reading) : read_number(node, reading);
    }
};

const SettingRow* find_row(std::string_view name) {
    const auto* found = std::find_if(std::begin(kRows), std::end(kRows),
                                     [&](const SettingRow& row) { return row.name == name; });
    return found == std::end(kRows) ? nullptr : found;
}

}  // namespace

std::span<const SettingRow> setting_rows() { return kRows; }

bool is_setting(std::string_view name) { return find_row(name) != nullptr; }

void read_settings(const Node& map, Settings& settings, Reading& reading) {
    if (map.kind == Node::Kind::empty) return;  // "as-is:" changes nothing
    if (!map.is_map()) {
        reading.problems.add(map, "a map of settings is expected here", "write {} for no change");
        return;
    }
    for (const Node& child : map.children) {
        if (const SettingRow* row = find_row(child.key)) {
            std::visit(Reader{*row, child, settings, reading}, row->field);
            continue;
        }
        std::vector<std::string_view> known;
        for (const SettingRow& each : kRows) known.push_back(each.name);
        reading.problems.add_key(child, "unknown setting " + in_quotes(child.key),
                                 did_you_mean(child.key, known));
    }
}

std::string default_line(const SettingRow& row) {
    std::string line = std::string(row.name) + " = " + std::string(row.default_text);
    if (const Figure* figure = find_figure(row.figure)) {
        line += " ($" + figure->name + ", " + figure->confidence + ": " + figure->source + ")";
    }
    return line;
}

}  // namespace meterbed::scenario
