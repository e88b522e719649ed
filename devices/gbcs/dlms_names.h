// Words for the parts of DLMS payloads: types, accesses, results, OBIS codes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "devices/gbcs/dlms.h"

namespace meterbed::gbcs::dlms {

/// "octet-string", "long-unsigned" are spelt by size here: "octet-string", "uint16".
std::string_view name(Type type);
std::optional<Type> type_of(std::string_view name);
/// "get", "set", "action", "get-with-selection".
std::string_view name(Access access);
std::optional<Access> access_of(std::string_view name);
/// "success", "hardware-fault"; empty when unknown.
std::string_view name(Result result);
/// "0-0:96.3.10.255"
std::string text(const Obis& obis);
std::optional<Obis> obis_of(std::string_view text);

}  // namespace meterbed::gbcs::dlms
