// Prepayment meters in columns: what happens does not depend on slices or kernels, faults of the WAN leave
// the keypad, an outage of the DSP and its remedies do what they say, and rules broken on purpose are found.
#include "sim/fleet/prepayment_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "sim/faults.h"
#include "sim/fleet/station.h"
#include "sim/prepayment/dsp_turns.h"
#include "sim/prepayment/records.h"
#include "sim/systemc/systemc_kernel.h"

namespace meterbed::fleet {
namespace {

using namespace std::chrono_literals;

const Time kStart{std::chrono::sys_days{std::chrono::year{2020} / 2 / 3}};  // a Monday
constexpr Duration kLength = std::chrono::days{21};
const Time kOutage = kStart + std::chrono::days{11} + 9h, kOutageEnds = kOutage + 6h;
const Streams kStreams{94, 1};

PrepaymentPart street(std::int32_t homes, bool outage = false) {
    PrepaymentPart part;
    for (std::int32_t i = 0; i < homes; ++i) {
        PrepaymentHome home;
        home.home = 10 + i;
        home.site.region = static_cast<Region>(i % 3);
        home.generation = i % 2 == 0 ? Generation::SMETS1 : Generation::SMETS2;
        part.homes.push_back(home);
    }
    if (outage) part.dcc_outages.emplace_back(kOutage, kOutageEnds);
    return part;
}

struct Played {
    Records records;
    Prepayments prepayments;
};

Played finish(PrepaymentModel& model, const PrepaymentPart& part, const Settings& settings) {
    Played played{model.take_records(), {}};
    PrepayFacts facts;
    facts.homes = model.homes();
    DspTurns turns(settings);
    for (const auto& [begin, end] : part.dcc_outages) {
        turns.begin_outage(begin);
        turns.end_outage(end);
        facts.dsp_outages.emplace_back(begin, *turns.turn(end, false));
    }
    facts.counted_from = kStart;
    facts.end = kStart + kLength;
    facts.unbalanced = model.unbalanced();
    played.prepayments = prepayments(played.records, facts);
    return played;
}

Played play(const PrepaymentPart& part, const Settings& settings, Duration slice = std::chrono::days{1}) {
    PrepaymentModel model(part, settings, kStreams, kStart, kLength);
    for (Time at = kStart; at < kStart + kLength; at += slice) model.run_until(at + slice);
    return finish(model, part, settings);
}

Settings with_faults() {
    Settings settings;
    settings.no_wan_share = 0.1;
    settings.intermittent_wan_share = 0.1;
    settings.han_fault_share = 0.05;
    return settings;
}

/// Hours off supply with a payment under way, at meters that `counts`.
template <typename Counts>
double harm(const Prepayments& all, Counts counts) {
    std::map<std::int32_t, PrepayHomeRow> homes;
    for (const PrepayHomeRow& home : all.homes) homes[home.home] = home;
    double hours = 0;
    for (const SpellRow& spell : all.spells)
        if (counts(spell, homes.at(spell.home))) hours += static_cast<double>(spell.waited) / 3.6e9;
    return hours;
}
double harm_of(const Prepayments& all, Harm which) {
    return harm(all, [&](const SpellRow& spell, const PrepayHomeRow&) {
        return spell.harm == static_cast<std::uint8_t>(which);
    });
}
double harm_in_outage(const Prepayments& all, Generation generation) {
    return harm(all, [&](const SpellRow& spell, const PrepayHomeRow& home) {
        return spell.harm == static_cast<std::uint8_t>(Harm::dcc_outage) &&
               home.generation == static_cast<std::uint8_t>(generation);
    });
}

TEST(PrepaymentModel, NeitherSlicesNorKernelsShow) {
    const PrepaymentPart part = street(300, true);
    const Settings settings = with_faults();
    const std::string once = play(part, settings, kLength).records.sha256();
    EXPECT_EQ(play(part, settings, 1h).records.sha256(), once);
    EXPECT_EQ(play(part, settings, 7h + 13s).records.sha256(), once);
    for (const auto maker : {make_plain_kernel, make_systemc_kernel}) {
        const std::unique_ptr<Kernel> kernel = maker(kStart);
        PrepaymentModel model(part, settings, kStreams, kStart, kLength);
        FleetStation station("fleet", *kernel, model, 6h);
        kernel->run_until(kStart + kLength);
        station.catch_up(kStart + kLength);
        EXPECT_EQ(model.take_records().sha256(), once);
    }
}

TEST(PrepaymentModel, AHomeIsTheSameInAnyCompany) {
    const Settings settings = with_faults();
    const Played street_of_many = play(street(60), settings);
    PrepaymentPart one = street(60);
    one.homes = {one.homes[33]};
    const Played alone = play(one, settings);
    std::vector<std::int64_t> times;
    for (std::size_t i = 0; i < street_of_many.records.size(); ++i)
        if (street_of_many.records.home[i] == one.homes[0].home)
            times.push_back(street_of_many.records.time[i]);
    EXPECT_GT(times.size(), 5u);
    EXPECT_EQ(times, alone.records.time);
}

/// What a hub tells late comes too late for anybody to act on it.
TEST(PrepaymentModel, WhatHubsHoldDoesNotChangeWhenTopUpsArrive) {
    Settings settings = with_faults();
    settings.no_wan_share = 0.6;
    settings.coverage_repair = std::chrono::days{45};
    const Played held = play(street(600), settings);
    settings.hub_buffer_alerts = 0;
    const Played lost = play(street(600), settings);
    EXPECT_GT(held.prepayments.reports.size(), 500u);
    EXPECT_TRUE(lost.prepayments.reports.empty());
    ASSERT_EQ(held.prepayments.top_ups.size(), lost.prepayments.top_ups.size());
    for (std::size_t i = 0; i < held.prepayments.top_ups.size(); ++i) {
        const TopUpRow &with = held.prepayments.top_ups[i], &without = lost.prepayments.top_ups[i];
        ASSERT_EQ(std::pair(with.paid_at, with.added_at), std::pair(without.paid_at, without.added_at));
    }
}

TEST(PrepaymentModel, MostTopUpsComeOverTheAirWithinMinutes) {
    const Played played = play(street(400), Settings{});
    ASSERT_GT(played.prepayments.top_ups.size(), 800u);
    const auto soon = std::ranges::count_if(played.prepayments.top_ups, [](const TopUpRow& row) {
        return row.way == 1 && row.added_at - row.paid_at < 300'000'000;
    });
    EXPECT_GT(static_cast<double>(soon), 0.97 * static_cast<double>(played.prepayments.top_ups.size()));
    EXPECT_EQ(played.prepayments.unbalanced, 0);
}

TEST(PrepaymentModel, WithoutWanOnlyTheKeypadIsLeft) {
    Settings settings;
    settings.no_wan_share = 1;
    settings.no_wan_never_part = 1;
    settings.coverage_repair = std::chrono::days{365};
    const Played played = play(street(100), settings);
    ASSERT_GT(played.prepayments.top_ups.size(), 100u);
    for (const TopUpRow& row : played.prepayments.top_ups) {
        EXPECT_NE(row.way, 1);
        if (row.way == 2) {
            EXPECT_NE(row.told_by, 255);
        }
    }
    EXPECT_EQ(harm_of(played.prepayments, Harm::dcc_outage), 0);
    EXPECT_EQ(played.prepayments.unbalanced, 0);
}

TEST(PrepaymentModel, TextsBringTheCodeSooner) {
    Settings as_is;
    as_is.no_wan_share = 1;
    as_is.coverage_repair = std::chrono::days{365};
    Settings texts = as_is;
    texts.utrn_text_after = 15min;
    const double before = harm_of(play(street(300), as_is).prepayments, Harm::home_fault);
    const double after = harm_of(play(street(300), texts).prepayments, Harm::home_fault);
    EXPECT_GT(before, 0);
    EXPECT_LT(after, before);
}

TEST(PrepaymentModel, AnEarlierPromiseOfCoverageRemovesHarm) {
    Settings as_is;
    as_is.no_wan_share = 1;
    Settings promise = as_is;
    promise.coverage_repair = std::chrono::days{30};
    EXPECT_LT(harm_of(play(street(300), promise).prepayments, Harm::home_fault),
              harm_of(play(street(300), as_is).prepayments, Harm::home_fault));
}

TEST(PrepaymentModel, CreditModeKeepsSupplyOnWithoutWan) {
    Settings settings;
    settings.no_wan_share = 1;
    settings.no_wan_never_part = 1;
    settings.credit_fallback_after = 48h;
    const Played played = play(street(100), settings);
    const std::int32_t what = played.records.word(prepay::payment_mode);
    ASSERT_GE(what, 0);
    EXPECT_GT(std::ranges::count(played.records.what, what), 0);
    for (const PrepayHomeRow& home : played.prepayments.homes)
        EXPECT_EQ(home.fault, static_cast<std::uint8_t>(HomeFault::never_wan));
    EXPECT_LT(harm_of(played.prepayments, Harm::home_fault), 1);
    EXPECT_EQ(played.prepayments.unbalanced, 0);
}

TEST(PrepaymentModel, AnOutageOfTheDspHitsSmets1Harder) {
    const Played played = play(street(6000, true), Settings{});
    EXPECT_GT(harm_in_outage(played.prepayments, Generation::SMETS1),
              1.5 * harm_in_outage(played.prepayments, Generation::SMETS2));
}

TEST(PrepaymentModel, AStandInOutsideTheDspHelpsSmets1) {
    Settings stand_in;
    stand_in.smets1_stand_in = true;
    const PrepaymentPart part = street(6000, true);
    EXPECT_LT(harm_in_outage(play(part, stand_in).prepayments, Generation::SMETS1),
              0.8 * harm_in_outage(play(part, Settings{}).prepayments, Generation::SMETS1));
}

TEST(PrepaymentModel, PriorityWaitsForTheOutageOnly) {
    Settings slow;
    slow.dsp_capacity = 550;  // ten hours and more to work off six
    Settings first = slow;
    first.dsp_prepay_priority = true;
    const PrepaymentPart part = street(3000, true);
    EXPECT_LT(harm_of(play(part, first).prepayments, Harm::dcc_outage),
              harm_of(play(part, slow).prepayments, Harm::dcc_outage));
}

TEST(PrepaymentModel, LostAnswersComeToDuplicatesThatNoMeterCredits) {
    Settings settings;
    settings.wan_loss = 0.2;
    const Played played = play(street(300), settings);
    int duplicates = 0;
    for (const TopUpRow& row : played.prepayments.top_ups) {
        duplicates += row.duplicates;
        EXPECT_EQ(row.added_twice, 0);
    }
    EXPECT_GT(duplicates, 0);
    EXPECT_EQ(played.prepayments.unbalanced, 0);
}

// Rules broken on purpose
// ------------------------------------------------------------------------------------

Settings broken_by(std::string_view fault, Settings settings = with_faults()) {
    settings.faults = {std::string(fault)};
    return settings;
}

TEST(PrepaymentModel, AMeterThatTakesAUtrnTwiceIsFound) {
    Settings settings = with_faults();
    settings.wan_loss = 0.2;
    const auto twice = [&](const Settings& as) {
        const Played played = play(street(300), as);
        return std::ranges::count_if(played.prepayments.top_ups,
                                     [](const TopUpRow& row) { return row.added_twice != 0; });
    };
    EXPECT_EQ(twice(settings), 0);
    EXPECT_GT(twice(broken_by(broken::takes_utrn_twice, settings)), 0);
}

TEST(PrepaymentModel, AMeterThatLosesMoneyIsFound) {
    EXPECT_EQ(play(street(50), with_faults()).prepayments.unbalanced, 0);
    EXPECT_GT(play(street(50), broken_by(broken::loses_money)).prepayments.unbalanced, 0);
}

TEST(PrepaymentModel, ASupplierThatMakesSmets1CodesIsFound) {
    const PrepaymentPart part = street(6000, true);
    EXPECT_LT(
        harm_in_outage(play(part, broken_by(broken::smets1_makes_codes, {})).prepayments, Generation::SMETS1),
        0.8 * harm_in_outage(play(part, Settings{}).prepayments, Generation::SMETS1));
}

TEST(PrepaymentModel, AHomeWithoutWanThatIsReachedIsFound) {
    const double harm_as_is = harm_of(play(street(400), with_faults()).prepayments, Harm::home_fault);
    const double harm_broken =
        harm_of(play(street(400), broken_by(broken::reaches_without_wan)).prepayments, Harm::home_fault);
    EXPECT_LT(harm_broken, harm_as_is);
}

}  // namespace
}  // namespace meterbed::fleet
