// Prices and modes that suppliers and customers decide on, and what their meters make of them.
#include "devices/prepayment/device_account.h"
#include "sim/network/home_context.h"
#include "sim/prepayment/records.h"
#include "sim/prepayment/vend.h"

namespace meterbed {
namespace {

/// ECS01b; ECS02, ECS03.
constexpr gbcs::MessageCode kPrices{0x00A2}, kToCredit{0x001A}, kToPrepayment{0x001B};

/// As SRV 1.2.1 changes them, of a meter that has one price at all times.
bool same_prices(const prepayment::Tariff& a, const prepayment::Tariff& b) {
    return a.prices == b.prices && a.standing_charge == b.standing_charge;
}

}  // namespace

void Homes::wait_for_decision(std::int32_t home) {
    const PrepaidHome& it = *at(home).prepaid;
    const Time next = notices_.next_decision(home, it.began, now_);
    if (next != Time::max()) post(id_, next - now_, Alarm{notice_alarm, static_cast<std::uint64_t>(home), 0});
}

void Homes::decide(std::int32_t home) {
    for (const NoticeKind kind : {NoticeKind::price, NoticeKind::credit_mode}) {
        if (notices_.decided(kind, home, at(home).prepaid->began) != now_) continue;
        if (kind == NoticeKind::credit_mode) customer_record(prepay::credit_mode_asked, home);
        post(network_.users, kToDesk, NoticeDecided{home, kind});
    }
    wait_for_decision(home);
}

/// As the meter holds it, whether it has charged by it yet or not.
prepayment::Plan Homes::held_plan(std::int32_t home) {
    if (const Smets1Meter* const meter = smets1(home)) return meter->plan();
    const Device& meter = *device(home, meter_of(home));
    return prepayment::account_of(meter).plan(meter, now_);
}

/// After a command that may have changed them; the ledger is settled to now.
void Homes::look_at_prices(std::int32_t home) {
    PrepaidHome& it = *at(home).prepaid;
    prepayment::Plan plan = held_plan(home);
    if (same_prices(plan.tariff, it.charged.tariff)) return;
    begin_anew(it.audit, ledger_of(home), std::exchange(it.charged, std::move(plan)));
    customer_record(prepay::price_changed, home).value = prepayment::pounds_of(it.charged.tariff.prices[0]);
}

void Homes::told_mode(std::int32_t home, prepayment::Mode mode) {
    bool& on_credit = at(home).prepaid->on_credit;
    const bool was_on_credit = std::exchange(on_credit, mode == prepayment::Mode::credit);
    if (on_credit && !was_on_credit) customer_record(prepay::mode_changed, home);
}

void Homes::command_noted(gbcs::MessageCode code, std::int32_t home) {
    if (code == kPrices) look_at_prices(home);
    if (code == kToCredit) told_mode(home, prepayment::Mode::credit);
    if (code == kToPrepayment) told_mode(home, prepayment::Mode::prepayment);
}

void Homes::instruction_done(const MakerInstruction& instruction, std::int32_t home) {
    if (instruction.values.empty() || at(home).prepaid == nullptr) return;
    if (instruction.service == kNoticeServices[static_cast<std::size_t>(NoticeKind::price)])
        return look_at_prices(home);
    told_mode(home, static_cast<prepayment::Mode>(instruction.values.front()));
}

}  // namespace meterbed
