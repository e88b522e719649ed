// The layouts of zcl_layouts.cpp, read. Private to devices/gbcs.
#pragma once

#include <vector>

#include "devices/gbcs/zcl.h"

namespace meterbed::gbcs::gbz {

struct Element {
    enum class Kind : std::uint8_t { field, value, group, when, otherwise };
    Kind kind{};
    std::string_view name;  ///< of a field or group; of the field that `when` looks at
    FieldType type{};
    FieldUnit unit{};
    std::string_view count;  ///< of a group: a field's name, or "*" for as many as there are
    bool low_nibble = false;
    std::vector<std::int64_t> values;  ///< of `when`
    std::vector<Element> children;     ///< of a group, `when`, `otherwise`
};

const std::vector<Element>& elements_of(const Layout& layout);

}  // namespace meterbed::gbcs::gbz
