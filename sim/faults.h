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
// Prepayment.
constexpr std::string_view takes_utrn_twice = "meter takes a UTRN twice";
constexpr std::string_view loses_money = "meter loses money";
constexpr std::string_view smets1_makes_codes = "SMETS1 supplier makes UTRNs";
constexpr std::string_view tells_once = "supplier tells once";
constexpr std::string_view reaches_without_wan = "home without WAN is reached";
constexpr std::string_view blames_dcc = "harm of home faults is blamed on the DCC";
}  // namespace broken

bool has_fault(const Settings& settings, std::string_view fault);

}  // namespace meterbed
