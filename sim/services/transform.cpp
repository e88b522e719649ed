#include "sim/services/transform.h"

#include <algorithm>
#include <array>

#include "devices/gbcs/cs02.h"
#include "sim/duis/transform.h"

namespace meterbed {

namespace {

using gbcs::MessageCode;

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

// By DUIS
// -----------------------------------------------------------------------------------------------------

/// Bodies of services that have nothing to say but their name; a log is read whole.
duis::Element plain_body(std::string_view srv) {
    duis::Element body{std::string(duis::rows_of(srv).front()->body), "", {}, {}, 0};
    if (srv != "4.10") return body;
    body.children.push_back({"ReadLogPeriod",
                             "",
                             {},
                             {duis::leaf("StartDateTime", "2000-01-01T00:00:00Z"),
                              duis::leaf("EndDateTime", "2099-12-31T23:59:59Z")},
                             0});
    return body;
}

constexpr std::array<std::string_view, 6> kPlain{"4.2", "4.10", "7.1", "7.2", "7.3", "7.4"};

tl::expected<duis::Transformed, duis::Refusal> by_duis(const ServiceRequest& request, DeviceType device,
                                                       CommandIdentity identity) {
    duis::Request asked;
    asked.originator = identity.originator;
    asked.target = request.target;
    asked.counter = identity.counter;
    asked.command_variant = request.service->critical ? 4 : 1;
    asked.srv = request.service->srv;
    asked.body = request.body ? *request.body : plain_body(request.service->srv);
    duis::TransformOptions options;
    options.device.type = device;
    if (made_by_dcc(*request.service)) options.acb = {identity.originator, identity.counter};
    return duis::transform(asked, options);
}

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
    if (std::ranges::find(kPlain, srv) != kPlain.end()) return true;
    for (const Row& row : kRows) {
        if (row.srv == srv) return true;
    }
    return false;
}

std::optional<gbcs::Message> transform(const ServiceRequest& request, DeviceType device,
                                       CommandIdentity identity) {
    const bool in_own_words =
        !request.body && std::ranges::find(kPlain, request.service->srv) == kPlain.end();
    if (!in_own_words) {
        auto made = by_duis(request, device, identity);
        if (!made) return std::nullopt;
        made->message.pre_command = false;
        return std::move(made->message);
    }
    for (const Row& row : kRows) {
        if (row.srv != request.service->srv || row.device != device) continue;
        return command(code_of(row, request), request, identity, row.payload(request, identity));
    }
    return std::nullopt;
}

std::string mistakes_of(const ServiceRequest& request, DeviceType device) {
    const auto made = by_duis(request, device, {request.originator, 1});
    std::string all;
    if (made) return all;
    for (const duis::Mistake& mistake : made.error().mistakes)
        all += (all.empty() ? "" : "\n") + mistake.path + " " + mistake.message;
    return all;
}

gbcs::Message recovery_command(const ServiceRequest& request, CommandIdentity recovery) {
    constexpr auto mode = ReplacementMode::anyExceptAbnormalRootByRecovery;
    constexpr Cell authorising{RemotePartyRole::recovery, KeyUsage::digitalSignature, CellUsage::management};
    return command(MessageCode{0x0108}, request, recovery,
                   update_credentials(*request.credentials, mode, authorising, recovery.counter));
}

}  // namespace meterbed
