#include <pybind11/stl.h>

#include <array>
#include <cstdio>

#include "python/bindings/define.h"
#include "sim/errors.h"
#include "sim/scenario/run.h"
#include "sim/scenario/settings_text.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

Time time_of(const std::string& text) {
    const auto time = parse_time(text);
    if (!time) throw BadRequest("'" + text + "' is not a time");
    return *time;
}

Settings settings_of(const std::map<std::string, std::string>& words) {
    std::vector<scenario::Override> overrides;
    for (const auto& [key, value] : words) overrides.push_back({key, value});
    auto read = scenario::read_settings_text(overrides, scenario::vocabulary());
    if (!read.problems.empty()) raise_problems(read.problems);
    return read.settings;
}

std::unique_ptr<World> make_world(std::uint64_t seed, const std::string& start, const std::string& kernel,
                                  const std::map<std::string, std::string>& settings) {
    WorldOptions options;
    options.seed = seed;
    options.start = time_of(start);
    options.settings = settings_of(settings);
    options.kernel = kernel_named(kernel);
    return std::make_unique<World>(options);
}

std::uint16_t user_of_role(World& world, const std::string& name, gbcs::EnumSet<UserRole> roles) {
    const auto known = world.directory().user(name);
    return known ? *known : world.add_user(name, roles);
}

/// Facts of the supply at a home.
struct SupplyWords {
    bool polyphase, mpxn_known;
    std::uint32_t cell;
    bool prepayment;
};

Home add_home(World& world, const std::string& region_name, const std::string& supplier,
              const std::string& network_operator, bool gas, bool ppmid, const std::string& kind,
              const SupplyWords& supply) {
    HomeOptions options;
    const auto place = region(region_name);
    if (!place) throw BadRequest("there is no region '" + region_name + "'; choose North, Central or South");
    if (kind != "SMETS1" && kind != "SMETS2") throw BadRequest("'" + kind + "' is neither SMETS1 nor SMETS2");
    options.site.region = *place;
    options.generation = kind == "SMETS1" ? Generation::SMETS1 : Generation::SMETS2;
    options.supplier = user_of_role(world, supplier, {UserRole::IS, UserRole::GS});
    options.network_operator = user_of_role(world, network_operator, {UserRole::ED, UserRole::GT});
    options.site.polyphase = supply.polyphase;
    options.site.mpxn_known = supply.mpxn_known;
    options.site.cell = supply.cell;
    options.gas = gas;
    options.ppmid = ppmid;
    options.prepayment = supply.prepayment;
    return world.add_home(options);
}

/// What a prepayment customer is doing; None where there is none. Times in microseconds, None for never.
py::object customer(const World& world, std::int32_t home) {
    const PrepaidHome* const prepaid = world.prepaid(home);
    if (prepaid == nullptr) return py::none();
    const Customer& it = prepaid->customer;
    const auto time = [](Time at) -> py::object {
        if (at == Time::max()) return py::none();
        return py::int_(at.time_since_epoch().count());
    };
    py::dict out;
    out["channel"] = kChannelNames[static_cast<std::size_t>(it.traits.channel)];
    out["pounds"] = it.traits.pounds;
    out["wakes"] = time(it.wakes);
    out["payments"] = it.payments;
    out["waiting_for"] = it.waiting_for;
    out["has_code"] = it.has_code;
    out["code"] = prepaid->code;
    out["fault"] = kHomeFaultNames[static_cast<std::size_t>(prepaid->cover.fault)];
    return out;
}

RemotePartyRole cell_named(const std::string& cell) {
    if (cell == "network operator") return RemotePartyRole::networkOperator;
    if (cell == "supplier") return RemotePartyRole::supplier;
    throw BadRequest("there is no cell '" + cell + "'; choose network operator or supplier");
}

std::vector<CertificateRef> certificates_of(const py::handle& list) {
    std::vector<CertificateRef> out;
    for (const auto& der : list.cast<std::vector<std::string>>()) out.push_back(certificate_as_is(der));
    return out;
}

/// words: certificate (user whose certificates are placed), cell, renew (fresh ones first), certificates and
/// path (these very ones, DER), body (of DUIS).
RequestOptions request_options(World& world, const std::string& user, const std::string& service,
                               std::uint64_t device, const py::kwargs& words) {
    RequestOptions options;
    options.user = world.user(user);
    options.service = service;
    options.device = Eui64{device};
    std::string owner;
    std::string cell;
    bool renew = false;
    for (const auto& [key, value] : words) {
        const auto word = key.cast<std::string>();
        if (word == "certificate") {
            owner = value.cast<std::string>();
        } else if (word == "cell") {
            cell = value.cast<std::string>();
        } else if (word == "renew") {
            renew = value.cast<bool>();
        } else if (word == "body") {
            options.body = std::make_shared<const duis::Element>(element_of(value.cast<py::tuple>()));
        } else if (word == "certificates") {
            options.replacements = certificates_of(value);
        } else if (word == "path") {
            options.path = certificates_of(value);
        } else {
            throw BadRequest("a request has no option '" + word +
                             "'; choose certificate, cell, renew, certificates, path or body");
        }
    }
    if (!owner.empty() || !options.replacements.empty()) {
        const std::uint16_t index = owner.empty() ? options.user : world.user(owner);
        if (renew) world.renew(index);
        const RemotePartyRole role = cell.empty() ? world.directory().users[index].role : cell_named(cell);
        options.certificates = CertificatesOf{index, role, {}};
    } else if (!cell.empty()) {
        options.roles = {cell_named(cell)};
    }
    return options;
}

