#include "devices/enter_utrn.h"

#include "devices/alerts.h"
#include "devices/prepayment/metering.h"
#include "devices/top_up.h"

namespace meterbed {
namespace {

using gbcs::dlms::Attribute;
using gbcs::dlms::Type;
using gbcs::dlms::Value;

constexpr std::uint16_t kEntrySuspended = 0x81C4;
constexpr Cell kTopUpCell{RemotePartyRole::supplier, KeyUsage::keyAgreement, CellUsage::prePaymentTopUp};

/// Where devices keep the account; money is in 10^-5 GBP everywhere.
constexpr Attribute kBalance{112, {0, 0, 19, 10, 0, 255}, 2};         // MeterBalance
constexpr Attribute kMaximumCredit{9000, {0, 0, 94, 44, 2, 10}, 2};   // MaximumCreditThreshold (ECS26a)
constexpr Attribute kMaximumBalance{9000, {0, 0, 94, 44, 2, 20}, 2};  // MaxMeterBalance (ECS26a)
constexpr ZclAttribute kCreditRemaining{0x0705, 0x0001};
constexpr ZclAttribute kMaximumCreditLimit{0x0705, 0x0021}, kMaximumCreditPerTopUp{0x0705, 0x0022};

bool is_gas(const Device& device) { return device.type() == DeviceType::gSME; }

std::int64_t held(const Device& device, const Attribute& electricity, const ZclAttribute& gas,
                  std::int64_t otherwise) {
    if (is_gas(device)) {
        const ZclValue* value = device.attributes().find(gas);
        return value ? value->number : otherwise;
    }
    const Value* value = device.objects().find(electricity);
    return value ? value->number : otherwise;
}

void set_balance(Device& device, std::int64_t balance) {
    if (is_gas(device))
        device.attributes().put(kCreditRemaining, {ZclType::int32, balance});
    else
        device.objects().put(kBalance, Value::integer(Type::int32, balance));
}

/// What one entry works on.
struct Entry {
    Device& device;
    std::string_view code;
    UtrnOrigin origin;
    Context& context;
    UtrnOutcome outcome{};
    utrn::Token token{};
    CreditAccount account{};
};

using Refused = std::string_view;
constexpr Refused kFine{};

Refused check_digits(Entry& it) {
    const auto token = utrn::read(it.code);
    if (token) it.token = *token;
    if (token) return kFine;
    return token.error() == utrn::faults::not_a_token ? refusals::not_for_this_device
                                                      : refusals::wrong_digits;
}

Refused check_entry(Entry& it) {
    const bool local = it.origin == UtrnOrigin::local;
    return local && is_suspended(it.device.top_ups().entry, it.context.now()) ? refusals::suspended : kFine;
}

Refused check_counter(Entry& it) {
    const UtrnCounters& counters = it.device.top_ups().counters;
    const auto counter = utrn::deduce_counter(highest(counters), it.token.counter_bits);
    if (counter) it.outcome.counter = *counter;
    const bool again = counter && is_used(counters, *counter) && !it.device.top_ups().rules.takes_codes_again;
    return counter && !again ? kFine : refusals::duplicate;
}

Refused check_mac(Entry& it) {
    const TrustAnchors& anchors = it.device.trust_anchors();
    if (!anchors.has(kTopUpCell) || !anchors.at(kTopUpCell)) return refusals::not_authentic;
    const Certificate& supplier = *anchors.at(kTopUpCell);
    const SharedSecret* secret = it.device.secret_with(supplier.public_key);
    const utrn::Binding binding{supplier.subject, it.device.id(),
                                utrn::originator_counter(it.outcome.counter)};
    return secret && utrn::is_authentic(it.token, binding, *secret) ? kFine : refusals::not_authentic;
}

Refused check_credit(Entry& it) {
    it.account = credit_account(it.device);
    return refused_credit(it.account, it.token.value.credit());
}

/// In this order (GBCS 14, 16; order K).
constexpr Refused (*kChecks[])(Entry&) = {check_digits, check_entry, check_counter, check_mac, check_credit};

void tell(Entry& it, std::uint16_t event, bool alert) {
    it.device.log(Log::event, event, it.context);
    if (alert) send_generic_alert(it.device, false, event, it.context);
}

void refuse(Entry& it, Refused reason) {
    const TopUpRefusal& row = top_up_refusal(reason);
    it.outcome.refusal = reason;
    it.outcome.event = row.event;
    if (row.event != 0) tell(it, row.event, row.alert);
    if (it.origin != UtrnOrigin::local || !row.wrong) return;
    TopUps& state = it.device.top_ups();
    if (wrong_code(state.entry, it.context.now(), state.rules)) tell(it, kEntrySuspended, true);
}

void add_credit(Entry& it) {
    TopUps& state = it.device.top_ups();
    remember(state.counters, it.outcome.counter, state.rules);
    it.outcome.credit = it.token.value.credit();
    const std::int64_t credit = it.outcome.credit - state.rules.lost_of_each;
    if (!prepayment::credit_ledger(it.device, credit, it.context))
        set_balance(it.device, it.account.balance + credit);
    if (it.origin != UtrnOrigin::local) return;
    right_code(state.entry);
    it.outcome.event = kCreditAddedLocally;
    tell(it, kCreditAddedLocally, true);
}

}  // namespace

CreditAccount credit_account(const Device& device) {
    const TopUpRules& rules = device.top_ups().rules;
    return {held(device, kBalance, kCreditRemaining, 0),
            held(device, kMaximumCredit, kMaximumCreditPerTopUp, rules.maximum_credit),
            held(device, kMaximumBalance, kMaximumCreditLimit, rules.maximum_balance)};
}

UtrnOutcome enter_utrn(Device& device, std::string_view code, UtrnOrigin origin, Context& context) {
    prepayment::settle(device, context);
    Entry entry{device, code, origin, context};
    Refused reason = kFine;
    for (const auto check : kChecks) {
        reason = check(entry);
        if (!reason.empty()) break;
    }
    if (reason.empty())
        add_credit(entry);
    else
        refuse(entry, reason);
    entry.outcome.balance = credit_account(device).balance;
    context.note({.what = notes::top_up,
                  .device = device.id(),
                  .counter = entry.outcome.counter,
                  .verdict = entry.outcome.refusal});
    return entry.outcome;
}

}  // namespace meterbed
