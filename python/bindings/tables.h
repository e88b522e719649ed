// Tables of a scenario as (name, text, ends) a column, the form in which they cross from Python and travel in
// a pickle.
#pragma once

#include <pybind11/pybind11.h>

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.h"

namespace meterbed::bindings {

/// (name of the table, its columns)
pybind11::list tables(const scenario::Scenario& story);
/// Reads with a Python function that gives columns or a sentence; without one there are no tables.
scenario::TableSource table_source(const std::optional<pybind11::function>& read);
/// Reads what `tables` gave.
scenario::TableSource table_source(const pybind11::list& tables);

}  // namespace meterbed::bindings
