// A table beside the scenario (CSV or Parquet), as columns of text. Reading its file is the caller's
// business.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meterbed::scenario {

struct Column {
    std::string name;
    std::string text;                 ///< all cells in a row; an empty cell where the table has nothing
    std::vector<std::uint64_t> ends;  ///< where each cell ends in `text`

    std::string_view at(std::size_t row) const;
};

struct Table {
    std::vector<Column> columns;  ///< of equal length

    std::size_t rows() const { return columns.empty() ? 0 : columns.front().ends.size(); }
    const Column* find(std::string_view name) const;
};

/// A table, or a sentence that says why there is none.
struct TableRead {
    std::shared_ptr<const Table> table;
    std::string error;
};

/// Gives the table of a file, named as in the scenario.
using TableSource = std::function<TableRead(const std::string& file)>;
TableRead no_tables(const std::string& file);

}  // namespace meterbed::scenario
