// meterbed._core: an ordered list of small definitions.
#include <pybind11/stl.h>

#include "python/bindings/define.h"
#include "sim/errors.h"
#include "sim/systemc/systemc_kernel.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

/// Lives as long as the interpreter: pybind11 keeps no exception type by itself.
PyObject* scenario_problems = nullptr;

}  // namespace

void raise_problems(const std::vector<scenario::Problem>& problems) {
    py::list rows;
    std::string first;
    for (const scenario::Problem& problem : problems) {
        py::dict row;
        row["file"] = problem.file;
        row["line"] = problem.line;
        row["column"] = problem.column;
        row["path"] = problem.path;
        row["message"] = problem.message;
        row["suggestion"] = problem.suggestion;
        rows.append(row);
        if (first.empty()) first = problem.file + ":" + std::to_string(problem.line) + ": " + problem.message;
    }
    py::object error = py::reinterpret_borrow<py::object>(scenario_problems)(first);
    error.attr("problems") = rows;
    PyErr_SetObject(scenario_problems, error.ptr());
    throw py::error_already_set();
}

KernelMaker kernel_named(const std::string& name) {
    if (name == "systemc") return make_systemc_kernel;
    if (name == "plain") return make_plain_kernel;
    throw BadRequest("there is no kernel '" + name + "'; choose systemc or plain");
}

}  // namespace meterbed::bindings

PYBIND11_MODULE(_core, module) {
    using namespace meterbed;
    module.doc() =
        "The compiled part of meterbed. Times are microseconds since the epoch (UTC), EUI-64 are int.";
    module.attr("__version__") = METERBED_VERSION;
    bindings::scenario_problems =
        PyErr_NewException("meterbed._core.ScenarioProblems", PyExc_Exception, nullptr);
    module.attr("ScenarioProblems") = py::reinterpret_borrow<py::object>(bindings::scenario_problems);
    py::register_exception<SimulationError>(module, "SimulationError");
    py::register_exception<WorldEnded>(module, "WorldEnded");
    bindings::define_vocabulary(module);
    bindings::define_certificate(module);
    bindings::define_pki(module);
    bindings::define_duis(module);
    bindings::define_gbcs(module);
    bindings::define_replay(module);
    bindings::define_scenario(module);
    bindings::define_world(module);
    bindings::define_fleet(module);
    bindings::define_objects(module);
    bindings::define_utrn(module);
}
