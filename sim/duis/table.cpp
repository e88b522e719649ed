#include "sim/duis/table.h"

#include <array>

namespace meterbed::duis {
namespace {

constexpr std::array kFamilies{
    electricity_supply_rows,
    electricity_read_rows,
};

}  // namespace

std::vector<const Row*> all_rows() {
    std::vector<const Row*> all;
    for (auto family : kFamilies) {
        for (const Row& row : family()) all.push_back(&row);
    }
    return all;
}

std::vector<const Row*> rows_of(std::string_view srv) {
    std::vector<const Row*> rows = all_rows();
    std::erase_if(rows, [&](const Row* row) { return row->srv != srv; });
    return rows;
}

}  // namespace meterbed::duis
