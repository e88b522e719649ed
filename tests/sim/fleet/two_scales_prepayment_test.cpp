// One story of prepayment at two scales: full devices with keys and messages, and columns. Every record of
// sim/prepayment/records.h is the same, to the microsecond, and so is what became of top-ups and spells.
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "sim/fleet/prepayment_model.h"
#include "sim/metrics/prepayments.h"
#include "sim/prepayment/records.h"
#include "sim/world.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;

const Time kStart = std::chrono::sys_days{std::chrono::year{2026} / 10 / 19};  // a clock change comes

constexpr std::string_view kShared[] = {
    prepay::customer_pays,  prepay::code_told,         prepay::credit_added,
    prepay::credit_refused, prepay::help_line_called,  prepay::emergency_taken,
    prepay::supply_state,   prepay::payment_mode,      prepay::installed_without_wan,
    prepay::price_changed,  prepay::credit_mode_asked, prepay::mode_changed,
    prepay::engineer_visit, prepay::report_held,       prepay::report_late,
    prepay::report_dropped};

using Row = std::tuple<std::int64_t, std::int32_t, std::string, std::string, std::uint64_t, std::uint64_t,
                       double, std::string, std::string>;

std::vector<Row> shared_rows(const Records& records) {
    std::vector<Row> out;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const std::string& what = records.text(records.what[i]);
        if (std::find(std::begin(kShared), std::end(kShared), what) == std::end(kShared)) continue;
        out.emplace_back(records.time[i], records.home[i], what, records.text(records.station[i]),
                         records.device[i], records.counter[i], records.value[i],
                         records.text(records.code[i]), records.text(records.detail[i]));
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::string text_of(const std::vector<Row>& rows) {
    if (rows.empty()) return "none";
    return std::to_string(rows.size()) + ", first " + ::testing::PrintToString(rows.front()) + " at " +
           to_text(Time{Duration{std::get<0>(rows.front())}});
}

struct Street {
    std::int32_t homes = 0;
    Duration length{};
    Settings settings;
    std::vector<std::pair<Time, Time>> dcc_outages;
};

Site site_of(std::int32_t home) {
    Site site;
    site.region = static_cast<Region>(home % 3);
    return site;
}
Generation generation_of(std::int32_t home) { return home % 5 < 2 ? Generation::SMETS1 : Generation::SMETS2; }

struct Told {
    Records records;
    Prepayments prepayments;
};

Told told(Records records, std::vector<PrepayHomeRow> homes, std::vector<std::int32_t> unbalanced,
          const Street& street) {
    PrepayFacts facts;
    facts.homes = std::move(homes);
    facts.dsp_outages = street.dcc_outages;
    facts.counted_from = kStart + street.settings.warm_up;
    facts.end = kStart + street.length;
    facts.unbalanced = std::move(unbalanced);
    if (street.settings.price_change_after > Duration{})
        facts.price_change = kStart + street.settings.price_change_after;
    Told out{std::move(records), {}};
    out.prepayments = prepayments(out.records, facts);
    return out;
}

Told on_a_bench(const Street& street) {
    WorldOptions options;
    options.seed = 7;
    options.start = kStart;
    options.settings = street.settings;
    options.length = street.length;
    World world(options);
    const std::uint16_t supplier = world.add_user("supplier", {UserRole::IS, UserRole::GS});
    const std::uint16_t network_operator = world.add_user("operator", {UserRole::ED});
    for (std::int32_t number = 0; number < street.homes; ++number) {
        HomeOptions home;
        home.site = site_of(number);
        home.generation = generation_of(number);
        home.supplier = supplier;
        home.network_operator = network_operator;
        home.prepayment = true;
        world.add_home(home);
    }
    for (const auto& [begin, end] : street.dcc_outages) {
        world.outage("DCC", true, begin);
        world.outage("DCC", false, end);
    }
    world.run_until(kStart + street.length);
    auto homes = world.prepay_homes();
    auto unbalanced = world.unbalanced();
    return told(world.finish(), std::move(homes), std::move(unbalanced), street);
}

Told in_a_fleet(const Street& street) {
    fleet::PrepaymentPart part;
    for (std::int32_t number = 0; number < street.homes; ++number)
        part.homes.push_back({number, site_of(number), generation_of(number)});
    part.dcc_outages = street.dcc_outages;
    fleet::PrepaymentModel model(part, street.settings, Streams{7, 0}, kStart, street.length);
    model.run_until(kStart + street.length);
    return told(model.take_records(), model.homes(), model.unbalanced(), street);
}

auto fields(const TopUpRow& row) {
    return std::tuple(row.paid_at, row.told_at, row.added_at, row.home, row.payment, row.pounds, row.channel,
                      row.way, row.told_by, row.duplicates, row.wrong_digits, row.calls, row.visits, row.harm,
                      row.added_twice);
}
auto fields(const NoticeRow& row) { return std::tuple(row.decided_at, row.taken_at, row.home, row.kind); }
auto fields(const SpellRow& row) { return std::tuple(row.off_at, row.on_at, row.waited, row.home, row.harm); }

template <typename Rows>
void expect_equal(const Rows& bench, const Rows& fleet) {
    ASSERT_EQ(bench.size(), fleet.size());
    for (std::size_t i = 0; i < bench.size(); ++i)
        ASSERT_EQ(fields(bench[i]), fields(fleet[i])) << "row " << i;
}

struct OneStory {
    Prepayments prepayments;
    std::vector<Row> rows;
};

/// What both came to.
OneStory expect_one_story(const Street& street, std::size_t least) {
    const Told on_bench = on_a_bench(street), in_fleet = in_a_fleet(street);
    const std::vector<Row> bench = shared_rows(on_bench.records), fleet = shared_rows(in_fleet.records);
    std::vector<Row> only_bench, only_fleet;
    std::set_difference(bench.begin(), bench.end(), fleet.begin(), fleet.end(),
                        std::back_inserter(only_bench));
    std::set_difference(fleet.begin(), fleet.end(), bench.begin(), bench.end(),
                        std::back_inserter(only_fleet));
    EXPECT_GT(bench.size(), least);
    EXPECT_TRUE(only_bench.empty()) << "on the bench only: " << text_of(only_bench);
    EXPECT_TRUE(only_fleet.empty()) << "in the fleet only: " << text_of(only_fleet);
    expect_equal(on_bench.prepayments.top_ups, in_fleet.prepayments.top_ups);
    expect_equal(on_bench.prepayments.spells, in_fleet.prepayments.spells);
    expect_equal(on_bench.prepayments.notices, in_fleet.prepayments.notices);
    EXPECT_EQ(on_bench.prepayments.homes.size(), in_fleet.prepayments.homes.size());
    EXPECT_EQ(on_bench.prepayments.unbalanced, in_fleet.prepayments.unbalanced);
    return {on_bench.prepayments, bench};
}

/// Notices of a kind that meters took, and that they did not.
std::pair<int, int> taken_and_not(const Prepayments& found, NoticeKind kind) {
    std::pair<int, int> out;
    for (const NoticeRow& row : found.notices)
        if (row.kind == static_cast<std::uint8_t>(kind)) ++(row.taken_at != 0 ? out.first : out.second);
    return out;
}

std::size_t count(const std::vector<Row>& rows, std::string_view what, std::string_view code = {}) {
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const Row& row) {
        return std::get<2>(row) == what && (code.empty() || std::get<7>(row) == code);
    }));
}

