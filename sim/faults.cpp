#include "sim/faults.h"

#include <algorithm>
#include <array>

namespace meterbed {
namespace {

constexpr std::array kFaults{
    Fault{broken::reports_short_cuts, "hubs report an outage after a third of the hold"},
    Fault{broken::reports_without_mpxn, "the DCC sends AD1 although it knows no MPxN"},
    Fault{broken::swaps_restoration_codes,
          "meters send the code of a long outage after a short one and vice versa"},
    Fault{broken::takes_utrn_twice, "meters credit a UTRN again that they had before"},
    Fault{broken::loses_money, "meters lose a hundred-thousandth of a pound of every top-up"},
    Fault{broken::smets1_makes_codes, "SMETS1 suppliers make UTRNs by themselves, without the DSP"},
    Fault{broken::tells_once, "suppliers tell a new price or mode once and never ask again"},
    Fault{broken::reaches_without_wan, "messages reach a home without WAN all the same"},
    Fault{broken::blames_dcc, "hours off supply for a fault of the home count as if it had none"},
};

}  // namespace

std::span<const Fault> faults() { return kFaults; }

bool has_fault(const Settings& settings, std::string_view fault) {
    return std::find(settings.faults.begin(), settings.faults.end(), fault) != settings.faults.end();
}

}  // namespace meterbed
