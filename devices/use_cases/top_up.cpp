#include "devices/use_cases/top_up.h"

#include "devices/enter_utrn.h"

namespace meterbed {
namespace {

std::string_view text_of(ByteView octets) {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

void append_little_endian(Bytes& out, std::int64_t value) {
    for (const int shift : {0, 8, 16, 24})
        out.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> shift));
}

}  // namespace

Accessed enter_token(AccessItem& item) {
    if (item.data.type != gbcs::dlms::Type::octet_string) return {{}, gbcs::dlms::Result::type_unmatched};
    const UtrnOutcome outcome = enter_utrn(item.execution.device, text_of(item.data.octets),
                                           UtrnOrigin::remote, item.execution.context);
    // Whatever the reason, RTDS answers 1.
    return {{}, outcome.accepted() ? gbcs::dlms::Result::success : gbcs::dlms::Result::hardware_fault};
}

std::optional<GasTopUp> consumer_top_up(Execution& execution, ByteView request) {
    constexpr std::size_t kHeader = 2;
    constexpr std::uint8_t kAccepted = 0;
    constexpr std::int64_t kInvalid = -1;  // FFFFFFFF (RTDS)
    if (request.size() < kHeader || request.size() != kHeader + request[1]) return std::nullopt;
    const UtrnOutcome outcome = enter_utrn(execution.device, text_of(request.subspan(kHeader)),
                                           UtrnOrigin::remote, execution.context);
    GasTopUp answer{outcome.accepted(), {}};
    answer.response.push_back(answer.accepted ? kAccepted : top_up_refusal(outcome.refusal).gas_result);
    append_little_endian(answer.response, answer.accepted ? outcome.credit : kInvalid);
    answer.response.push_back(request[0]);
    append_little_endian(answer.response, answer.accepted ? outcome.balance : kInvalid);
    return answer;
}

}  // namespace meterbed
