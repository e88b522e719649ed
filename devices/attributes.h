// The ZCL attributes of a gas device: values shared by all devices of a type, and the few a device has of its
// own.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "pki/bytes.h"
#include "pki/roles.h"

namespace meterbed {

/// ZCL data types used here (ZigBee Cluster Library 2.5.2).
enum class ZclType : std::uint8_t {
    uint16 = 0x21,
    uint24 = 0x22,
    uint32 = 0x23,
    uint48 = 0x25,
    int32 = 0x2B,
    enum8 = 0x30,
};

struct ZclAttribute {
    std::uint16_t cluster = 0;
    std::uint16_t id = 0;
    auto operator<=>(const ZclAttribute&) const = default;
};

struct ZclValue {
    ZclType type{};
    std::int64_t number = 0;

    bool operator==(const ZclValue&) const = default;
    /// Data type, then the value little endian, as read-attribute responses carry it.
    Bytes encoded() const;
};

using ZclDefaults = std::map<ZclAttribute, ZclValue>;
const ZclDefaults& zcl_defaults(DeviceType type);

class Attributes {
  public:
    explicit Attributes(DeviceType type) : defaults_(&zcl_defaults(type)) {}

    /// Null when the device has no such attribute.
    const ZclValue* find(const ZclAttribute& attribute) const;
    void put(const ZclAttribute& attribute, ZclValue value);

    /// A fault of the device: reads of the attribute, or the cluster command with this identifier, answer
    /// this status until it is set to 0.
    void fail(const ZclAttribute& attribute, std::uint8_t status);
    std::uint8_t fault(const ZclAttribute& attribute) const;

  private:
    const ZclDefaults* defaults_;
    std::vector<std::pair<ZclAttribute, ZclValue>> own_;
    std::vector<std::pair<ZclAttribute, std::uint8_t>> faults_;
};

}  // namespace meterbed