std::uint32_t request(World& world, const std::string& user, const std::string& service, std::uint64_t device,
                      const py::kwargs& words) {
    return world.request(request_options(world, user, service, device, words), world.now());
}

void watch_signals() {
    const py::gil_scoped_acquire held;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
}

void run_until(World& world, std::int64_t time_us) {
    const Time until{Duration{time_us}};
    if (until < world.now()) {
        throw BadRequest(to_text(until) + " lies before the present of the world, " + to_text(world.now()));
    }
    const py::gil_scoped_release released;
    const Duration slice = std::max<Duration>((until - world.now()) / 400, std::chrono::seconds{1});
    do {
        world.run_until(std::min(until, world.now() + slice));
        watch_signals();
    } while (world.now() < until);
}

bool run_until_done(World& world, std::uint32_t ticket, std::int64_t limit_us) {
    if (limit_us < 0) throw BadRequest("the limit is negative");
    const Time limit = world.now() + Duration{limit_us};
    const py::gil_scoped_release released;
    constexpr int kStepsBetweenLooks = 1000;
    for (int steps = 0; !world.ticket(ticket).done() && world.step(limit); ++steps) {
        if (steps % kStepsBetweenLooks == 0) watch_signals();
    }
    return world.ticket(ticket).done();
}

std::string outcome_of(const Ticket& ticket) {
    if (ticket.succeeded()) return "delivered";
    if (ticket.code == "I0") return "failed";
    if (ticket.code == "E20" || ticket.code == "E21") return "timed out";
    return "refused";
}

std::vector<std::string> path_of(const World& world, std::uint32_t number) {
    const Records records = world.records();
    std::vector<std::string> out;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records.request[i] != number) continue;
        std::string line = to_text(Time{Duration{records.time[i]}}) + "  " + records.text(records.station[i]);
        line += ": " + records.text(records.what[i]);
        for (const std::int32_t word : {records.code[i], records.detail[i]}) {
            if (!records.text(word).empty()) line += ", " + records.text(word);
        }
        if (records.bytes[i] != 0) line += ", " + std::to_string(records.bytes[i]) + " octets";
        out.push_back(std::move(line));
    }
    return out;
}

py::bytes as_bytes(const Bytes& octets) {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

py::dict ticket(const World& world, std::uint32_t number) {
    const Ticket& held = world.ticket(number);
    py::dict out;
    out["outcome"] = held.done() ? py::object(py::str(outcome_of(held))) : py::object(py::none());
    out["code"] = held.done() ? py::object(py::str(std::string(held.code))) : py::object(py::none());
    out["detail"] = std::string(held.detail);
    out["inclusive_s"] =
        held.done()
            ? py::object(py::float_(std::chrono::duration<double>(*held.done_at - held.sent_at).count()))
            : py::object(py::none());
    out["response"] = as_bytes(held.response);
    out["answer"] = held.answer ? py::object(plain(*held.answer)) : py::object(py::none());
    out["command"] = as_bytes(world.command(number));
    out["path"] = path_of(world, number);
    return out;
}

std::vector<std::pair<std::string, std::string>> deliver(World& world, std::uint64_t device,
                                                         const std::string& message) {
    return world.deliver(Eui64{device},
                         {reinterpret_cast<const std::uint8_t*>(message.data()), message.size()});
}

py::bytes command(World& world, const std::string& user, const std::string& service, std::uint64_t device,
                  const py::kwargs& words) {
    return as_bytes(world.make_command(request_options(world, user, service, device, words)));
}

py::list trust_anchors(World& world, std::uint64_t id) {
    py::list out;
    const Device* device = world.device(Eui64{id});
    if (device == nullptr) return out;  // SMETS1 meters hold none
    for (const Cell& cell : device->trust_anchors().cells()) {
        const CertificateRef& held = device->trust_anchors().at(cell);
        py::dict row;
        row["cell"] = cell.text();
        const Party* party = held ? world.directory().party(held->subject) : nullptr;
        row["subject"] = !held              ? std::string("nothing")
                         : party != nullptr ? party->name
                                            : held->subject.text();
        row["role"] = held && held->role ? std::string(name(*held->role)) : std::string();
        row["key_identifier"] = held ? to_hex(held->key_identifier) : std::string();
        row["not_after"] = held ? to_text(held->not_after) : std::string();
        out.append(row);
    }
    return out;
}

py::object eui(const Home&, Eui64 id) {
    return id.value == 0 ? py::object(py::none()) : py::object(py::int_(id.value));
}

}  // namespace

