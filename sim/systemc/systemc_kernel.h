// The SystemC kernel: every station a module with an SC_METHOD and bound ports. One live world a process.
#pragma once

#include <memory>

#include "sim/kernel.h"

namespace meterbed {

/// Throws SimulationError when another SystemC world is alive in this process: parallel worlds are processes.
std::unique_ptr<Kernel> make_systemc_kernel(Time start);

}  // namespace meterbed
