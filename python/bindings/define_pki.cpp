#include <pybind11/stl.h>

#include "pki/authority.h"
#include "pki/path.h"
#include "python/bindings/define.h"
#include "sim/errors.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

ByteView view(const std::string& octets) {
    return {reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()};
}

template <typename Octets>
py::bytes bytes_of(const Octets& octets) {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

py::bytes der_of(const CertificateRef& certificate) { return bytes_of(certificate->der); }

Time time_of(std::int64_t microseconds) { return Time{Duration{microseconds}}; }

template <typename Value>
Value named(const std::optional<Value>& value, const char* kind, const std::string& name) {
    if (!value) throw BadRequest("there is no " + std::string(kind) + " '" + name + "'");
    return *value;
}

PublicKey public_key(const std::string& octets) {
    PublicKey key;
    if (octets.size() != key.xy.size()) throw BadRequest("a public key has 64 octets, x and y");
    std::copy(octets.begin(), octets.end(), key.xy.begin());
    if (!key.on_curve()) throw BadRequest("the public key is not a point of P-256");
    return key;
}

Certificate readable(const std::string& der) {
    auto certificate = Certificate::parse(view(der));
    if (!certificate) throw BadRequest(certificate.error());
    return *std::move(certificate);
}

KeyPair key_from_pem(const std::string& text) {
    auto key = KeyPair::from_pem(text);
    if (!key) throw BadRequest(key.error());
    return *std::move(key);
}

KeyPair key_of_stream(std::uint64_t seed, const std::string& name) {
    Random random(seed, name);
    return KeyPair::generate(random);
}

struct Words {
    std::string usage, misbehaviour;
    KeyUsage key_usage() const { return named(meterbed::key_usage(usage), "key usage", usage); }
    Misbehaviour wrong() const {
        return named(meterbed::misbehaviour(misbehaviour), "misbehaviour", misbehaviour);
    }
};

py::bytes organisation(Authority& authority, std::uint64_t subject, const std::string& role,
                       const std::string& usage, const std::string& key, std::int64_t start,
                       std::optional<std::int64_t> end, const std::string& common_name,
                       const std::string& misbehaviour) {
    const Words words{usage, misbehaviour};
    OrganisationRequest request;
    request.subject = Eui64{subject};
    request.role = named(remote_party_role(role), "role", role);
    request.usage = words.key_usage();
    request.key = public_key(key);
    request.common_name = common_name;
    request.from = time_of(start);
    if (end) request.until = time_of(*end);
    request.misbehaviour = words.wrong();
    return der_of(authority.issue(request));
}

py::bytes device(Authority& authority, std::uint64_t subject, const std::string& usage,
                 const std::string& key, std::int64_t start, const std::string& misbehaviour) {
    const Words words{usage, misbehaviour};
    DeviceRequest request;
    request.subject = Eui64{subject};
    request.usage = words.key_usage();
    request.key = public_key(key);
    request.from = time_of(start);
    request.misbehaviour = words.wrong();
    return der_of(authority.issue(request));
}

Verdict validate(const std::string& leaf, const std::vector<std::string>& path, const std::string& root,
                 std::optional<std::int64_t> at) {
    if (leaf.size() > Certificate::kMaximumSize)
        return Verdict::refused(certificate_codes::oversize, std::to_string(leaf.size()) + " octets");
    const auto certificate = Certificate::parse(view(leaf));
    if (!certificate) return Verdict::refused(certificate_codes::malformed, certificate.error());
    std::vector<CertificateRef> intermediates;
    for (const std::string& one : path)
        intermediates.push_back(std::make_shared<const Certificate>(readable(one)));
    return validate_path(*certificate, intermediates, readable(root),
                         at ? std::optional(time_of(*at)) : std::nullopt);
}

void define_keys(py::module_& module) {
    py::class_<KeyPair>(module, "KeyPair", "A P-256 key.")
        .def_static("generate", &key_of_stream, py::arg("seed"), py::arg("name"))
        .def_static("from_pem", &key_from_pem, py::arg("text"))
        .def("to_pem", &KeyPair::to_pem)
        .def_property_readonly("public_key", [](const KeyPair& key) { return bytes_of(key.public_key().xy); })
        .def(
            "sign",
            [](const KeyPair& key, const std::string& message) {
                return bytes_of(key.sign(view(message)).rs);
            },
            py::arg("message"))
        .def(
            "agree",
            [](const KeyPair& key, const std::string& peer) { return bytes_of(key.agree(public_key(peer))); },
            py::arg("public_key"));
}

}  // namespace

CertificateRef certificate_as_is(const std::string& der) {
    auto certificate = Certificate::parse(view(der));
    if (certificate) return std::make_shared<const Certificate>(*std::move(certificate));
    Certificate octets;
    octets.der.assign(der.begin(), der.end());
    return std::make_shared<const Certificate>(std::move(octets));
}

void define_pki(py::module_& module) {
    define_keys(module);
    py::class_<Authority>(module, "Authority", "The test SMKI; certificates are DER.")
        .def(py::init([](std::uint64_t seed, std::int64_t founded) {
                 return Authority(Random(seed, "authority"), time_of(founded));
             }),
             py::arg("seed"), py::arg("founded_us"))
        .def("organisation", &organisation, py::arg("subject"), py::arg("role"), py::arg("usage"),
             py::arg("key"), py::arg("start_us"), py::arg("end_us"), py::arg("common_name"),
             py::arg("misbehaviour"))
        .def("device", &device, py::arg("subject"), py::arg("usage"), py::arg("key"), py::arg("start_us"),
             py::arg("misbehaviour"))
        .def(
            "renew",
            [](Authority& authority, const std::string& der, const std::string& key, std::int64_t start) {
                return der_of(authority.renew(readable(der), public_key(key), time_of(start)));
            },
            py::arg("certificate"), py::arg("key"), py::arg("start_us"))
        .def_property_readonly("root", [](const Authority& one) { return der_of(one.root()); })
        .def_property_readonly("issuing", [](const Authority& one) { return der_of(one.issuing()); })
        .def_property_readonly("device_root", [](const Authority& one) { return der_of(one.device_root()); })
        .def_property_readonly("device_issuing",
                               [](const Authority& one) { return der_of(one.device_issuing()); })
        .def_property_readonly("end_entity", [](Authority& one) { return der_of(one.end_entity()); });
    module.def("misbehaviours", [] {
        std::vector<std::string> out;
        for (const Misbehaviour one : misbehaviours()) out.emplace_back(name(one));
        return out;
    });
    module.def(
        "validate",
        [](const std::string& leaf, const std::vector<std::string>& path, const std::string& root,
           std::optional<std::int64_t> at) {
            const Verdict verdict = validate(leaf, path, root, at);
            return py::make_tuple(std::string(verdict.code), verdict.text);
        },
        py::arg("leaf"), py::arg("path"), py::arg("root"), py::arg("at_us"),
        "(code, text) of the path from leaf to root; at_us None: the clock is not looked at.");
}

}  // namespace meterbed::bindings