void define_world(py::module_& module) {
    py::class_<Home>(module, "Home", "A premises; devices it does not have are None.")
        .def_readonly("number", &Home::number)
        .def_property_readonly("esme", [](const Home& home) { return eui(home, home.esme); })
        .def_property_readonly("gsme", [](const Home& home) { return eui(home, home.gsme); })
        .def_property_readonly("chf", [](const Home& home) { return eui(home, home.chf); })
        .def_property_readonly("gpf", [](const Home& home) { return eui(home, home.gpf); })
        .def_property_readonly("ppmid", [](const Home& home) { return eui(home, home.ppmid); });

    py::class_<World>(module, "World", "A world stepped by hand.")
        .def(py::init(&make_world), py::arg("seed"), py::arg("start"), py::arg("kernel") = "plain",
             py::arg("settings") = std::map<std::string, std::string>{})
        .def_property_readonly("now",
                               [](const World& world) { return world.now().time_since_epoch().count(); })
        .def(
            "add_user",
            [](World& world, const std::string& name, const std::string& role) {
                const auto known = user_role(role);
                if (!known) throw BadRequest("there is no user role '" + role + "'");
                world.add_user(name, {*known});
            },
            py::arg("name"), py::arg("role"))
        .def(
            "add_home",
            [](World& world, const std::string& region, const std::string& supplier,
               const std::string& network_operator, bool gas, bool ppmid, const std::string& kind,
               bool polyphase, bool mpxn_known, std::uint32_t cell, bool prepayment) {
                return add_home(world, region, supplier, network_operator, gas, ppmid, kind,
                                {polyphase, mpxn_known, cell, prepayment});
            },
            py::arg("region") = "Central", py::arg("supplier") = "supplier-a",
            py::arg("network_operator") = "east-midlands", py::arg("gas") = false, py::arg("ppmid") = false,
            py::arg("kind") = "SMETS2", py::arg("polyphase") = false, py::arg("mpxn_known") = true,
            py::arg("cell") = 0, py::arg("prepayment") = false)
        .def("pay", &World::pay, py::arg("home"), py::arg("pounds"),
             "The prepayment customer of a home pays now; the number of the payment.")
        .def("customer", &customer, py::arg("home"),
             "What the prepayment customer of a home is doing; None without one.")
        .def("home", &World::home, py::arg("number"), py::return_value_policy::copy)
        .def("request", &request, py::arg("user"), py::arg("service"), py::arg("device_eui"))
        .def("command", &command, py::arg("user"), py::arg("service"), py::arg("device_eui"),
             "The command a request would become, signed and with its MACs; nothing is sent.")
        .def("user_eui",
             [](const World& world, const std::string& user) {
                 return world.directory().users[world.user(user)].id.value;
             })
        .def_property_readonly("authority", &World::authority, py::return_value_policy::reference_internal)
        .def(
            "publish", [](World& world, const std::string& der) { world.publish(certificate_as_is(der)); },
            py::arg("certificate"), "Enters a certificate in the SMKI repository as In use.")
        .def("run_until", &run_until, py::arg("time_us"))
        .def("run_until_done", &run_until_done, py::arg("ticket"), py::arg("limit_us"))
        .def("ticket", &ticket, py::arg("id"))
        .def("deliver", &deliver, py::arg("device_eui"), py::arg("message"),
             "Hands octets to a device now; (what, verdict) of everything it did.")
        .def("make_utrn", &make_utrn, py::arg("user"), py::arg("device_eui"), py::arg("pence"),
             py::arg("pounds"))
        .def("enter_utrn", &enter_utrn, py::arg("device_eui"), py::arg("code"),
             "Types a UTRN at a meter now; None when it has no power.")
        .def(
            "enter_utrn_at_ppmid",
            [](World& world, std::uint64_t ppmid, std::uint64_t meter, const std::string& code) {
                world.enter_utrn_at_ppmid(Eui64{ppmid}, Eui64{meter}, code);
            },
            py::arg("ppmid_eui"), py::arg("meter_eui"), py::arg("code"),
            "Types a UTRN at a PPMID now, which hands it on to a meter.")
        .def("top_up_secret", &top_up_secret, py::arg("user"), py::arg("device_eui"),
             "32 octets that a Supplier's top-up key and the key of a device share.")
        .def("trust_anchors", &trust_anchors, py::arg("device_eui"))
        .def(
            "power", [](World& world, std::int32_t home, bool on) { world.power(home, on, world.now()); },
            py::arg("home"), py::arg("on"))
        .def("columns", [](const World& world) { return columns(world.records()); })
        .def(
            "close", [](World& world) { world.finish(); }, "Ends the world; its records stay readable.");
}

}  // namespace meterbed::bindings
