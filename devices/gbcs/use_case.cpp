#include "devices/gbcs/use_case.h"

#include <algorithm>

namespace meterbed::gbcs {

const UseCase* find_use_case(MessageCode code) {
    const auto rows = use_cases();
    const auto row = std::ranges::lower_bound(rows, code, {}, &UseCase::code);
    return row != rows.end() && row->code == code ? &*row : nullptr;
}

const UseCase* find_use_case(std::string_view id) {
    const auto rows = use_cases();
    const auto row = std::ranges::find(rows, id, &UseCase::id);
    return row != rows.end() ? &*row : nullptr;
}

PayloadFamily payload_family(MessageCode code, ByteView payload) {
    const UseCase* row = find_use_case(code);
    if (row && row->payload != PayloadFamily::unknown) return row->payload;
    if (payload.empty()) return PayloadFamily::unknown;
    if (payload[0] == 0x0F) return PayloadFamily::dlms;
    return payload[0] == 0x01 ? PayloadFamily::gbz : PayloadFamily::unknown;
}

}  // namespace meterbed::gbcs
