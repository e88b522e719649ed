// Loss, retries, outages: what the DCC makes of a bad network, and that both kernels tell the same story.
#include <gtest/gtest.h>

#include "sim/errors.h"
#include "sim/metrics/metrics.h"
#include "tests/sim/town.h"

namespace meterbed {
namespace {

using testing::kStart;
using testing::quiet;
using testing::Town;

TEST(Network, ALostMessageIsSentAgain) {
    WorldOptions options = quiet(3);
    options.settings.wan_loss = 0.4;
    options.settings.retries = 20;
    Town town(options);
    for (int i = 0; i < 30; ++i) {
        const Home home = town.home();
        EXPECT_TRUE(town.ask(town.right, "4.10", home.esme).succeeded());
    }
    EXPECT_GT(town.count("message lost", "radio"), 5U);
    EXPECT_EQ(town.count("request timed out"), 0U);
}

TEST(Network, ACriticalCommandWhoseAnswerIsLostIsNotExecutedTwice) {
    WorldOptions options = quiet(4);
    options.settings.wan_loss = 0.5;
    Town town(options);
    std::size_t answered = 0;
    for (int i = 0; i < 40; ++i)
        answered += town.ask(town.supplier, "7.2", town.home().esme).succeeded() ? 1U : 0U;
    EXPECT_GT(town.count("command dropped", "replayed counter"), 0U);
    EXPECT_GT(town.count("command executed"), answered)
        << "some did what they were told and nobody heard of it";
    EXPECT_EQ(town.count("command executed"), town.count("supply state")) << "each at most once";
}

TEST(Network, ARegionWithoutWanGivesE20) {
    Town town;
    const Home home = town.home();
    town.world.outage("Central", true, town.world.now());
    EXPECT_EQ(town.ask(town.right, "4.10", home.esme).code, "E20");
    EXPECT_EQ(town.count("DCC alert", "N12"), 1U);
    town.world.outage("Central", false, town.world.now());
    EXPECT_TRUE(town.ask(town.right, "4.10", home.esme).succeeded());
}

TEST(Network, AfterADccOutageWhatWaitedIsReleased) {
    Town town;
    const Home home = town.home();
    town.world.outage("DCC", true, town.world.now());
    town.world.outage("DCC", false, town.world.now() + std::chrono::hours{4});
    const Time asked = town.world.now();
    EXPECT_TRUE(town.ask(town.right, "4.10", home.esme).succeeded());
    EXPECT_GT(town.world.now(), asked + std::chrono::hours{4});
}

TEST(Network, AHubWithoutPowerLosesCommandsAndReportsTheOutage) {
    Town town;
    const Home home = town.home();
    town.world.power(home.number, false, town.world.now());
    town.world.run_until(town.world.now() + std::chrono::minutes{10});
    EXPECT_EQ(town.count("DCC alert", "AD1"), 2U) << "to the supplier and to the operator";
    EXPECT_EQ(town.ask(town.right, "4.10", home.esme).code, "E21");
    EXPECT_GT(town.count("message lost", "hub without power"), 0U);
}

TEST(Network, BothKernelsTellTheSameStory) {
    const auto story = [](KernelMaker kernel, Duration slice) {
        WorldOptions options = quiet(11);
        options.settings.wan_loss = 0.1;
        options.kernel = kernel;
        Town town(options);
        for (int i = 0; i < 10; ++i) town.home(i % 2 == 0 ? Generation::SMETS2 : Generation::SMETS1);
        for (const Home& home : town.world.directory().homes) {
            const CertificatesOf whose{home.number % 3 == 0 ? town.wrong : town.right,
                                       RemotePartyRole::networkOperator, "right"};
            town.world.request({town.right, "6.15.1", home.esme, "update", whose, {}},
                               kStart + std::chrono::hours{1});
            town.world.request({town.right, "4.10", home.esme, "read", {}, {}},
                               kStart + std::chrono::hours{3});
            town.world.power(home.number, false, kStart + std::chrono::hours{4});
            town.world.power(home.number, true,
                             kStart + std::chrono::hours{4} + std::chrono::minutes{2 * home.number});
        }
        for (Time at = kStart; at < kStart + std::chrono::hours{8}; at += slice) town.world.run_until(at);
        town.world.run_until(kStart + std::chrono::hours{8});
        return town.world.finish().sha256();
    };
    const std::string plain = story(make_plain_kernel, std::chrono::hours{8});
    EXPECT_EQ(plain, story(make_systemc_kernel, std::chrono::hours{8}));
    EXPECT_EQ(plain, story(make_systemc_kernel, std::chrono::seconds{7}));
    EXPECT_EQ(plain, story(make_plain_kernel, std::chrono::milliseconds{1700}));
}

TEST(Network, AnotherSeedTellsAnotherStory) {
    const auto hash = [](std::uint64_t seed) {
        Town town(quiet(seed));
        town.ask(town.right, "4.10", town.home().esme);
        return town.world.finish().sha256();
    };
    EXPECT_EQ(hash(1), hash(1));
    EXPECT_NE(hash(1), hash(2));
}

TEST(World, RefusesWhatDoesNotExistOrLiesInThePast) {
    Town town;
    const Home home = town.home();
    World& world = town.world;
    world.run_until(kStart + std::chrono::hours{1});
    EXPECT_THROW(world.request({town.right, "4.10", Eui64{42}, "", {}, {}}, world.now()), BadRequest);
    EXPECT_THROW(world.request({town.right, "99.9", home.esme, "", {}, {}}, world.now()), BadRequest);
    EXPECT_THROW(world.request({town.right, "1.1.1", home.esme, "", {}, {}}, world.now()), BadRequest);
    EXPECT_THROW(world.request({town.right, "6.15.1", home.esme, "", {}, {}}, world.now()), BadRequest);
    EXPECT_THROW(world.request({town.right, "4.10", home.esme, "", {}, {}}, kStart), BadRequest);
    EXPECT_THROW(world.run_until(kStart), BadRequest);
    EXPECT_THROW(world.add_user("eastern", {UserRole::ED}), BadRequest);
    EXPECT_THROW(static_cast<void>(world.user("nobody")), BadRequest);
    EXPECT_THROW(world.power(7, true, world.now()), BadRequest);
    EXPECT_THROW(world.outage("Atlantis", true, world.now()), BadRequest);
    EXPECT_THROW(static_cast<void>(world.ticket(1)), BadRequest);
}

TEST(World, IsOfNoUseAfterItsEnd) {
    Town town;
    town.home();
    const Time end = town.world.now();
    EXPECT_GT(town.world.finish().size(), 0U);
    EXPECT_EQ(town.world.now(), end);
    EXPECT_THROW(town.world.run_until(end), WorldEnded);
    EXPECT_THROW(town.home(), WorldEnded);
    EXPECT_THROW(town.world.finish(), WorldEnded);
}

}  // namespace
}  // namespace meterbed
