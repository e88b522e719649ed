#include <pybind11/stl.h>

#include "devices/use_cases/execution.h"
#include "python/bindings/define.h"
#include "sim/faults.h"
#include "sim/metrics/metrics.h"
#include "sim/network/repair.h"
#include "sim/scenario/grammar.h"
#include "sim/scenario/run.h"
#include "sim/services/gates.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

py::dict item(std::string_view name, std::string_view description) {
    py::dict out;
    out["name"] = std::string(name);
    out["description"] = std::string(description);
    return out;
}

py::list devices() {
    py::list out;
    for (const DeviceType type :
         {DeviceType::eSME, DeviceType::gSME, DeviceType::CHF, DeviceType::GPF, DeviceType::PPMID}) {
        py::list cells;
        for (const Cell& cell : cells_of(type)) cells.append(cell.text());
        py::dict row = item(name(type), std::to_string(cells.size()) + " trust anchor cells");
        row["cells"] = cells;
        out.append(row);
    }
    return out;
}

py::list service_rows() {
    py::list out;
    for (const Service& service : services()) {
        py::dict row = item(service.srv, service.name);
        row["critical"] = service.critical;
        row["simulated"] = service.simulated;
        row["use_cases"] = service.use_cases;
        out.append(row);
    }
    return out;
}

py::list gate_rows() {
    py::list out;
    for (const Gate& gate : gates()) {
        py::dict row = item(gate.name, gate.meaning);
        row["source"] = std::string(gate.source);
        row["at"] = gate.checkpoint == Checkpoint::DCC ? "DCC" : "S1SP";
        row["always"] = gate.always;
        out.append(row);
    }
    return out;
}

template <typename Rows>
py::list plain_rows(const Rows& rows) {
    py::list out;
    for (const auto& row : rows) out.append(item(row.name, row.meaning));
    return out;
}

std::string family_name(gbcs::PayloadFamily family) {
    constexpr std::string_view kNames[] = {"DLMS", "GBZ", "ASN.1", "DLMS or GBZ, by its first octet"};
    return std::string(kNames[static_cast<std::size_t>(family)]);
}

std::string kind_name(gbcs::UseCaseKind kind) {
    constexpr std::string_view kNames[] = {"command and response", "alert", "HAN command"};
    return std::string(kNames[static_cast<std::size_t>(kind)]);
}

py::list use_case_rows() {
    py::list out;
    for (const gbcs::UseCase& use_case : gbcs::use_cases()) {
        py::dict row = item(use_case.id, use_case.name);
        row["code"] = static_cast<std::uint16_t>(use_case.code);
        row["kind"] = kind_name(use_case.kind);
        row["codec"] = family_name(use_case.payload);
        py::list devices;
        for (unsigned number = 0; number < 16; ++number)
            if (const auto type = static_cast<DeviceType>(number); use_case.devices.has(type))
                devices.append(std::string(name(type)));
        row["devices"] = devices;
        row["executor"] = std::string(executor_of(use_case));
        out.append(row);
    }
    return out;
}

py::dict vocabulary() {
    py::dict out;
    out["devices"] = devices();
    out["services"] = service_rows();
    py::list steps;
    for (const scenario::Verb& verb : scenario::verbs()) steps.append(item(verb.name, verb.about));
    for (const NamedMeaning& route : repair_routes()) {
        steps.append(item("repair route: " + std::string(route.name), route.meaning));
    }
    out["steps"] = steps;
    out["metrics"] = plain_rows(metrics());
    out["gates"] = gate_rows();
    out["faults"] = plain_rows(faults());
    out["invariants"] = plain_rows(invariants());
    py::list sections;
    for (const std::string& section : scenario::vocabulary().report_sections)
        sections.append(item(section, ""));
    out["sections"] = sections;
    out["use-cases"] = use_case_rows();
    return out;
}

}  // namespace

void define_vocabulary(py::module_& module) {
    module.def("vocabulary", &vocabulary, "The words a scenario may use, from the tables themselves.");
    module.def(
        "json_schema", [] { return scenario::json_schema(scenario::vocabulary()); },
        "JSON Schema of scenarios, for editors.");
}

}  // namespace meterbed::bindings
