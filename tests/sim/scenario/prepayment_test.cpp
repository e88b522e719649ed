// Stories of prepayment: what they say, and what is refused.
#include "sim/scenario/prepayment.h"

#include <gtest/gtest.h>

#include "sim/errors.h"
#include "sim/record.h"
#include "sim/scenario/memory.h"
#include "sim/scenario/promote.h"
#include "tests/sim/scenario/words.h"

namespace meterbed::scenario {
namespace {

using namespace std::chrono_literals;

constexpr const char* kFleet = "{seed: 1, start: 2020-03-01 00:00, length: 42 days, scale: fleet}";
constexpr const char* kTowns =
    "{north: {premises: 30, supplier: a, network operator: b, region: North, payment: prepayment}, "
    "south: {premises: 20, supplier: a, network operator: b, region: South, GSP group: _H, kind: SMETS1, "
    "payment: prepayment}}";
constexpr const char* kOutage = "[{at: start + 2 days, do: outage, what: DCC, lasts: 4 h}]";

std::string prepaid(std::map<std::string, std::string> changes = {}) {
    changes.insert({"run", kFleet});
    changes.insert({"population", kTowns});
    changes.insert({"timeline", kOutage});
    return story(changes);
}

std::string with(const std::string& settings) { return mistake(prepaid({{"settings", settings}})); }

TEST(Prepayment, HomesOfBothGenerationsPrepayAtFleetScale) {
    const Loaded loaded = load(prepaid());
    ASSERT_TRUE(loaded.scenario) << mistake(prepaid());
    EXPECT_TRUE(prepays(*loaded.scenario));
    const auto homes = prepay_homes(*loaded.scenario);
    ASSERT_EQ(homes.size(), 2U);
    EXPECT_EQ(homes[0].generation, Generation::SMETS2);
    EXPECT_EQ(homes[1].generation, Generation::SMETS1);
    EXPECT_EQ(homes[1].homes, (NumberRange{30, 50}));
    EXPECT_EQ(prepay_homes(*loaded.scenario, 1).front().homes, (NumberRange{30, 50}));
    EXPECT_FALSE(prepays(*load(story()).scenario));
}

TEST(Prepayment, AtBenchScaleOnlyWhoSaysSoPrepays) {
    const std::string text =
        story({{"population",
                "{one: {premises: 3, supplier: a, network operator: east-midlands}, "
                "two: {premises: 4, supplier: a, network operator: east-midlands, payment: prepayment}, "
                "three: {premises: 5, supplier: a, network operator: east-midlands, payment: credit}}"},
               {"timeline", "[]"}});
    ASSERT_TRUE(load(text).scenario) << mistake(text);
    const auto homes = prepay_homes(*load(text).scenario);
    ASSERT_EQ(homes.size(), 1U);
    EXPECT_EQ(homes[0].homes, (NumberRange{3, 7}));
}

TEST(Prepayment, AFleetPrepaysWhollyOrNotAtAll) {
    const std::string mixed =
        "{north: {premises: 30, supplier: a, network operator: b, payment: prepayment}, "
        "south: {premises: 20, supplier: a, network operator: b}}";
    EXPECT_EQ(mistake(prepaid({{"population", mixed}})),
              "'south' does not prepay: at fleet scale all do, or none [write 'payment: prepayment']");
    EXPECT_EQ(mistake(prepaid({{"population",
                                "{north: {premises: 3, supplier: a, network operator: b, payment: prepaid}}"},
                               {"timeline", kOutage}})),
              "unknown payment 'prepaid' [known here: credit or prepayment]\n"
              "the step 'outage' cannot be played at fleet scale [there are 'power cut', 'replay outages' "
              "and 'activate firmware']");
    EXPECT_EQ(mistake(prepaid({{"population",
                                "{north: {premises: 3, supplier: a, network operator: b, "
                                "consumption: {table: days.csv}, payment: credit}}"},
                               {"run", "{seed: 1, start: 2020-03-01 00:00, length: 42 days}"}}))
                  .substr(0, 68),
              "consumption is of customers who prepay [write 'payment: prepayment']");
}

TEST(Prepayment, StepsOfAFleetAreOutagesOfTheDcc) {
    const auto step = [](const std::string& text) {
        return mistake(prepaid({{"timeline", "[{at: start + 1 day, " + text + "}]"}}));
    };
    EXPECT_EQ(step("do: outage, what: DCC, lasts: 4 h"), "");
    EXPECT_EQ(step("do: outage, what: North, lasts: 4 h"),
              "an outage of 'North' cannot be played at fleet scale in a story of prepayment [write 'what: "
              "DCC']");
    EXPECT_EQ(step("do: power cut, target: north, of: feeder, lasts: 4 h"),
              "the step 'power cut' cannot be played at fleet scale in a story of prepayment [there is "
              "'outage' of the DCC]");
    EXPECT_EQ(step("do: request, service: \"4.10\", by: a, target: north"),
              "the step 'request' cannot be played at fleet scale in a story of prepayment [there is "
              "'outage' of the DCC]");
    EXPECT_EQ(mistake(prepaid({{"timeline", "[]"}})), "") << "prepayment goes on by itself";
    EXPECT_EQ(mistake(story({{"timeline", "[]"}})), "a list of steps is expected here");
}

TEST(Prepayment, OutagesOfTheDccDoNotOverlap) {
    const std::string twice =
        "[{at: start + 1 day, do: outage, what: DCC, lasts: 4 h}, "
        "{at: start + 1 day + 3 h, do: outage, what: DCC, lasts: 4 h}]";
    EXPECT_EQ(mistake(prepaid({{"timeline", twice}})),
              "the outage of the DCC at 2020-03-02T03:00:00.000000Z begins before the one at "
              "2020-03-02T00:00:00.000000Z ends");
}

TEST(Prepayment, SettingsFitTogether) {
    EXPECT_EQ(with("{shop share: 60 %, phone share: 41 %}"),
              "as-is: shop share and phone share are more than 100 % together");
    EXPECT_EQ(with("{no wan share: 60 %, han fault share: 41 %}"),
              "as-is: no wan share, intermittent wan share and han fault share are more than 100 % together");
    EXPECT_EQ(with("{dsp capacity: 400}"),
              "as-is: dsp capacity is not above dsp background [what piles up in an outage would never be "
              "worked off]");
    EXPECT_EQ(with("{warm up: 42 days}"),
              "as-is: warm up leaves nothing of the length to count [make 'length' under 'run' longer]");
    EXPECT_EQ(with("{standing charge: 4}"), "as-is: daily spend is not above the standing charge");
    EXPECT_EQ(with("{top-ups a month: 0}"), "as-is: top-ups a month must be above 0");
    EXPECT_EQ(with("{unit price: 0}"), "as-is: unit price must be at least 0.00001 and at most 30 GBP");
    EXPECT_EQ(with("{unit price: 0.000001}"),
              "as-is: unit price must be at least 0.00001 and at most 30 GBP");
    EXPECT_EQ(with("{unit price: 99}"), "as-is: unit price must be at least 0.00001 and at most 30 GBP");
    EXPECT_EQ(with("{disablement threshold: 1.5}"),
              "as-is: thresholds in the wrong order: the disablement threshold is above the emergency credit "
              "threshold, so that supply goes off before emergency credit is offered.");
    EXPECT_EQ(with("{maximum credit: 0}"), "as-is: the maximum credit threshold lets no top-up through.");
    EXPECT_EQ(with("{low credit threshold: 600}"),
              "as-is: thresholds in the wrong order: the low credit threshold is above the maximum meter "
              "balance.");
    EXPECT_EQ(with("{vend resend interval: 0 s}"), "as-is: vend resend interval is 0");
    EXPECT_EQ(with("{intermittent wan share: 1 %, intermittent wan up: 0 s}"),
              "as-is: an intermittent WAN needs times up and down");
    EXPECT_EQ(with("{price change to: 0}"), "as-is: price change to must be above 0 and at most 30 GBP");
    EXPECT_EQ(with("{price change to: 31}"), "as-is: price change to must be above 0 and at most 30 GBP");
    EXPECT_EQ(with("{price change after: 1 day, price change to: 0.25}"),
              "as-is: price change to is the unit price, so that nothing would change");
    EXPECT_EQ(with("{price change after: 42 days}"),
              "as-is: price change after lies behind the end of the run [make 'length' under 'run' longer]");
    EXPECT_EQ(with("{mode change share: 5 %}"),
              "as-is: mode change share has no time: set mode change after");
    EXPECT_EQ(with("{notice resend interval: 0 s}"), "as-is: notice resend interval is 0");
    EXPECT_EQ(mistake(story({{"settings", "{dsp capacity: 400}"}})), "") << "nobody prepays";
    EXPECT_EQ(mistake(prepaid({{"compare", "{as-is: {}, slow: {dsp capacity: 400}}"}})).substr(0, 10),
              "slow: dsp ");
}

TEST(Prepayment, FactsNameTheFaultsOfHomesAndTheDelaysOfTheDsp) {
    const Loaded loaded = load(prepaid({{"settings", "{no wan share: 100 %, warm up: 14 days}"}}));
    ASSERT_TRUE(loaded.scenario);
    const Scenario& scenario = *loaded.scenario;
    const Settings& settings = scenario.variants[0].settings;
    const Streams streams{scenario.seed, 0};
    const Supply physical = supply(scenario, settings, streams);
    const PrepayFacts facts = prepay_facts(scenario, settings, streams, physical.network);
    ASSERT_EQ(facts.homes.size(), 50U);
    EXPECT_EQ(facts.homes[49].home, 49);
    EXPECT_EQ(static_cast<Generation>(facts.homes[49].generation), Generation::SMETS1);
    EXPECT_EQ(static_cast<Region>(facts.homes[49].region), Region::South);
    EXPECT_EQ(kGspGroups[facts.homes[49].gsp_group], "_H");
    for (const PrepayHomeRow& row : facts.homes) {
        const auto fault = static_cast<HomeFault>(row.fault);
        EXPECT_TRUE(fault == HomeFault::never_wan || fault == HomeFault::lost_wan) << row.home;
    }
    EXPECT_EQ(facts.counted_from, scenario.start + 14 * 24h);
    EXPECT_EQ(facts.end, scenario.start + 42 * 24h);
    // 4 h of messages at half of the capacity: the other half works them off in 4 h.
    const Time begin = scenario.start + 48h;
    ASSERT_EQ(facts.dsp_outages.size(), 1U);
    EXPECT_EQ(facts.dsp_outages[0], (std::pair<Time, Time>(begin, begin + 8h)));
    Settings first = settings;
    first.dsp_prepay_priority = true;
    EXPECT_EQ(prepay_facts(scenario, first, streams, physical.network).dsp_outages[0].second, begin + 4h);
}

TEST(Prepayment, AnOutageDuringABacklogProlongsTheDelay) {
    const std::string twice =
        "[{at: start + 2 days, do: outage, what: DCC, lasts: 4 h}, "
        "{at: start + 2 days + 6 h, do: outage, what: DCC, lasts: 1 h}]";
    const Loaded loaded = load(prepaid({{"timeline", twice}}));
    ASSERT_TRUE(loaded.scenario) << mistake(prepaid({{"timeline", twice}}));
    const Streams streams{1, 0};
    const Supply physical = supply(*loaded.scenario, {}, streams);
    const PrepayFacts facts = prepay_facts(*loaded.scenario, {}, streams, physical.network);
    const Time begin = loaded.scenario->start + 48h;
    // After 2 h of work half of the first backlog is left (1 h of work); half an hour of work joins it.
    ASSERT_EQ(facts.dsp_outages.size(), 1U);
    EXPECT_EQ(facts.dsp_outages[0], (std::pair<Time, Time>(begin, begin + 7h + 3h)));
}

TEST(Prepayment, MemoryGrowsWithMetersAndPayments) {
    const auto estimate = [](const std::string& settings) {
        return memory_estimate(load(prepaid({{"settings", settings}})).scenario.value());
    };
    const MemoryEstimate four = estimate("{}");
    EXPECT_EQ(four.premises, 50U);
    EXPECT_EQ(four.cuts, 0U);
    // 50 meters, 42 days of 4 payments a month, 6 records each.
    const double records = 50 * 4 * 42 / (365.25 / 12) * 6;
    EXPECT_NEAR(static_cast<double>(four.records), records * 2 * sizeof(Record), records);
    EXPECT_NEAR(static_cast<double>(estimate("{top-ups a month: 8}").records),
                2 * static_cast<double>(four.records), 1000);
}

TEST(Prepayment, AFleetOfItIsNotSteppedByHand) {
    const Scenario scenario = load(prepaid()).scenario.value();
    EXPECT_THROW(Fleet(scenario, scenario.variants[0], 0), BadRequest);
}

}  // namespace
}  // namespace meterbed::scenario
