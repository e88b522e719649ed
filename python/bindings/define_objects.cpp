#include <pybind11/stl.h>

#include "devices/object_model.h"
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
    put_value(gbcs_device(world, id), *attribute, *std::move(value));
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
}

}  // namespace meterbed::bindings
