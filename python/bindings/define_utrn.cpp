#include <pybind11/stl.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "devices/enter_utrn.h"
#include "devices/top_up.h"
#include "python/bindings/define.h"
#include "sim/errors.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

utrn::Value value_of(std::int64_t pence, bool pounds) {
    const auto value =
        utrn::value_of_pence(pence, pounds ? utrn::ValueClass::pounds : utrn::ValueClass::pence);
    if (value) return *value;
    throw BadRequest(std::to_string(pence) + " pence do not fit a UTRN: it carries up to " +
                     std::to_string(utrn::kMaximumValue) + " pence or as many whole pounds");
}

SharedSecret secret_of(const std::string& octets) {
    SharedSecret secret{};
    if (octets.size() != secret.size())
        throw BadRequest("a shared secret has 32 octets, this one has " + std::to_string(octets.size()));
    std::copy(octets.begin(), octets.end(), secret.begin());
    return secret;
}

py::dict fields(const utrn::Token& token) {
    py::dict out;
    out["counter_bits"] = token.counter_bits;
    out["value_class"] = token.value.value_class == utrn::ValueClass::pounds ? "pounds" : "pence";
    out["amount"] = token.value.amount;
    out["pence"] = token.value.credit() / utrn::kUnitsPerPenny;
    out["mac"] = token.mac;
    return out;
}

py::dict read(const std::string& code) {
    const auto token = utrn::read(code);
    if (token) return fields(*token);
    py::dict out;
    out["fault"] = std::string(token.error());
    return out;
}

/// With the private key (PEM) of one end and the certificate of the other; ValueError says what is wrong.
py::bytes agree(const std::string& private_key, const std::string& certificate) {
    const auto key = KeyPair::from_pem(private_key);
    if (!key) throw BadRequest(key.error());
    const auto peer = Certificate::parse_pem(certificate);
    if (!peer) throw BadRequest(peer.error());
    const SharedSecret secret = key->agree(peer->public_key);
    return {reinterpret_cast<const char*>(secret.data()), secret.size()};
}

py::tuple make(const std::string& secret, std::uint64_t supplier, std::uint64_t device, std::uint64_t counter,
               std::int64_t pence, bool pounds) {
    const utrn::Binding binding{Eui64{supplier}, Eui64{device}, utrn::originator_counter(counter)};
    const utrn::Value value = value_of(pence, pounds);
    const SharedSecret shared = secret_of(secret);
    return py::make_tuple(utrn::write(utrn::make(binding, value, shared)),
                          to_hex(utrn::mac(binding, value, shared)));
}

bool is_authentic(const std::string& code, const std::string& secret, std::uint64_t supplier,
                  std::uint64_t device, std::uint64_t counter) {
    const auto token = utrn::read(code);
    if (!token) throw BadRequest(std::string(token.error()));
    return utrn::is_authentic(*token, {Eui64{supplier}, Eui64{device}, utrn::originator_counter(counter)},
                              secret_of(secret));
}

py::dict outcome_of(const UtrnOutcome& outcome) {
    py::dict out;
    out["refusal"] = std::string(outcome.refusal);
    out["event"] = outcome.event;
    out["credit"] = outcome.credit;
    out["balance"] = outcome.balance;
    out["counter"] = outcome.counter;
    return out;
}

std::optional<std::uint16_t> event_of(std::string_view refusal) {
    const std::uint16_t event = top_up_refusal(refusal).event;
    return event == 0 ? std::nullopt : std::optional(event);
}

}  // namespace

void define_utrn(py::module_& module) {
    module.def("utrn_read", &read, py::arg("code"), "Fields of a UTRN, or its fault.");
    module.def("top_up_event", &event_of, py::arg("refusal"),
               "Code of the event that a meter logs for this refusal; None when only its display tells.");
    module.def("utrn_make", &make, py::arg("secret"), py::arg("supplier"), py::arg("device"),
               py::arg("counter"), py::arg("pence"), py::arg("pounds"),
               "A UTRN and its whole GMAC in hexadecimal.");
    module.def("utrn_is_authentic", &is_authentic, py::arg("code"), py::arg("secret"), py::arg("supplier"),
               py::arg("device"), py::arg("counter"));
    module.def("utrn_deduce_counter", &utrn::deduce_counter, py::arg("highest"), py::arg("counter_bits"));
    module.def("agree", &agree, py::arg("private_key"), py::arg("certificate"),
               "The secret that two key agreement keys share.");
}

std::string make_utrn(World& world, const std::string& user, std::uint64_t device, std::int64_t pence,
                      bool pounds) {
    return world.make_utrn(world.user(user), Eui64{device}, value_of(pence, pounds));
}

py::bytes top_up_secret(World& world, const std::string& user, std::uint64_t device) {
    const SharedSecret& secret = world.top_up_secret(world.user(user), Eui64{device});
    return py::bytes(reinterpret_cast<const char*>(secret.data()), secret.size());
}

py::object enter_utrn(World& world, std::uint64_t device, const std::string& code) {
    const auto outcome = world.enter_utrn(Eui64{device}, code);
    if (!outcome) return py::none();
    return outcome_of(*outcome);
}

}  // namespace meterbed::bindings
