// Which homes the WAN does not reach, and when.
#include "sim/prepayment/cover.h"

#include <gtest/gtest.h>

#include <map>

namespace meterbed {
namespace {

using namespace std::chrono_literals;

const Time kStart{std::chrono::sys_days{std::chrono::year{2020} / 2 / 1}};
constexpr Duration kLength = std::chrono::days{42};
const Streams kStreams{7, 1};
constexpr std::int32_t kHomes = 20'000;

PrepaymentSettings shares(double none, double intermittent, double han) {
    PrepaymentSettings settings;
    settings.no_wan_share = none;
    settings.intermittent_wan_share = intermittent;
    settings.han_fault_share = han;
    return settings;
}

std::map<HomeFault, int> count(const PrepaymentSettings& settings) {
    const CoverDraws draws(kStreams);
    std::map<HomeFault, int> counts;
    for (std::int32_t home = 0; home < kHomes; ++home)
        ++counts[draws.cover(settings, home, kStart, kLength).fault];
    return counts;
}

TEST(Cover, SharesOfFaultsAreAsSet) {
    auto counts = count(shares(0.09, 0.05, 0.02));
    EXPECT_NEAR(counts[HomeFault::never_wan], 0.045 * kHomes, 0.005 * kHomes);
    EXPECT_NEAR(counts[HomeFault::lost_wan], 0.045 * kHomes, 0.005 * kHomes);
    EXPECT_NEAR(counts[HomeFault::intermittent_wan], 0.05 * kHomes, 0.005 * kHomes);
    EXPECT_NEAR(counts[HomeFault::han], 0.02 * kHomes, 0.004 * kHomes);
}

TEST(Cover, HomesOfASmallerShareAreAmongThoseOfALarger) {
    const CoverDraws draws(kStreams);
    const auto few = shares(0.03, 0.05, 0.02), many = shares(0.09, 0.05, 0.02);
    int without = 0;
    for (std::int32_t home = 0; home < kHomes; ++home) {
        const WanCover small = draws.cover(few, home, kStart, kLength);
        const WanCover large = draws.cover(many, home, kStart, kLength);
        if (small.fault == HomeFault::none) continue;
        EXPECT_EQ(small.fault, large.fault);
        EXPECT_EQ(small.down_from, large.down_from);
        ++without;
    }
    EXPECT_GT(without, 0);
}

TEST(Cover, IsRepairedAfterThePromisedTime) {
    auto settings = shares(1, 0, 0);
    settings.no_wan_never_part = 1;
    settings.coverage_repair = std::chrono::days{30};
    const CoverDraws draws(kStreams);
    for (std::int32_t home = 0; home < 100; ++home) {
        WanCover cover = draws.cover(settings, home, kStart, kLength);
        EXPECT_LE(cover.down_from, kStart);
        EXPECT_EQ(cover.down_until - cover.down_from, std::chrono::days{30});
        EXPECT_FALSE(draws.reaches(cover, settings, home, cover.down_until - 1us));
        EXPECT_TRUE(draws.reaches(cover, settings, home, cover.down_until));
    }
}

TEST(Cover, IsLostSomeTimeBeforeOrDuringTheRun) {
    auto settings = shares(1, 0, 0);
    settings.no_wan_never_part = 0;
    const CoverDraws draws(kStreams);
    int during = 0;
    for (std::int32_t home = 0; home < 1000; ++home) {
        WanCover cover = draws.cover(settings, home, kStart, kLength);
        ASSERT_LT(cover.down_from, kStart + kLength);
        if (cover.down_from <= kStart) continue;
        ++during;
        EXPECT_EQ(draws.next_change(cover, settings, home, kStart), cover.down_from);
        EXPECT_TRUE(draws.reaches(cover, settings, home, cover.down_from - 1us));
        EXPECT_FALSE(draws.reaches(cover, settings, home, cover.down_from));
    }
    EXPECT_NEAR(during, 1000 * 42 / 132, 60);
}

TEST(Cover, ComesAndGoesTheSameHoweverOftenItIsAsked) {
    const auto settings = shares(0, 1, 0);
    const CoverDraws draws(kStreams);
    Duration down{};
    for (std::int32_t home = 0; home < 200; ++home) {
        WanCover often = draws.cover(settings, home, kStart, kLength), seldom = often;
        for (Time at = kStart; at < kStart + kLength; at += 10min) {
            const bool up = draws.reaches(often, settings, home, at);
            if (!up) down += 10min;
            if ((at - kStart) % 5h != 0s) continue;
            ASSERT_EQ(draws.reaches(seldom, settings, home, at), up);
            ASSERT_GT(draws.next_change(seldom, settings, home, at), at);
        }
    }
    // Means of 72 h and 6 h, begun while up.
    EXPECT_NEAR(std::chrono::duration<double>(down) / std::chrono::duration<double>(200 * kLength), 6.0 / 78,
                0.01);
}

}  // namespace
}  // namespace meterbed
