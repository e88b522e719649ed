// The prepayment model of fleets, once: meters with customers over weeks, one DCC outage, some homes without
// WAN, complete with records, and a line of JSON about it.
//
//   bench_prepayment_fleet METERS [DAYS]
//
// `meterbed bench prepayment-fleet` runs it at several sizes. Seconds are of the processor, not of the clock
// on the wall: other programs may run beside us.
#include <cstdio>
#include <cstdlib>

#include "bench/processor.h"
#include "sim/fleet/prepayment_model.h"

namespace {

using namespace meterbed;
using namespace std::chrono_literals;

constexpr Time kStart = std::chrono::sys_days{std::chrono::February / 3 / 2020};
constexpr Duration kDay = 24h;

Settings troubled() {
    Settings settings;
    settings.no_wan_share = 0.03;
    settings.intermittent_wan_share = 0.01;
    settings.han_fault_share = 0.01;
    return settings;
}

/// Every third meter is of the first generation.
fleet::PrepaymentPart part_of(std::int32_t meters, long days) {
    fleet::PrepaymentPart part;
    for (std::int32_t home = 0; home < meters; ++home) {
        fleet::PrepaymentHome meter{home, {}, home % 3 == 0 ? Generation::SMETS1 : Generation::SMETS2};
        meter.site.region = static_cast<Region>(home % 3);
        part.homes.push_back(meter);
    }
    const Time outage = kStart + days / 2 * kDay + 17h;
    part.dcc_outages = {{outage, outage + 4h}};
    return part;
}

int measure(std::int32_t meters, long days) {
    const double begun = bench::cpu_seconds();
    fleet::PrepaymentModel model(part_of(meters, days), troubled(), Streams{1, 0}, kStart, days * kDay);
    const double built = bench::cpu_seconds();
    for (long day = 1; day <= days; ++day) model.run_until(kStart + day * kDay);
    const double ran = bench::cpu_seconds();
    const std::size_t bytes = model.bytes();
    const Records records = model.take_records();
    const double kept = bench::cpu_seconds();
    if (!model.unbalanced().empty()) {
        std::fprintf(stderr, "bench_prepayment_fleet: money is not conserved at home %d\n",
                     model.unbalanced().front());
        return 1;
    }
    std::printf(
        "{\"meters\": %d, \"days\": %ld, \"events\": %llu, \"records\": %zu, \"build_s\": %.4f, "
        "\"run_s\": %.4f, \"records_s\": %.4f, \"bytes\": %zu, \"peak_bytes\": %zu}\n",
        meters, days, static_cast<unsigned long long>(model.events()), records.size(), built - begun,
        ran - built, kept - ran, bytes, bench::peak_bytes());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const long meters = argc > 1 ? std::strtol(argv[1], nullptr, 10) : 0;
    const long days = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 42;
    if (argc > 3 || meters < 1 || meters > 100'000'000 || days < 1 || days > 3'650) {
        std::fprintf(stderr, "usage: bench_prepayment_fleet METERS [DAYS]\n");
        return 2;
    }
    return measure(static_cast<std::int32_t>(meters), days);
}
