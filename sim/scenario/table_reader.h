// A table that a scenario names, with its mistakes told by row.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sim/scenario/values.h"

namespace meterbed::scenario {

struct TableColumn {
    std::string_view name;
    bool required = false;  ///< and no cell of it is empty
};

class TableReader {
  public:
    /// `file`: the node that names it.
    TableReader(const Node& file, Reading& reading);

    /// Reads the table and checks its columns; false when nothing can be read from it.
    bool open(std::span<const TableColumn> columns);

    std::size_t rows() const { return table_->rows(); }
    bool has(std::string_view column) const { return table_->find(column) != nullptr; }
    /// Empty where the table has nothing, and for a column that it does not have.
    std::string_view cell(std::string_view column, std::size_t row) const;

    /// Rows are numbered from 1, the heading apart.
    void add(std::size_t row, const std::string& message, std::string suggestion = {});
    void add(std::size_t first, std::size_t second, const std::string& message);
    /// The position of a cell's word among those known; reports one that is unknown.
    template <typename Names>
    std::optional<std::size_t> choice(std::string_view column, std::size_t row, const Names& known);

  private:
    std::optional<std::size_t> position(std::string_view column, std::size_t row,
                                        const std::vector<std::string_view>& known);

    const Node& file_;
    Reading& reading_;
    std::string name_;
    std::shared_ptr<const Table> table_ = std::make_shared<Table>();
};

template <typename Names>
std::optional<std::size_t> TableReader::choice(std::string_view column, std::size_t row, const Names& known) {
    return position(column, row, std::vector<std::string_view>(known.begin(), known.end()));
}

}  // namespace meterbed::scenario
