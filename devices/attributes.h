// The ZCL attributes of a gas device: values shared by all devices of a type, and the few a device has of its
// own.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "devices/gbcs/zcl_octets.h"
#include "devices/gbcs/zcl_types.h"
#include "pki/bytes.h"
#include "pki/roles.h"

namespace meterbed {

/// The type of an attribute: a number or a string.
using ZclType = gbcs::gbz::FieldType;

struct ZclAttribute {
    std::uint16_t cluster = 0;
    std::uint16_t id = 0;
    auto operator<=>(const ZclAttribute&) const = default;
};

struct ZclValue {
    ZclType type{};
    std::int64_t number = 0;
    Bytes octets{};  ///< of strings

    bool operator==(const ZclValue&) const = default;
    /// Data type, then the value little endian, as read-attribute responses carry it.
    Bytes encoded() const;
    /// The reverse; nothing (and the reader has failed) for an unknown type or a value cut short.
    static std::optional<ZclValue> read(gbcs::zcl::Reader& in);
};

/// A command of a cluster, to the server or from it.
struct ZclCommand {
    std::uint16_t cluster = 0;
    std::uint8_t id = 0;
    auto operator<=>(const ZclCommand&) const = default;
};

using ZclDefaults = std::map<ZclAttribute, ZclValue>;
const ZclDefaults& zcl_defaults(DeviceType type);

class Attributes {
  public:
    explicit Attributes(DeviceType type) : defaults_(&zcl_defaults(type)) {}

    /// Null when the device has no such attribute.
    const ZclValue* find(const ZclAttribute& attribute) const;
    void put(const ZclAttribute& attribute, ZclValue value);
    /// The number held, 0 when there is none.
    std::int64_t number(const ZclAttribute& attribute) const;
    /// Changes the number of an attribute the device has; does nothing when it has none.
    void set_number(const ZclAttribute& attribute, std::int64_t number);

    /// A fault of the device: reads of the attribute answer this status until it is set to 0.
    void fail(const ZclAttribute& attribute, std::uint8_t status);
    std::uint8_t fault(const ZclAttribute& attribute) const;
    /// Likewise of a cluster command, from its n-th occurrence in a message on (0: always).
    void fail_command(const ZclCommand& command, std::uint8_t status, std::size_t occurrence = 0);
    std::uint8_t command_fault(const ZclCommand& command, std::size_t occurrence) const;

    /// What this device has of its own, in the order it came.
    const std::vector<std::pair<ZclAttribute, ZclValue>>& own() const { return own_; }

  private:
    struct CommandFault {
        std::uint8_t status = 0;
        std::size_t occurrence = 0;
    };
    const ZclDefaults* defaults_;
    std::vector<std::pair<ZclAttribute, ZclValue>> own_;
    std::vector<std::pair<ZclAttribute, std::uint8_t>> faults_;
    std::vector<std::pair<ZclCommand, CommandFault>> command_faults_;
};

}  // namespace meterbed
