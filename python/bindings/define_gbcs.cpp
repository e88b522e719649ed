#include <pybind11/stl.h>

#include "devices/gbcs/alert_names.h"
#include "devices/gbcs/describe.h"
#include "devices/gbcs/opened.h"
#include "python/bindings/define.h"

namespace py = pybind11;

namespace meterbed::bindings {
namespace {

using gbcs::Tree;

struct ToPython {
    py::object operator()(std::monostate) const { return py::none(); }
    py::object operator()(bool value) const { return py::bool_(value); }
    py::object operator()(std::int64_t value) const { return py::int_(value); }
    py::object operator()(std::uint64_t value) const { return py::int_(value); }
    py::object operator()(const std::string& value) const { return py::str(value); }
    py::object operator()(const Tree::List& items) const {
        py::list out;
        for (const Tree& item : items) out.append(std::visit(*this, item.value));
        return out;
    }
    py::object operator()(const Tree::Members& members) const {
        py::dict out;
        for (const auto& [name, item] : members) out[py::str(name)] = std::visit(*this, item.value);
        return out;
    }
};

py::object to_python(const Tree& tree) { return std::visit(ToPython{}, tree.value); }

Tree integer_tree(const py::handle& value) {
    int overflow = 0;
    const long long plain = PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
    if (overflow == 0) return static_cast<std::int64_t>(plain);
    const unsigned long long wide = PyLong_AsUnsignedLongLong(value.ptr());
    if (PyErr_Occurred() != nullptr) {
        PyErr_Clear();
        throw py::value_error("a number exceeds 64 bits");
    }
    return static_cast<std::uint64_t>(wide);
}

Tree from_python(const py::handle& value, int depth = 0) {
    if (depth > gbcs::kMaximumTreeDepth) throw py::value_error("nested too deep");
    if (value.is_none()) return {};
    if (py::isinstance<py::bool_>(value)) return value.cast<bool>();
    if (py::isinstance<py::int_>(value)) return integer_tree(value);
    if (py::isinstance<py::str>(value)) return value.cast<std::string>();
    if (py::isinstance<py::dict>(value)) {
        Tree::Members members;
        for (const auto& [name, item] : value.cast<py::dict>())
            members.emplace_back(py::str(name).cast<std::string>(), from_python(item, depth + 1));
        return members;
    }
    if (py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value)) {
        Tree::List items;
        for (const py::handle item : value) items.push_back(from_python(item, depth + 1));
        return items;
    }
    throw py::value_error("only numbers, texts, lists and dictionaries make a message");
}

ByteView view(const std::string& octets) {
    return {reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()};
}

py::bytes bytes_of(const Bytes& octets) {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

gbcs::Message parsed(const std::string& octets) {
    auto message = gbcs::parse(view(octets));
    if (!message) throw py::value_error(message.error().text());
    return *std::move(message);
}

py::object tree_of(const std::string& octets, const gbcs::KeyRing* keys) {
    const gbcs::Message message = parsed(octets);
    return to_python(keys ? to_tree(message, *keys) : to_tree(message));
}

/// A message may hold octets that are no UTF-8 where text is expected.
py::object readable(const std::string& text) {
    PyObject* decoded = PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
    if (!decoded) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(decoded);
}

py::dict described(const gbcs::Description& description) {
    py::dict out;
    out["name"] = readable(description.name);
    out["text"] = readable(description.text);
    out["number"] = description.number;
    out["unit"] = description.unit;
    py::list children;
    for (const gbcs::Description& child : description.children) children.append(described(child));
    out["children"] = children;
    return out;
}

py::bytes encoded(const py::dict& tree) {
    const auto message = gbcs::message_from_tree(from_python(tree));
    if (!message) throw py::value_error(message.error());
    return bytes_of(encode(*message));
}

py::dict check(const std::string& octets, const gbcs::KeyRing& keys) {
    const gbcs::MessageCheck check = check_message(view(octets), keys);
    py::dict out;
    out["decoded"] = check.decoded;
    out["identical"] = check.identical;
    out["mac"] = std::string(name(check.protection.mac));
    out["signature"] = std::string(name(check.protection.signature));
    out["encryption"] = std::string(name(check.protection.encryption));
    out["ciphered"] = check.protection.ciphered;
    out["decrypted"] = check.protection.decrypted;
    out["failure"] = readable(check.failure);
    return out;
}

gbcs::KeyRing load(const std::string& folder) {
    auto ring = gbcs::KeyRing::load(folder);
    if (!ring) throw py::value_error(ring.error());
    return *std::move(ring);
}

}  // namespace

void define_gbcs(py::module_& module) {
    py::class_<gbcs::KeyRing>(module, "KeyRing", "Certificates and private keys by party and use.")
        .def(py::init<>())
        .def_static("load", &load, py::arg("folder"),
                    "All that a folder holds; ValueError when there is none.")
        .def_property_readonly("certificates", [](const gbcs::KeyRing& ring) { return ring.all().size(); })
        .def_property_readonly("keys", &gbcs::KeyRing::key_count)
        .def_property_readonly("ignored", &gbcs::KeyRing::ignored);
    module.def(
        "gbcs_parse",
        [](const py::bytes& octets, const gbcs::KeyRing* keys) { return tree_of(octets, keys); },
        py::arg("octets"), py::arg("keys") = nullptr,
        "A message as a dictionary; with keys, what its encrypted parts hold. ValueError when it is none.");
    module.def(
        "gbcs_describe",
        [](const py::bytes& octets, const gbcs::KeyRing* keys) {
            return described(describe(parsed(octets), keys));
        },
        py::arg("octets"), py::arg("keys") = nullptr,
        "A message in words, as nested name, text, number, unit, children.");
    module.def("gbcs_encode", &encoded, py::arg("tree"), "The octets of a message from its dictionary.");
    module.def(
        "gbcs_check", [](const py::bytes& octets, const gbcs::KeyRing& keys) { return check(octets, keys); },
        py::arg("octets"), py::arg("keys"), "How a message fares against the keys at hand.");
    module.def(
        "gbcs_alert_name", [](std::uint16_t code) { return std::string(gbcs::alert_name(code)); },
        py::arg("code"), "What an alert or event code means; empty when nobody knows it.");
}

}  // namespace meterbed::bindings
