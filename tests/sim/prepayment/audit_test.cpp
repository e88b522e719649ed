// Money of one meter, to the last part.
#include "sim/prepayment/audit.h"

#include <gtest/gtest.h>

#include "devices/prepayment/advance.h"
#include "sim/prepayment/tariff.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;
using prepayment::Ledger;

const Time kStart{std::chrono::sys_days{std::chrono::year{2020} / 2 / 3} + 7h};

struct Meter {
    explicit Meter(std::int64_t balance)
        : plan(prepayment_plan({}, kStart)),
          ledger(open_ledger(kStart, plan, prepayment::Mode::prepayment, balance, happened)),
          audit(begin_audit(ledger)) {}

    void use(Time to, std::uint32_t load) { advance(ledger, plan, to, load, happened); }
    void pay(std::uint16_t pounds) {
        top_up(ledger, plan, pounds * 100'000, happened);
        paid(audit, pounds);
    }
    std::int64_t off() const { return imbalance(audit, ledger, plan); }

    prepayment::Happenings happened;
    prepayment::Plan plan;
    Ledger ledger;
    Audit audit;
};

TEST(PrepaymentAudit, BalancesThroughEmergencyCreditDisablementAndTopUp) {
    Meter meter(200'000);
    meter.use(kStart + 30h, 777);
    ASSERT_EQ(meter.ledger.supply, SupplyState::Disabled);
    activate_emergency_credit(meter.ledger, meter.plan, meter.happened);
    apply(meter.ledger, meter.plan, SupplyEvent::enable_locally, meter.happened);
    meter.use(kStart + 100h, 2'345);
    ASSERT_EQ(meter.ledger.supply, SupplyState::Disabled);
    EXPECT_GT(meter.ledger.emergency_used, 0);
    EXPECT_EQ(meter.off(), 0);
    meter.use(kStart + 200h, 2'345);  // off: standing charges only
    meter.pay(30);
    apply(meter.ledger, meter.plan, SupplyEvent::enable_locally, meter.happened);
    meter.use(kStart + 201h + 123s, 31);
    EXPECT_EQ(meter.off(), 0);
}

TEST(PrepaymentAudit, BalancesInCreditMode) {
    Meter meter(200'000);
    set_mode(meter.ledger, meter.plan, prepayment::Mode::credit, meter.happened);
    meter.use(kStart + 100h, 1'000);
    meter.pay(10);
    EXPECT_EQ(meter.ledger.supply, SupplyState::Enabled);
    EXPECT_EQ(meter.off(), 0);
}

TEST(PrepaymentAudit, FindsASinglePartThatIsMissing) {
    Meter meter(2'000'000);
    meter.use(kStart + 30h, 777);
    --meter.ledger.balance;
    EXPECT_EQ(meter.off(), 1);
    meter.ledger.balance += 2;
    EXPECT_EQ(meter.off(), -1);
}

TEST(PrepaymentAudit, FindsATopUpThatCountsTwice) {
    Meter meter(2'000'000);
    meter.pay(10);
    top_up(meter.ledger, meter.plan, 10 * 100'000, meter.happened);
    EXPECT_EQ(meter.off(), -prepayment::parts(1'000'000));
}

TEST(PrepaymentAudit, GoesOnWithAnotherPriceAndForgetsNothing) {
    Meter meter(5'000'000);
    meter.use(kStart + 30h, 777);
    --meter.ledger.balance;
    begin_anew(meter.audit, meter.ledger, meter.plan);
    meter.plan.tariff.prices[0] += 12'345;
    meter.use(kStart + 60h, 1'777);
    meter.pay(10);
    EXPECT_EQ(meter.off(), 1);
}

}  // namespace
}  // namespace meterbed
