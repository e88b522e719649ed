// Short names for A-XDR values, and the shapes that several commands share.
#pragma once

#include <string>

#include "devices/gbcs/dlms.h"
#include "sim/duis/dlms_writer.h"
#include "sim/duis/execution_time.h"

namespace meterbed::duis::axdr {

using dlms::Type;
using dlms::Value;

inline Value i8(std::int64_t number) { return Value::integer(Type::int8, number); }
inline Value i16(std::int64_t number) { return Value::integer(Type::int16, number); }
inline Value i32(std::int64_t number) { return Value::integer(Type::int32, number); }
inline Value u8(std::int64_t number) { return Value::integer(Type::uint8, number); }
inline Value u16(std::int64_t number) { return Value::integer(Type::uint16, number); }
inline Value u32(std::int64_t number) { return Value::integer(Type::uint32, number); }
inline Value enumerated(std::int64_t number) { return Value::integer(Type::enumerated, number); }
/// True is FF (RTDS).
inline Value boolean(bool value) { return Value::integer(Type::boolean, value ? 0xFF : 0); }
inline Value octets(Bytes bytes) { return Value::octet_string(std::move(bytes)); }
inline Value text_octets(const std::string& text) { return octets(Bytes(text.begin(), text.end())); }
inline Value visible(const std::string& text) {
    return {Type::visible_string, 0, Bytes(text.begin(), text.end()), {}};
}
inline Value bits(std::int64_t count, Bytes bytes) { return {Type::bit_string, count, std::move(bytes), {}}; }
inline Value structure(std::vector<Value> elements) { return Value::structure(std::move(elements)); }
inline Value array(std::vector<Value> elements) { return {Type::array, 0, {}, std::move(elements)}; }
inline Value identifier(Eui64 id) {
    const auto eight = id.octets();
    return octets(Bytes(eight.begin(), eight.end()));
}

/// When a passive value becomes active: now, never (cancel), or at a time (gbcs.md 3.5).
Value activation(const ExecutionTime& at);

}  // namespace meterbed::duis::axdr
