// What waits at the DSP after an outage.
#include "sim/prepayment/dsp_turns.h"

#include <gtest/gtest.h>

namespace meterbed {
namespace {

using namespace std::chrono_literals;

const Time kStart{std::chrono::sys_days{std::chrono::year{2020} / 2 / 28}};
const Time kBegin = kStart + 17h, kEnd = kBegin + 4h;

PrepaymentSettings of(double background, double capacity, bool priority = false) {
    PrepaymentSettings settings;
    settings.dsp_background = background;
    settings.dsp_capacity = capacity;
    settings.dsp_prepay_priority = priority;
    return settings;
}

DspTurns after_outage(const PrepaymentSettings& settings) {
    DspTurns turns(settings);
    turns.begin_outage(kBegin);
    turns.end_outage(kEnd);
    return turns;
}

TEST(DspTurns, NothingWaitsWithoutAnOutage) {
    const DspTurns turns(of(500, 1000));
    EXPECT_EQ(turns.turn(kStart, false), kStart);
}

TEST(DspTurns, NobodyKnowsTheEndOfAnOutageThatLasts) {
    DspTurns turns(of(500, 1000));
    turns.begin_outage(kBegin);
    EXPECT_TRUE(turns.down());
    EXPECT_EQ(turns.turn(kBegin - 1us, false), kBegin - 1us);
    EXPECT_EQ(turns.turn(kBegin, true), std::nullopt);
    turns.end_outage(kEnd);
    EXPECT_FALSE(turns.down());
    EXPECT_NE(turns.turn(kBegin, true), std::nullopt);
}

TEST(DspTurns, WhatCameFirstGoesFirst) {
    // 7.2 million messages, a thousand a second: two hours of work, while as much again comes in.
    const DspTurns turns = after_outage(of(500, 1000));
    EXPECT_EQ(turns.turn(kBegin, false), kEnd);
    EXPECT_EQ(turns.turn(kBegin + 1h, false), kEnd + 30min);
    EXPECT_EQ(turns.turn(kEnd, false), kEnd + 2h);
    EXPECT_EQ(turns.turn(kEnd + 2h, false), kEnd + 3h);
    EXPECT_EQ(turns.turn(kEnd + 4h, false), kEnd + 4h);
    EXPECT_EQ(turns.turn(kEnd + 5h, false), kEnd + 5h);
    Time last = kBegin;
    for (Time at = kBegin; at < kEnd + 5h; at += 97s) {
        const Time turn = *turns.turn(at, false);
        EXPECT_GE(turn, last);
        EXPECT_GE(turn, at);
        last = turn;
    }
}

TEST(DspTurns, PriorityWaitsForTheEndOnly) {
    const DspTurns turns = after_outage(of(500, 1000, true));
    EXPECT_EQ(turns.turn(kBegin + 1h, true), kEnd);
    EXPECT_EQ(turns.turn(kEnd + 1h, true), kEnd + 1h);
    EXPECT_EQ(turns.turn(kBegin + 1h, false), kEnd + 30min);
    // Without the setting nothing overtakes.
    EXPECT_EQ(after_outage(of(500, 1000)).turn(kBegin + 1h, true), kEnd + 30min);
}

TEST(DspTurns, ASecondOutageFindsWhatIsLeftOfTheFirst) {
    DspTurns turns = after_outage(of(500, 1000));
    turns.begin_outage(kEnd + 1h);  // two hours of work before, one and a half now
    turns.end_outage(kEnd + 2h);
    EXPECT_EQ(turns.turn(kEnd + 1h, false), kEnd + 2h + 90min);
    EXPECT_EQ(turns.turn(kEnd + 2h, false), kEnd + 2h + 2h);
}

TEST(DspTurns, WithoutBackgroundOnlyTheOutageItselfDelays) {
    const DspTurns turns = after_outage(of(0, 0));
    EXPECT_EQ(turns.turn(kBegin + 1h, false), kEnd);
    EXPECT_EQ(turns.turn(kEnd, false), kEnd);
}

}  // namespace
}  // namespace meterbed
