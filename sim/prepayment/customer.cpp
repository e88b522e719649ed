#include "sim/prepayment/customer.h"

#include <algorithm>
#include <cmath>

#include "devices/prepayment/plan.h"
#include "devices/prepayment/timetable.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;
using std::chrono::floor;
using std::chrono::seconds;

// Habits that no document at hand tells of (ASSUMPTION).
constexpr double kPoundsSigma = 0.3;                          ///< of top-ups over customers, ln units
constexpr double kLongestTopUp = 200;                         ///< GBP
constexpr double kLeastThreshold = 50, kMostThreshold = 500;  ///< pence at which a customer pays
constexpr Duration kWakeUp = 7h, kBedTime = 22h;              ///< by the clock on the wall
constexpr Duration kHelpLineOpens = 8h, kHelpLineCloses = 20h;
constexpr Duration kEngineersStart = 8h, kEngineersEnd = 18h;  ///< every day of the week
constexpr Duration kTyping = 2min;                             ///< from the call to the entry
constexpr Duration kNextTry = 1min, kAfterPause = 11min;       ///< a pause of the meter is over by then
constexpr unsigned kTriesUntilPause = 5, kMostTries = 20;
constexpr Duration kStaysAtMeter = 5min, kAtOnce = 1s, kSwitchesOn = 30s;
constexpr double kDaysAMonth = 365.25 / 12;

enum Purpose : std::uint64_t {
    pounds,
    threshold,
    habit,
    pay_day,
    channel,
    emergency,
    opening,
    look,
    slips,
    slip_digit,
    slip_by,
    trip,
    reacts,
    patience,
    help_line
};
std::uint64_t count(std::uint64_t purpose, std::uint64_t n) { return purpose << 40 | n; }
std::uint64_t entity(std::int32_t home) { return static_cast<std::uint64_t>(home); }

/// The first half second after this time.
Time half_second(Time at) { return floor<seconds>(at - Duration{500'000}) + 1s + Duration{500'000}; }

/// Of engineers: a quarter later, so that one never comes while a customer does something.
Time quarter_after(Time at) { return half_second(at) + 250ms; }

// The clock on the wall: its days and hours in time since 1970.
Duration local(Time at) {
    const auto since = at.time_since_epoch();
    return since + seconds{prepayment::gb_offset(floor<seconds>(since).count())};
}
std::int64_t local_day(Time at) { return floor<std::chrono::days>(local(at)).count(); }
Duration time_of_day(Time at) { return local(at) - std::chrono::days{local_day(at)}; }
/// A time of day of this date; an hour that a clock change skips or repeats is never asked for.
Time at_local(std::int64_t day, Duration time) {
    const Time as_utc{std::chrono::days{day} + time};
    return as_utc - seconds{prepayment::gb_offset(floor<seconds>(as_utc.time_since_epoch()).count())};
}
/// At this time when it is open, else when it opens next.
Time when_open(Time at, Duration opens, Duration closes) {
    const Duration time = time_of_day(at);
    if (time >= opens && time < closes) return at;
    return at_local(local_day(at) + (time < opens ? 0 : 1), opens);
}
/// ISO, Monday 1.
unsigned weekday(Time at) {
    return std::chrono::weekday{std::chrono::sys_days{std::chrono::days{local_day(at)}}}.iso_encoding();
}

void plan(Customer& customer) {
    customer.wakes = std::min({customer.next_look, customer.errand, customer.engineer});
}

Channel channel_of(const PrepaymentSettings& settings, double u) {
    if (u < settings.shop_share) return Channel::shop;
    return u < settings.shop_share + settings.phone_share ? Channel::phone : Channel::app;
}

bool wants_to_pay(const Customer& customer, const MeterView& meter, Time now, bool look) {
    if (!meter.prepays) return false;
    if (meter.balance <= 0) return true;
    if (!look) return false;
    const CustomerTraits& traits = customer.traits;
    if (traits.pay_day != 0)
        return weekday(now) == traits.pay_day && meter.balance < prepayment::units_of(2 * traits.pounds);
    return meter.balance < prepayment::units_of(traits.threshold_pence / 100.0);
}

}  // namespace

CustomerRules::CustomerRules(const PrepaymentSettings& settings, const Streams& streams)
    : settings_(settings), choices_(streams.of("customer choices")), times_(streams.of("customer times")) {}

double CustomerRules::uniform(std::int32_t home, std::uint64_t purpose, std::uint64_t n) const {
    return choices_.uniform(entity(home), count(purpose, n));
}

Duration CustomerRules::spread(Duration median, double sigma, std::int32_t home, std::uint64_t purpose,
                               std::uint64_t n) const {
    const double factor = std::exp(sigma * times_.normal(entity(home), count(purpose, n)));
    return Duration{std::llround(static_cast<double>(median.count()) * factor)};
}

