// One program of the fleet benchmark, once: builds the fleet, runs it, and prints a line of JSON.
//
//   bench_fleet PROGRAM ENTITIES EVENTS
//
// PROGRAM: station (our fleet station under the SystemC kernel), engine (the same without a kernel),
// priority_queue (std::priority_queue), systemc_processes (an SC_METHOD a meter). EVENTS is how many to
// expect; the time simulated follows from it. `meterbed bench fleet` runs them in turn and compares. Seconds
// are of the processor, not of the clock on the wall: other programs may run beside us.
#define SC_INCLUDE_DYNAMIC_PROCESSES  // makes <systemc> declare sc_spawn

#include <unistd.h>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <queue>
#include <string>
#include <systemc>
#include <vector>

#include "bench/lean_model.h"
#include "bench/processor.h"
#include "sim/systemc/systemc_kernel.h"

namespace {

using namespace meterbed;
using bench::Totals;

/// At most the shortest delay between a hub and what stands outside the fleet, 50 ms.
constexpr Duration kSlice{50'000};

std::size_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t all = 0, resident = 0;
    file >> all >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

struct Outcome {
    Totals totals;
    double seconds = 0;     ///< of the run, without building the fleet
    std::size_t bytes = 0;  ///< resident at the end, without the program
};

class Measurement {
  public:
    void fleet_is_built() { start_ = bench::cpu_seconds(); }
    Outcome ends(const Totals& totals) const {
        return {totals, bench::cpu_seconds() - start_, resident_bytes() - before_};
    }

  private:
    std::size_t before_ = resident_bytes();
    double start_ = 0;
};

Time time_of(std::uint64_t us) { return Time{Duration{static_cast<std::int64_t>(us)}}; }

Outcome engine(std::uint32_t meters, std::uint64_t end_us) {
    Measurement measurement;
    bench::LeanModel model(meters);
    measurement.fleet_is_built();
    model.run_until(time_of(end_us));
    return measurement.ends(model.homes.totals);
}

Outcome station(std::uint32_t meters, std::uint64_t end_us) {
    Measurement measurement;
    const std::unique_ptr<Kernel> kernel = make_systemc_kernel(Time{});
    bench::LeanModel model(meters);
    fleet::FleetStation station("fleet", *kernel, model, kSlice);
    measurement.fleet_is_built();
    kernel->run_until(time_of(end_us));
    station.catch_up(time_of(end_us));
    return measurement.ends(model.homes.totals);
}

Outcome priority_queue(std::uint32_t meters, std::uint64_t end_us) {
    Measurement measurement;
    bench::LeanFleet homes(meters);
    std::priority_queue<fleet::Event, std::vector<fleet::Event>, fleet::Later> queue;
    for (std::uint32_t meter = 0; meter < meters; ++meter)
        queue.push({bench::first_report_us(meter), meter, 0});
    bench::LeanHandler<decltype(queue)> handler{homes, queue};
    measurement.fleet_is_built();
    while (!queue.empty() && queue.top().time_us <= end_us) {
        const fleet::Event event = queue.top();
        queue.pop();
        handler(event);
        ++homes.totals.events;
    }
    return measurement.ends(homes.totals);
}

/// A process of SystemC a meter: the report, its arrival at the hub and at the head-end are three waits.
class Processes final : public sc_core::sc_module {
  public:
    Processes(const sc_core::sc_module_name& name, std::uint32_t meters)
        : sc_core::sc_module(name), homes(meters), steps_(meters) {
        for (std::uint32_t meter = 0; meter < meters; ++meter) {
            sc_core::sc_spawn_options options;
            options.spawn_method();
            const std::string of = "meter" + std::to_string(meter);
            sc_core::sc_spawn([this, meter] { wake(meter); }, of.c_str(), &options);
        }
    }
    bench::LeanFleet homes;

  private:
    enum class Step : std::uint8_t { begin, send, hub, head_end };

    void wake(std::uint32_t meter) { next_trigger(sc_core::sc_time::from_value(delay_after(meter))); }

    std::uint64_t delay_after(std::uint32_t meter) {
        Step& step = steps_[meter];
        if (step == Step::begin) {
            step = Step::send;
            return bench::first_report_us(meter);
        }
        ++homes.totals.events;
        if (step == Step::send) {
            step = Step::hub;
            return bench::to_hub_us(meter, homes.send(meter));
        }
        const std::uint32_t report = homes.last_report(meter);
        if (step == Step::hub) {
            step = Step::head_end;
            homes.reach_hub(meter);
            return bench::to_head_end_us(meter, report);
        }
        step = Step::send;
        const std::uint32_t latency = bench::to_hub_us(meter, report) + bench::to_head_end_us(meter, report);
        homes.reach_head_end(meter, sc_core::sc_time_stamp().value(), latency);
        return bench::gap_us(meter, report) - latency;
    }

    std::vector<Step> steps_;
};

Outcome systemc_processes(std::uint32_t meters, std::uint64_t end_us) {
    Measurement measurement;
    // Our microseconds are coarser than its usual unit, which it remarks on.
    sc_core::sc_report_handler::set_actions(sc_core::SC_WARNING, sc_core::SC_DO_NOTHING);
    sc_core::sc_set_time_resolution(1, sc_core::SC_US);
    Processes processes("processes", meters);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    measurement.fleet_is_built();
    // A start of a time stops before what is due at its very end.
    sc_core::sc_start(sc_core::sc_time::from_value(end_us + 1));
    return measurement.ends(processes.homes.totals);
}

struct Program {
    const char* name;
    Outcome (*run)(std::uint32_t meters, std::uint64_t end_us);
};
constexpr Program kPrograms[] = {{"station", station},
                                 {"engine", engine},
                                 {"priority_queue", priority_queue},
                                 {"systemc_processes", systemc_processes}};

}  // namespace

int main(int argc, char** argv) {
    const std::string wanted = argc == 4 ? argv[1] : "";
    for (const Program& program : kPrograms) {
        if (wanted != program.name) continue;
        const auto meters = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
        const double events = std::strtod(argv[3], nullptr);
        if (meters == 0 || events <= 0) break;
        const auto end_us = static_cast<std::uint64_t>(events / 3 / meters * 1800e6);
        const Outcome outcome = program.run(meters, end_us);
        std::printf(
            "{\"program\": \"%s\", \"entities\": %u, \"events\": %llu, \"checksum\": \"%016llx\", "
            "\"seconds\": %.6f, "
            "\"bytes\": %zu}\n",
            program.name, meters, static_cast<unsigned long long>(outcome.totals.events),
            static_cast<unsigned long long>(outcome.totals.checksum), outcome.seconds, outcome.bytes);
        std::fflush(stdout);
        // Taking a million processes of SystemC apart takes longer than the run.
        std::_Exit(0);
    }
    std::fputs("bench_fleet station|engine|priority_queue|systemc_processes ENTITIES EVENTS\n", stderr);
    return 2;
}
