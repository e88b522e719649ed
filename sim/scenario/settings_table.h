// Every setting a scenario can change, with the figure behind its default.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "sim/scenario/grammar.h"
#include "sim/scenario/values.h"
#include "sim/settings.h"

namespace meterbed::scenario {

/// Both ends of a range.
using RangeField = std::pair<Duration Settings::*, Duration Settings::*>;
using SettingField = std::variant<double Settings::*, Duration Settings::*, int Settings::*, bool Settings::*,
                                  RangeField, std::vector<std::string> Settings::*>;

struct SettingRow {
    std::string_view name;
    SettingField field;
    Shape shape;
    std::string_view default_text;  ///< the default of settings.h, as a scenario would write it
    std::string_view figure;        ///< of figures.csv
    std::string_view about;
    std::string_view upper_figure{};  ///< of the upper end of a range
    std::string_view yes = "yes";     ///< how a flag is written
    std::string_view no = "no";
};

std::span<const SettingRow> setting_rows();
bool is_setting(std::string_view name);

/// Reads a map of settings over what `settings` holds.
void read_settings(const Node& map, Settings& settings, Reading& reading);

/// "wan loss = 0.5 % ($wan_message_loss_prob, low: ASSUMPTION)"
std::string default_line(const SettingRow& row);

}  // namespace meterbed::scenario
