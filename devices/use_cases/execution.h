// What a use case is given and what it gives back.
#pragma once

#include "devices/verification.h"

namespace meterbed {

struct Execution {
    Device& device;
    const Verified& command;
    Context& context;

    /// The command's payload as the type its use case has; throws std::bad_variant_access when the row is
    /// wrong.
    template <typename T>
    const T& content() const {
        return std::get<T>(std::get<gbcs::Cs02Payload>(command.content));
    }
    const gbcs::GroupingHeader& header() const { return command.message.header; }
    /// A note about this command, `what` and the rest to be filled in.
    Note note(std::string_view what) const {
        return {.what = what,
                .device = device.id(),
                .party = header().originator,
                .code = command.message.code(),
                .counter = header().counter};
    }
};

struct Answer {
    std::optional<Bytes> payload;  ///< nothing: there is no executor, or no answer can be made
    std::string_view failure;      ///< why it failed, a constant; empty when it went well
    bool stored = false;           ///< future dated
    std::optional<std::uint64_t>
        supplementary_counter;  ///< of its own, where it encrypted for an unknown party
};

/// Names a failure in an answer that has no better word.
constexpr std::string_view kNotSupported = "not supported by the device";

using Handler = Answer (*)(Execution&);

/// By the visible tables of table.cpp: first by message code, then by payload family.
Answer execute_use_case(Execution& execution);
/// The name of the executor those tables give a command; empty when there is none.
std::string_view executor_of(const gbcs::UseCase& use_case);

// The executors the tables name.
Answer update_security_credentials(Execution& execution);   ///< CS02b, CS02g
Answer provide_security_credentials(Execution& execution);  ///< CS02a, CS02f
Answer issue_security_credentials(Execution& execution);    ///< CS02c
Answer update_device_certificate(Execution& execution);     ///< CS02d
Answer provide_device_certificate(Execution& execution);    ///< CS02e
Answer join_device(Execution& execution);                   ///< CS03A1, A2, B, C
Answer unjoin_device(Execution& execution);                 ///< CS04AC, CS04B
Answer activate_firmware(Execution& execution);             ///< CS06
Answer read_join_details(Execution& execution);             ///< CS07
Answer read_firmware_version(Execution& execution);         ///< CS08
Answer restore_device_log(Execution& execution);            ///< GCS59
Answer set_gas_clock(Execution& execution);                 ///< GCS28
Answer access_objects(Execution& execution);                ///< every DLMS use case
Answer access_attributes(Execution& execution);             ///< every GBZ use case

/// GCS62: a GPF tells the ACB its Device Log.
void back_up_device_log(Device& device, Context& context);
/// Whether the timer was that of a future dated firmware activation.
bool on_firmware_timer(Device& device, std::uint64_t tag, Context& context);

/// A future dated update whose time has come: executes it and sends its alert; keeps it when time is not
/// reliable.
void execute_pending_update(Device& device, std::uint64_t tag, Context& context);

/// Passive DLMS values whose time has come, and periods of auxiliary controllers; false when the timer is
/// none of theirs.
bool on_activation_timer(Device& device, std::uint64_t tag, Context& context);
bool on_controller_timer(Device& device, std::uint64_t tag, Context& context);

}  // namespace meterbed
