#include "sim/csv.h"

#include <algorithm>
#include <stdexcept>

namespace meterbed {
namespace {

[[noreturn]] void fail(std::size_t line, const std::string& message) {
    throw std::invalid_argument("line " + std::to_string(line) + " of a table: " + message);
}

/// One pass over the text; `take_row` leaves the cursor behind the line's end.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : text_(text) {}

    bool done() const { return at_ >= text_.size(); }
    std::size_t line() const { return line_; }

    std::vector<std::string> take_row() {
        std::vector<std::string> row;
        do {
            row.push_back(!done() && text_[at_] == '"' ? take_quoted() : take_bare());
        } while (skip(','));
        skip('\r');
        if (!skip('\n') && !done()) fail(line_, "text after a closing quote");
        ++line_;
        return row;
    }

  private:
    bool skip(char c) {
        if (done() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    std::string take_bare() {
        const std::size_t from = at_;
        at_ = std::min(text_.find_first_of(",\r\n", at_), text_.size());
        const std::string_view field = text_.substr(from, at_ - from);
        if (field.find('"') != std::string_view::npos) fail(line_, "a quote inside a bare value");
        return std::string(field);
    }

    std::string take_quoted() {
        const std::size_t opened = line_;
        std::string field;
        for (++at_; !done(); ++at_) {
            if (text_[at_] == '\n') ++line_;
            if (text_[at_] == '"') {
                ++at_;
                if (done() || text_[at_] != '"') return field;  // a doubled quote is a quote
            }
            field += text_[at_];
        }
        fail(opened, "a quote that does not close");
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

}  // namespace

std::size_t CsvTable::column(std::string_view name) const {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found == header.end())
        throw std::invalid_argument("a table has no column '" + std::string(name) + "'");
    return static_cast<std::size_t>(found - header.begin());
}

CsvTable parse_csv(std::string_view text) {
    Cursor cursor(text);
    CsvTable table;
    if (cursor.done()) fail(1, "no header");
    table.header = cursor.take_row();
    auto names = table.header;
    std::sort(names.begin(), names.end());
    if (std::adjacent_find(names.begin(), names.end()) != names.end()) fail(1, "a column name repeats");
    while (!cursor.done()) {
        const std::size_t line = cursor.line();
        table.rows.push_back(cursor.take_row());
        if (table.rows.back().size() != table.header.size()) {
            fail(line, std::to_string(table.rows.back().size()) + " values where the header has " +
                           std::to_string(table.header.size()));
        }
    }
    return table;
}

}  // namespace meterbed
