// Rules that can be broken on purpose. An expectation that no broken rule makes fail says nothing.
#pragma once

#include <span>
#include <string_view>

#include "sim/settings.h"

namespace meterbed {

struct Fault {
    std::string_view name;
    std::string_view meaning;
};
std::span<const Fault> faults();

namespace broken {
constexpr std::string_view reports_short_cuts = "hub reports short cuts";
constexpr std::string_view reports_without_mpxn = "DCC reports without MPxN";
constexpr std::string_view swaps_restoration_codes = "meter swaps restoration codes";
}  // namespace broken

bool has_fault(const Settings& settings, std::string_view fault);

}  // namespace meterbed
