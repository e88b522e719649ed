// What the supplier's desk does to have another price or mode at a meter.
#include "sim/prepayment/notice.h"

#include <gtest/gtest.h>

namespace meterbed {
namespace {

using namespace std::chrono_literals;

const Time kStart{std::chrono::sys_days{std::chrono::year{2020} / 2 / 3}};
const Streams kStreams{7, 0};

Settings changing() {
    Settings settings;
    settings.price_change_after = 24h;
    settings.mode_change_after = 48h;
    settings.mode_change_share = 0.25;
    return settings;
}

TEST(Notice, AsksOnceADayUntilTheMeterConfirms) {
    const Settings settings;
    Notice notice = begin_notice(settings, NoticeKind::price, kStart);
    Time at = kStart + settings.user_processing;
    for (int day = 0; day < 100; ++day) {
        ASSERT_EQ(notice.wakes, at);
        request_sent(notice);
        ASSERT_EQ(notice.wakes, Time::max()) << "one request at a time";
        at += 15min;
        not_confirmed(notice, settings, at);
        at += 24h;
    }
    request_sent(notice);
    confirmed(notice);
    EXPECT_EQ(notice.wakes, Time::max());
    not_confirmed(notice, settings, at);  // an older request
    EXPECT_EQ(notice.wakes, Time::max());
}

TEST(Notice, IsToldOnceWhereThatRuleIsBroken) {
    Settings settings;
    settings.faults = {"supplier tells once"};
    Notice notice = begin_notice(settings, NoticeKind::price, kStart);
    request_sent(notice);
    not_confirmed(notice, settings, kStart + 15min);
    EXPECT_EQ(notice.wakes, Time::max());
}

TEST(NoticeRules, WithoutASettingNothingIsDecided) {
    const NoticeRules rules(Settings{}, kStreams);
    EXPECT_EQ(rules.next_decision(3, kStart, kStart), Time::max());
}

TEST(NoticeRules, APriceIsForAllMetersAndAModeForAShareOfThem) {
    const NoticeRules rules(changing(), kStreams);
    int asking = 0;
    for (std::int32_t home = 0; home < 4'000; ++home) {
        ASSERT_EQ(rules.decided(NoticeKind::price, home, kStart), kStart + 24h);
        asking += rules.decided(NoticeKind::credit_mode, home, kStart) == kStart + 48h;
    }
    EXPECT_NEAR(asking, 1'000, 100);
}

TEST(NoticeRules, WhoAsksInASmallerShareAsksInALargerOne) {
    Settings more = changing();
    more.mode_change_share = 0.5;
    const NoticeRules few(changing(), kStreams), many(more, kStreams);
    for (std::int32_t home = 0; home < 1'000; ++home) {
        const Time asked = few.decided(NoticeKind::credit_mode, home, kStart);
        if (asked == Time::max()) continue;
        ASSERT_EQ(many.decided(NoticeKind::credit_mode, home, kStart), asked) << home;
    }
}

TEST(NoticeRules, OneDecisionFollowsTheOther) {
    Settings settings = changing();
    settings.mode_change_share = 1;
    const NoticeRules rules(settings, kStreams);
    EXPECT_EQ(rules.next_decision(3, kStart, kStart), kStart + 24h);
    EXPECT_EQ(rules.next_decision(3, kStart, kStart + 24h), kStart + 48h);
    EXPECT_EQ(rules.next_decision(3, kStart, kStart + 48h), Time::max());
}

}  // namespace
}  // namespace meterbed
