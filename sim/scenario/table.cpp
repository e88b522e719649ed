#include "sim/scenario/table.h"

#include <algorithm>

namespace meterbed::scenario {

std::string_view Column::at(std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends[row - 1];
    return std::string_view(text).substr(begin, ends[row] - begin);
}

const Column* Table::find(std::string_view name) const {
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const Column& column) { return column.name == name; });
    return found == columns.end() ? nullptr : &*found;
}

TableRead no_tables(const std::string&) { return {nullptr, "tables are not read here"}; }

}  // namespace meterbed::scenario
