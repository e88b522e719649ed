// What happens when somebody else's certificate stands on a meter, told in small worlds.
#include <gtest/gtest.h>

#include "sim/errors.h"
#include "sim/metrics/metrics.h"
#include "tests/sim/town.h"

namespace meterbed {
namespace {

using testing::quiet;
using testing::Town;

TEST(Smets2, ACriticalRequestGoesThereAndBack) {
    Town town;
    const Home home = town.home();
    const Ticket& ticket = town.ask(town.supplier, "7.2", home.esme);
    EXPECT_TRUE(ticket.succeeded()) << ticket.code << " " << ticket.detail;
    EXPECT_EQ(town.count("pre-command returned"), 1U);
    EXPECT_EQ(town.count("pre-command signed"), 1U);
    EXPECT_EQ(town.count("command executed"), 1U);
    EXPECT_EQ(town.count("supply state"), 1U);
}

TEST(Smets2, TheOperatorRenewsItsOwnCertificatesAndGoesOnWithThem) {
    Town town;
    const Home home = town.home();
    town.world.renew(town.right);
    EXPECT_TRUE(town.place(town.right, town.right, home.esme).succeeded());
    EXPECT_TRUE(town.ask(town.right, "4.10", home.esme).succeeded());
    town.world.renew(town.right);
    EXPECT_TRUE(town.place(town.right, town.right, home.esme).succeeded())
        << "signed with the set that stands there";
}

TEST(Smets2, TheThreeFactsOfAWrongCertificate) {
    Town town;
    const Home home = town.home();
    ASSERT_TRUE(town.place(town.right, town.wrong, home.esme).succeeded()) << "the meter accepts it";
    EXPECT_EQ(town.world.network_operator_of(home.number), town.id(town.wrong));

    const Ticket& rightful = town.ask(town.right, "4.10", home.esme);
    EXPECT_EQ(rightful.code, "E21") << "the rightful operator passes the DCC and dies at the meter";
    EXPECT_EQ(town.count("command dropped", "unknown originator"), 3U) << "once for each attempt";

    const Ticket& holder = town.ask(town.wrong, "4.10", home.esme);
    EXPECT_EQ(holder.code, "E4") << "the other operator dies at the DCC";
    EXPECT_EQ(holder.detail, "caller is registered");
}

TEST(Smets2, TheMeterItselfWouldObeyTheWrongOperator) {
    Town town;
    const Home home = town.home();
    ASSERT_TRUE(town.place(town.right, town.wrong, home.esme).succeeded());
    town.world.change_registration(home.number, town.wrong, town.world.now());
    EXPECT_TRUE(town.ask(town.wrong, "4.10", home.esme).succeeded()) << "once the DCC lets it through";
}

TEST(Smets2, RestorationAlertsGoToTheWrongOperator) {
    Town town;
    const Home home = town.home();
    ASSERT_TRUE(town.place(town.right, town.wrong, home.esme).succeeded());
    town.world.power(home.number, false, town.world.now());
    town.world.power(home.number, true, town.world.now() + std::chrono::minutes{5});
    town.world.run_until(town.world.now() + std::chrono::hours{1});
    const Records records = town.world.records();
    int alerts = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records.text(records.what[i]) != "alert received" || records.text(records.detail[i]) != "8F36")
            continue;
        EXPECT_EQ(records.party[i], town.id(town.wrong).value);
        ++alerts;
    }
    EXPECT_EQ(alerts, 1);
    EXPECT_EQ(std::get<FoldOf<Records>>(metrics()[10].fold)(records), 1.0) << metrics()[10].name;
}

TEST(Smets2, AShortCutGivesNoOutageEventAndAnotherAlert) {
    Town town;
    const Home home = town.home();
    town.world.power(home.number, false, town.world.now());
    town.world.power(home.number, true, town.world.now() + std::chrono::seconds{179});
    town.world.run_until(town.world.now() + std::chrono::hours{1});
    EXPECT_EQ(town.count("DCC alert", "AD1"), 0U);
    const Records records = town.world.records();
    EXPECT_GE(records.word("8F35"), 0);
    EXPECT_LT(records.word("8F36"), 0);
}

