// Compact arrays: log buffers packed without the tags that their description gives (GBCS 18, RTDS).
#pragma once

#include "devices/gbcs/dlms.h"

namespace meterbed::gbcs::dlms {

/// Entries of the same types, as they stand in an array. An empty list has no entry that could tell the
/// types: an empty array is answered (ASSUMPTION).
Value pack(const std::vector<const Value*>& entries);
/// Entries of the type that this description (the first octets of a compact array) gives; throws
/// std::invalid_argument for an entry of another.
Value pack(ByteView description, const std::vector<Value>& entries);
ByteView description_of(const Value& compact);
/// The array that was packed; the error names the offset in `octets`.
Parsed<Value> unpack(const Value& compact);

}  // namespace meterbed::gbcs::dlms