/// All faults, an outage, no remedy.
Street troubled(std::int32_t homes, Duration length) {
    Street street{homes, length, {}, {{kStart + 50h, kStart + 54h}}};
    street.settings.wan_loss = 0.02;
    street.settings.no_wan_share = 0.2;
    street.settings.intermittent_wan_share = 0.1;
    street.settings.han_fault_share = 0.05;
    street.settings.coverage_repair = 24h * 20;
    street.settings.typing_error = 0.1;
    return street;
}

TEST(TwoScalesOfPrepayment, AllFaultsAndAnOutage) { expect_one_story(troubled(1'000, 24h * 21), 5'000); }

TEST(TwoScalesOfPrepayment, WithEveryRemedy) {
    Street street = troubled(400, 24h * 12);
    street.settings.utrn_text_after = 30min;
    street.settings.credit_fallback_after = 72h;
    street.settings.smets1_stand_in = true;
    street.settings.dsp_prepay_priority = true;
    expect_one_story(street, 1'500);
}

TEST(TwoScalesOfPrepayment, EngineersRepairAndType) {
    Street street = troubled(300, 24h * 14);
    street.settings.han_fault_share = 0.3;
    street.settings.shop_share = 0;  // nobody holds a receipt
    street.settings.patience = 8h;
    street.settings.engineer_after = 20min;
    street.settings.engineer_travel = 40min;
    expect_one_story(street, 1'500);
    const Told in_fleet = in_a_fleet(street);
    std::size_t visits = 0, repaired = 0, told = 0;
    for (const Row& row : shared_rows(in_fleet.records)) {
        visits += std::get<2>(row) == prepay::engineer_visit;
        repaired += std::get<8>(row) == prepay::han_repaired;
        told += std::get<2>(row) == prepay::code_told && std::get<8>(row) == "engineer";
    }
    EXPECT_GT(repaired, 20U);
    EXPECT_GT(visits, repaired);
    EXPECT_GT(told, 20U);
}

TEST(TwoScalesOfPrepayment, OutagesInARowAndAWanThatLosesMuch) {
    Street street = troubled(200, 24h * 8);
    street.settings.wan_loss = 0.4;
    street.dcc_outages.push_back({kStart + 55h, kStart + 58h});
    street.dcc_outages.push_back({kStart + 100h, kStart + 101h});
    expect_one_story(street, 500);
}

/// A price and, at the same time, a mode: told to the same homes by requests that may overtake each other.
Street told_twice(std::int32_t homes, Duration length) {
    Street street = troubled(homes, length);
    street.settings.price_change_after = street.settings.mode_change_after = 50h - 20s;  // an outage comes
    street.settings.price_change_to = 0.41234;                                           // told as 0.4123
    street.settings.standing_charge = 0.54321;                                           // told as 0.5432
    street.settings.mode_change_share = 0.4;
    street.settings.coverage_repair = 24h * 5;
    return street;
}

TEST(TwoScalesOfPrepayment, AnotherPriceAndModeAreToldUntilTheyAreConfirmed) {
    Street street = told_twice(300, 24h * 10);
    street.settings.wan_loss = 0.3;
    street.settings.wan_latency_sigma = 1;
    street.settings.notice_resend_interval = 6h;
    const Prepayments found = expect_one_story(street, 1'500).prepayments;
    const auto [prices, old_prices] = taken_and_not(found, NoticeKind::price);
    EXPECT_GT(prices, 200);
    EXPECT_GT(old_prices, 10);  // the homes with a HAN fault are 15
    EXPECT_GT(taken_and_not(found, NoticeKind::credit_mode).first, 80);
    EXPECT_EQ(found.unbalanced, 0);
}

TEST(TwoScalesOfPrepayment, AMeterThatFellBackStaysInCreditModeOnceTold) {
    Street street = told_twice(200, 24h * 12);
    street.settings.credit_fallback_after = 24h;
    street.settings.dsp_prepay_priority = true;
    EXPECT_GT(taken_and_not(expect_one_story(street, 800).prepayments, NoticeKind::credit_mode).first, 50);
}

TEST(TwoScalesOfPrepayment, WhatIsToldOnceOnlyMayNeverArrive) {
    Street street = told_twice(100, 24h * 6);
    street.settings.intermittent_wan_share = 0.5;
    const int old_prices = taken_and_not(expect_one_story(street, 300).prepayments, NoticeKind::price).second;
    street.settings.faults = {"supplier tells once"};
    EXPECT_GT(taken_and_not(expect_one_story(street, 300).prepayments, NoticeKind::price).second, old_prices);
}

TEST(TwoScalesOfPrepayment, HubsThatHoldLittleAndAreRepaired) {
    Street street = troubled(300, 24h * 14);
    street.settings.no_wan_share = 0.9;
    street.settings.coverage_repair = 24h * 30;
    street.settings.hub_buffer_alerts = 4;
    const std::vector<Row> rows = expect_one_story(street, 1'000).rows;
    EXPECT_GT(count(rows, prepay::report_late), 50U);
    EXPECT_GT(count(rows, prepay::report_dropped), 50U);
    EXPECT_GT(count(rows, prepay::report_held),
              count(rows, prepay::report_late) + count(rows, prepay::report_dropped));
    for (const std::string_view code : {"810D", "810E", "8119", "81AA", "81AB", "8F0F", "8F32", "8F83"})
        EXPECT_GT(count(rows, prepay::report_held, code), 0U) << code;
}

/// So often that answers find no WAN although their commands did.
TEST(TwoScalesOfPrepayment, AWanThatComesAndGoesByTheMinute) {
    Street street = troubled(300, 24h * 7);
    street.settings.no_wan_share = 0;
    street.settings.intermittent_wan_share = 0.9;
    street.settings.intermittent_wan_up = 10s;
    street.settings.intermittent_wan_down = 2min;
    const std::vector<Row> rows = expect_one_story(street, 1'000).rows;
    EXPECT_GT(count(rows, prepay::report_late, prepay::response), 10U);
    EXPECT_GT(count(rows, prepay::report_late, "810E"), 10U);
    EXPECT_EQ(count(rows, prepay::report_dropped), 0U);
}

TEST(TwoScalesOfPrepayment, HubsThatHoldNothing) {
    Street street = troubled(150, 24h * 6);
    street.settings.hub_buffer_alerts = 0;
    EXPECT_EQ(count(expect_one_story(street, 300).rows, prepay::report_held), 0U);
}

TEST(TwoScalesOfPrepayment, RulesBrokenOnPurpose) {
    Street street = troubled(150, 24h * 6);
    street.settings.wan_loss = 0.3;
    street.settings.faults = {"meter takes a UTRN twice", "meter loses money", "SMETS1 supplier makes UTRNs",
                              "home without WAN is reached"};
    expect_one_story(street, 300);
}

}  // namespace
}  // namespace meterbed
