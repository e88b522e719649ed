#include "sim/scenario/table_reader.h"

#include <algorithm>

#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

/// A name that the run folder can keep as it stands: below the scenario's own folder.
bool stays_below(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos) return false;
    while (!name.empty()) {
        const std::size_t slash = std::min(name.find('/'), name.size());
        const std::string_view part = name.substr(0, slash);
        if (part.empty() || part == "." || part == "..") return false;
        name.remove_prefix(std::min(slash + 1, name.size()));
    }
    return true;
}

}  // namespace

TableReader::TableReader(const Node& file, Reading& reading)
    : file_(file), reading_(reading), name_(read_name(file, reading)) {}

bool TableReader::open(std::span<const TableColumn> columns) {
    if (name_.empty()) return false;
    if (!stays_below(name_)) {
        reading_.problems.add(file_, in_quotes(name_) + " is not below the folder of the scenario",
                              "write a name as 'feeders.csv' or 'tables/feeders.parquet'");
        return false;
    }
    TableRead read = reading_.tables(name_);
    if (!read.error.empty()) {
        reading_.problems.add(file_, in_quotes(name_) + ": " + read.error);
        return false;
    }
    table_ = std::move(read.table);
    std::vector<std::string_view> known;
    for (const TableColumn& column : columns) known.push_back(column.name);
    bool whole = true;
    for (const Column& column : table_->columns) {
        if (std::find(known.begin(), known.end(), column.name) != known.end()) continue;
        reading_.problems.add(file_, in_quotes(name_) + ": unknown column " + in_quotes(column.name),
                              did_you_mean(column.name, known));
    }
    for (const TableColumn& column : columns) {
        if (!column.required || has(column.name)) continue;
        reading_.problems.add(file_,
                              in_quotes(name_) + ": the column " + in_quotes(column.name) + " is missing");
        whole = false;
    }
    if (whole && rows() == 0) reading_.problems.add(file_, in_quotes(name_) + ": there is no row");
    for (const TableColumn& column : columns) {
        for (std::size_t row = 0; whole && column.required && row < rows(); ++row) {
            if (cell(column.name, row).empty()) add(row, "no " + std::string(column.name));
        }
    }
    return whole && rows() > 0;
}

std::string_view TableReader::cell(std::string_view column, std::size_t row) const {
    const Column* found = table_->find(column);
    return found == nullptr ? std::string_view() : found->at(row);
}

void TableReader::add(std::size_t row, const std::string& message, std::string suggestion) {
    reading_.problems.add(file_, in_quotes(name_) + " row " + std::to_string(row + 1) + ": " + message,
                          std::move(suggestion));
}

void TableReader::add(std::size_t first, std::size_t second, const std::string& message) {
    reading_.problems.add(file_, in_quotes(name_) + " rows " + std::to_string(first + 1) + " and " +
                                     std::to_string(second + 1) + ": " + message);
}

std::optional<std::size_t> TableReader::position(std::string_view column, std::size_t row,
                                                 const std::vector<std::string_view>& known) {
    const std::string_view word = cell(column, row);
    if (word.empty()) return std::nullopt;
    const auto found = std::find(known.begin(), known.end(), word);
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    add(row, "unknown " + std::string(column) + " " + in_quotes(word), did_you_mean(word, known));
    return std::nullopt;
}

}  // namespace meterbed::scenario
