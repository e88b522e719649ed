// What a hub without WAN holds, what gives way, and in which order the rest leaves.
#include "sim/prepayment/hub_buffer.h"

#include <gtest/gtest.h>

#include <random>

#include "devices/raise.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;

constexpr Time kStart{std::chrono::sys_days{std::chrono::year{2020} / 3 / 1}.time_since_epoch()};
constexpr std::uint16_t kLowCredit = 0x810D, kAddedLocally = 0x810E, kDisabled = 0x8F0F, kResponse = 0;

/// A hub that gets one message a minute; messages are numbers.
struct Hub {
    HubBuffer<int> buffer{};
    int alerts = 3;
    int number = 0;

    /// The number of the one that gave way; 0 for none.
    int take(std::uint16_t code) {
        ++number;
        const auto dropped = hold(buffer, Held<int>{kStart + number * 1min, code, number}, alerts);
        return dropped ? dropped->message : 0;
    }
    std::vector<int> let_go() {
        std::vector<int> out;
        for (const Held<int>& each : release(buffer)) out.push_back(each.message);
        return out;
    }
};

TEST(HubBuffer, LetsGoInTheOrderInWhichMessagesCame) {
    Hub hub;
    for (const std::uint16_t code : {kDisabled, kResponse, kLowCredit, kAddedLocally})
        EXPECT_EQ(hub.take(code), 0);
    EXPECT_EQ(hub.buffer.front().since, kStart + 1min);
    EXPECT_EQ(hub.let_go(), (std::vector{1, 2, 3, 4}));
    EXPECT_TRUE(hub.buffer.empty());
    EXPECT_TRUE(hub.let_go().empty());
}

TEST(HubBuffer, TheOldestNonCriticalAlertGivesWay) {
    Hub hub;
    for (const std::uint16_t code : {kDisabled, kLowCredit, kAddedLocally}) hub.take(code);
    EXPECT_EQ(hub.take(kLowCredit), 2) << "not the critical one, which is older";
    EXPECT_EQ(hub.take(kDisabled), 3);
    EXPECT_EQ(hub.let_go(), (std::vector{1, 4, 5}));
}

TEST(HubBuffer, AmongCriticalAlertsTheOldestGivesWayAndAnotherOneIsNotTaken) {
    Hub hub;
    for (int i = 0; i < 3; ++i) hub.take(kDisabled);
    EXPECT_EQ(hub.take(kLowCredit), 4) << "itself: the only one that is not critical";
    EXPECT_EQ(hub.take(kDisabled), 1);
    EXPECT_EQ(hub.let_go(), (std::vector{2, 3, 5}));
}

TEST(HubBuffer, ResponsesAreAllHeldAndTakeNoPlaceOfAnAlert) {
    Hub hub;
    for (int i = 0; i < 500; ++i) EXPECT_EQ(hub.take(kResponse), 0);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(hub.take(kLowCredit), 0);
    EXPECT_EQ(hub.take(kLowCredit), 501);
    EXPECT_EQ(hub.let_go().size(), 503U);
}

TEST(HubBuffer, NothingIsLostAndNothingComesTwice) {
    std::mt19937 draws{5};
    for (int round = 0; round < 200; ++round) {
        Hub hub;
        hub.alerts = 1 + static_cast<int>(draws() % 8);
        std::vector<int> gone;
        for (int i = 0; i < 100; ++i) {
            constexpr std::uint16_t kCodes[] = {kResponse, kLowCredit, kAddedLocally, kDisabled};
            if (const int dropped = hub.take(kCodes[draws() % 4])) gone.push_back(dropped);
            if (draws() % 20 == 0)
                for (const int each : hub.let_go()) gone.push_back(each);
            EXPECT_EQ(gone.size() + hub.buffer.size(), static_cast<std::size_t>(hub.number));
            EXPECT_TRUE(std::ranges::is_sorted(hub.buffer, {}, &Held<int>::since));
            EXPECT_LE(std::ranges::count_if(hub.buffer, [](const auto& each) { return each.code != 0; }),
                      hub.alerts);
        }
        for (const int each : hub.let_go()) gone.push_back(each);
        std::ranges::sort(gone);
        for (int i = 0; i < hub.number; ++i) EXPECT_EQ(gone[static_cast<std::size_t>(i)], i + 1);
    }
}

TEST(HubBuffer, IsThereForHomesThatTheWanMayNotReach) {
    PrepaymentSettings settings;
    const auto at = [&](HomeFault fault) {
        WanCover cover;
        cover.fault = fault;
        return may_hold(settings, cover);
    };
    EXPECT_TRUE(at(HomeFault::never_wan) && at(HomeFault::lost_wan) && at(HomeFault::intermittent_wan));
    EXPECT_FALSE(at(HomeFault::none) || at(HomeFault::han));
    settings.hub_buffer_alerts = 0;
    EXPECT_FALSE(at(HomeFault::lost_wan));
}

/// Those that a prepayment meter sends: signed ones are the critical ones.
TEST(HubBuffer, CriticalIsWhatTheTableOfAlertsSignsForThePurpose) {
    constexpr std::uint16_t kSigned = 0x1000, kWithMac = 0x1001;
    constexpr std::uint16_t kCodes[] = {0x810D, 0x810E, 0x8119, 0x81AA, 0x81AB, 0x8F0F, 0x8F32, 0x8F83};
    for (const std::uint16_t code : kCodes)
        EXPECT_EQ(find_alert(code)->dlms, is_critical(code) ? kSigned : kWithMac) << code;
}

TEST(HubBuffer, RecordsNameAlertsByTheirCode) {
    EXPECT_EQ(report_name(kAddedLocally), "810E");
    EXPECT_EQ(report_name(kResponse), "response");
}

}  // namespace
}  // namespace meterbed
