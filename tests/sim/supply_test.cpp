// The supply network and its interruptions, before any device is there.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/supply/cuts.h"
#include "sim/supply/generate.h"

namespace meterbed {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Time kStart = std::chrono::sys_days{std::chrono::year{2020} / 2 / 25};
constexpr Streams kStreams{7, 0};

std::vector<SupplyPlan> two_towns() {
    SupplyPlan north;
    north.name = "north";
    north.premises = 10'000;
    north.region = Region::North;
    north.technology = Technology::long_range;
    north.gsp_group = 6;
    north.feeder_least = 50;
    north.feeder_most = 200;
    north.feeders_a_primary = 20;
    north.cell_premises = 700;
    north.polyphase_share = 0.1;
    north.mpxn_unknown_share = 0.02;
    north.firmware_fault_share = 0.05;
    SupplyPlan south = north;
    south.name = "south";
    south.premises = 3'333;
    south.region = Region::South;
    return {north, south};
}

bool same(const Site& a, const Site& b) {
    return a.feeder == b.feeder && a.cell == b.cell && a.region == b.region && a.gsp_group == b.gsp_group &&
           a.technology == b.technology && a.polyphase == b.polyphase && a.mpxn_known == b.mpxn_known &&
           a.cuts_hub_power == b.cuts_hub_power;
}

TEST(SupplyNetwork, PutsEveryHomeOnOneFeederUnderOnePrimary) {
    const auto plans = two_towns();
    const SupplyNetwork network = supply_network(plans, kStreams);
    ASSERT_EQ(network.sites.size(), 13'333U);
    std::int32_t next = 0;
    for (std::size_t i = 0; i < network.feeders.size(); ++i) {
        const Feeder& feeder = network.feeders[i];
        EXPECT_EQ(feeder.homes.first, next);
        EXPECT_LE(feeder.homes.size(), 200);
        next = feeder.homes.end;
        EXPECT_TRUE(network.primaries.at(feeder.primary).feeders.has(static_cast<std::int32_t>(i)));
        for (std::int32_t home = feeder.homes.first; home < feeder.homes.end; ++home) {
            EXPECT_EQ(network.site(home).feeder, i);
        }
    }
    EXPECT_EQ(next, 13'333);
    const auto short_ones = std::count_if(network.feeders.begin(), network.feeders.end(),
                                          [](const Feeder& feeder) { return feeder.homes.size() < 50; });
    EXPECT_LE(short_ones, 2) << "only the last feeder of a population may be short";
}

TEST(SupplyNetwork, GivesCellsTheirShareOfHomesAndTheRegionOfTheirPopulation) {
    const auto plans = two_towns();
    const SupplyNetwork network = supply_network(plans, kStreams);
    ASSERT_EQ(network.cells.size(), 15U + 5U);
    std::vector<int> homes(network.cells.size());
    for (const Site& site : network.sites) {
        ++homes.at(site.cell);
        EXPECT_EQ(network.cells[site.cell].region, site.region);
        EXPECT_EQ(network.cells[site.cell].technology, site.technology);
    }
    EXPECT_TRUE(std::all_of(homes.begin(), homes.end(), [](int n) { return n > 0 && n <= 700; }));
}

TEST(SupplyNetwork, DrawsTheSharesOfItsPlan) {
    const auto plans = two_towns();
    const SupplyNetwork network = supply_network(plans, kStreams);
    double polyphase = 0;
    double unknown = 0;
    double faulty = 0;
    for (const Site& site : network.sites) {
        polyphase += site.polyphase;
        unknown += !site.mpxn_known;
        faulty += site.cuts_hub_power;
    }
    const auto near = [](double hits, double share) {  // within five standard deviations
        const double n = 13'333;
        EXPECT_NEAR(hits / n, share, 5 * std::sqrt(share * (1 - share) / n));
    };
    near(polyphase, 0.1);
    near(unknown, 0.02);
    near(faulty, 0.05);
}

TEST(SupplyNetwork, IsTheSameForOnePopulationAlone) {
    const auto plans = two_towns();
    const SupplyNetwork whole = supply_network(plans, kStreams);
    const SupplyNetwork part = supply_network(plans, kStreams, 1);
    EXPECT_EQ(part.homes, (NumberRange{10'000, 13'333}));
    ASSERT_EQ(part.sites.size(), 3'333U);
    for (std::int32_t home = 10'000; home < 13'333; ++home) {
        EXPECT_TRUE(same(part.site(home), whole.site(home))) << home;
    }
    EXPECT_EQ(part.feeders.size(), whole.feeders.size());
    EXPECT_EQ(part.cells.size(), whole.cells.size());
}

TEST(SupplyNetwork, OfAPopulationDoesNotDependOnTheOneBefore) {
    auto plans = two_towns();
    const SupplyNetwork before = supply_network(plans, kStreams);
    plans[0].premises = 5'000;
    const SupplyNetwork after = supply_network(plans, kStreams);
    const auto first = [](const SupplyNetwork& network) {
        return network.feeders[static_cast<std::size_t>(network.areas[1].feeders.first)];
    };
    EXPECT_EQ(first(before).homes.size(), first(after).homes.size());
    EXPECT_EQ(before.site(10'001).polyphase, after.site(5'001).polyphase);
}

TEST(SupplyNetwork, PutsAGivenOneBehindTheOthers) {
    auto given = std::make_shared<SupplyNetwork>();
    given->sites.resize(3);
    given->sites[2].feeder = 1;
    given->sites[2].mpxn_known = false;
    given->feeders = {{0, {0, 2}}, {0, {2, 3}}};
    given->primaries = {{2, {0, 2}}};
    given->cells = {{Region::South, Technology::mesh}};
    auto plans = two_towns();
    plans[1].premises = 3;
    plans[1].given = given;
    const SupplyNetwork network = supply_network(plans, kStreams);
    const Site& last = network.site(10'002);
    EXPECT_EQ(network.feeders.at(last.feeder).homes, (NumberRange{10'002, 10'003}));
    EXPECT_EQ(network.primaries.at(network.feeders.at(last.feeder).primary).gsp_group, 2);
    EXPECT_EQ(network.cells.at(last.cell).technology, Technology::mesh);
    EXPECT_FALSE(last.mpxn_known);
}

CutStep feeders_of(std::size_t area) {
    CutStep step;
    step.area = area;
    step.unit = CutUnit::feeder;
    step.at = kStart + hours{1};
    step.over = hours{2};
    step.lasts = {seconds{20}, seconds{170}, std::nullopt, 0};
    return step;
}

SupplyStory tell(const std::vector<SupplyStep>& steps, std::optional<std::size_t> only = std::nullopt) {
    const auto plans = two_towns();
    const SupplyNetwork network = supply_network(plans, kStreams, only);
    return supply_story(steps, plans, network, kStreams, seconds{200}, only);
}

TEST(SupplyStory, CutsAsManyUnitsAsTheStepSays) {
    CutStep step = feeders_of(0);
    step.count = 7;
    const SupplyStory story = tell({{"faults", step}});
    ASSERT_EQ(story.cuts.size(), 7U);
    std::set<std::int32_t> first;
    Time before = kStart;
    for (std::size_t i = 0; i < story.cuts.size(); ++i) {
        const PowerCut& cut = story.cuts[i];
        EXPECT_EQ(cut.number, i + 1);
        EXPECT_EQ(cut.label, "faults");
        EXPECT_GE(cut.start, std::max(before, step.at));
        EXPECT_LT(cut.start, step.at + step.over);
        EXPECT_GE(cut.end - cut.start, seconds{20});
        EXPECT_LT(cut.end - cut.start, seconds{170});
        EXPECT_GE(cut.homes.size(), 50);
        first.insert(cut.homes.first);
        before = cut.start;
    }
    EXPECT_EQ(first.size(), 7U) << "no feeder twice";
}

TEST(SupplyStory, CutsPrimariesPremisesAndPopulationsWhole) {
    const auto plans = two_towns();
    const SupplyNetwork network = supply_network(plans, kStreams);
    CutStep step = feeders_of(0);
    step.unit = CutUnit::primary;
    const Primary& primary = network.primaries.front();
    EXPECT_EQ(tell({{"a", step}}).cuts.size(), static_cast<std::size_t>(network.areas[0].primaries.size()));
    step.over = Duration{};
    EXPECT_EQ(tell({{"a", step}}).cuts[0].homes.size(),
              network.feeders[static_cast<std::size_t>(primary.feeders.end - 1)].homes.end);
    step.unit = CutUnit::premises;
    step.share = 0.01;
    EXPECT_EQ(tell({{"a", step}}).cuts.size(), 100U);
    step.unit = CutUnit::population;
    step.share = 1;
    ASSERT_EQ(tell({{"a", step}}).cuts.size(), 1U);
    EXPECT_EQ(tell({{"a", step}}).cuts[0].homes, (NumberRange{0, 10'000}));
}

TEST(SupplyStory, RecloserBringsItsShareBackEarly) {
    CutStep step = feeders_of(0);
    step.unit = CutUnit::premises;
    step.lasts = {minutes{15}, minutes{15}, std::nullopt, 0};
    step.reclose = Reclose{0.6, seconds{20}, seconds{170}};
    int early = 0;
    for (const PowerCut& cut : tell({{"a", step}}).cuts) {
        const Duration dark = cut.end - cut.start;
        EXPECT_TRUE(dark == minutes{15} || (dark >= seconds{20} && dark < seconds{170}));
        early += dark < minutes{15};
    }
    EXPECT_NEAR(early / 10'000.0, 0.6, 5 * std::sqrt(0.24 / 10'000));
}

TEST(SupplyStory, LognormalDurationsHaveTheirMedianAndFloor) {
    CutStep step = feeders_of(0);
    step.unit = CutUnit::premises;
    step.lasts = {minutes{4}, {}, hours{3}, 1.0};
    std::vector<Duration> all;
    for (const PowerCut& cut : tell({{"a", step}}).cuts) all.push_back(cut.end - cut.start);
    std::sort(all.begin(), all.end());
    EXPECT_GE(all.front(), minutes{4});
    // The median of n lognormal draws has the relative standard error sigma * sqrt(pi / 2 n).
    EXPECT_NEAR(std::log(std::chrono::duration<double>(all[5'000]) / std::chrono::duration<double>(hours{3})),
                0, 5 * std::sqrt(1.5708 / 10'000));
}

std::vector<SupplyStep> busy_story() {
    CutStep north = feeders_of(0);
    north.share = 0.3;
    CutStep south = feeders_of(1);
    south.unit = CutUnit::premises;
    south.count = 20;
    const FirmwareStep firmware{1, kStart + hours{1}, hours{3}};
    return {{"north", north}, {"south", south}, {"firmware", firmware}};
}

TEST(SupplyStory, IsTheSameInEveryPartOfTheWorld) {
    const SupplyStory whole = tell(busy_story());
    std::size_t found = 0;
    for (const std::size_t part : {0U, 1U}) {
        const SupplyStory story = tell(busy_story(), part);
        found += story.cuts.size();
        for (const PowerCut& cut : story.cuts) {
            const PowerCut& other = whole.cuts.at(cut.number - 1);
            EXPECT_EQ(other.number, cut.number);
            EXPECT_EQ(other.homes, cut.homes);
            EXPECT_EQ(other.start, cut.start);
            EXPECT_EQ(other.end, cut.end);
            EXPECT_EQ(other.cause, cut.cause);
            EXPECT_EQ(other.label, cut.label);
            EXPECT_EQ(cut.homes.first >= 10'000, part == 1);
        }
        EXPECT_EQ(story.jobs.size(), part == 0 ? 0U : 3'333U);
    }
    EXPECT_EQ(found, whole.cuts.size());
}

TEST(SupplyStory, OfAStepDoesNotChangeWhenAnotherIsAdded) {
    const auto steps = busy_story();
    const SupplyStory alone = tell({steps[0]});
    std::vector<PowerCut> north;
    for (const PowerCut& cut : tell(steps).cuts) {
        if (cut.label == "north") north.push_back(cut);
    }
    ASSERT_EQ(alone.cuts.size(), north.size());
    for (std::size_t i = 0; i < north.size(); ++i) {
        EXPECT_EQ(alone.cuts[i].homes, north[i].homes);
        EXPECT_EQ(alone.cuts[i].start, north[i].start);
    }
}

TEST(SupplyStory, OfAnotherRepeatIsAnother) {
    const auto plans = two_towns();
    const Streams other{7, 1};
    const SupplyNetwork network = supply_network(plans, other);
    CutStep step = feeders_of(0);
    step.count = 1;
    const std::vector<SupplyStep> steps{{"a", step}};
    EXPECT_NE(supply_story(steps, plans, network, other, seconds{200}).cuts[0].start,
              tell(steps).cuts[0].start);
}

TEST(SupplyStory, FirmwareDarkensTheHubsOfFaultyMetersOnly) {
    const FirmwareStep firmware{1, kStart + hours{1}, hours{3}};
    const SupplyStory story = tell({{"firmware", firmware}});
    const auto plans = two_towns();
    const SupplyNetwork network = supply_network(plans, kStreams);
    std::size_t faulty = 0;
    for (const FirmwareJob& job : story.jobs) faulty += network.site(job.home).cuts_hub_power;
    EXPECT_EQ(story.jobs.size(), 3'333U);
    EXPECT_GT(faulty, 0U);
    EXPECT_EQ(story.cuts.size(), faulty);
    for (const PowerCut& cut : story.cuts) {
        EXPECT_EQ(cut.cause, CutCause::firmware);
        EXPECT_EQ(cut.end - cut.start, seconds{200});
        EXPECT_EQ(cut.homes.size(), 1);
        EXPECT_TRUE(network.site(cut.homes.first).cuts_hub_power);
        const auto job = std::find_if(story.jobs.begin(), story.jobs.end(),
                                      [&](const FirmwareJob& each) { return each.home == cut.homes.first; });
        ASSERT_NE(job, story.jobs.end());
        EXPECT_EQ(job->start, cut.start);
    }
}

TEST(SupplyStory, ReplaysRecordedOutagesOfFeeders) {
    const std::vector<FeederOutage> rows{{kStart + hours{5}, kStart + hours{6}, 3},
                                         {kStart + hours{2}, kStart + hours{9}, 0}};
    const SupplyStory story = tell({{"trace", rows}});
    const SupplyNetwork network = supply_network(two_towns(), kStreams);
    ASSERT_EQ(story.cuts.size(), 2U);
    EXPECT_EQ(story.cuts[0].start, rows[1].start);
    EXPECT_EQ(story.cuts[0].end, rows[1].end);
    EXPECT_EQ(story.cuts[0].homes, network.feeders[0].homes);
    EXPECT_EQ(story.cuts[1].homes, network.feeders[3].homes);
}

}  // namespace
}  // namespace meterbed
