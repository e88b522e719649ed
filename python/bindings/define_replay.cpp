#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <filesystem>

#include "devices/gbcs/cs02.h"
#include "devices/replay/replay.h"
#include "python/bindings/define.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

ByteView view(const std::string_view octets) {
    return {reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()};
}

/// Keys read once, and exchanges replayed with them.
class Replayer {
  public:
    explicit Replayer(const std::filesystem::path& keys) {
        auto ring = gbcs::KeyRing::load(keys);
        if (!ring) throw py::value_error(ring.error());
        keys_ = *std::move(ring);
    }
    void trust(const py::bytes& message) {
        if (!root_) root_ = replay::anchor_in(view(message));
    }
    py::dict pair(const py::bytes& command, const py::bytes& response, const std::string& type) const {
        const DeviceType device = type_named(type);
        return fields(replay::replay_pair(view(command), view(response), device, {keys_, root_}));
    }
    py::dict alert(const py::bytes& alert, const std::vector<std::string>& commands,
                   const std::string& type) const {
        return fields(
            replay::replay_alert(view(alert), octets_of(commands), type_named(type), {keys_, root_}));
    }

  private:
    static DeviceType type_named(const std::string& type) {
        const auto device = device_type(type);
        if (!device) throw py::value_error("there is no device type '" + type + "'");
        return *device;
    }
    static std::vector<Bytes> octets_of(const std::vector<std::string>& texts) {
        std::vector<Bytes> out;
        for (const std::string& text : texts) out.emplace_back(text.begin(), text.end());
        return out;
    }
    static py::dict fields(const replay::Outcome& outcome) {
        constexpr std::string_view kNames[] = {"different", "equal_to_signature", "equal"};
        py::dict out;
        out["likeness"] = kNames[static_cast<std::size_t>(outcome.likeness)];
        out["loaded"] = outcome.loaded;
        out["fault"] = outcome.fault;
        out["reason"] = outcome.reason;
        return out;
    }

    gbcs::KeyRing keys_;
    CertificateRef root_;
};

std::optional<std::string> reference_device(std::uint64_t id) {
    const auto type = replay::reference_device(Eui64{id});
    return type ? std::optional(std::string(name(*type))) : std::nullopt;
}

}  // namespace

void define_replay(py::module_& module) {
    py::class_<Replayer>(module, "Replayer",
                         "Replays recorded exchanges on simulated devices that hold the given trust anchors.")
        .def(py::init<const std::filesystem::path&>(), py::arg("keys"))
        .def("trust", &Replayer::trust, py::arg("message"),
             "Takes the issuing certificate of a credential command as anchor, when none is held yet.")
        .def("pair", &Replayer::pair, py::arg("command"), py::arg("response"), py::arg("device_type"))
        .def("alert", &Replayer::alert, py::arg("alert"), py::arg("commands"), py::arg("device_type"));
    module.def("reference_device", reference_device, py::arg("device"),
               "Type of a device of the Reference Test Data Set, None for others.");
    module.def(
        "message_header",
        [](const py::bytes& octets) {
            const auto message = gbcs::parse(view(octets));
            if (!message) throw py::value_error(message.error().text());
            py::dict out;
            out["code"] = static_cast<unsigned>(message->code());
            out["counter"] = message->header.counter;
            out["originator"] = message->header.originator.value;
            out["recipient"] = message->header.recipient.value;
            constexpr std::string_view kKinds[] = {"", "command", "response", "alert"};
            out["kind"] =
                message->pre_command ? "precommand" : kKinds[static_cast<std::size_t>(message->header.cra)];
            return out;
        },
        py::arg("octets"), "Header fields of a message; ValueError says why it cannot be read.");
}

}  // namespace meterbed::bindings
