#include <pybind11/stl.h>

#include "pki/certificate.h"
#include "python/bindings/define.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

py::dict fields(const Certificate& certificate) {
    py::dict out;
    out["subject"] = certificate.subject.value == 0 ? std::string() : certificate.subject.text();
    out["kind"] = certificate.is_ca ? "authority" : certificate.is_device ? "device" : "organisation";
    out["role"] = certificate.role ? std::string(name(*certificate.role)) : std::string();
    out["usage"] = certificate.usage ? std::string(name(*certificate.usage)) : std::string();
    out["serial"] = to_hex(certificate.serial);
    out["not_before"] = to_text(certificate.not_before);
    out["not_after"] = to_text(certificate.not_after);
    out["key_identifier"] = to_hex(certificate.key_identifier);
    out["authority_key_identifier"] = to_hex(certificate.authority_key_identifier);
    out["policies"] = certificate.policies;
    out["der"] = to_hex(certificate.der);
    out["octets"] = certificate.der.size();
    out["oddities"] = certificate.oddities;
    return out;
}

/// PEM or DER; ValueError says why it cannot be read.
py::dict read_certificate(const std::string& content) {
    const ByteView octets{reinterpret_cast<const std::uint8_t*>(content.data()), content.size()};
    const auto certificate =
        content.starts_with("-----BEGIN") ? Certificate::parse_pem(content) : Certificate::parse(octets);
    if (!certificate) throw py::value_error(certificate.error());
    return fields(*certificate);
}

}  // namespace

void define_certificate(py::module_& module) {
    module.def(
        "read_certificate", [](const py::bytes& content) { return read_certificate(content); },
        py::arg("content"),
        "Fields of a certificate in PEM or DER, with its departures from the SMKI profiles.");
}

}  // namespace meterbed::bindings