Customer CustomerRules::begin(std::int32_t home, double scale, Time start) const {
    Customer customer;
    CustomerTraits& traits = customer.traits;
    const double spend = settings_.daily_spend * scale;
    if (uniform(home, habit) < settings_.pay_day_share) {
        traits.pay_day = static_cast<std::uint8_t>(1 + std::min(6.0, std::floor(7 * uniform(home, pay_day))));
        // A week's worth, rounded up to 5 pounds: else the habit alone would run dry.
        traits.pounds = static_cast<std::uint16_t>(std::min(kLongestTopUp, 5 * std::ceil(7 * spend / 5)));
    } else {
        const double wanted = spend * kDaysAMonth / settings_.top_ups_a_month *
                              std::exp(kPoundsSigma * times_.normal(entity(home), count(pounds, 0)));
        traits.pounds =
            static_cast<std::uint16_t>(std::clamp(5 * std::round(wanted / 5), 5.0, kLongestTopUp));
    }
    traits.pounds = std::max<std::uint16_t>(traits.pounds, 5);
    traits.threshold_pence = static_cast<std::uint16_t>(kLeastThreshold + (kMostThreshold - kLeastThreshold) *
                                                                              uniform(home, threshold));
    traits.channel = channel_of(settings_, uniform(home, channel));
    traits.takes_emergency = uniform(home, emergency) < settings_.emergency_taken;
    customer.next_look = look_after(home, start);
    plan(customer);
    return customer;
}

std::int64_t CustomerRules::opening_balance(std::int32_t home, const Customer& customer) const {
    const CustomerTraits& traits = customer.traits;
    return prepayment::units_of(traits.threshold_pence / 100.0 + traits.pounds * uniform(home, opening));
}

Time CustomerRules::look_of(std::int32_t home, std::int64_t day) const {
    const double u = uniform(home, look, static_cast<std::uint64_t>(day));
    const auto awake = static_cast<double>((kBedTime - kWakeUp).count());
    return half_second(at_local(day, kWakeUp + Duration{static_cast<std::int64_t>(awake * u)}));
}

Time CustomerRules::look_after(std::int32_t home, Time now) const {
    const std::int64_t day = local_day(now);
    const Time today = look_of(home, day);
    return today > now ? today : look_of(home, day + 1);
}

/// By day; what happens at night waits for the morning.
Time CustomerRules::reaction(Customer& customer, std::int32_t home, Time now) const {
    const Duration after =
        spread(settings_.reaction, settings_.reaction_sigma, home, reacts, customer.reactions++);
    const Time open = when_open(now + after, kWakeUp, kBedTime);
    return half_second(open > now + after ? open + after % Duration{1h} : open);
}

Act CustomerRules::act(Customer& customer, std::int32_t home, const MeterView& meter, Time now) const {
    if (now >= customer.engineer) return await_engineer(customer, now);
    const bool look = now >= customer.next_look, errand = now >= customer.errand;
    if (look) customer.next_look = look_after(home, now);
    if (errand) customer.errand = Time::max();
    const Act done = decide(customer, home, meter, now, look, errand);
    consider_engineer(customer, now);
    plan(customer);
    return done;
}

Act CustomerRules::decide(Customer& customer, std::int32_t home, const MeterView& meter, Time now, bool look,
                          bool errand) const {
    if (customer.going_to_pay) return errand ? pay(customer, home, now) : Act::nothing;
    if (meter.supply == SupplyState::Armed) {
        customer.errand = half_second(now + kAtOnce);
        return Act::enable;
    }
    const bool off = meter.supply == SupplyState::Disabled;
    if (off && meter.emergency_offered && customer.traits.takes_emergency) {
        customer.errand = half_second(now + kAtOnce);
        customer.at_meter_until = now + kStaysAtMeter;
        return Act::take_emergency;
    }
    if (customer.waiting_for != 0) return while_waiting(customer, meter, now, look);
    if (!wants_to_pay(customer, meter, now, look)) return Act::nothing;
    if (customer.traits.channel != Channel::shop) return pay(customer, home, now);
    customer.going_to_pay = true;
    const Duration way =
        spread(settings_.shop_trip, settings_.shop_trip_sigma, home, trip, customer.payments + 1);
    customer.errand = half_second(now + way);
    return Act::nothing;
}

Act CustomerRules::while_waiting(Customer& customer, const MeterView& meter, Time now, bool look) const {
    if (now < customer.type_from) {
        customer.errand = customer.type_from;
        return Act::nothing;
    }
    if (customer.has_code) {
        if (customer.tries >= kMostTries && !look) return Act::nothing;
        ++customer.tries;
        customer.at_meter_until = now + kStaysAtMeter;
        return Act::type_code;
    }
    const bool off = meter.supply == SupplyState::Disabled;
    if (customer.called || !(off || look)) return Act::nothing;
    customer.called = customer.sought_help = true;
    return Act::call_help_line;
}

