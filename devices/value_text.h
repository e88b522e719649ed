// DLMS values as text, for tables, testers and messages: "uint32 7", "{int8 0, enum 30}", "[48 * uint32 0]",
// "octets 07DF0101", "bits 7 FE", "text 'ALCS 1'".
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "devices/gbcs/dlms.h"

namespace meterbed {

/// The error says what was expected, and where.
tl::expected<gbcs::dlms::Value, std::string> value_from_text(std::string_view text);
/// Read back by `value_from_text` to the same value.
std::string text_of(const gbcs::dlms::Value& value);
/// "3/1-0:2.8.0.255/2": class, OBIS, attribute or method.
std::string text_of(const gbcs::dlms::Attribute& attribute);
std::optional<gbcs::dlms::Attribute> attribute_from_text(std::string_view text);

}  // namespace meterbed
