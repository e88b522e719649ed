// A number with its unit, as written or as a figure gives it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/values.h"

namespace meterbed::scenario {

struct Quantity {
    double number = 0;
    std::string unit;        ///< "%", "days"; empty when none
    bool is_figure = false;  ///< came from figures.csv, whose units are worded differently
};

/// Reads "0.5 %", "$name" and "assume 5 days", and notes the figure in `reading.used`. Reports what is no
/// number.
std::optional<Quantity> read_quantity(std::string_view text, const Node& node, Reading& reading);

/// That a value is this figure, for reports.
void note_use(const Figure& figure, const Node& node, Reading& reading);

/// Microseconds in a unit of time; nothing when it is none.
std::optional<double> time_unit(std::string_view unit);
/// What a number in this unit is multiplied by to be a fraction; nothing when it is no share.
std::optional<double> share_unit(const Quantity& quantity);

/// Cuts spaces off both ends.
std::string_view trimmed(std::string_view text);
/// Cuts a first word off a text ("assume 5 %" -> "5 %") when it is there.
bool cut_word(std::string_view& text, std::string_view word);

}  // namespace meterbed::scenario
