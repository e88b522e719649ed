#include "python/bindings/tables.h"

#include <cstring>
#include <memory>

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

using scenario::Column;
using scenario::Table;
using scenario::TableRead;

py::list columns_of(const Table& table) {
    py::list out;
    for (const Column& column : table.columns) {
        std::string ends(column.ends.size() * sizeof(std::uint64_t), '\0');
        if (!ends.empty()) std::memcpy(ends.data(), column.ends.data(), ends.size());
        out.append(py::make_tuple(column.name, py::bytes(column.text), py::bytes(ends)));
    }
    return out;
}

/// Refuses columns that do not fit together: a bug of the caller, not bad input.
TableRead table_of(const py::list& columns) {
    auto table = std::make_shared<Table>();
    for (const py::handle& item : columns) {
        const auto row = item.cast<py::tuple>();
        Column column{row[0].cast<std::string>(), row[1].cast<std::string>(), {}};
        const auto ends = row[2].cast<std::string>();
        column.ends.resize(ends.size() / sizeof(std::uint64_t));
        if (!ends.empty()) std::memcpy(column.ends.data(), ends.data(), ends.size());
        std::uint64_t before = 0;
        for (const std::uint64_t end : column.ends) {
            if (end < before || end > column.text.size()) throw py::value_error("cells overlap");
            before = end;
        }
        if (!table->columns.empty() && table->rows() != column.ends.size()) {
            throw py::value_error("columns of different length");
        }
        table->columns.push_back(std::move(column));
    }
    return {table, {}};
}

}  // namespace

py::list tables(const scenario::Scenario& story) {
    py::list out;
    for (const auto& [name, table] : story.tables) out.append(py::make_tuple(name, columns_of(*table)));
    return out;
}

scenario::TableSource table_source(const std::optional<py::function>& read) {
    if (!read) return scenario::no_tables;
    return [read](const std::string& file) -> TableRead {
        const py::object answer = (*read)(file);
        if (py::isinstance<py::str>(answer)) return {nullptr, answer.cast<std::string>()};
        return table_of(answer.cast<py::list>());
    };
}

scenario::TableSource table_source(const py::list& tables) {
    return [tables](const std::string& file) -> TableRead {
        for (const py::handle& item : tables) {
            const auto row = item.cast<py::tuple>();
            if (row[0].cast<std::string>() == file) return table_of(row[1].cast<py::list>());
        }
        return {nullptr, "there is no such table"};
    };
}

}  // namespace meterbed::bindings
