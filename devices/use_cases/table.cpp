// Which code executes which use case.
#include "devices/use_cases/execution.h"

namespace meterbed {
namespace {

struct ByCode {
    std::uint16_t first, last;  ///< message codes, inclusive
    std::string_view name;      ///< of the executor, for lists
    Handler handler;
};
constexpr ByCode kByCode[] = {
    {0x0008, 0x0008, "provide_security_credentials", provide_security_credentials},  // CS02a
    {0x011B, 0x011B, "provide_security_credentials", provide_security_credentials},  // CS02f
    {0x000A, 0x000A, "issue_security_credentials", issue_security_credentials},      // CS02c
    {0x000B, 0x000B, "update_device_certificate", update_device_certificate},        // CS02d
    {0x000C, 0x000C, "provide_device_certificate", provide_device_certificate},      // CS02e
    {0x000D, 0x000E, "join_device", join_device},                                    // CS03A1, CS03B
    {0x00AB, 0x00AB, "join_device", join_device},                                    // CS03A2
    {0x00AF, 0x00AF, "join_device", join_device},                                    // CS03C
    {0x000F, 0x0010, "unjoin_device", unjoin_device},                                // CS04AC, CS04B
    {0x0012, 0x0012, "activate_firmware", activate_firmware},                        // CS06
    {0x0013, 0x0013, "read_join_details", read_join_details},                        // CS07
    {0x0129, 0x0129, "read_firmware_version", read_firmware_version},                // CS08
    {0x008C, 0x008C, "restore_device_log", restore_device_log},                      // GCS59
    {0x007F, 0x007F, "set_gas_clock", set_gas_clock},                                // GCS28
    {0x0100, 0x0109, "update_security_credentials", update_security_credentials},    // CS02b, a code a mode
    {0x0125, 0x0126, "update_security_credentials", update_security_credentials},    // CS02g
};

struct ByFamily {
    gbcs::PayloadFamily family;
    std::string_view name;
    Handler handler;
};
constexpr ByFamily kByFamily[] = {
    {gbcs::PayloadFamily::dlms, "access_objects", access_objects},
    {gbcs::PayloadFamily::gbz, "access_attributes", access_attributes},
};

}  // namespace

std::string_view executor_of(const gbcs::UseCase& use_case) {
    if (use_case.kind != gbcs::UseCaseKind::command_response) return {};
    const auto code = static_cast<std::uint16_t>(use_case.code);
    for (const ByCode& row : kByCode)
        if (code >= row.first && code <= row.last) return row.name;
    for (const ByFamily& row : kByFamily)
        if (row.family == use_case.payload) return row.name;
    return {};
}

Answer execute_use_case(Execution& execution) {
    const auto code = static_cast<std::uint16_t>(execution.command.message.code());
    for (const ByCode& row : kByCode)
        if (code >= row.first && code <= row.last) return row.handler(execution);
    for (const ByFamily& row : kByFamily)
        if (row.family == execution.command.use_case->payload) return row.handler(execution);
    return {.payload = {}, .failure = kNotSupported, .stored = false, .supplementary_counter = {}};
}

}  // namespace meterbed
