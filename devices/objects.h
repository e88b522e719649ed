// The DLMS objects of a device: values shared by all devices of a type, and the few a device has of its own.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "devices/gbcs/dlms.h"
#include "pki/roles.h"

namespace meterbed {

/// A value every device of a type starts with.
struct ObjectDefault {
    gbcs::dlms::Value value;
    bool writable = false;
    std::string_view name{};
};
using ObjectDefaults = std::map<gbcs::dlms::Attribute, ObjectDefault>;

/// One table a type, from the rows of object_rows.cpp; never copied into devices.
const ObjectDefaults& object_defaults(DeviceType type);

/// Attributes and methods of an object are numbered apart.
enum class Member : std::uint8_t { attribute, method };

class Objects {
  public:
    explicit Objects(DeviceType type) : defaults_(&object_defaults(type)) {}

    /// Null when the device has no such attribute.
    const gbcs::dlms::Value* find(const gbcs::dlms::Attribute& attribute) const;
    /// Every attribute the device has, in their order.
    std::vector<gbcs::dlms::Attribute> all() const;
    /// Of the mapping table; empty for attributes that were added.
    std::string_view name(const gbcs::dlms::Attribute& attribute) const;
    /// What the device itself measures or keeps: replaces the value, or adds an attribute.
    void put(const gbcs::dlms::Attribute& attribute, gbcs::dlms::Value value);
    /// A remote party's set: undefined, denied and wrong types are results.
    gbcs::dlms::Result set(const gbcs::dlms::Attribute& attribute, gbcs::dlms::Value value);

    /// Rises with every value that is put: who has seen this one has seen them all.
    std::uint64_t revision() const { return revision_; }

    /// A fault of the device: accesses to the attribute or method answer this result until `heal`.
    void fail(const gbcs::dlms::Attribute& attribute, gbcs::dlms::Result result,
              Member member = Member::attribute);
    void heal(const gbcs::dlms::Attribute& attribute, Member member = Member::attribute);
    /// Success when there is none.
    gbcs::dlms::Result fault(const gbcs::dlms::Attribute& attribute, Member member = Member::attribute) const;

  private:
    struct Own {
        gbcs::dlms::Attribute attribute;
        std::optional<gbcs::dlms::Value> value;
        gbcs::dlms::Result fault[2] = {};  ///< of the attribute, of the method with this number
    };
    Own* own(const gbcs::dlms::Attribute& attribute);
    const Own* own(const gbcs::dlms::Attribute& attribute) const;
    Own& made(const gbcs::dlms::Attribute& attribute);

    const ObjectDefaults* defaults_;
    std::vector<Own> own_;  ///< few: searched front to back
    std::uint64_t revision_ = 0;
};

}  // namespace meterbed
