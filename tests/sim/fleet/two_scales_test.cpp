// One story at two scales: full devices with signed alerts, and columns. Every record of the outages is the
// same, to the microsecond.
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "sim/fleet/station.h"
#include "sim/metrics/metrics.h"
#include "sim/systemc/systemc_kernel.h"
#include "sim/world.h"
#include "tests/sim/fleet/county.h"

namespace meterbed {
namespace {

using testing::County;
using testing::cut_of;
using testing::kNight;
using namespace std::chrono_literals;

/// What both scales record of outages.
constexpr std::string_view kShared[] = {"power cut",
                                        "mains lost",
                                        "mains restored",
                                        "power outage reported",
                                        "power outage not reported",
                                        "message lost",
                                        "waited for radio",
                                        "alert withheld",
                                        "power outage received",
                                        "DCC alert",
                                        "alert sent",
                                        "alert received",
                                        "alert undeliverable"};

using Row = std::tuple<std::int64_t, std::string, std::string, std::int32_t, std::uint64_t, std::uint64_t,
                       std::string, std::string, std::string, std::uint64_t, double, std::uint16_t>;

std::vector<Row> shared_rows(const Records& records) {
    std::vector<Row> out;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const std::string& what = records.text(records.what[i]);
        if (std::find(std::begin(kShared), std::end(kShared), what) == std::end(kShared)) continue;
        out.emplace_back(records.time[i], records.text(records.station[i]), what, records.home[i],
                         records.device[i], records.party[i], records.text(records.code[i]),
                         records.text(records.detail[i]), records.text(records.step[i]), records.counter[i],
                         records.value[i], records.message[i]);
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::string text_of(const std::vector<Row>& rows) {
    if (rows.empty()) return "none";
    return std::to_string(rows.size()) + ", first " + ::testing::PrintToString(rows.front()) + " at " +
           to_text(Time{Duration{std::get<0>(rows.front())}});
}

/// What a scale tells of a story.
struct Told {
    Records records;
    Outages outages;
};

auto fields(const OutageRow& row) {
    return std::tuple(row.lost_at, row.restored_at, row.sent_at, row.received_at, row.informed_at,
                      row.restoration_sent, row.restoration_informed, row.home, row.cut, row.size, row.feeder,
                      row.cell, row.loss, row.restoration, row.cause, row.region, row.gsp_group,
                      row.technology, row.attempts, row.reason, row.informed_right, row.restoration_right,
                      row.mpxn_known, row.polyphase);
}

/// The homes of a part as full devices in a world.
Told on_a_bench(const County& county, Time end) {
    const fleet::Part part = county.part();
    WorldOptions options;
    options.seed = county.streams.seed;
    options.run = county.streams.run;
    options.start = kNight;
    options.settings = county.settings;
    World world(options);
    world.add_user("supplier", {UserRole::IS, UserRole::GS});
    world.add_user("operator", {UserRole::ED});
    world.add_user("other operator", {UserRole::ED});
    for (std::int32_t number = 0; number < part.network.homes.end; ++number) {
        const fleet::HomeParties parties = part.parties(number);
        HomeOptions home;
        home.site = part.network.site(number);
        home.supplier = parties.supplier;
        home.network_operator = parties.network_operator;
        if (parties.holder == organisation_id(2)) home.wrong_operator = std::uint16_t{2};
        world.add_home(home);
    }
    for (const PowerCut& cut : part.story.cuts) world.cut(cut);
    for (const FirmwareJob& job : part.story.jobs) world.firmware_job(job);
    world.run_until(end);
    Told told;
    told.records = world.finish();
    told.outages = run_end(world, told.records).outages;
    return told;
}

Told in_a_fleet(const County& county, Time end) {
    fleet::OutageModel model(county.part(), county.settings, county.streams, kNight);
    model.run_until(end);
    Told told;
    told.records = model.take_records();
    const OutageHomes homes{0, model.network().sites,
                            [&](std::int32_t home) { return model.network_operator(home); }};
    told.outages = outages(told.records, homes, end);
    return told;
}

/// The hash of the records of the fleet as a station that wakes once a slice.
std::string hash_on(KernelMaker kernel_maker, const County& county, Time end, Duration slice) {
    const std::unique_ptr<Kernel> kernel = kernel_maker(kNight);
    fleet::OutageModel model(county.part(), county.settings, county.streams, kNight);
    fleet::FleetStation station("fleet", *kernel, model, slice);
    kernel->run_until(end);
    station.catch_up(end);
    return model.take_records().sha256();
}

void expect_one_story(const County& county, Duration length = 12h) {
    const Told on_bench = on_a_bench(county, kNight + length);
    const Told in_fleet = in_a_fleet(county, kNight + length);
    const std::vector<Row> bench = shared_rows(on_bench.records);
    const std::vector<Row> fleet = shared_rows(in_fleet.records);
    std::vector<Row> only_bench;
    std::vector<Row> only_fleet;
    std::set_difference(bench.begin(), bench.end(), fleet.begin(), fleet.end(),
                        std::back_inserter(only_bench));
    std::set_difference(fleet.begin(), fleet.end(), bench.begin(), bench.end(),
                        std::back_inserter(only_fleet));
    EXPECT_GT(bench.size(), 1000U);
    EXPECT_EQ(bench.size(), fleet.size());
    EXPECT_TRUE(only_bench.empty()) << "on the bench only: " << text_of(only_bench);
    EXPECT_TRUE(only_fleet.empty()) << "in the fleet only: " << text_of(only_fleet);
    ASSERT_EQ(on_bench.outages.rows.size(), in_fleet.outages.rows.size());
    for (std::size_t i = 0; i < on_bench.outages.rows.size(); ++i)
        ASSERT_EQ(fields(on_bench.outages.rows[i]), fields(in_fleet.outages.rows[i])) << "row " << i;
    const std::string hash = in_fleet.records.sha256();
    EXPECT_EQ(hash_on(make_plain_kernel, county, kNight + length, Duration{7'654'321}), hash);
    EXPECT_EQ(hash_on(make_systemc_kernel, county, kNight + length, length), hash);
    EXPECT_EQ(hash_on(make_systemc_kernel, county, kNight + length, 13s), hash);
}

County busy() {
    County county;
    county.plan.polyphase_share = 0.1;
    county.plan.mpxn_unknown_share = 0.05;
    county.plan.firmware_fault_share = 0.1;
    county.settings.cell_capacity_cellular = 2;
    return county;
}

CutStep spread(CutStep step, Duration over, Duration least, Duration most) {
    step.over = over;
    step.lasts = {least, most, {}, 0};
    return step;
}

TEST(TwoScales, ManyCutsOfAllSizes) {
    County county = busy();
    county.steps.push_back({"single", spread(cut_of(CutUnit::premises, 200, 5min, 0min), 6h, 10s, 2h)});
    county.steps.push_back({"feeders", spread(cut_of(CutUnit::feeder, 10, 10min, 0min), 4h, 1min, 1h)});
    county.steps.push_back({"twice", spread(cut_of(CutUnit::feeder, 8, 20min, 0min), 4h, 2min, 30min)});
    CutStep storm = cut_of(CutUnit::premises, 1500, 30min, 0min);
    storm.over = 3h;
    storm.lasts = {4min, {}, 20min, 1.0};
    storm.reclose = Reclose{0.6, 20s, 170s};
    county.steps.push_back({"storm", storm});
    expect_one_story(county);
}

TEST(TwoScales, AllAtOnceThroughBusyCells) {
    County county = busy();
    county.settings.hub_alert_delay = Duration{0};
    county.settings.dcc_alert_capacity = 3;
    county.settings.outage_alert_sampling = 10;
    county.steps.push_back({"all", cut_of(CutUnit::population, 1, 5min, 40min)});
    expect_one_story(county);
}

TEST(TwoScales, LossesInARowWhileTheStoreRecharges) {
    County county = busy();
    county.steps.push_back({"first", cut_of(CutUnit::population, 1, 5min, 5min)});
    county.steps.push_back({"second", cut_of(CutUnit::population, 1, 12min, 20min)});
    county.steps.push_back(
        {"third", cut_of(CutUnit::population, 1, 32min + 3s, 4min)});  // meters still start
    county.steps.push_back({"fourth", cut_of(CutUnit::population, 1, 36min + 24s, 10min)});  // so do the hubs
    expect_one_story(county);
}

TEST(TwoScales, FirmwareTakesPowerFromHubs) {
    County county = busy();
    FirmwareStep firmware;
    firmware.at = kNight + 10min;
    firmware.over = 30min;
    county.steps.push_back({"firmware", firmware});
    county.steps.push_back({"feeders", cut_of(CutUnit::feeder, 10, 20min, 15min)});
    expect_one_story(county);
    county.settings.firmware_suppresses_alerts = true;
    expect_one_story(county);
}

TEST(TwoScales, StormProtectionDropsCopies) {
    County county = busy();
    county.settings.alert_storm_exclusions = {};
    county.settings.alert_storm_threshold = 2;
    for (int i = 0; i < 5; ++i) {
        county.steps.push_back(
            {"cut " + std::to_string(i), cut_of(CutUnit::feeder, 15, 5min + i * 10min, 4min)});
    }
    expect_one_story(county);
}

TEST(TwoScales, RulesBrokenOnPurpose) {
    County county = busy();
    county.settings.faults = {"hub reports short cuts", "DCC reports without MPxN",
                              "meter swaps restoration codes"};
    county.steps.push_back({"feeders", spread(cut_of(CutUnit::feeder, 20, 10min, 0min), 1h, 30s, 10min)});
    expect_one_story(county);
}

}  // namespace
}  // namespace meterbed
