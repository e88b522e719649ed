// The outage model of fleets, once: a storm over one part of a country, complete with records, and a line of
// JSON about it.
//
//   bench_outage PREMISES STRUCK
//
// STRUCK premises lose supply within twelve hours, feeder by feeder; half of the feeders are re-closed within
// three minutes. `meterbed bench outage` runs it at several sizes. Seconds are of the processor, not of the
// clock on the wall: other programs may run beside us.
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/processor.h"
#include "sim/fleet/outage_model.h"
#include "sim/network/directory.h"
#include "sim/supply/cuts.h"

namespace {

using namespace meterbed;
using namespace std::chrono_literals;

const Time kStart = std::chrono::sys_days{std::chrono::year{2013} / 12 / 23} + 12h;

CutStep storm(std::int64_t feeders) {
    CutStep step;
    step.unit = CutUnit::feeder;
    step.count = feeders;
    step.at = kStart + 1h;
    step.over = 12h;
    step.lasts = {4min, {}, 2h, 1.0};
    step.reclose = Reclose{0.5, 20s, 170s};
    return step;
}

fleet::Part part_of(std::int32_t premises, std::int32_t struck, const Streams& streams) {
    SupplyPlan plan;
    plan.name = "country";
    plan.premises = premises;
    const SupplyStep step{"storm", storm(struck / plan.feeder_least)};
    fleet::Part part;
    part.network = supply_network(std::span(&plan, 1), streams);
    part.story = supply_story(std::span(&step, 1), std::span(&plan, 1), part.network, streams, 200s);
    part.parties = [](std::int32_t) { return fleet::HomeParties{0, 1, organisation_id(1)}; };
    part.users = 2;
    return part;
}

}  // namespace

int main(int argc, char** argv) {
    const int premises = argc == 3 ? std::atoi(argv[1]) : 0;
    const int struck = argc == 3 ? std::atoi(argv[2]) : 0;
    if (premises <= 0 || struck <= 0 || struck > premises) {
        std::fputs("bench_outage PREMISES STRUCK\n", stderr);
        return 2;
    }
    const Streams streams{2013, 0};
    const double before = bench::cpu_seconds();
    fleet::OutageModel model(part_of(premises, struck, streams), Settings{}, streams, kStart);
    const double built = bench::cpu_seconds();
    model.run_until(kStart + 48h);
    const double ran = bench::cpu_seconds();
    const Records records = model.take_records();
    const std::string hash = records.sha256();
    const double recorded = bench::cpu_seconds();
    std::printf(
        "{\"premises\": %d, \"struck\": %d, \"events\": %llu, \"records\": %zu, \"records_sha256\": \"%s\", "
        "\"build_s\": %.3f, \"run_s\": %.3f, \"records_s\": %.3f, \"bytes\": %zu, \"peak_bytes\": %zu}\n",
        premises, struck, static_cast<unsigned long long>(model.events()), records.size(), hash.c_str(),
        built - before, ran - built, recorded - ran, model.bytes(), bench::peak_bytes());
    return 0;
}
