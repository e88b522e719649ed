#include "devices/gas/billing.h"

#include "devices/gas/alerts.h"
#include "devices/gas/readings.h"
#include "devices/gbz_time.h"

namespace meterbed::gas {
namespace {

using std::chrono::sys_days;

// Duration type (ZigBee Smart Energy D.4.2.4.10): lower nibble the unit, upper nibble what ends with it.
enum class Unit : std::uint8_t { minutes = 0, days = 1, weeks = 2, months = 3 };

/// ASSUMPTION: months keep the day of the start; a day that a month lacks is its last.
Seconds months_later(Seconds start, std::uint32_t months) {
    const Time time = time_of_gbz(start);
    const sys_days day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day from{day};
    const auto month = from.year() / from.month() + std::chrono::months{static_cast<int>(months)};
    const auto last = std::chrono::year_month_day_last{month.year(), month.month() / std::chrono::last}.day();
    const sys_days to = month / std::min(from.day(), last);
    return gbz_time(to + (time - day));
}

Seconds step_of(const BillingPeriod& period) {
    constexpr Seconds kMinute = 60, kDay = 86400, kWeek = 7 * kDay;
    switch (static_cast<Unit>(period.duration_type & 0x0FU)) {
        case Unit::minutes:
            return kMinute * period.duration;
        case Unit::days:
            return kDay * period.duration;
        case Unit::weeks:
            return kWeek * period.duration;
        default:
            return 0;
    }
}

}  // namespace

std::optional<Seconds> next_period_end(const BillingPeriod& period, Seconds now) {
    /// A month is at least 28 days long: no more steps than this lead from any start to any time.
    constexpr std::uint32_t kMostMonths = 12 * 140;
    if (period.duration == 0) return std::nullopt;
    if (now < period.start) return period.start;
    if (static_cast<Unit>(period.duration_type & 0x0FU) == Unit::months) {
        for (std::uint32_t n = period.duration; n <= kMostMonths; n += period.duration)
            if (const Seconds end = months_later(period.start, n); end > now) return end;
        return std::nullopt;
    }
    const Seconds step = step_of(period);
    if (step == 0) return std::nullopt;
    const std::uint64_t end = period.start + std::uint64_t{(now - period.start) / step + 1} * step;
    return end <= 0xFFFFFFFF ? std::optional(static_cast<Seconds>(end)) : std::nullopt;
}

void await_billing(Device& device, Context& context) {
    GasData& data = device.gas().write();
    if (data.billing_tag != 0) context.cancel(data.billing_timer);
    data.billing_tag = 0;
    const auto end =
        data.billing_period ? next_period_end(*data.billing_period, gbz_time(context.now())) : std::nullopt;
    if (!end) return;
    data.billing_tag = ++device.pending_updates().last_tag;
    data.billing_timer = context.after(time_of_gbz(*end) - context.now(), data.billing_tag);
}

void end_billing_period(Device& device, Context& context) {
    take_snapshots(device, snapshot_cause::end_of_billing_period, gbz_time(context.now()));
    push_billing_data(device, device.gas().read().consumption_snapshots.back(), context);
    await_billing(device, context);
}

}  // namespace meterbed::gas
