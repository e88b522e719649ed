// The physical side of a scenario: keys, steps and tables, and what is refused.
#include <gtest/gtest.h>

#include "sim/scenario/memory.h"
#include "sim/scenario/supply.h"
#include "tests/sim/scenario/files.h"
#include "tests/sim/scenario/words.h"

namespace meterbed::scenario {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kFleet = "{seed: 1, start: 2013-12-05 00:00, length: 2 days, scale: fleet}";
constexpr const char* kTown =
    "{town: {premises: 5000, supplier: a, network operator: b, region: North, GSP group: _F, "
    "feeder premises: 50 to 200, feeders a primary: 10, cell premises: 800, MPxN unknown share: 2 %}}";
constexpr const char* kCut =
    R"([{at: start + 1 h, do: power cut, target: town, of: feeder, count: 5, over: 2 h, lasts: 15 min, as: faults}])";

std::string fleet(const std::string& timeline, const std::string& population = kTown) {
    return story({{"run", kFleet}, {"population", population}, {"timeline", timeline}});
}

std::string step(const std::string& keys) {
    return fleet("[{at: start + 1 h, do: power cut, target: town, of: feeder, " + keys + "}]");
}

TEST(SupplyKeys, BecomeThePlanOfAPopulation) {
    const Loaded loaded = load(fleet(kCut));
    ASSERT_TRUE(loaded.scenario) << mistake(fleet(kCut));
    EXPECT_EQ(loaded.scenario->scale, Scale::fleet);
    const SupplyPlan& plan = loaded.scenario->populations[0].supply;
    EXPECT_EQ(plan.name, "town");
    EXPECT_EQ(plan.premises, 5000);
    EXPECT_EQ(plan.region, Region::North);
    EXPECT_EQ(plan.technology, Technology::long_range) << "the North's own radio";
    EXPECT_EQ(kGspGroups[plan.gsp_group], "_F");
    EXPECT_EQ(plan.feeder_least, 50);
    EXPECT_EQ(plan.feeder_most, 200);
    EXPECT_EQ(plan.feeders_a_primary, 10);
    EXPECT_EQ(plan.cell_premises, 800);
    EXPECT_DOUBLE_EQ(plan.mpxn_unknown_share, 0.02);
}

TEST(SupplyKeys, OfZeroWherePositiveIsMeantAreRefused) {
    const auto town = [](const std::string& key) {
        return mistake(
            fleet(kCut, "{town: {premises: 5000, supplier: a, network operator: b, " + key + "}}"));
    };
    EXPECT_EQ(town("cell premises: 0"), "'0' is not between 1 and 100000");
    EXPECT_EQ(town("feeders a primary: 0"), "'0' is not between 1 and 100000");
    EXPECT_EQ(town("feeder premises: 0 to 5"), "'0' is not between 1 and 100000");
    EXPECT_EQ(town("feeder premises: 9 to 5"), "the range '9 to 5' ends before it begins");
    EXPECT_EQ(town("technology: 5G"), "unknown technology '5G' [did you mean '4G'?]");
    EXPECT_EQ(town("polyphase share: 120 %"), "'120 %' is more than 100 %");
}

TEST(Scale, LimitsPremises) {
    const auto premises = [](const std::string& run, const std::string& count) {
        return mistake(
            story({{"run", run},
                   {"population", "{town: {premises: " + count + ", supplier: a, network operator: b}}"},
                   {"timeline", kCut}}));
    };
    const std::string bench = "{seed: 1, start: 2013-12-05 00:00, length: 2 days}";
    EXPECT_EQ(premises(bench, "200001"),
              "'200001' is not between 1 and 200000 [write 'scale: fleet' under 'run' for stories of outages "
              "or prepayment]");
    EXPECT_EQ(premises(kFleet, "30000000"), "");
    EXPECT_EQ(premises(kFleet, "30000001"), "'30000001' is not between 1 and 30000000");
}

TEST(Scale, OfAFleetKnowsStepsAboutSupplyOnly) {
    EXPECT_EQ(mistake(fleet("[{at: start, do: power off, target: town}]")),
              "the step 'power off' cannot be played at fleet scale [there are 'power cut', 'replay outages' "
              "and 'activate firmware']");
    EXPECT_EQ(
        mistake(fleet(kCut, "{town: {premises: 5000, supplier: a, network operator: b, kind: SMETS1}}")),
        "at fleet scale all homes are SMETS2 [SMETS1 homes can prepay there]");
}

TEST(PowerCut, ReadsDurationsInThreeForms) {
    const auto lasts = [](const std::string& text) {
        const Loaded loaded = load(step("lasts: " + text));
        EXPECT_TRUE(loaded.scenario) << mistake(step("lasts: " + text));
        return std::get<PowerCutStep>(loaded.scenario.value().timeline[0].action).cut.lasts;
    };
    EXPECT_EQ(lasts("15 min").least, minutes{15});
    EXPECT_EQ(lasts("20 to 170 s").most, seconds{170});
    const Lasting lognormal = lasts("{median: 3 h, sigma: 1.0, at least: 4 min}");
    EXPECT_EQ(lognormal.median, hours{3});
    EXPECT_EQ(lognormal.least, minutes{4});
    EXPECT_DOUBLE_EQ(lognormal.sigma, 1.0);
}

TEST(PowerCut, TellsItsMistakes) {
    EXPECT_EQ(mistake(step("count: 5, share: 5 %, lasts: 15 min")), "either 'count' or 'share'");
    EXPECT_EQ(mistake(step("lasts: 0 s")), "'0 s' is too short");
    EXPECT_EQ(mistake(step("count: 26, lasts: 15 min")), "'town' has 25 feeder units for certain");
    EXPECT_EQ(mistake(step("lasts: 15 min, reclose: {share: 60 %}")), "the key 'after' is missing");
    EXPECT_EQ(mistake(step("lasts: {median: 3 h}")), "the key 'sigma' is missing");
    EXPECT_EQ(mistake(step("lasts: 15 min, over: 3 days")),
              "the step goes on after the end, 2013-12-07T00:00:00.000000Z");
    EXPECT_EQ(mistake(fleet("[{at: start, do: power cut, target: twon, of: feeder, lasts: 15 min}]")),
              "unknown population 'twon' [did you mean 'town'?]");
    EXPECT_EQ(mistake(fleet("[{at: start, do: power cut, target: town, of: feeders, lasts: 15 min}]")),
              "unknown unit 'feeders' [did you mean 'feeder'?]");
}

TEST(PowerCut, BecomesTheStoryOfTheSupplyAndNeverDependsOnTheVariant) {
    const Loaded loaded = load(fleet(kCut));
    ASSERT_TRUE(loaded.scenario);
    const Streams streams{loaded.scenario->seed, 0};
    Settings other;
    other.hub_hold_up = minutes{15};
    const Supply first = supply(*loaded.scenario, {}, streams);
    const Supply second = supply(*loaded.scenario, other, streams);
    ASSERT_EQ(first.story.cuts.size(), 5U);
    ASSERT_EQ(second.story.cuts.size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(first.story.cuts[i].start, second.story.cuts[i].start);
        EXPECT_EQ(first.story.cuts[i].homes, second.story.cuts[i].homes);
        EXPECT_EQ(first.story.cuts[i].label, "faults");
        EXPECT_EQ(first.story.cuts[i].end - first.story.cuts[i].start, minutes{15});
    }
}

const std::string kTableTown = "{town: {table: homes.csv, supplier: a, network operator: b, GSP group: _F}}";
const std::string kReplay = "[{do: replay outages, file: outages.csv, as: trace}]";
const std::string kHomes =
    "premises,feeder,region,cell,hub variant,network operator,meter kind,primary,mpxn\n"
    "h1,F1,North,c1,long-range radio,b,single phase,P1,yes\n"
    "h2,F2,North,c1,long-range radio,b,polyphase,P1,yes\n"
    "h3,F1,North,c1,long-range radio,b,single phase,P1,no\n"
    "h4,F3,South,c2,mesh,,single phase,P2,\n";
const std::string kOutages =
    "start,end,feeder\n2013-12-05 14:00,2013-12-05 18:00,F1\n2013-12-05 19:00,2013-12-05 20:00,F1\n";

TEST(TableOfHomes, PutsTheHomesOfAFeederInARow) {
    const Loaded loaded = load_text(fleet(kReplay, kTableTown), "story.yaml", {}, words(),
                                    files({{"homes.csv", kHomes}, {"outages.csv", kOutages}}));
    ASSERT_TRUE(loaded.scenario) << loaded.problems.at(0).message;
    const Population& town = loaded.scenario->populations[0];
    EXPECT_EQ(town.premises, 4);
    const Supply told = supply(*loaded.scenario, {}, {1, 0});
    const SupplyNetwork& network = told.network;
    ASSERT_EQ(network.feeders.size(), 3U);
    EXPECT_EQ(network.feeders[0].homes, (NumberRange{0, 2})) << "h1 and h3";
    EXPECT_FALSE(network.site(1).mpxn_known) << "h3";
    EXPECT_TRUE(network.site(2).polyphase) << "h2";
    EXPECT_EQ(network.primaries.size(), 2U);
    EXPECT_EQ(network.cells.at(network.site(3).cell).technology, Technology::mesh);
    EXPECT_EQ(network.site(3).region, Region::South);
    EXPECT_EQ(kGspGroups[network.site(3).gsp_group], "_F") << "of the population";
    EXPECT_EQ(network_operator_of(town, 3), "b");
    ASSERT_EQ(told.story.cuts.size(), 2U);
    EXPECT_EQ(told.story.cuts[1].homes, (NumberRange{0, 2}));
    EXPECT_EQ(told.story.cuts[0].end - told.story.cuts[0].start, hours{4});
    ASSERT_EQ(loaded.scenario->tables.size(), 2U) << "they travel with the scenario";
    EXPECT_EQ(loaded.scenario->tables[0].first, "homes.csv");
}

TEST(TableOfHomes, NamesEveryBadRowAtOnce) {
    const std::string homes =
        "premises,feeder,region,cell,hub variant,network operator,meter kind,primary,mpxn\n"
        "h1,F1,North,c1,long-range radio,b,single phase,P1,yes\n"
        "h1,F1,North,c1,long-range radio,b,single phase,P1,yes\n"
        "h3,F1,,c1,long-range radio,b,single phase,P1,yes\n"
        "h4,F1,Nroth,c9,long-range radio,b,single phase,P1,yes\n"
        "h5,,North,c1,long-range radio,b,single phase,P1,yes\n"
        "h6,F1,South,c1,long-range radio,b,single phase,P1,yes\n"
        "h7,F1,North,c1,long-range radio,b,single phase,P2,yes\n"
        ",F1,North,c1,smoke signals,x,three phase,P1,maybe\n";
    const std::vector<std::string> expected{
        "'homes.csv' row 8: no premises",
        "'homes.csv' row 5: no feeder",
        "'homes.csv' row 3: no region",
        "'homes.csv' rows 1 and 2: both are the premises 'h1'",
        "'homes.csv' row 4: unknown region 'Nroth' [did you mean 'North'?]",
        "'homes.csv' rows 1 and 6: the cell 'c1' is of two regions or hub variants",
        "'homes.csv' rows 1 and 7: the feeder 'F1' is under two primaries",
        "'homes.csv' row 8: unknown hub variant 'smoke signals' [it can be long-range radio, cellular, mesh "
        "or 4G]",
        "'homes.csv' row 8: unknown meter kind 'three phase' [it can be single phase or polyphase]",
        "'homes.csv' row 8: unknown mpxn 'maybe' [it can be yes, no, true or false]",
        "'homes.csv' row 8: unknown network operator 'x' [it can be b]",
    };
    const auto found = mistakes_with(fleet("[{at: start, do: activate firmware, target: town}]", kTableTown),
                                     {{"homes.csv", homes}});
    std::string text;
    for (const std::string& line : found) text += line + "\n";
    for (const std::string& line : expected) {
        const std::string head = line.substr(0, line.find(" ["));
        EXPECT_NE(text.find(head), std::string::npos) << head << "\nin\n" << text;
    }
    EXPECT_EQ(found.size(), expected.size()) << text;
}

TEST(TableOfHomes, TellsWhatIsWrongWithTheFileItself) {
    const auto firmware = "[{at: start, do: activate firmware, target: town}]";
    const auto told = [&](const std::string& homes) {
        const auto list = mistakes_with(fleet(firmware, kTableTown), {{"homes.csv", homes}});
        return list.empty() ? "" : list.front();
    };
    EXPECT_EQ(mistakes_with(fleet(firmware, kTableTown), {}).at(0), "'homes.csv': there is no such file");
    EXPECT_EQ(told("premises,feeder,region\nh1,F1,North\n"), "'homes.csv': the column 'cell' is missing");
    EXPECT_EQ(told("premises,feeder,region,cell\n"), "'homes.csv': there is no row");
    EXPECT_EQ(told("premises,feeder,region,cell,primry\nh1,F1,North,c,p\n"),
              "'homes.csv': unknown column 'primry' [did you mean 'primary'?]");
    const std::string outside = "{town: {table: ../homes.csv, supplier: a, network operator: b}}";
    EXPECT_EQ(mistakes_with(fleet(firmware, outside), {}).at(0),
              "'../homes.csv' is not below the folder of the scenario [write a name as 'feeders.csv' or "
              "'tables/feeders.parquet']");
    const std::string both = "{town: {premises: 4, table: homes.csv, supplier: a, network operator: b}}";
    EXPECT_EQ(mistakes_with(fleet(firmware, both), {{"homes.csv", kHomes}}).at(0),
              "the table says how many premises there are");
}

TEST(ReplayOutages, NamesEveryBadRowAtOnce) {
    const std::string outages =
        "start,end,feeder\n"
        "2013-12-05 14:00,2013-12-05 18:00,F1\n"
        "2013-12-05 17:59,2013-12-05 19:00,F1\n"
        "2013-12-05 14:00,2013-12-05 13:00,F2\n"
        "2013-12-09 14:00,2013-12-09 15:00,F2\n"
        "yesterday,2013-12-09 15:00,F2\n"
        "2013-12-05 14:00,,F3\n"
        "2013-12-05 14:00,2013-12-05 18:00,F9\n";
    const auto found =
        mistakes_with(fleet(kReplay, kTableTown), {{"homes.csv", kHomes}, {"outages.csv", outages}});
    const std::vector<std::string> expected{
        "'outages.csv' row 6: no end",
        "'outages.csv' row 3: the outage ends at 2013-12-05T13:00:00.000000Z, not after its start",
        "'outages.csv' row 4: the outage starts at 2013-12-09T14:00:00.000000Z, outside the run "
        "(2013-12-05T00:00:00.000000Z to 2013-12-07T00:00:00.000000Z)",
        "'outages.csv' row 5: start 'yesterday' is no time [write it as '2013-12-05 14:00' (UTC)]",
        "'outages.csv' row 7: unknown feeder 'F9' [feeders go by their name in a table of premises, "
        "generated "
        "ones by 'population/17']",
        "'outages.csv' rows 1 and 2: the outages of the feeder 'F1' overlap"};
    EXPECT_EQ(found, expected);
}

TEST(ReplayOutages, KnowsGeneratedFeedersByNumber) {
    const auto told = [](const std::string& feeder) {
        return mistakes_with(
            fleet(kReplay),
            {{"outages.csv", "start,end,feeder\n2013-12-05 14:00,2013-12-05 18:00," + feeder + "\n"}});
    };
    EXPECT_TRUE(told("town/1").empty());
    EXPECT_TRUE(told("town/25").empty()) << "so many feeders of 200 hold 5,000 homes";
    EXPECT_FALSE(told("town/26").empty());
    EXPECT_FALSE(told("town/0").empty());
    EXPECT_FALSE(told("village/1").empty());
}

TEST(MemoryEstimate, GrowsWithHomesAndCuts) {
    const auto estimate = [](const std::string& population, const std::string& share) {
        const Loaded loaded = load(
            fleet("[{at: start, do: power cut, target: town, of: feeder, lasts: 1 h, share: " + share + "}]",
                  population));
        return memory_estimate(loaded.scenario.value());
    };
    const std::string large = "{town: {premises: 1000000, supplier: a, network operator: b}}";
    const MemoryEstimate small = estimate(kTown, "10 %");
    EXPECT_EQ(small.premises, 5000U);
    EXPECT_EQ(small.cuts, 500U);
    EXPECT_EQ(estimate(kTown, "20 %").records, 2 * small.records);
    EXPECT_EQ(estimate(large, "10 %").part, 200 * small.part);
    EXPECT_GT(small.part, 5000 * sizeof(Site) + small.records);
}

}  // namespace
}  // namespace meterbed::scenario
