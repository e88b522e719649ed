#include <pybind11/stl.h>

#include "pki/certificate.h"
#include "python/bindings/define.h"
#include "sim/duis/transform.h"

namespace py = pybind11;

namespace meterbed::bindings {
using duis::Element;

namespace {

py::list rows_of(const std::vector<duis::Mistake>& mistakes) {
    py::list rows;
    for (const duis::Mistake& mistake : mistakes) {
        py::dict row;
        row["path"] = mistake.path;
        row["line"] = mistake.line;
        row["message"] = mistake.message;
        rows.append(row);
    }
    return rows;
}

py::dict fields(const duis::Request& request) {
    py::dict out;
    out["originator"] = request.originator.value;
    out["target"] = request.target.value;
    out["counter"] = request.counter;
    out["command_variant"] = request.command_variant;
    out["service_reference"] = request.service_reference;
    out["srv"] = request.srv;
    return out;
}

py::dict read_request(const py::tuple& root) {
    const auto request = duis::read_request(element_of(root));
    py::dict out;
    if (request)
        out = fields(*request);
    else
        out["mistakes"] = rows_of(request.error());
    return out;
}

DeviceType device_type_named(const std::string& name) {
    if (const auto type = device_type(name)) return *type;
    throw py::value_error("there is no type of device '" + name + "'");
}

/// DER of a PEM certificate.
Bytes der_of(const std::string& pem) {
    const auto certificate = Certificate::parse_pem(pem);
    if (!certificate) throw py::value_error("the other device's certificate: " + certificate.error());
    return certificate->der;
}

duis::Knowledge knowledge_of(const py::dict& from) {
    duis::Knowledge dcc;
    if (const auto at = from["issued_at"].cast<std::optional<std::int64_t>>())
        dcc.issued_at = Time(std::chrono::seconds(*at));
    if (const auto cin = from["cin"].cast<std::optional<std::string>>()) dcc.cin = *cin;
    if (const auto type = from["other_type"].cast<std::optional<std::string>>())
        dcc.other_device.type = device_type_named(*type);
    if (const auto pem = from["other_certificate"].cast<std::optional<std::string>>())
        dcc.other_device.certificate = der_of(*pem);
    for (const auto& [eui, type] :
         from["device_log"].cast<std::vector<std::pair<std::uint64_t, std::string>>>())
        dcc.device_log.push_back({Eui64{eui}, static_cast<std::uint64_t>(device_type_named(type))});
    dcc.han = Eui64{from["han"].cast<std::uint64_t>()};
    for (const auto& [eui, key] : from["hub_log"].cast<std::vector<std::pair<std::uint64_t, std::string>>>())
        dcc.hub_log.push_back({Eui64{eui}, Bytes(key.begin(), key.end())});
    return dcc;
}

duis::TransformOptions options_of(const py::dict& from) {
    duis::TransformOptions options;
    options.device.type = device_type_named(from["device_type"].cast<std::string>());
    options.device.polyphase = from["polyphase"].cast<bool>();
    options.device.superseded = from["superseded"].cast<bool>();
    if (const auto role = from["role"].cast<std::optional<std::uint64_t>>())
        options.role = remote_party_role(*role);
    options.acb = {Eui64{from["acb"].cast<std::uint64_t>()}, from["acb_counter"].cast<std::uint64_t>()};
    options.cos_party = {Eui64{from["cos"].cast<std::uint64_t>()}, from["cos_counter"].cast<std::uint64_t>()};
    options.dcc = knowledge_of(from);
    options.use_case = from["use_case"].cast<std::string>();
    return options;
}

/// Texts of keys and certificates by what they are for; absent ones are left out.
struct Keys {
    std::optional<KeyPair> signer, acb;
    std::optional<Certificate> device;

    explicit Keys(const py::dict& pem) {
        signer = key(pem, "signer");
        acb = key(pem, "acb");
        if (!pem.contains("device")) return;
        const auto certificate = Certificate::parse_pem(pem["device"].cast<std::string>());
        if (!certificate) throw py::value_error("the device's certificate: " + certificate.error());
        device = *certificate;
    }
    static std::optional<KeyPair> key(const py::dict& pem, const char* name) {
        if (!pem.contains(name)) return std::nullopt;
        const auto pair = KeyPair::from_pem(pem[name].cast<std::string>());
        if (!pair) throw py::value_error(std::string("the key '") + name + "': " + pair.error());
        return *pair;
    }
    duis::SealingKeys for_sealing() const {
        return {signer ? &*signer : nullptr, acb ? &*acb : nullptr, device ? &device->public_key : nullptr};
    }
};

py::dict refused(const duis::Refusal& refusal) {
    py::dict out;
    out["dcc_only"] = refusal.dcc_only;
    out["mistakes"] = rows_of(refusal.mistakes);
    return out;
}

/// The command without signature and MAC, as `seal` takes it again.
py::dict transform(const py::tuple& root, const py::dict& options) {
    const auto request = duis::read_request(element_of(root));
    if (!request) return refused({false, request.error()});
    const auto made = duis::transform(*request, options_of(options));
    if (!made) return refused(made.error());
    const Bytes octets = gbcs::encode(made->message);
    py::dict out;
    out["use_case"] = std::string(made->use_case->id);
    out["code"] = static_cast<unsigned>(made->message.code());
    out["originator"] = made->message.header.originator.value;
    out["recipient"] = made->message.header.recipient.value;
    out["pre_command"] = made->pre_command;
    out["others"] = made->others;
    out["octets"] = py::bytes(reinterpret_cast<const char*>(octets.data()), octets.size());
    return out;
}

py::bytes seal(const py::tuple& root, const py::dict& options, const py::dict& pem) {
    const auto request = duis::read_request(element_of(root));
    if (!request) throw py::value_error("not a request");
    const auto made = duis::transform(*request, options_of(options));
    if (!made) throw py::value_error("no transform");
    const Keys keys(pem);
    const auto message = duis::seal(*made, keys.for_sealing());
    if (!message) throw py::value_error(message.error());
    const Bytes octets = gbcs::encode(*message);
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

py::list table() {
    py::list rows;
    for (const duis::Row* row : duis::all_rows()) {
        py::dict out;
        out["srv"] = std::string(row->srv);
        out["body"] = std::string(row->body);
        out["use_case"] = std::string(gbcs::find_use_case(gbcs::MessageCode{row->code})->id);
        out["code"] = row->code;
        rows.append(out);
    }
    return rows;
}

}  // namespace

Element element_of(const py::tuple& from) {
    Element element;
    element.name = from[0].cast<std::string>();
    element.text = from[1].cast<std::string>();
    element.attributes = from[2].cast<std::vector<std::pair<std::string, std::string>>>();
    for (py::handle child : from[3].cast<py::list>())
        element.children.push_back(element_of(child.cast<py::tuple>()));
    element.line = from[4].cast<int>();
    return element;
}

py::tuple plain(const Element& element) {
    py::list children;
    for (const Element& child : element.children) children.append(plain(child));
    return py::make_tuple(element.name, element.text, element.attributes, children, element.line);
}

void define_duis(py::module_& module) {
    module.def("duis_request", read_request, py::arg("root"), "Header fields of a request, or its mistakes.");
    module.def("duis_transform", transform, py::arg("root"), py::arg("options"),
               "The command a request stands for, without signature and MAC; or its mistakes.");
    module.def("duis_seal", seal, py::arg("root"), py::arg("options"), py::arg("keys"),
               "The finished command; ValueError names the key that is missing or bad.");
    module.def("duis_table", table, "Rows of the transform: service, body, use case.");
}

}  // namespace meterbed::bindings
