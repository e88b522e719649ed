// What the supplier's desk does with a payment.
#include "sim/prepayment/vend.h"

#include <gtest/gtest.h>

namespace meterbed {
namespace {

using namespace std::chrono_literals;

const Time kPaid{std::chrono::sys_days{std::chrono::year{2020} / 2 / 28} + 12h};

Vend begun(const PrepaymentSettings& settings, bool smets1 = false) {
    return begin_vend(settings, 3, 20, smets1, 500ms, kPaid);
}

TEST(Vend, RequestsAtOnceAndTwiceMore) {
    const PrepaymentSettings settings;
    Vend vend = begun(settings);
    EXPECT_TRUE(vend.has_code);
    Time at = kPaid + 500ms;
    for (int request = 1; request <= 3; ++request) {
        ASSERT_EQ(vend.wakes, at);
        EXPECT_EQ(act(vend, settings, at), VendAct::send_request);
        EXPECT_EQ(vend.requests, request);
        EXPECT_EQ(vend.wakes, Time::max());
        timed_out(vend, settings, at + 15min);
        at += 15min + 1h;
    }
    EXPECT_EQ(vend.wakes, Time::max());  // no fourth
}

TEST(Vend, AnAnswerEndsIt) {
    PrepaymentSettings settings;
    settings.utrn_text_after = 10min;
    Vend vend = begun(settings);
    act(vend, settings, kPaid + 500ms);
    EXPECT_EQ(vend.wakes, kPaid + 10min);
    answered(vend, kPaid + 6s);
    EXPECT_EQ(vend.wakes, Time::max());
    timed_out(vend, settings, kPaid + 1h);  // an older request
    EXPECT_EQ(vend.wakes, Time::max());
}

TEST(Vend, TextsWhenNoAnswerCame) {
    PrepaymentSettings settings;
    settings.utrn_text_after = 10min;
    Vend vend = begun(settings);
    act(vend, settings, kPaid + 500ms);
    EXPECT_EQ(act(vend, settings, kPaid + 10min), VendAct::send_text);
    EXPECT_EQ(vend.wakes, Time::max());
}

TEST(Vend, ATextWaitsForTheCodeOfASmets1Meter) {
    PrepaymentSettings settings;
    settings.utrn_text_after = 10min;
    Vend vend = begun(settings, true);
    EXPECT_FALSE(vend.has_code);
    act(vend, settings, kPaid + 500ms);
    EXPECT_EQ(act(vend, settings, kPaid + 10min), VendAct::nothing);
    EXPECT_EQ(vend.wakes, Time::max());
    code_made(vend, settings, kPaid + 2h);
    EXPECT_EQ(act(vend, settings, vend.wakes), VendAct::send_text);
}

TEST(Vend, NoTextWithoutTheRemedy) {
    const PrepaymentSettings settings;
    Vend vend = begun(settings, true);
    act(vend, settings, kPaid + 500ms);
    code_made(vend, settings, kPaid + 2s);
    EXPECT_EQ(vend.wakes, Time::max());
}

TEST(Vend, OnlyAShopPrintsTheCodeAndNotForEver) {
    const PrepaymentSettings settings;
    EXPECT_TRUE(is_on_receipt(begun(settings), Channel::shop, kPaid));
    EXPECT_FALSE(is_on_receipt(begun(settings), Channel::app, kPaid));
    EXPECT_FALSE(is_on_receipt(begun(settings), Channel::phone, kPaid));
    Vend smets1 = begun(settings, true);
    EXPECT_FALSE(is_on_receipt(smets1, Channel::shop, kPaid));
    code_made(smets1, settings, kPaid + 4s);
    EXPECT_TRUE(is_on_receipt(smets1, Channel::shop, kPaid + 4s));
    EXPECT_FALSE(is_on_receipt(smets1, Channel::shop, kPaid + 3min));
}

}  // namespace
}  // namespace meterbed
