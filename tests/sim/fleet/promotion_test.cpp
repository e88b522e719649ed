// A home of a fleet becomes full devices in the middle of the story, and sends what it would have sent.
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "sim/errors.h"
#include "sim/world.h"
#include "tests/sim/fleet/county.h"

namespace meterbed {
namespace {

using testing::County;
using testing::cut_of;
using testing::kNight;
using namespace std::chrono_literals;

using Row =
    std::tuple<std::int64_t, std::string, std::uint64_t, std::string, std::string, std::uint64_t, double>;

/// What the home itself sends and tells, from a moment on.
std::vector<Row> told_by(const Records& records, std::int32_t home, Time from) {
    constexpr std::string_view kOwn[] = {"mains lost", "mains restored", "power outage reported",
                                         "alert sent", "message lost",   "power outage not reported"};
    std::vector<Row> out;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records.home[i] != home || records.time[i] <= from.time_since_epoch().count()) continue;
        const std::string& what = records.text(records.what[i]);
        if (std::find(std::begin(kOwn), std::end(kOwn), what) == std::end(kOwn)) continue;
        out.emplace_back(records.time[i], what, records.party[i], records.text(records.code[i]),
                         records.text(records.detail[i]), records.counter[i], records.value[i]);
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// The home alone in a world, from what the fleet knows of it.
std::vector<Row> promoted(const County& county, const fleet::OutageModel& model, std::int32_t home, Time now,
                          Time end) {
    WorldOptions options;
    options.seed = county.streams.seed;
    options.run = county.streams.run;
    options.start = now;
    options.settings = county.settings;
    options.first_home = home;
    World world(options);
    world.add_user("supplier", {UserRole::IS, UserRole::GS});
    world.add_user("operator", {UserRole::ED});
    world.add_user("other operator", {UserRole::ED});
    const fleet::HomeParties parties = model.parties_of(home);
    HomeOptions home_options;
    home_options.site = model.network().site(home);
    home_options.supplier = parties.supplier;
    home_options.network_operator = parties.network_operator;
    if (parties.holder == organisation_id(2)) home_options.wrong_operator = std::uint16_t{2};
    world.resume(world.add_home(home_options).number, model.state_of(home));
    world.run_until(end);
    return told_by(world.finish(), home, now);
}

TEST(Promotion, AHomeSendsWhatItWouldHaveSentInTheFleet) {
    County county;
    county.settings.cell_capacity_cellular = 0;  // nobody waits for others
    county.plan.firmware_fault_share = 0.2;
    county.plan.polyphase_share = 0.1;
    CutStep storm = cut_of(CutUnit::feeder, 20, 5min, 0min);
    storm.over = 1h;
    storm.lasts = {1min, 20min, {}, 0};
    county.steps.push_back({"storm", storm});
    county.steps.push_back({"again", storm});
    FirmwareStep firmware;
    firmware.at = kNight + 10min;
    firmware.over = 30min;
    county.steps.push_back({"firmware", firmware});
    const Time end = kNight + 3h;
    fleet::OutageModel whole = county.model();
    whole.run_until(end);
    const Records records = whole.take_records();
    fleet::OutageModel model = county.model();
    std::size_t compared = 0;
    std::size_t sending = 0;
    for (std::int32_t turn = 0; turn < 60; ++turn) {
        const Time now = kNight + turn * 90s + 1234567us;
        model.run_until(now);
        const std::int32_t home = turn * 31;
        try {
            const std::vector<Row> rows = promoted(county, model, home, now, end);
            EXPECT_EQ(rows, told_by(records, home, now)) << "home " << home << " at " << to_text(now);
            compared += rows.size();
        } catch (const BadRequest&) {
            ++sending;
        }
    }
    EXPECT_GT(compared, 200U);
    EXPECT_LT(sending, 5U);
}

TEST(Promotion, RefusesHomesOfOtherParts) {
    const County county;
    EXPECT_THROW(static_cast<void>(county.model().state_of(2000)), BadRequest);
}

}  // namespace
}  // namespace meterbed
