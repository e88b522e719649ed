// Values every device of a type starts with.
#include <stdexcept>

#include "devices/object_rows.h"
#include "devices/objects.h"
#include "devices/value_text.h"

namespace meterbed {
namespace {

ObjectDefaults defaults_of(DeviceType type) {
    ObjectDefaults out;
    for (const ObjectRow& row : object_rows()) {
        if (!row.devices.has(type)) continue;
        auto first = value_from_text(row.first);
        if (!first) throw std::logic_error(std::string(row.name) + ": " + first.error());
        out[{row.class_id, row.obis, row.index}] = {*std::move(first), row.writable, row.name};
    }
    return out;
}

}  // namespace

const ObjectDefaults& object_defaults(DeviceType type) {
    constexpr std::size_t kTypes = 8;
    static const auto kAll = [] {
        std::array<ObjectDefaults, kTypes> all;
        for (std::size_t i = 0; i < kTypes; ++i) all[i] = defaults_of(static_cast<DeviceType>(i));
        return all;
    }();
    return kAll.at(static_cast<std::size_t>(type));
}

}  // namespace meterbed
