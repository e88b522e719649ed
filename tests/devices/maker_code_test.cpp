// The digits of a SMETS1 top-up: same top-up, same digits; anything else is refused, each for its own reason.
#include "devices/maker_code.h"

#include <gtest/gtest.h>

#include "devices/smets1_meter.h"
#include "devices/utrn.h"
#include "tests/devices/fake_context.h"

namespace meterbed {
namespace {

using namespace std::chrono_literals;

constexpr Eui64 kMeter{0x00DB000000000042}, kOther{0x00DB000000000043};
const gbcs::SymmetricKey kKey{1, 2, 3}, kOtherKey{4};
const Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 1 / 5};

TEST(MakerCode, SaysWhichTopUpAndHowMuchAndIsOfOneMeter) {
    const std::string code = maker_code::make(kKey, kMeter, 7, 2'000);
    EXPECT_EQ(code.size(), 20U);
    EXPECT_EQ(code, maker_code::make(kKey, kMeter, 7, 2'000));
    const auto read = maker_code::read(code);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->counter, 7U);
    EXPECT_EQ(read->pence, 2'000U);
    EXPECT_TRUE(maker_code::is_authentic(*read, kKey, kMeter));
    EXPECT_FALSE(maker_code::is_authentic(*read, kKey, kOther));
    EXPECT_FALSE(maker_code::is_authentic(*read, kOtherKey, kMeter));
}

TEST(MakerCode, EverySingleWrongDigitIsFound) {
    const std::string code = maker_code::make(kKey, kMeter, 12'345, 99'999);
    for (std::size_t place = 0; place < code.size(); ++place) {
        for (int by = 1; by <= 9; ++by) {
            std::string wrong = code;
            wrong[place] = static_cast<char>('0' + (code[place] - '0' + by) % 10);
            ASSERT_EQ(maker_code::read(wrong).error(), utrn::faults::check_digit) << wrong;
        }
    }
    EXPECT_EQ(maker_code::read("12").error(), utrn::faults::not_20_digits);
    EXPECT_EQ(maker_code::read(code.substr(0, 19) + "x").error(), utrn::faults::not_20_digits);
}

struct Smets1TopUps : ::testing::Test {
    Smets1TopUps() { meter.arrange(plan, prepayment::Mode::prepayment, 300'000, context); }
    prepayment::Plan plan;
    Smets1Meter meter{kMeter, kKey};
    bench::FakeContext context{kNow};
    UtrnOutcome type(const std::string& code) { return meter.enter_code(code, UtrnOrigin::local, context); }
};

TEST_F(Smets1TopUps, AreTakenOnceWhicheverWayTheyCome) {
    const std::string code = maker_code::make(kKey, kMeter, 1, 2'000);
    MakerInstruction instruction{kMeter, 1, "2.2", {}, code};
    instruction.tag = maker_tag(kKey, instruction);
    const auto answer = meter.execute(instruction, context);
    ASSERT_TRUE(answer && answer->success);
    EXPECT_EQ(prepayment::units(meter.ledger()->balance), 2'300'000);
    EXPECT_EQ(type(code).refusal, refusals::duplicate);
    EXPECT_EQ(type(maker_code::make(kOtherKey, kMeter, 2, 2'000)).refusal, refusals::not_authentic);
    EXPECT_EQ(type(maker_code::make(kKey, kMeter, 3, 25'001)).refusal, refusals::too_large);
    EXPECT_EQ(type("00000000000000000000").refusal, refusals::wrong_digits);
    EXPECT_TRUE(type(maker_code::make(kKey, kMeter, 4, 500)).accepted());
    EXPECT_EQ(prepayment::units(meter.ledger()->balance), 2'800'000);
}

TEST_F(Smets1TopUps, AChangedCodeOfAnInstructionIsNotTheS1sps) {
    MakerInstruction instruction{kMeter, 1, "2.2", {}, maker_code::make(kKey, kMeter, 1, 500)};
    instruction.tag = maker_tag(kKey, instruction);
    instruction.code = maker_code::make(kKey, kMeter, 2, 5'000);
    EXPECT_FALSE(meter.execute(instruction, context));
}

TEST_F(Smets1TopUps, WithoutCreditSupplyGoesOffAndACodeArmsIt) {
    plan.tariff.prices[0] = 100'000;
    meter.arrange(plan, prepayment::Mode::prepayment, 300'000, context);
    meter.set_load(1'000, context);
    context.set(kNow + 4h);
    meter.settle(context);
    EXPECT_EQ(meter.supply(), SupplyState::Disabled);
    EXPECT_TRUE(type(maker_code::make(kKey, kMeter, 1, 500)).accepted());
    EXPECT_EQ(meter.supply(), SupplyState::Armed);
    meter.enable_locally(context);
    EXPECT_EQ(meter.supply(), SupplyState::Enabled);
}

}  // namespace
}  // namespace meterbed
