// Prepayment meters over four weeks: the ledger by closed form against the same ledger settled every minute.
// Every meter ends with the same registers either way, or the program says so and fails.
//
//   bench_ledger [meters] [--json]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "devices/prepayment/advance.h"
#include "pki/random.h"
#include "sim/prepayment/consumption.h"

namespace {

using namespace meterbed;
using namespace meterbed::prepayment;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr Time kStart = std::chrono::sys_days{std::chrono::February / 3 / 2020};
constexpr int kDays = 28;
constexpr Time kEnd = kStart + std::chrono::days{kDays};

/// Two prices a day, a standing charge, friendly hours: about a pound or four a day.
Plan plan_of_all() {
    Plan plan;
    plan.tariff.prices = {25'000, 12'000};
    plan.tariff.times.days = {{{0, 1}, {25'200, 0}}};
    plan.tariff.standing_charge = 30'000;
    plan.non_disablement = friendly_hours(2020);
    return plan;
}

struct Meter {
    Ledger ledger;
    std::uint32_t load = 0;  ///< W, on average
};

std::vector<Meter> meters(std::size_t count, const Plan& plan) {
    Random random(1, "bench");
    Happenings happened;
    std::vector<Meter> all;
    for (std::size_t n = 0; n < count; ++n) {
        const auto balance = static_cast<std::int64_t>(200'000 + random.below(2'000'000));
        all.push_back({open_ledger(kStart, plan, Mode::prepayment, balance, happened),
                       static_cast<std::uint32_t>(150 + random.below(600))});
    }
    return all;
}

/// Constant, another load every half hour, or what the customers of a prepayment story use: six levels a day.
using Loads = Load (*)(std::size_t home, const Meter& meter, Time at);
Load constant(std::size_t, const Meter& meter, Time) { return {meter.load, kForever}; }
Load half_hourly(std::size_t, const Meter& meter, Time at) {
    const auto half_hour = at.time_since_epoch() / 30min;
    return {meter.load / 2 + static_cast<std::uint32_t>(half_hour * 7 % 48) * meter.load / 48,
            Time{(half_hour + 1) * 30min}};
}
Load levels(std::size_t home, const Meter&, Time at) {
    static const Consumption consumption(PrepaymentSettings{}, Streams{1, 1});
    return consumption.at(static_cast<std::int32_t>(home), at);
}

/// The customer pays in £20 on the minute six hours after the warning and switches on again.
struct Customer {
    Time pays_at = kForever;
    void hear(const Happenings& happened) {
        for (const Happened& each : happened)
            if (each.code == codes::low_credit)
                pays_at = std::chrono::ceil<std::chrono::minutes>(each.at) + 6h;
    }
    void act(Ledger& ledger, const Plan& plan, Happenings& happened) {
        if (time_of(ledger) < pays_at) return;
        pays_at = kForever;
        top_up(ledger, plan, 2'000'000, happened);
        apply(ledger, plan, SupplyEvent::enable_locally, happened);
    }
};

/// Up to `longest` at a time; a minute is a plain stepper, a long time a closed form.
std::uint64_t live(std::size_t home, Meter& meter, const Plan& plan, Duration longest, Loads loads,
                   Happenings& happened) {
    Customer customer;
    customer.hear(happened);
    std::uint64_t moves = 0;
    Stretch looked_up;
    Load load{0, kStart};
    while (time_of(meter.ledger) < kEnd) {
        const Time now = time_of(meter.ledger);
        if (now >= load.until) load = loads(home, meter, now);
        const Time to = std::min({kEnd, customer.pays_at, now + longest, load.until});
        happened.clear();
        moves += advance_to_event(meter.ledger, plan, looked_up, to, load.watts, happened);
        customer.hear(happened);
        customer.act(meter.ledger, plan, happened);
        customer.hear(happened);
    }
    return moves;
}

struct Measured {
    double seconds = 0;
    std::uint64_t moves = 0;
    std::vector<Meter> meters;
};
Measured measure(std::size_t count, Duration longest, Loads loads) {
    const Plan plan = plan_of_all();
    Measured out{0, 0, meters(count, plan)};
    Happenings happened;
    const auto start = Clock::now();
    for (std::size_t home = 0; home < count; ++home) {
        happened.clear();
        out.moves += live(home, out.meters[home], plan, longest, loads, happened);
    }
    out.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return out;
}

struct Row {
    const char* loads;
    double meter_days, fast_days, slow_days, fast_moves, slow_moves;
};

Row compare(const char* name, std::size_t count, Loads loads) {
    const Duration minute = 1min, ever = std::chrono::days{365};
    const Measured fast = measure(count, ever, loads);
    const std::size_t few = std::max<std::size_t>(1, count / 20);
    const Measured slow = measure(few, minute, loads);
    for (std::size_t n = 0; n < few; ++n)
        if (!(fast.meters[n].ledger == slow.meters[n].ledger)) {
            std::fprintf(stderr, "bench_ledger: meter %zu differs between closed form and minutes\n", n);
            std::exit(1);
        }
    const double days = static_cast<double>(count) * kDays, few_days = static_cast<double>(few) * kDays;
    return {name,
            days,
            days / fast.seconds,
            few_days / slow.seconds,
            static_cast<double>(fast.moves) / days,
            static_cast<double>(slow.moves) / few_days};
}

void print(const Row& row) {
    std::printf("%-12s closed form %10.0f meter-days/s (%5.1f steps a day, %10.0f steps/s)\n", row.loads,
                row.fast_days, row.fast_moves, row.fast_days * row.fast_moves);
    std::printf("%-12s by minutes  %10.0f meter-days/s (%5.0f steps a day)\n", "", row.slow_days,
                row.slow_moves);
    std::printf("%-12s %.0f times fewer steps, %.0f times faster\n", "", row.slow_moves / row.fast_moves,
                row.fast_days / row.slow_days);
}

void print_json(const Row& row, bool last) {
    std::printf(
        "  {\"loads\": \"%s\", \"bytes_per_meter\": %zu, \"meter_days_per_s\": %.0f, \"steps_per_s\": %.0f, "
        "\"steps_per_day\": %.2f, \"minute_meter_days_per_s\": %.0f, \"minute_steps_per_day\": %.0f}%s\n",
        row.loads, sizeof(Ledger), row.fast_days, row.fast_days * row.fast_moves, row.fast_moves,
        row.slow_days, row.slow_moves, last ? "" : ",");
}

}  // namespace

int main(int argc, char** argv) {
    bool json = false;
    long count = 20'000;
    for (int n = 1; n < argc; ++n) {
        if (std::strcmp(argv[n], "--json") == 0)
            json = true;
        else
            count = std::strtol(argv[n], nullptr, 10);
    }
    if (count < 1) {
        std::fprintf(stderr, "usage: bench_ledger [meters] [--json], with at least one meter\n");
        return 2;
    }
    const auto all = static_cast<std::size_t>(count);
    const Row rows[] = {compare("constant", all, constant), compare("half-hourly", all, half_hourly),
                        compare("levels", all, levels)};
    if (json) {
        std::printf("[\n");
        for (const Row& row : rows) print_json(row, &row == std::end(rows) - 1);
        std::printf("]\n");
        return 0;
    }
    std::printf("%ld meters, %d days, %zu bytes a meter\n", count, kDays, sizeof(Ledger));
    for (const Row& row : rows) print(row);
}
