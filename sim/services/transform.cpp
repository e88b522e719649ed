#include "sim/services/transform.h"

#include <array>

#include "devices/gbcs/cs02.h"
#include "devices/gbcs/dlms.h"

namespace meterbed {

namespace {

using gbcs::MessageCode;
namespace dlms = gbcs::dlms;

// CS02b and CS02a
// ---------------------------------------------------------------------------------------------

Cell cell_for(RemotePartyRole role, std::size_t position) {
    switch (position) {
        case 0:
            return {role, KeyUsage::digitalSignature, CellUsage::management};
        case 1:
            return {role, KeyUsage::keyAgreement, CellUsage::management};
        default:
            return {role, KeyUsage::keyAgreement, CellUsage::prePaymentTopUp};
    }
}

ReplacementMode mode_for(RemotePartyRole role) {
    return role == RemotePartyRole::networkOperator ? ReplacementMode::networkOperatorByNetworkOperator
                                                    : ReplacementMode::supplierBySupplier;
}

Bytes update_credentials(const CredentialsUpdate& update, ReplacementMode mode, const Cell& authorising,
                         std::uint64_t counter) {
    gbcs::UpdateSecurityCredentials command;
    command.mode = static_cast<std::uint64_t>(mode);
    command.authorising_cell = authorising;
    command.authorising_counter = counter;
    command.new_floor = update.floor;
    for (std::size_t i = 0; i < update.replacements.size(); ++i) {
        command.replacements.push_back({update.replacements[i]->der, cell_for(update.role, i)});
    }
    for (const CertificateRef& certificate : update.path)
        command.path_certificates.push_back(certificate->der);
    return gbcs::encode_cs02(command);
}

Bytes update_by_holder(const ServiceRequest& request, CommandIdentity identity) {
    const CredentialsUpdate& update = *request.credentials;
    return update_credentials(update, mode_for(update.role), cell_for(update.role, 0), identity.counter);
}

Bytes provide_credentials(const ServiceRequest& request, CommandIdentity) {
    return gbcs::encode_cs02(gbcs::ProvideSecurityCredentials{
        {RemotePartyRole::accessControlBroker, KeyUsage::keyAgreement, CellUsage::management},
        request.roles});
}

// DLMS
// --------------------------------------------------------------------------------------------------------

constexpr dlms::Attribute attribute(std::uint16_t class_id, dlms::Obis obis, std::uint8_t index) {
    return {class_id, obis, index};
}

Bytes reads(std::span<const dlms::Specification> items, CommandIdentity identity) {
    dlms::AccessRequest request;
    request.invoke_id = dlms::invoke_id(identity.counter);
    request.specifications.assign(items.begin(), items.end());
    request.data.resize(items.size());
    return dlms::encode(request);
}

dlms::Specification get(dlms::Attribute item) { return {dlms::Access::get, item, 0, {}}; }

/// Range descriptor over the clock column, all entries (DLMS Blue Book, profile generic).
dlms::Value whole_log() {
    using dlms::Type;
    using dlms::Value;
    const Value clock =
        Value::structure({Value::integer(Type::uint16, 8), Value::octet_string({0, 0, 1, 0, 0, 255}),
                          Value::integer(Type::int8, 2), Value::integer(Type::uint16, 0)});
    return Value::structure({clock, Value::integer(Type::uint32, 0), Value::integer(Type::uint32, 0xFFFFFFFF),
                             Value{Type::array, 0, {}, {}}});
}

Bytes read_voltage_data(const ServiceRequest&, CommandIdentity identity) {
    constexpr dlms::Obis under{1, 0, 32, 32, 0, 4}, over{1, 0, 32, 36, 0, 4}, log{1, 0, 32, 24, 0, 255};
    const std::array items{
        get(attribute(3, under, 2)),
        get(attribute(3, under, 3)),
        get(attribute(3, over, 2)),
        get(attribute(3, over, 3)),
        dlms::Specification{dlms::Access::get_with_selection, attribute(7, log, 2), 1, whole_log()},
        get(attribute(7, log, 4))};
    return reads(items, identity);
}

Bytes read_export_registers(const ServiceRequest&, CommandIdentity identity) {
    constexpr dlms::Obis active{1, 0, 2, 8, 0, 255}, reactive{1, 0, 4, 8, 0, 255};
    const std::array items{get(attribute(3, active, 2)), get(attribute(3, active, 3)),
                           get(attribute(3, reactive, 2)), get(attribute(3, reactive, 3))};
    return reads(items, identity);
}

Bytes read_supply_status(const ServiceRequest&, CommandIdentity identity) {
    const std::array items{get(attribute(70, {0, 0, 96, 3, 10, 255}, 3))};
    return reads(items, identity);
}

/// Scripts of the disconnector script table (class 9): enable 33, disable 34, arm 36.
Bytes run_script(std::uint16_t script, CommandIdentity identity) {
    dlms::AccessRequest request;
    request.invoke_id = dlms::invoke_id(identity.counter);
    request.specifications = {{dlms::Access::action, attribute(9, {0, 0, 10, 0, 106, 255}, 1), 0, {}}};
    request.data = {dlms::Value::integer(dlms::Type::uint16, script)};
    return dlms::encode(request);
}
Bytes enable_supply(const ServiceRequest&, CommandIdentity identity) { return run_script(0x33, identity); }
Bytes disable_supply(const ServiceRequest&, CommandIdentity identity) { return run_script(0x34, identity); }
Bytes arm_supply(const ServiceRequest&, CommandIdentity identity) { return run_script(0x36, identity); }

// The table
// ---------------------------------------------------------------------------------------------------

/// Code 0: depends on the role (CS02b: 0x0100 + mode).
struct Row {
    std::string_view srv;
    DeviceType device;
    std::uint16_t code;
    Bytes (*payload)(const ServiceRequest&, CommandIdentity);
};

constexpr std::array kRows{
    Row{"4.10", DeviceType::eSME, 0x0039, read_voltage_data},
    Row{"4.2", DeviceType::eSME, 0x0026, read_export_registers},
    Row{"7.4", DeviceType::eSME, 0x0052, read_supply_status},
    Row{"7.1", DeviceType::eSME, 0x004F, enable_supply},
    Row{"7.2", DeviceType::eSME, 0x0050, disable_supply},
    Row{"7.3", DeviceType::eSME, 0x0051, arm_supply},
    Row{"6.15.1", DeviceType::eSME, 0, update_by_holder},
    Row{"6.15.1", DeviceType::gSME, 0, update_by_holder},
    Row{"6.15.1", DeviceType::GPF, 0, update_by_holder},
    Row{"6.21", DeviceType::eSME, 0, update_by_holder},
    Row{"6.21", DeviceType::GPF, 0, update_by_holder},
    Row{"6.24.1", DeviceType::eSME, 0x0008, provide_credentials},
    Row{"6.24.1", DeviceType::gSME, 0x0008, provide_credentials},
    Row{"6.24.1", DeviceType::CHF, 0x0008, provide_credentials},
    Row{"6.24.1", DeviceType::GPF, 0x0008, provide_credentials},
};

MessageCode code_of(const Row& row, const ServiceRequest& request) {
    if (row.code != 0) return MessageCode{row.code};
    return MessageCode{
        static_cast<std::uint16_t>(0x0100 + static_cast<unsigned>(mode_for(request.credentials->role)))};
}

gbcs::Message command(MessageCode code, const ServiceRequest& request, CommandIdentity identity,
                      Bytes payload) {
    gbcs::Message message;
    message.header.cra = gbcs::CraFlag::command;
    message.header.counter = identity.counter;
    message.header.originator = identity.originator;
    message.header.recipient = request.target;
    message.header.other.code = code;
    message.payload = std::move(payload);
    return message;
}

}  // namespace

bool made_by_dcc(const Service& service) { return service.srv == "6.21" || service.srv == "6.24.1"; }

bool has_transform(std::string_view srv) {
    for (const Row& row : kRows) {
        if (row.srv == srv) return true;
    }
    return false;
}

std::optional<gbcs::Message> transform(const ServiceRequest& request, DeviceType device,
                                       CommandIdentity identity) {
    for (const Row& row : kRows) {
        if (row.srv != request.service->srv || row.device != device) continue;
        return command(code_of(row, request), request, identity, row.payload(request, identity));
    }
    return std::nullopt;
}

gbcs::Message recovery_command(const ServiceRequest& request, CommandIdentity recovery) {
    constexpr auto mode = ReplacementMode::anyExceptAbnormalRootByRecovery;
    constexpr Cell authorising{RemotePartyRole::recovery, KeyUsage::digitalSignature, CellUsage::management};
    return command(MessageCode{0x0108}, request, recovery,
                   update_credentials(*request.credentials, mode, authorising, recovery.counter));
}

}  // namespace meterbed
