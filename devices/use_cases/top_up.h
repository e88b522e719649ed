// CS01a and CS01b: the token's way into the meter by DLMS and by GBZ. Private to use_cases.
#pragma once

#include "devices/use_cases/dlms_rows.h"

namespace meterbed {

/// Token gateway (class 115), method enter: the 20 digits as an octet-string.
Accessed enter_token(AccessItem& item);

/// Consumer Top Up Response (prepayment cluster): result, value, source, credit remaining.
struct GasTopUp {
    bool accepted = false;
    Bytes response;
};
/// `request`: originating device, length, digits. Nothing when it has another form.
std::optional<GasTopUp> consumer_top_up(Execution& execution, ByteView request);

}  // namespace meterbed
