// What a story may say, section by section.
#include <gtest/gtest.h>

#include "sim/scenario/run.h"
#include "tests/sim/scenario/words.h"

namespace meterbed::scenario {
namespace {

using namespace std::chrono_literals;

/// A story with one step.
std::string step(const std::string& keys) { return story({{"timeline", "[{at: start, " + keys + "}]"}}); }

const std::string kRequest = "do: request, by: east-midlands, target: street, ";
const std::string kRenewal = "do: request, by: east-midlands, target: street, service: \"6.15.1\", ";

TEST(Story, TheSmallestOneLoads) {
    const Loaded loaded = load(story());
    ASSERT_TRUE(loaded.scenario) << mistake(story());
    const Scenario& scenario = *loaded.scenario;
    EXPECT_EQ(scenario.title, "A story");
    EXPECT_EQ(scenario.seed, 1U);
    EXPECT_EQ(to_text(scenario.start), "2020-03-02T06:00:00.000000Z");
    EXPECT_EQ(scenario.length, 240h);
    EXPECT_EQ(scenario.repeats, 1);
    EXPECT_EQ(scenario.text, story());
    ASSERT_EQ(scenario.variants.size(), 1U);
    EXPECT_EQ(scenario.variants[0].name, "as-is");
    ASSERT_EQ(scenario.populations.size(), 1U);
    EXPECT_EQ(scenario.populations[0].line, 5);
    EXPECT_EQ(scenario.populations[0].devices, (std::vector<std::string>{"hub", "esme"}));
    ASSERT_EQ(scenario.timeline.size(), 1U);
    EXPECT_EQ(std::get<RequestStep>(scenario.timeline[0].action).service, "4.10");
}

TEST(Story, MissingSectionsAreNamed) {
    EXPECT_EQ(mistake("title: only this"),
              "the key 'question' is missing\nthe key 'source' is missing\nthe key 'run' is missing\n"
              "the key 'population' is missing\nthe key 'timeline' is missing");
    EXPECT_EQ(
        mistake("just text"),
        "a map of keys and values is expected here [it needs title, question, source, run, population or "
        "timeline]");
}

TEST(Story, AllMistakesAreFoundAtOnce) {
    const auto list = mistakes(story(
        {{"run", "{seed: x, start: 2020-13-01, length: 3, repat: 1}"},
         {"population", "{street: {premises: 0, suplier: a, network operator: east-midlands}}"},
         {"timeline", "[{at: start, do: requst}, {at: 5, do: request, service: 4.10, by: x, target: y}]"}}));
    EXPECT_EQ(list.size(), 11U) << testing::PrintToString(list);
}

TEST(Story, ANumberOfAServiceStandsInQuotes) {
    EXPECT_EQ(
        mistake(step(kRequest + "service: 4.10")),
        "the service '4.10' must stand in quotes [write \"4.10\": 4.10 without quotes is the number 4.1]");
    EXPECT_EQ(mistake(step(kRequest + "service: '4.10'")), "");
    EXPECT_EQ(mistake(step(kRequest + "service: \"4.11\"")),
              "unknown service '4.11' [did you mean '4.1.1'?]");
}

TEST(Story, RepeatsAndPremisesHaveLimits) {
    const auto premises = [](const std::string& n) {
        return mistake(story({{"population", "{street: {premises: " + n +
                                                 ", supplier: a, network operator: east-midlands}}"}}));
    };
    EXPECT_EQ(premises("200000"), "");
    EXPECT_EQ(premises("200001"),
              "'200001' is not between 1 and 200000 [write 'scale: fleet' under 'run' for stories of outages "
              "or prepayment]");
    EXPECT_EQ(premises("0"), "'0' is not between 1 and 200000");
    EXPECT_EQ(premises("-5"), "'-5' is not between 1 and 200000");
    EXPECT_EQ(mistake(story({{"run", "{seed: 1, start: 2020-03-02, length: 1 day, repeat: 10001}"}})),
              "'10001' is not between 1 and 10000");
    EXPECT_EQ(mistake(story({{"population",
                              "{street: {premises: 150000, supplier: a, network operator: east-midlands}, b: "
                              "{premises: 50001, supplier: a, network operator: east-midlands}}"}})),
              "200001 premises in all are more than 200000 [write 'scale: fleet' under 'run' for stories of "
              "outages or prepayment]");
}

TEST(Story, RolesFollowFromThePopulation) {
    const Loaded loaded =
        load(story({{"population",
                     "{street: {premises: 1, devices: [hub, esme, gsme], supplier: "
                     "supplier-a, gas supplier: gas-co, network operator: east-midlands}}"}}));
    ASSERT_TRUE(loaded.scenario);
    const auto& users = loaded.scenario->users;
    ASSERT_EQ(users.size(), 3U);
    EXPECT_EQ(users[0].roles, (std::vector{UserRole::IS}));
    EXPECT_EQ(users[1].roles, (std::vector{UserRole::GS}));
    EXPECT_EQ(users[2].roles, (std::vector{UserRole::ED, UserRole::GT}));
}

TEST(Story, DeclaredUsersMustHaveTheRolesTheyAct) {
    EXPECT_EQ(mistake(story({{"users", "{east-midlands: ED, watcher: [RSA, OU]}"}})), "");
    EXPECT_EQ(mistake(story({{"users", "{east-midlands: IS}"}})),
              "the user 'east-midlands' needs the role ED here [add it under 'users']");
    EXPECT_EQ(mistake(story({{"users", "{east-midlands: DNO}"}})).substr(0, 23), "unknown user role 'DNO'");
}

TEST(Story, AStrangerCannotSend) {
    EXPECT_EQ(mistake(step("do: request, service: \"4.10\", target: street, by: east-midland")),
              "unknown user 'east-midland' [did you mean 'east-midlands'?]");
    EXPECT_EQ(mistake(step("do: request, service: \"4.10\", target: street, by: registered supplier")), "");
}

TEST(Story, ANewOwnerWithNearlyAKnownNameIsAMistake) {
    const std::string certificate = "cell: network operator, certificate: {right: east-midlands, wrong: ";
    EXPECT_EQ(
        mistake(step(kRenewal + certificate + "east-midland, wrong share: 1 %}")),
        "the user 'east-midland' appears nowhere else [did you mean 'east-midlands'? A new user is declared "
        "under 'users']");
    EXPECT_EQ(mistake(step(kRenewal + certificate + "eastern, wrong share: 1 %}")), "");
    EXPECT_EQ(
        mistake(step(kRenewal +
                     "cell: supplier, certificate: {right: supplier-a, wrong: supplier-b, wrong share: 1 "
                     "%}")),
        "");
}

TEST(Story, CertificatesBelongToSomeServices) {
    EXPECT_EQ(mistake(step(kRequest + "service: \"4.10\", cell: supplier")), "'4.10' has no 'cell'");
    EXPECT_EQ(mistake(step(kRenewal + "cell: supplier")), "'6.15.1' needs the key 'certificate'");
    EXPECT_EQ(mistake(step(kRequest + "service: \"6.24.1\", cell: supplier")), "");
    EXPECT_EQ(mistake(step(kRenewal + "certificate: {right: east-midlands}")),
              "'6.15.1' needs the key 'cell'");
}

TEST(Story, WrongChoicesComeWithTheirShare) {
    const auto certificate = [](const std::string& keys) {
        return mistake(step(kRenewal + "cell: network operator, certificate: {" + keys + "}"));
    };
    EXPECT_EQ(certificate("right: east-midlands, wrong: eastern"), "'wrong' without 'wrong share'");
    EXPECT_EQ(certificate("right: east-midlands, transfer share: 1 %"),
              "'transfer share' without 'transfer to'");
    EXPECT_EQ(certificate("right: east-midlands, wrong: east-midlands, wrong share: 1 %"),
              "'wrong' names the right user");
    EXPECT_EQ(
        certificate("right: registered network operator, wrong: eastern, wrong share: 60 %, transfer to: "
                    "southern, transfer share: 60 %"),
        "wrong share and transfer share are more than 100 % together");
    EXPECT_EQ(certificate("right: east-midlands, wrong: registered supplier, wrong share: 1 %"),
              "'registered supplier' is no user here [name the user]");
}

TEST(Timeline, IsSortedByTimeAndKeepsTheOrderWritten) {
    const Loaded loaded =
        load(story({{"timeline",
                     "[{at: start + 2 h, do: outage, what: DCC, lasts: 1 h}, {at: start, do: "
                     "outage, what: North, lasts: 1 h}, {at: start, do: outage, what: South, "
                     "lasts: 1 h}]"}}));
    ASSERT_TRUE(loaded.scenario);
    std::vector<std::string> order;
    for (const Step& each : loaded.scenario->timeline)
        order.push_back(std::get<OutageStep>(each.action).what);
    EXPECT_EQ(order, (std::vector<std::string>{"North", "South", "DCC"}));
}

TEST(Timeline, AStepHasOnlyTheKeysOfItsVerb) {
    EXPECT_EQ(mistake(step("do: power off, target: street, service: \"4.10\"")).substr(0, 21),
              "unknown key 'service'");
    EXPECT_EQ(mistake(step("do: power of, target: street")),
              "unknown step 'power of' [did you mean 'power off'?]");
    EXPECT_EQ(mistake(step(kRequest + "service: \"4.10\", targt: street")),
              "unknown key 'targt' [did you mean 'target'?]");
    EXPECT_EQ(mistake(step("target: street")), "the key 'do' is missing [it says what the step does]");
    EXPECT_EQ(mistake(story({{"timeline", "[start]"}})),
              "a step is a map [write {at: start, do: request, ...}]");
}

/// Two steps: a labelled request, and another one an hour later.
std::string two_steps(const std::string& second, const std::string& label = "read") {
    return story(
        {{"timeline", "[{at: start, do: request, service: \"4.10\", by: east-midlands, target: street, as: " +
                          label + "}, {at: start + 1 h, " + second + "}]"}});
}

TEST(Timeline, LabelsNameEarlierSteps) {
    const std::string repair = "do: repair, routes: [holder], target: ";
    EXPECT_EQ(mistake(two_steps(repair + "{failed: read}")), "");
    EXPECT_EQ(mistake(two_steps(repair + "{failed: raed}")), "unknown label 'raed' [did you mean 'read'?]");
    EXPECT_EQ(mistake(two_steps(repair + "{failed: fix}, as: fix")), "the step 'fix' does not come earlier");
    EXPECT_EQ(mistake(two_steps(repair + "{failed: read, of: read}")),
              "a target has exactly one of 'population', 'of' and 'failed'");
    EXPECT_EQ(mistake(two_steps(repair + "{share: 10 %}")),
              "a target has exactly one of 'population', 'of' and 'failed'");
    EXPECT_EQ(mistake(two_steps(repair + "read")),
              "unknown population 'read' [it is a label: write {of: read}]");
    EXPECT_EQ(mistake(two_steps(repair + "{failed: read}, as: read")), "the label 'read' appears twice");
}

TEST(Timeline, OnlyRequestsAndRepairsCanFail) {
    const std::string cut = "[{at: start, do: power off, target: street, as: cut}, {at: start + 1 h, do: ";
    EXPECT_EQ(mistake(story({{"timeline", cut + "power on, target: {of: cut}}]"}})), "");
    EXPECT_EQ(mistake(story({{"timeline", cut + "power on, target: {failed: cut}}]"}})),
              "the step 'cut' cannot fail [only requests and repairs can]");
    EXPECT_EQ(mistake(story({{"timeline", cut + "power on, target: street}]"}})),
              "no step uses the label 'cut'");
}

TEST(Timeline, TargetsExistInTheHomes) {
    EXPECT_EQ(mistake(step("do: request, service: \"4.10\", by: east-midlands, target: stret")),
              "unknown population 'stret' [did you mean 'street'?]");
    EXPECT_EQ(mistake(step(
                  "do: request, service: \"4.10\", by: east-midlands, target: {population: street, device: "
                  "gsme}")),
              "the homes of 'street' have no gsme");
    EXPECT_EQ(mistake(step(
                  "do: request, service: \"4.10\", by: east-midlands, target: {population: street, device: "
                  "chf}")),
              "");
}

TEST(Timeline, RequestsEndBeforeTheStoryDoes) {
    EXPECT_EQ(mistake(step(kRequest + "service: \"4.10\", over: 11 days")),
              "the requests go on after the end, 2020-03-12T06:00:00.000000Z");
}

TEST(Compare, AVariantsOwnValueWins) {
    const Loaded loaded = load(story(
        {{"settings", "{wan loss: 1 %, retries: 5}"}, {"compare", "{as-is: {}, lossy: {wan loss: 9 %}}"}}));
    ASSERT_TRUE(loaded.scenario);
    const auto& variants = loaded.scenario->variants;
    ASSERT_EQ(variants.size(), 2U);
    EXPECT_DOUBLE_EQ(variants[0].settings.wan_loss, 0.01);
    EXPECT_DOUBLE_EQ(variants[1].settings.wan_loss, 0.09);
    EXPECT_EQ(variants[1].settings.retries, 5);
    EXPECT_TRUE(variants[0].changes.empty());
    EXPECT_EQ(variants[1].changes, (std::vector<std::string>{"wan loss: 9 %"}));
}

TEST(Compare, UnknownSettingsAndGates) {
    EXPECT_EQ(mistake(story({{"compare", "{as-is: {wan los: 1 %}}"}})),
              "unknown setting 'wan los' [did you mean 'wan loss'?]");
    EXPECT_EQ(mistake(story({{"compare", "{as-is: {gates: [caller hold cell]}}"}})),
              "unknown gate 'caller hold cell' [did you mean 'caller holds cell'?]");
    EXPECT_EQ(mistake(story({{"settings", "{gates: [caller holds cell, caller holds cell]}"}})),
              "'caller holds cell' appears twice in the list");
    EXPECT_EQ(mistake(story({{"compare", "{}"}})),
              "a map of variants is expected here [write {as-is: {}, to-be: {...}}]");
}

/// The only expectation of a story that expects this of `repairs`.
Expectation expectation(const std::string& text) {
    const Loaded loaded = load(story({{"expect", "{repairs: " + text + "}"}}));
    EXPECT_TRUE(loaded.scenario) << text;
    return loaded.scenario ? loaded.scenario->expectations.at(0) : Expectation{};
}

TEST(Expect, Comparisons) {
    EXPECT_EQ(expectation("3").bound, 3);
    EXPECT_EQ(expectation("equals 3").comparison, Comparison::equals);
    EXPECT_EQ(expectation("at most 0.1 %").comparison, Comparison::at_most);
    EXPECT_EQ(expectation("at most 0.1 %").bound, 0.001);
    EXPECT_EQ(expectation("at least 2 min").bound, 120);
    EXPECT_EQ(expectation("between 1 and 3 %").bound, 0.01);
    EXPECT_EQ(expectation("between 1 and 3 %").upper, 0.03);
    EXPECT_EQ(expectation("equals wrong choices").bound_metric, "wrong choices");
    EXPECT_EQ(expectation("at most $poa_hold_time_s").bound, 180);
    EXPECT_EQ(expectation("at most 0.1 %").text, "at most 0.1 %");
    EXPECT_EQ(expectation("between 1 and $poa_hold_time_s").text, "between 1 and 180 s ($poa_hold_time_s)");
}

TEST(Expect, BadOnes) {
    const auto bad = [](const std::string& text) { return mistake(story({{"expect", "{" + text + "}"}})); };
    EXPECT_EQ(bad("repair: 1"), "unknown metric 'repair' [did you mean 'repairs'?]");
    EXPECT_EQ(bad("to-be: {repairs: 1}"), "unknown variant 'to-be' [known here: as-is]");
    EXPECT_EQ(bad("repairs: equals wrong choice"),
              "'wrong choice' is neither a number nor a metric [did you mean 'wrong choices'?]");
    EXPECT_EQ(bad("repairs: few").substr(0, 45), "'few' is neither a number nor a metric [write");
    EXPECT_EQ(bad("repairs: between 1"), "'between' needs two bounds [write 'between 1 % and 3 %']");
    EXPECT_EQ(bad("repairs: between 3 and 1"), "'between 3 and 1' ends before it begins");
    EXPECT_EQ(bad("repairs: at most 3 apples").substr(0, 42), "'apples' is no unit that a result can have");
    EXPECT_EQ(bad("repairs: [1]").substr(0, 31), "a comparison is expected here [");
}

TEST(Expect, FactorsOfAnotherVariantOrMetric) {
    const auto read = [](const std::string& expect) {
        return load(story({{"compare", "{as-is: {}, to-be: {retries: 3}, late: {retries: 1}}"},
                           {"expect", "{" + expect + "}"}}));
    };
    const Loaded loaded =
        read("to-be: {repairs: between 2.4 and 3.6 times as-is}, repairs: at most 0.5 times late");
    ASSERT_TRUE(loaded.scenario);
    const auto& list = loaded.scenario->expectations;
    ASSERT_EQ(list.size(), 3U) << "the second is of the two variants that are not named";
    EXPECT_EQ(list[0].bound_variant, "as-is");
    EXPECT_TRUE(list[0].times);
    EXPECT_EQ(list[0].comparison, Comparison::between);
    EXPECT_EQ(list[0].bound, 2.4);
    EXPECT_EQ(list[0].upper, 3.6);
    EXPECT_EQ(list[1].variant, "as-is");
    EXPECT_EQ(list[1].bound, 0.5);
    const Loaded metric = read("repairs: at least 1.5 times wrong choices");
    ASSERT_TRUE(metric.scenario);
    EXPECT_EQ(metric.scenario->expectations[0].bound_metric, "wrong choices");
    const auto bad = [](const std::string& expect) {
        return mistake(
            story({{"compare", "{as-is: {}, to-be: {retries: 3}}"}, {"expect", "{" + expect + "}"}}));
    };
    EXPECT_EQ(bad("repairs: at most 2 times to-bee"),
              "'to-bee' is neither a variant nor a metric [did you mean 'to-be'?]");
    EXPECT_EQ(bad("to-be: {repairs: at most 2 times to-be}"), "the variant 'to-be' is compared with itself");
    EXPECT_EQ(bad("repairs: at most 2 times repairs"), "'repairs' is compared with itself");
    EXPECT_EQ(bad("repairs: between 2 times as-is"),
              "'between' needs two bounds [write 'between 1 % and 3 %']");
    EXPECT_EQ(bad("repairs: between 3 and 2 times as-is"),
              "'between 3 and 2 times as-is' ends before it begins");
    EXPECT_EQ(bad("repairs: at most x times as-is"), "'x' does not start with a number");
}

TEST(Expect, AComparisonOfVariantsIsJudgedFromBoth) {
    const Loaded loaded =
        load(story({{"compare", "{as-is: {}, to-be: {retries: 3}}"},
                    {"expect", "{to-be: {repairs: between 2 and 3 times as-is}, as-is: {repairs: 4}}"}}));
    ASSERT_TRUE(loaded.scenario);
    const auto verdict = [&](double before, double after) {
        const auto found =
            compare(*loaded.scenario, {{"as-is", {{"repairs", before}}}, {"to-be", {{"repairs", after}}}});
        EXPECT_EQ(found.size(), 1U) << "the other needs no comparison";
        EXPECT_EQ(found[0].variant, "to-be");
        EXPECT_EQ(found[0].result.name, "repairs: between 2 and 3 times as-is");
        EXPECT_EQ(found[0].result.value, after);
        EXPECT_EQ(found[0].result.bound, before);
        return found[0].result;
    };
    EXPECT_TRUE(verdict(4, 8).held);
    EXPECT_TRUE(verdict(4, 12).held);
    EXPECT_FALSE(verdict(4, 7.9).held);
    EXPECT_FALSE(verdict(4, 12.1).held);
    EXPECT_FALSE(verdict(0, 0).held) << "nothing is so many times nothing";
    EXPECT_FALSE(verdict(0, 0).measured);
    EXPECT_TRUE(compare(*loaded.scenario, {{"to-be", {{"repairs", 8}}}}).empty()) << "as-is is not there";
}

TEST(Expect, WithoutAVariantHoldsForAll) {
    const Loaded loaded =
        load(story({{"compare", "{a: {}, b: {}}"}, {"expect", "{repairs: 0, b: {repairs: 1}}"}}));
    ASSERT_TRUE(loaded.scenario);
    ASSERT_EQ(loaded.scenario->expectations.size(), 3U);
    EXPECT_EQ(loaded.scenario->expectations[1].variant, "b");
    EXPECT_EQ(loaded.scenario->expectations[2].bound, 1);
}

TEST(Lists, OfOtherLayersWords) {
    const Loaded loaded = load(story({{"measure", "{repairs: by variant}"},
                                      {"always", "[one holder per cell]"},
                                      {"report", "[message sequence]"}}));
    ASSERT_TRUE(loaded.scenario);
    EXPECT_EQ(loaded.scenario->measures, (std::vector<std::string>{"repairs"}));
    EXPECT_EQ(loaded.scenario->invariants, (std::vector<std::string>{"one holder per cell"}));
    EXPECT_EQ(mistake(story({{"measure", "[repairs, repair]"}})),
              "unknown metric 'repair' [did you mean 'repairs'?]");
    EXPECT_EQ(mistake(story({{"always", "[one holder]"}})).substr(0, 30), "unknown invariant 'one holder'");
    EXPECT_EQ(mistake(story({{"report", "repairs"}})),
              "a list is expected here [write it as [report section, ...]]");
}

}  // namespace
}  // namespace meterbed::scenario
