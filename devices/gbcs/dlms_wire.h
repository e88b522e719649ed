// Reading and writing one A-XDR value inside a longer payload. Private to devices/gbcs.
#pragma once

#include "devices/gbcs/cursor.h"
#include "devices/gbcs/dlms.h"

namespace meterbed::gbcs::dlms {

Value read_value(Cursor& in, int depth = 0);
/// What follows a tag; `start` is where an unknown tag stands.
Value read_contents(Cursor& in, std::uint8_t tag, std::size_t start, int depth = 0);
void append_value(Bytes& out, const Value& value);

}  // namespace meterbed::gbcs::dlms
