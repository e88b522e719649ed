// A county for tests: one population, its supply network and what happens to it.
#pragma once

#include "sim/fleet/outage_model.h"
#include "sim/network/directory.h"
#include "sim/supply/cuts.h"

namespace meterbed::testing {

inline const Time kNight = std::chrono::sys_days{std::chrono::year{2020} / 2 / 9} + std::chrono::hours{17};

inline CutStep cut_of(CutUnit unit, std::int64_t count, Duration after, Duration lasts) {
    CutStep step;
    step.unit = unit;
    step.count = count;
    step.at = kNight + after;
    step.lasts = {lasts, lasts, {}, 0};
    return step;
}

struct County {
    explicit County(std::int32_t premises = 2000) {
        plan.name = "county";
        plan.premises = premises;
        plan.cell_premises = 300;
    }

    fleet::Part part() const {
        fleet::Part out;
        out.network = supply_network(std::span(&plan, 1), streams);
        out.story =
            supply_story(steps, std::span(&plan, 1), out.network, streams, settings.firmware_power_gap);
        out.parties = [](std::int32_t home) {
            return fleet::HomeParties{0, 1, organisation_id(home % 50 == 0 ? 2 : 1)};
        };
        out.users = 3;
        return out;
    }
    fleet::OutageModel model() const { return {part(), settings, streams, kNight}; }

    SupplyPlan plan;
    std::vector<SupplyStep> steps;
    Settings settings;
    Streams streams{96, 0};
};

inline std::size_t count(const Records& records, std::string_view what, std::string_view code = "*") {
    std::size_t n = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        n += records.text(records.what[i]) == what && (code == "*" || records.text(records.code[i]) == code);
    }
    return n;
}

}  // namespace meterbed::testing