Act CustomerRules::pay(Customer& customer, std::int32_t home, Time now) const {
    customer.going_to_pay = false;
    customer.waiting_for = ++customer.payments;
    customer.paid_at = now;
    customer.tries = 0;
    customer.has_code = customer.called = customer.sought_help = customer.by_engineer = false;
    customer.type_from = half_second(
        now + spread(settings_.patience, settings_.reaction_sigma, home, patience, customer.waiting_for));
    customer.errand = customer.type_from;
    return Act::pay;
}

void CustomerRules::pay_now(Customer& customer, std::int32_t home, Time now) const {
    pay(customer, home, now);
    consider_engineer(customer, now);
    plan(customer);
}

void CustomerRules::supply_went(Customer& customer, std::int32_t home, SupplyState to, Time now) const {
    customer.off = to != SupplyState::Enabled;
    consider_engineer(customer, now);
    plan(customer);
    if (!customer.off || customer.going_to_pay) return;
    const bool at_meter = to == SupplyState::Armed && now <= customer.at_meter_until;
    const Time then = at_meter ? half_second(now + kSwitchesOn) : reaction(customer, home, now);
    customer.errand = std::min(customer.errand, then);
    plan(customer);
}

void CustomerRules::code_told(Customer& customer, std::int32_t home, std::uint32_t payment, Way way,
                              Time now) const {
    const bool from_engineer = way == Way::engineer;
    if (payment != customer.waiting_for || (customer.has_code && !from_engineer)) return;
    customer.has_code = true;
    if (from_engineer) {
        customer.by_engineer = true;
        customer.tries = 0;
        customer.type_from = half_second(now);
    }
    if (way == Way::text) customer.type_from = std::min(customer.type_from, reaction(customer, home, now));
    if (way == Way::help_line) customer.type_from = half_second(now + kTyping);
    customer.errand = std::min(customer.errand, std::max(customer.type_from, half_second(now)));
    plan(customer);
}

void CustomerRules::no_code_yet(Customer& customer, std::uint32_t payment, Time now) const {
    if (payment != customer.waiting_for) return;
    customer.called = false;
    customer.errand = std::min(customer.errand, half_second(now + 1h));
    plan(customer);
}

void CustomerRules::credited(Customer& customer, std::int32_t, std::uint32_t payment, Time now) const {
    if (payment != customer.waiting_for) return;
    customer.waiting_for = 0;
    consider_engineer(customer, now);
    plan(customer);
}

// An engineer
// --------------------------------------------------------------------------------------------------

/// Wanted as long as a payment is missing at the meter and its supply is off, or the help line could not
/// help. A visit that has become needless is called off.
void CustomerRules::consider_engineer(Customer& customer, Time now) const {
    const bool wanted = settings_.engineer_after > Duration{} && customer.waiting_for != 0 &&
                        (customer.off || customer.sought_help);
    if (!wanted) {
        customer.engineer = Time::max();
        customer.engineer_ordered = false;
    } else if (customer.engineer == Time::max()) {
        customer.engineer = quarter_after(now + settings_.engineer_after);
    }
}

/// First one is sent out, then one stands at the door. Another is wanted when that one could not help.
Act CustomerRules::await_engineer(Customer& customer, Time now) const {
    customer.engineer_ordered = !customer.engineer_ordered;
    if (customer.engineer_ordered) {
        customer.engineer =
            quarter_after(when_open(now + settings_.engineer_travel, kEngineersStart, kEngineersEnd));
        plan(customer);
        return Act::nothing;
    }
    customer.engineer = Time::max();
    consider_engineer(customer, now);
    customer.at_meter_until = now + kStaysAtMeter;
    plan(customer);
    return Act::let_engineer_in;
}

void CustomerRules::entry_refused(Customer& customer, std::int32_t, Time now) const {
    if (customer.waiting_for == 0 || customer.tries >= kMostTries) return;
    const bool paused = customer.tries % kTriesUntilPause == 0;
    customer.errand = std::min(customer.errand, half_second(now + (paused ? kAfterPause : kNextTry)));
    plan(customer);
}

CustomerRules::Slip CustomerRules::slip(std::int32_t home, const Customer& customer) const {
    if (customer.by_engineer) return {};
    const std::uint64_t n = std::uint64_t{customer.waiting_for} << 8 | customer.tries;
    const double digit = std::floor(20 * uniform(home, slip_digit, n)),
                 by = std::floor(9 * uniform(home, slip_by, n));
    return {uniform(home, slips, n) < settings_.typing_error, static_cast<std::uint8_t>(digit),
            static_cast<std::uint8_t>(1 + by)};
}

Time CustomerRules::help_line_answers(std::int32_t home, std::uint32_t payment, Time now) const {
    const Time open = when_open(now, kHelpLineOpens, kHelpLineCloses);
    return half_second(open +
                       spread(settings_.help_line_wait, settings_.reaction_sigma, home, help_line, payment));
}

}  // namespace meterbed
