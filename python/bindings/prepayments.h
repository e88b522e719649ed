// Prepayment as numpy rows.
#pragma once

#include <pybind11/pybind11.h>

#include <vector>

#include "sim/metrics/prepayments.h"

namespace meterbed::bindings {

/// The class `Prepayments`, whose rows are views into it; and `prepayment_words`, what the numbers in them
/// mean.
void define_prepayments(pybind11::module_& module);
/// The parts of a world together.
Prepayments together(const std::vector<const Prepayments*>& parts);

}  // namespace meterbed::bindings
