#include <memory>

#include "python/bindings/define.h"
#include "sim/errors.h"
#include "sim/scenario/promote.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

using scenario::Fleet;
using scenario::Scenario;

std::unique_ptr<Fleet> make_fleet(const Scenario& story, const std::string& variant, std::uint64_t repeat) {
    for (const scenario::Variant& each : story.variants) {
        if (each.name != variant) continue;
        const py::gil_scoped_release released;
        return std::make_unique<Fleet>(story, each, repeat);
    }
    throw BadRequest("the scenario has no variant '" + variant + "'");
}

}  // namespace

void define_fleet(py::module_& module) {
    py::class_<Fleet>(module, "Fleet", "A fleet stepped by hand.")
        .def(py::init(&make_fleet), py::arg("scenario"), py::arg("variant"), py::arg("repeat"))
        .def_property_readonly("now",
                               [](const Fleet& fleet) { return fleet.now().time_since_epoch().count(); })
        .def(
            "run_until", [](Fleet& fleet, std::int64_t time_us) { fleet.run_until(Time{Duration{time_us}}); },
            py::arg("time_us"), py::call_guard<py::gil_scoped_release>())
        .def(
            "promote",
            [](const Fleet& fleet, std::int32_t home, const std::string& kernel) {
                return fleet.promote(home, kernel_named(kernel));
            },
            py::arg("home"), py::arg("kernel") = "plain");
}

}  // namespace meterbed::bindings
