// Rows whose numbers need not begin with zero: a world may hold a few homes of a country, under their own
// numbers.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

namespace meterbed {

template <typename T>
class Numbered {
  public:
    /// Before the first row.
    void begin_at(std::size_t first) { first_ = first; }
    std::size_t first() const { return first_; }
    /// The number of the next row.
    std::size_t next() const { return first_ + rows_.size(); }
    bool has(std::size_t number) const { return number >= first_ && number < next(); }

    T& at(std::size_t number) { return rows_.at(checked(number)); }
    const T& at(std::size_t number) const { return rows_.at(checked(number)); }
    void push_back(T row) { rows_.push_back(std::move(row)); }
    const T& back() const { return rows_.back(); }
    std::size_t size() const { return rows_.size(); }
    auto begin() const { return rows_.begin(); }
    auto end() const { return rows_.end(); }

  private:
    std::size_t checked(std::size_t number) const {
        if (number < first_) throw std::out_of_range("a number before the first");
        return number - first_;
    }
    std::size_t first_ = 0;
    std::vector<T> rows_;
};

}  // namespace meterbed