TEST(Smets2, RecoveryPutsItRightAndNobodyElseCan) {
    Town town;
    const Home home = town.home();
    ASSERT_TRUE(town.place(town.right, town.wrong, home.esme).succeeded());
    town.world.repair(
        {home.number, town.right, {"rightful operator", "holder", "supplier", "DCC recovery"}, "repair"},
        town.world.now());
    town.world.run_until(town.world.now() + std::chrono::hours{24 * 10});
    EXPECT_EQ(town.count("repair tried"), 4U);
    EXPECT_EQ(town.count("repaired"), 1U);
    EXPECT_EQ(town.world.network_operator_of(home.number), town.id(town.right));
    EXPECT_TRUE(town.ask(town.right, "4.10", home.esme).succeeded());
}

TEST(Smets2, AnExceptionForTheHolderSavesTheRecovery) {
    WorldOptions options = quiet();
    options.settings.holder_exception = true;
    Town town(options);
    const Home home = town.home();
    ASSERT_TRUE(town.place(town.right, town.wrong, home.esme).succeeded());
    town.world.repair({home.number, town.right, {"holder", "DCC recovery"}, "repair"}, town.world.now());
    town.world.run_until(town.world.now() + std::chrono::hours{24});
    EXPECT_EQ(town.count("repaired"), 1U);
    EXPECT_EQ(town.world.network_operator_of(home.number), town.id(town.right));
}

TEST(Smets2, TheThirdGateRefusesTheWrongOwnerAndChangesNothing) {
    WorldOptions options = quiet();
    options.settings.gates.emplace_back("new owner is registered");
    Town town(options);
    const Home home = town.home();
    const Ticket& refused = town.place(town.right, town.wrong, home.esme);
    EXPECT_EQ(refused.code, "E061507");
    EXPECT_EQ(town.world.network_operator_of(home.number), town.id(town.right));
    EXPECT_EQ(town.count("command sent"), 0U);
    town.world.renew(town.right);
    EXPECT_TRUE(town.place(town.right, town.right, home.esme).succeeded())
        << "rightly meant updates still pass";
}

TEST(Smets2, ASupplierHandsADccControlledCellOver) {
    Town town;
    const Home home = town.dcc_controlled_home();
    EXPECT_EQ(town.place(town.right, town.right, home.esme).code, "E21")
        << "not the operator's to replace yet";
    EXPECT_TRUE(town.place(town.supplier, town.wrong, home.esme, "6.21").succeeded())
        << "nothing checks the owner";
    EXPECT_EQ(town.world.network_operator_of(home.number), town.id(town.wrong));
    EXPECT_EQ(town.place(town.supplier, town.right, home.esme, "6.21").code, "E21") << "and only once";
}

TEST(Smets2, AGasMeterAnswersWhenItWakes) {
    Town town;
    const Home home = town.home();
    const Ticket& ticket = town.ask(town.supplier, "6.24.1", home.gsme);
    EXPECT_TRUE(ticket.succeeded()) << ticket.code << " " << ticket.detail;
    EXPECT_LT(*ticket.done_at - ticket.sent_at, std::chrono::minutes{32});
}

TEST(Smets1, TheRecordOfTheS1spShutsTheRightfulOperatorOut) {
    Town town;
    const Home home = town.home(Generation::SMETS1);
    ASSERT_TRUE(town.place(town.right, town.wrong, home.esme).succeeded());
    const Ticket& correction = town.place(town.right, town.right, home.esme);
    EXPECT_EQ(correction.code, "not the notified critical party");
    EXPECT_EQ(town.place(town.wrong, town.right, home.esme).code, "E4");
    EXPECT_TRUE(town.ask(town.right, "4.10", home.esme).succeeded()) << "reads are not critical";
    town.world.repair({home.number, town.right, {"supplier", "DCC recovery"}, "repair"}, town.world.now());
    town.world.run_until(town.world.now() + std::chrono::hours{24 * 10});
    EXPECT_EQ(town.count("repaired"), 1U);
    EXPECT_EQ(town.world.network_operator_of(home.number), town.id(town.right));
}

TEST(Smets1, TheDualControlOrganisationSeesEveryCriticalRequest) {
    Town town;
    const Home home = town.home(Generation::SMETS1);
    EXPECT_TRUE(town.ask(town.supplier, "7.2", home.esme).succeeded());
    EXPECT_EQ(town.count("dual control given"), 1U);
}

}  // namespace
}  // namespace meterbed
