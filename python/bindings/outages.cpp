#include "python/bindings/outages.h"

#include <memory>

#include "sim/supply/power_cut.h"
#include "sim/supply/site.h"

namespace py = pybind11;

namespace meterbed::bindings {

void register_outage_rows() {
    PYBIND11_NUMPY_DTYPE(OutageRow, lost_at, restored_at, sent_at, received_at, informed_at, restoration_sent,
                         restoration_informed, home, cut, size, feeder, cell, loss, restoration, cause,
                         region, gsp_group, technology, attempts, reason, informed_right, restoration_right,
                         mpxn_known, polyphase);
}

py::array outage_rows(Outages&& outages) {
    auto owned = std::make_unique<std::vector<OutageRow>>(std::move(outages.rows));
    const OutageRow* data = owned->data();
    const auto size = static_cast<py::ssize_t>(owned->size());
    py::capsule owner(owned.release(), [](void* rows) { delete static_cast<std::vector<OutageRow>*>(rows); });
    return py::array_t<OutageRow>(size, data, owner);
}

Outages outages_of(const std::vector<py::array>& parts, Time end) {
    Outages all;
    all.end = end.time_since_epoch().count();
    std::size_t count = 0;
    for (const py::array& part : parts) count += static_cast<std::size_t>(part.size());
    all.rows.reserve(count);
    for (const py::array& part : parts) {
        if (!part.dtype().equal(py::dtype::of<OutageRow>())) throw py::value_error("no rows of outages");
        const auto rows = py::array_t<OutageRow, py::array::c_style>::ensure(part);
        all.rows.insert(all.rows.end(), rows.data(), rows.data() + rows.size());
    }
    return all;
}

py::dict outage_words() {
    const auto list = [](const auto& words) {
        py::list out;
        for (const std::string_view word : words) out.append(std::string(word));
        return out;
    };
    py::dict out;
    out["region"] = list(kRegionNames);
    out["gsp_group"] = list(kGspGroups);
    out["technology"] = list(kTechnologyNames);
    out["cause"] = list(kCutCauseNames);
    out["reason"] = list(kOutageReasons);
    return out;
}

}  // namespace meterbed::bindings
