// Outages as numpy rows.
#pragma once

#include <pybind11/numpy.h>

#include <vector>

#include "sim/metrics/outages.h"

namespace meterbed::bindings {

/// Before any of the others.
void register_outage_rows();
/// One row a loss, with the fields of `OutageRow`; takes the rows over.
pybind11::array outage_rows(Outages&& outages);
/// The rows of several parts together. ValueError for an array of other rows.
Outages outages_of(const std::vector<pybind11::array>& parts, Time end);
/// What the numbers in the rows mean: region, GSP group, technology, cause and reason, each a list of words.
pybind11::dict outage_words();

}  // namespace meterbed::bindings
