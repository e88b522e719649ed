// Parts of descriptions. Private to devices/gbcs.
#pragma once

#include "devices/gbcs/body.h"
#include "devices/gbcs/describe.h"
#include "devices/gbcs/dlms_dictionary.h"
#include "devices/gbcs/opened.h"
#include "devices/gbcs/zcl.h"

namespace meterbed::gbcs {

Description leaf(std::string name, std::string text);
Description numbered(std::string name, std::int64_t number, std::string text);
/// Certificate and its parts; what cannot be read says why.
Description describe_certificate(std::string name, ByteView der, const KeyRing* keys);
/// Octets as text for people: what controls a terminal becomes a full stop.
std::string readable(ByteView octets);
/// "0x8F0A name of the alert"
std::string alert_text(std::uint16_t code);

/// A value by the names of its elements, or without (null).
Description describe_value(std::string name, const dlms::Value& value, const dlms::ElementName* names,
                           std::string_view unit);
Description describe_dlms(const Message& message, const dlms::Payload& payload);
Description describe_fields(std::string name, std::uint16_t cluster, std::span<const gbz::Field> fields);
Description describe_component(const gbz::Component& component);
Description describe_gbz(const gbz::Payload& payload);
Description describe_asn1(MessageCode code, const Body& body, const KeyRing* keys);

}  // namespace meterbed::gbcs
