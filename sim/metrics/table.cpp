#include <array>

#include "sim/metrics/folds.h"

namespace meterbed {

namespace {

using Figures = OutageFigures;
using Prepay = PrepayFigures;
using Value = std::optional<double>;

Value shown(double value) { return value; }
Value shown(const Value& value) { return value; }
Value shown(const Share& share) { return share.value(); }

/// A member of the figures, or one of an array of them.
template <auto Member>
struct Owner;
template <typename From, typename Type, Type From::*Member>
struct Owner<Member> {
    using type = From;
};
template <auto Member>
Value of(const typename Owner<Member>::type& figures) {
    return shown(figures.*Member);
}
template <auto Member, std::size_t I>
Value each(const typename Owner<Member>::type& figures) {
    return shown((figures.*Member)[I]);
}

/// A member of stale days, or one of an array of them.
template <auto Days, auto Member>
Value inner(const Prepay& figures) {
    return shown((figures.*Days).*Member);
}
template <auto Days, auto Member, std::size_t I>
Value inner_each(const Prepay& figures) {
    return shown(((figures.*Days).*Member)[I]);
}

constexpr std::array kMetrics{
    Metric{"wrong choices", "requests that carried somebody else's certificates by mistake", "",
           folds::wrong_choices},
    Metric{"devices nobody can command",
           "homes where whoever the DCC lets through is not the holder, and the holder is refused by the DCC",
           "", folds::devices_nobody_can_command},
    Metric{"renewals refused in error", "share of rightly meant certificate updates that were refused",
           "share", folds::renewals_refused_in_error},
    Metric{"repairs", "homes put right", "", folds::repairs},
    Metric{"time to repair", "mean time from the begin of a repair to its success", "s",
           folds::time_to_repair},
    Metric{"requests refused", "refusals at the DCC and the S1SP", "", folds::requests_refused},
    Metric{"requests refused at the DCC", "refusals at the DCC alone", "", folds::requests_refused_at_dcc},
    Metric{"requests answered", "requests that ended with a response of the device", "",
           folds::requests_answered},
    Metric{"requests without an answer", "requests given up after all attempts", "",
           folds::requests_without_answer},
    Metric{"commands dropped by the meter", "commands that a device refused without an answer", "",
           folds::commands_dropped},
    Metric{"alerts to the wrong operator",
           "network operator alerts delivered to another than the registered operator", "",
           folds::alerts_to_the_wrong_operator},
    Metric{"outage alerts expected",
           "cuts of at least the hold, counted by hub whose MPxN is known, that are not too near the end", "",
           of<&Figures::expected>},
    Metric{"outage alerts delivered", "share of the expected that reached the network operator", "share",
           of<&Figures::delivered>},
    Metric{
        "outage alerts in time",
        "share of the expected that reached the network operator within the target after the hold (clock D)",
        "share", of<&Figures::in_time>},
    Metric{"outage alerts in time: North", "the same in the North region", "share",
           each<&Figures::in_time_by_region, 0>},
    Metric{"outage alerts in time: Central", "the same in the Central region", "share",
           each<&Figures::in_time_by_region, 1>},
    Metric{"outage alerts in time: South", "the same in the South region", "share",
           each<&Figures::in_time_by_region, 2>},
    Metric{"outage alerts in time: single premises", "the same of cuts of one premises", "share",
           each<&Figures::in_time_by_size, 0>},
    Metric{"outage alerts in time: 2 to 100 premises", "the same of cuts of so many", "share",
           each<&Figures::in_time_by_size, 1>},
    Metric{"outage alerts in time: 101 to 5000 premises", "the same of cuts of so many", "share",
           each<&Figures::in_time_by_size, 2>},
    Metric{"outage alerts in time: over 5000 premises", "the same of larger cuts", "share",
           each<&Figures::in_time_by_size, 3>},
    Metric{"outage alert clock D: median", "from the hold to the network operator, of the delivered", "s",
           of<&Figures::clock_d_median>},
    Metric{"outage alert clock D: 95 %", "95 % of the delivered were as fast", "s", of<&Figures::clock_d_95>},
    Metric{"outage alert clock D: 99 %", "99 % of the delivered were as fast", "s", of<&Figures::clock_d_99>},
    Metric{"outage alert clock C in time",
           "share of the delivered that took at most the target from the DSP to the network operator",
           "share", of<&Figures::clock_c>},
    Metric{"outage alerts missing: power back", "expected, but supply was back before the hub was heard", "",
           each<&Figures::without_alert, 1>},
    Metric{"outage alerts missing: hub without power", "expected, but the store of the hub ended first", "",
           each<&Figures::without_alert, 2>},
    Metric{"outage alerts missing: radio", "expected, but nobody heard any attempt of the hub", "",
           each<&Figures::without_alert, 3>},
    Metric{"outage alerts missing: firmware job", "expected, but withheld during a firmware job", "",
           each<&Figures::without_alert, 5>},
    Metric{"outage alerts missing: alert storm", "expected, but dropped by the storm protection", "",
           each<&Figures::without_alert, 6>},
    Metric{"outage alerts for short cuts", "outage alerts of cuts shorter than the hold", "",
           of<&Figures::short_cut_alerts>},
    Metric{"outage alerts without MPxN", "outage alerts of hubs whose MPxN the DCC does not know", "",
           of<&Figures::without_mpxn>},
    Metric{"false outage alerts", "outage alerts of hubs that firmware, and no cut, left without power", "",
           of<&Figures::false_alerts_count>},
    Metric{"share of false outage alerts", "of all outage alerts", "share", of<&Figures::false_alerts>},
    Metric{"outage alerts to the wrong operator",
           "none of whose recipients was the registered network operator", "",
           of<&Figures::outage_alerts_misled>},
    Metric{"restoration codes wrong", "restoration alerts whose code does not fit the length of the outage",
           "", of<&Figures::wrong_codes>},
    Metric{"restoration alerts in time",
           "share of the expected outages that ended and whose restoration alert arrived within the target",
           "share", of<&Figures::restoration_in_time>},
    Metric{"restoration alerts to the wrong operator",
           "restoration alerts that arrived at another than the registered network operator", "",
           of<&Figures::restoration_alerts_misled>},
    Metric{"time to the first alert of a feeder",
           "median over cuts of two or more premises, by feeder, from the loss to the first alert", "s",
           of<&Figures::first_alert>},
    Metric{"time to be sure of a feeder",
           "the same to the alert after which the cut is 95 % sure, given the share of false alerts", "s",
           of<&Figures::sure>},
    Metric{"alerts to be sure of a feeder", "how many alerts of one feeder make a cut 95 % sure", "",
           of<&Figures::alerts_to_be_sure>},
    Metric{"off-supply hours", "hours without supply after the warm-up, per 1,000 prepayment meters", "h",
           of<&Prepay::off_supply>},
    Metric{"off-supply hours: not paid",
           "of them those in which no paid top-up was on its way, per 1,000 meters", "h",
           each<&Prepay::by_harm, 0>},
    Metric{"off-supply hours: home fault",
           "of them those in which a paid top-up did not reach a home with a fault, per 1,000 meters", "h",
           each<&Prepay::by_harm, 1>},
    Metric{"off-supply hours: DCC outage",
           "of them those in which a paid top-up waited because the DSP was down or behind, per 1,000 meters",
           "h", each<&Prepay::by_harm, 2>},
    Metric{"off-supply hours: carriage",
           "of them those in which a paid top-up was on its way for no such reason, per 1,000 meters", "h",
           each<&Prepay::by_harm, 3>},
    Metric{"off-supply hours: no fault",
           "hours without supply per 1,000 homes where WAN and HAN are in order", "h",
           each<&Prepay::by_fault, 0>},
    Metric{"off-supply hours: never had WAN",
           "hours without supply per 1,000 homes that never had WAN at the start", "h",
           each<&Prepay::by_fault, 1>},
    Metric{"off-supply hours: lost WAN", "hours without supply per 1,000 homes that lost it", "h",
           each<&Prepay::by_fault, 2>},
    Metric{"off-supply hours: intermittent WAN",
           "hours without supply per 1,000 homes whose WAN comes and goes", "h", each<&Prepay::by_fault, 3>},
    Metric{"off-supply hours: HAN fault",
           "hours without supply per 1,000 homes whose hub does not reach the meter", "h",
           each<&Prepay::by_fault, 4>},
    Metric{"off-supply hours: North", "hours without supply per 1,000 prepayment meters of the North region",
           "h", each<&Prepay::by_region, 0>},
    Metric{"off-supply hours: Central",
           "hours without supply per 1,000 prepayment meters of the Central region", "h",
           each<&Prepay::by_region, 1>},
    Metric{"off-supply hours: South", "hours without supply per 1,000 prepayment meters of the South region",
           "h", each<&Prepay::by_region, 2>},
    Metric{"off-supply hours: SMETS1", "hours without supply per 1,000 prepayment meters of SMETS1", "h",
           each<&Prepay::by_generation, 0>},
    Metric{"off-supply hours: SMETS2", "hours without supply per 1,000 prepayment meters of SMETS2", "h",
           each<&Prepay::by_generation, 1>},
    Metric{"off-supply hours in the DCC outage: SMETS1",
           "of those the ones in which a paid top-up waited because the DSP was down or behind", "h",
           each<&Prepay::in_dcc_outage, 0>},
    Metric{"off-supply hours in the DCC outage: SMETS2",
           "of those the ones in which a paid top-up waited because the DSP was down or behind", "h",
           each<&Prepay::in_dcc_outage, 1>},
    Metric{"meters off supply at least once", "share of the prepayment meters, after the warm-up", "share",
           of<&Prepay::off_once>},
    Metric{"top-ups", "payments of customers after the warm-up", "", of<&Prepay::top_ups>},
    Metric{"top-ups credited in 5 min",
           "share of the top-ups that were at the meter so soon after the payment", "share",
           each<&Prepay::in_time, 0>},
    Metric{"top-ups credited in 30 min",
           "share of the top-ups that were at the meter so soon after the payment", "share",
           each<&Prepay::in_time, 1>},
    Metric{"top-ups credited in 24 h",
           "share of the top-ups that were at the meter so soon after the payment", "share",
           each<&Prepay::in_time, 2>},
    Metric{"top-ups credited in 5 min: faulty homes", "the same of homes with a fault", "share",
           each<&Prepay::in_time_at_faulty, 0>},
    Metric{"top-ups credited in 30 min: faulty homes", "the same of homes with a fault", "share",
           each<&Prepay::in_time_at_faulty, 1>},
    Metric{"top-ups credited in 24 h: faulty homes", "the same of homes with a fault", "share",
           each<&Prepay::in_time_at_faulty, 2>},
    Metric{"top-ups typed", "share of the credited that were typed at the keypad", "share",
           of<&Prepay::typed>},
    Metric{"wrong entries", "entries of a UTRN with wrong digits", "", of<&Prepay::wrong_entries>},
    Metric{"duplicate credit attempts", "UTRNs that arrived at a meter that had them already", "",
           of<&Prepay::duplicate_attempts>},
    Metric{"duplicate credits", "payments that were credited more than once", "",
           of<&Prepay::duplicate_credits>},
    Metric{"help line calls", "calls of customers who wait for a top-up, per 1,000 prepayment meters", "",
           of<&Prepay::calls>},
    Metric{"engineer visits", "visits for top-ups that do not arrive, per 1,000 prepayment meters", "",
           of<&Prepay::visits>},
    Metric{"stale-tariff days",
           "days from the change of the price until the meter charges by it, after the warm-up, per 1,000 "
           "prepayment meters",
           "d", inner<&Prepay::stale_price, &StaleDays::all>},
    Metric{"stale-tariff days: no fault", "the same of homes where WAN and HAN are in order", "d",
           inner_each<&Prepay::stale_price, &StaleDays::by_fault, 0>},
    Metric{"stale-tariff days: never had WAN", "the same of homes that never had WAN at the start", "d",
           inner_each<&Prepay::stale_price, &StaleDays::by_fault, 1>},
    Metric{"stale-tariff days: lost WAN", "the same of homes that lost it", "d",
           inner_each<&Prepay::stale_price, &StaleDays::by_fault, 2>},
    Metric{"stale-tariff days: intermittent WAN", "the same of homes whose WAN comes and goes", "d",
           inner_each<&Prepay::stale_price, &StaleDays::by_fault, 3>},
    Metric{"stale-tariff days: HAN fault", "the same of homes whose hub does not reach the meter", "d",
           inner_each<&Prepay::stale_price, &StaleDays::by_fault, 4>},
    Metric{"stale-tariff days: North", "the same of the North region", "d",
           inner_each<&Prepay::stale_price, &StaleDays::by_region, 0>},
    Metric{"stale-tariff days: Central", "the same of the Central region", "d",
           inner_each<&Prepay::stale_price, &StaleDays::by_region, 1>},
    Metric{"stale-tariff days: South", "the same of the South region", "d",
           inner_each<&Prepay::stale_price, &StaleDays::by_region, 2>},
    Metric{"stale-tariff days: SMETS1", "the same of SMETS1", "d",
           inner_each<&Prepay::stale_price, &StaleDays::by_generation, 0>},
    Metric{"stale-tariff days: SMETS2", "the same of SMETS2", "d",
           inner_each<&Prepay::stale_price, &StaleDays::by_generation, 1>},
    Metric{"meters left with the old price", "share of the meters that were to change and had not by the end",
           "share", inner<&Prepay::stale_price, &StaleDays::left>},
    Metric{"stale-mode days",
           "days from the wish of the customer until the meter is in credit mode, after the warm-up, per "
           "1,000 meters that are to change",
           "d", inner<&Prepay::stale_mode, &StaleDays::all>},
    Metric{"stale-mode days: no fault", "the same of homes where WAN and HAN are in order", "d",
           inner_each<&Prepay::stale_mode, &StaleDays::by_fault, 0>},
    Metric{"stale-mode days: never had WAN", "the same of homes that never had WAN at the start", "d",
           inner_each<&Prepay::stale_mode, &StaleDays::by_fault, 1>},
    Metric{"stale-mode days: lost WAN", "the same of homes that lost it", "d",
           inner_each<&Prepay::stale_mode, &StaleDays::by_fault, 2>},
    Metric{"stale-mode days: intermittent WAN", "the same of homes whose WAN comes and goes", "d",
           inner_each<&Prepay::stale_mode, &StaleDays::by_fault, 3>},
    Metric{"stale-mode days: HAN fault", "the same of homes whose hub does not reach the meter", "d",
           inner_each<&Prepay::stale_mode, &StaleDays::by_fault, 4>},
    Metric{"stale-mode days: North", "the same of the North region", "d",
           inner_each<&Prepay::stale_mode, &StaleDays::by_region, 0>},
    Metric{"stale-mode days: Central", "the same of the Central region", "d",
           inner_each<&Prepay::stale_mode, &StaleDays::by_region, 1>},
    Metric{"stale-mode days: South", "the same of the South region", "d",
           inner_each<&Prepay::stale_mode, &StaleDays::by_region, 2>},
    Metric{"stale-mode days: SMETS1", "the same of SMETS1", "d",
           inner_each<&Prepay::stale_mode, &StaleDays::by_generation, 0>},
    Metric{"stale-mode days: SMETS2", "the same of SMETS2", "d",
           inner_each<&Prepay::stale_mode, &StaleDays::by_generation, 1>},
    Metric{"meters left in prepayment mode", "share of the meters that were to change and had not by the end",
           "share", inner<&Prepay::stale_mode, &StaleDays::left>},
};

constexpr std::array kInvariants{
    Invariant{"one holder per cell", "at the end the network operator cells of a device name one party",
              folds::one_holder_per_cell},
    Invariant{"every message accounted for", "every request is completed once its attempts are used up",
              folds::every_message_accounted_for},
    Invariant{"no outage alert for a short cut", "cuts shorter than the hold give no AD1",
              folds::no_alert_for_short_cuts},
    Invariant{"no outage alert without MPxN", "the DCC sends no AD1 that cannot name the supply point",
              folds::no_alert_without_mpxn},
    Invariant{"restoration codes right", "the code of a restoration alert fits the length of the outage",
              folds::restoration_codes_right},
    Invariant{"every outage accounted for",
              "every outage beyond the hold gave AD1 or has a reason, once there was time enough",
              folds::every_outage_accounted_for},
    Invariant{
        "money is conserved",
        "what a prepayment meter holds is what was put in less what was used, to the last part of a penny",
        folds::money_is_conserved},
    Invariant{"no duplicate credit", "no payment is credited twice", folds::no_duplicate_credit},
    Invariant{"every payment accounted for",
              "every payment is credited, or refused or open for a reason, once there was time enough",
              folds::every_payment_accounted_for},
};

}  // namespace

std::span<const Metric> metrics() { return kMetrics; }
std::span<const Invariant> invariants() { return kInvariants; }

}  // namespace meterbed
