#include "devices/use_cases/update_checks.h"

#include <algorithm>

#include "devices/verification.h"

namespace meterbed {
namespace {

constexpr std::uint16_t kFirstCode = 0x0100, kLastCode = 0x0109;

struct LoadControllerCode {
    ReplacementMode mode;
    std::uint16_t code;
};
constexpr LoadControllerCode kLoadControllerCodes[] = {
    {ReplacementMode::loadControllerByLoadController, 0x0125},
    {ReplacementMode::loadControllerBySupplier, 0x0126},
};

/// The cell of the signature. Absent only when the ACB replaces itself, which it does by its MAC, except on a
/// CHF.
std::optional<Cell> authorising_cell(ReplacementMode mode, DeviceType device) {
    if (mode == ReplacementMode::accessControlBrokerByACB && device != DeviceType::CHF) return std::nullopt;
    const auto role = authorising_role(mode);
    if (!role) return std::nullopt;
    return Cell{*role, KeyUsage::digitalSignature};
}

Verdict check_control(const gbcs::UpdateSecurityCredentials& update, const gbcs::Message& message,
                      ReplacementMode mode, DeviceType device) {
    const auto refused = [](const char* text) {
        return Verdict::refused(command_codes::inconsistent_control, text);
    };
    if (update.authorising_counter != message.header.counter) return refused("authorising counter");
    if (replacement_mode(update.mode) != mode) return refused("mode and message code");
    if (update.authorising_cell != authorising_cell(mode, device)) return refused("authorising cell");
    if (update.plaintext_symmetric_key) return refused("symmetric key without contingency");
    return {};
}

Verdict check_targets(const gbcs::UpdateSecurityCredentials& update, ReplacementMode mode,
                      DeviceType device) {
    const auto& replacements = update.replacements;
    for (auto it = replacements.begin(); it != replacements.end(); ++it) {
        if (Verdict verdict = may_replace(mode, device, it->target); !verdict) return verdict;
        const auto same = [&it](const gbcs::Replacement& other) { return other.target == it->target; };
        if (std::any_of(replacements.begin(), it, same))
            return Verdict::refused(command_codes::duplicate_target, it->target.text());
    }
    return {};
}

}  // namespace

gbcs::MessageCode update_code(ReplacementMode mode) {
    for (const LoadControllerCode& row : kLoadControllerCodes)
        if (row.mode == mode) return gbcs::MessageCode{row.code};
    return gbcs::MessageCode{static_cast<std::uint16_t>(kFirstCode + static_cast<std::uint16_t>(mode))};
}

std::optional<ReplacementMode> update_mode(gbcs::MessageCode code) {
    const auto number = static_cast<std::uint16_t>(code);
    for (const LoadControllerCode& row : kLoadControllerCodes)
        if (row.code == number) return row.mode;
    if (number < kFirstCode || number > kLastCode) return std::nullopt;
    return replacement_mode(static_cast<std::uint64_t>(number - kFirstCode));
}

Verdict check_update(const gbcs::UpdateSecurityCredentials& update, const gbcs::Message& message,
                     DeviceType device) {
    const auto mode = update_mode(message.code());
    if (!mode) return Verdict::refused(command_codes::inconsistent_control, "not an update");
    if (Verdict verdict = check_control(update, message, *mode, device); !verdict) return verdict;
    return check_targets(update, *mode, device);
}

}  // namespace meterbed
