// Records of a fleet, straight into columns: tens of millions of rows never stand in memory twice.
#pragma once

#include <string_view>
#include <vector>

#include "sim/record.h"

namespace meterbed::fleet {

/// Takes rows in the order of their times. Rows of one microsecond get their place among the stations in the
/// end, so that the columns are those `to_columns` makes.
class RecordWriter {
  public:
    Word word(std::string_view text) { return words_.of(text); }
    /// `time`, `station` and `what` are set; the number in the order of the station is given here.
    void add(const Record& row);
    std::size_t size() const { return columns_.time.size(); }
    /// Hands the columns over; the writer is empty then.
    Records finish();

  private:
    Words words_;
    Records columns_;                  ///< words as numbers of `words_`
    std::vector<std::uint32_t> next_;  ///< by station: how many rows it has written
};

}  // namespace meterbed::fleet
