#include <pybind11/stl.h>

#include "devices/object_model.h"
#include "devices/prepayment/metering.h"
#include "devices/value_text.h"
#include "python/bindings/define.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

Device& gbcs_device(World& world, std::uint64_t id) {
    Device* device = world.device(Eui64{id});
    if (device == nullptr) throw py::value_error("a SMETS1 meter has no objects of GBCS");
    return *device;
}

/// (attribute, name, value) of each.
std::vector<std::array<std::string, 3>> device_objects(World& world, std::uint64_t id) {
    const Device& device = gbcs_device(world, id);
    world.settle(Eui64{id});
    std::vector<std::array<std::string, 3>> out;
    for (const gbcs::dlms::Attribute& attribute : device.objects().all())
        if (const auto value = value_of(device, attribute))
            out.push_back(
                {text_of(attribute), std::string(device.objects().name(attribute)), text_of(*value)});
    return out;
}

void put_object(World& world, std::uint64_t id, const std::string& where, const std::string& what) {
    const auto attribute = attribute_from_text(where);
    if (!attribute)
        throw py::value_error("'" + where +
                              "' is no attribute: write class/OBIS/number, such as 3/1-0:2.8.0.255/2");
    auto value = value_from_text(what);
    if (!value) throw py::value_error("'" + what + "': " + value.error());
    Device& device = gbcs_device(world, id);
    // What was used until now is charged by what held until now.
    world.settle(Eui64{id});
    put_value(device, *attribute, *std::move(value));
    world.settle(Eui64{id});
}

/// The load of a meter that meters, W; nothing when it has been given none.
std::optional<std::uint32_t> load_of(World& world, std::uint64_t id) {
    if (const Smets1Meter* const old = world.smets1(Eui64{id})) return old->load();
    const auto* metering = prepayment::metering_of(gbcs_device(world, id));
    return metering ? std::optional(metering->load) : std::nullopt;
}
std::optional<std::string> supply_of(World& world, std::uint64_t id) {
    world.settle(Eui64{id});
    if (const Smets1Meter* const old = world.smets1(Eui64{id})) return std::string(name(old->supply()));
    const auto state = gbcs_device(world, id).supply();
    return state ? std::optional(std::string(name(*state))) : std::nullopt;
}
std::vector<std::string> plan_problems(World& world, std::uint64_t id) {
    const Device& device = gbcs_device(world, id);
    if (!device.supply()) throw py::value_error("only an electricity or gas meter has an account");
    return prepayment::plan_problems(device, world.now());
}
prepayment::Registers registers_of(World& world, std::uint64_t id) {
    world.settle(Eui64{id});
    if (const Smets1Meter* const old = world.smets1(Eui64{id})) {
        const prepayment::Ledger* const ledger = old->ledger();
        return ledger != nullptr ? registers_of(*ledger, old->plan().settings) : prepayment::Registers{};
    }
    const Device& device = gbcs_device(world, id);
    if (!device.supply()) throw py::value_error("only an electricity or gas meter has an account");
    return prepayment::account_of(device).registers(device);
}

py::dict credit_of(World& world, std::uint64_t id) {
    const prepayment::Registers all = registers_of(world, id);
    py::dict out;
    out["balance"] = all.balance;
    out["emergency_credit"] = all.emergency;
    out["accumulated_debt"] = all.accumulated_debt;
    out["time_debt_1"] = all.time_debt[0];
    out["time_debt_2"] = all.time_debt[1];
    out["payment_debt"] = all.payment_debt;
    return out;
}

}  // namespace

void define_objects(py::module_& module) {
    module.def("device_objects", device_objects, py::arg("world"), py::arg("device_eui"),
               "DLMS attributes of a device: where, name, value as text.");
    module.def("put_object", put_object, py::arg("world"), py::arg("device_eui"), py::arg("attribute"),
               py::arg("value"), "Makes a device hold a value.");
    module.def(
        "raise_event",
        [](World& world, std::uint64_t id, std::uint16_t code) { return world.raise(Eui64{id}, code); },
        py::arg("world"), py::arg("device_eui"), py::arg("code"),
        "Makes an event happen on a device; false when GBCS lists no such code.");
    module.def(
        "set_load",
        [](World& world, std::uint64_t id, std::uint32_t watts) { world.set_load(Eui64{id}, watts); },
        py::arg("world"), py::arg("device_eui"), py::arg("watts"), "Consumption at a meter from now on.");
    module.def("load_of", load_of, py::arg("world"), py::arg("device_eui"),
               "Of a meter, W; None when it has none.");
    module.def("supply", supply_of, py::arg("world"), py::arg("device_eui"),
               "Enabled, Disabled or Armed; None without a switch or valve.");
    module.def("credit", credit_of, py::arg("world"), py::arg("device_eui"),
               "Registers of a meter, 10^-5 GBP.");
    module.def("plan_problems", plan_problems, py::arg("world"), py::arg("device_eui"),
               "What is wrong with what a meter was told of prepayment, a sentence each.");
    module.def(
        "enable_supply", [](World& world, std::uint64_t id) { world.enable_supply(Eui64{id}); },
        py::arg("world"), py::arg("device_eui"), "The customer switches an armed supply on.");
    module.def(
        "activate_emergency_credit",
        [](World& world, std::uint64_t id) { return world.activate_emergency_credit(Eui64{id}); },
        py::arg("world"), py::arg("device_eui"),
        "The customer takes emergency credit; false when none is on offer.");
}

}  // namespace meterbed::bindings
