// Balances and debts of prepayment, in 10^-5 GBP (SMETS 5.6.3).
#include <limits>

#include "devices/object_model.h"
#include "devices/use_cases/dlms_methods.h"

namespace meterbed {

using namespace gbcs::dlms;

namespace {

constexpr std::uint8_t kCreditAmount = 2, kPresetAmount = 9;
constexpr std::uint8_t kActiveCharge = 5, kPassiveCharge = 6, kRemaining = 12;

Accessed change(AccessItem& item, std::uint8_t index, bool add) {
    if (item.data.type != Type::int32) return {{}, Result::type_unmatched};
    const Attribute& method = item.specification.attribute;
    const Attribute amount{method.class_id, method.obis, index};
    const auto held = value_of(item.execution.device, amount);
    if (!held) return {{}, Result::object_undefined};
    const std::int64_t sum = (add ? held->number : 0) + item.data.number;
    using Limits = std::numeric_limits<std::int32_t>;
    if (sum < Limits::min() || sum > Limits::max()) return {{}, Result::scope_violated};
    put_value(item.execution.device, amount, Value::integer(Type::int32, sum));
    return {};
}

}  // namespace

Accessed adjust_credit(AccessItem& item) { return change(item, kCreditAmount, true); }
Accessed set_credit(AccessItem& item) { return change(item, kCreditAmount, false); }
Accessed adjust_debt(AccessItem& item) { return change(item, kRemaining, true); }

/// SMETS 5.6.3.4: the emergency credit becomes the limit that is configured.
Accessed select_emergency_credit(AccessItem& item) {
    const Attribute& method = item.specification.attribute;
    const auto limit = value_of(item.execution.device, {method.class_id, method.obis, kPresetAmount});
    if (!limit) return {{}, Result::object_undefined};
    put_value(item.execution.device, {method.class_id, method.obis, kCreditAmount}, *limit);
    return {};
}

Accessed activate_charge(AccessItem& item) {
    const Attribute& method = item.specification.attribute;
    const auto next = value_of(item.execution.device, {method.class_id, method.obis, kPassiveCharge});
    if (!next) return {{}, Result::object_undefined};
    put_value(item.execution.device, {method.class_id, method.obis, kActiveCharge}, *next);
    return {};
}

}  // namespace meterbed
