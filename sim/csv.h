// A strict reader of comma-separated values (RFC 4180) for the built-in tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meterbed {

struct CsvTable {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;  ///< each as long as the header

    /// Position of a column; throws std::invalid_argument when there is none.
    std::size_t column(std::string_view name) const;
};

/// Reads a table with a header line. Throws std::invalid_argument with the line when quotes do not close, a
/// row is too short or too long, or a column name repeats: a broken built-in table is a bug, not a refusal.
CsvTable parse_csv(std::string_view text);

}  // namespace meterbed
