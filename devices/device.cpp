#include "devices/device.h"

#include <stdexcept>

#include "devices/alerts.h"
#include "devices/prepayment/metering.h"
#include "devices/responding.h"
#include "devices/use_cases/execution.h"
#include "devices/use_cases/gas/commands.h"

namespace meterbed {
namespace {

std::optional<Eui64> unknown_party_of(const gbcs::Message& message) {
    return message.header.other.supplementary_party;
}

/// ECS100: the command was authentic, but this device has nothing that executes it (RTDS, code 8F85).
void report_unsupported(Device& device, const Verified& command, Context& context) {
    constexpr std::uint16_t kNotSupportedCode = 0x8F85;
    constexpr std::size_t kCounterSize = 8;
    const auto* alert_case = gbcs::find_use_case(alert_messages::not_supported);
    if (!alert_case || !alert_case->devices.has(device.type())) return;
    const auto code = static_cast<std::uint16_t>(command.message.code());
    Bytes refused{static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code & 0xFF)};
    const auto counter = Eui64{command.message.header.counter}.octets();
    refused.insert(refused.end(), counter.begin(), counter.begin() + kCounterSize);
    AlertDraft alert;
    alert.code = alert_messages::not_supported;
    alert.alert_code = kNotSupportedCode;
    alert.recipient = command.message.header.originator;
    alert.supplementary_party = unknown_party_of(command.message);
    alert.supplementary_counter = command.message.header.other.supplementary_counter;
    alert.counter = device.next_counter();
    alert.payload = alert_payload(device, alert.counter, kNotSupportedCode, context.now(),
                                  {gbcs::dlms::Value::octet_string(std::move(refused))});
    device.send(alert, context);
}

}  // namespace

Device::Device(DeviceType type, DeviceIdentity identity, gbcs::SharedSecrets& secrets)
    : type_(type),
      identity_(std::move(identity)),
      anchors_(type),
      secrets_(secrets),
      objects_(type),
      attributes_(type) {}

Device::~Device() = default;

void Device::receive(ByteView message, Context& context) {
    // Commands see, and change, a meter whose charges are those of now.
    prepayment::settle(*this, context);
    const Verified command = verify(message, *this);
    if (command.verdict)
        execute(command, context);
    else
        refuse(command, context);
    prepayment::settle(*this, context);
}

/// Steps 1 to 5 of GBCS 6.2.4 failing: dropped, no response; nothing changes but logs.
void Device::refuse(const Verified& command, Context& context) {
    const gbcs::GroupingHeader& header = command.message.header;
    context.note({.what = notes::command_dropped,
                  .device = id(),
                  .party = header.originator,
                  .code = command.message.code(),
                  .counter = header.counter,
                  .verdict = command.verdict.code});
    const RefusalConsequence& consequence = consequence_of(command.verdict.code);
    log(Log::security, consequence.event, context);
    if (consequence.alert && send_security_alerts)
        send_generic_alert(*this, true, consequence.event, context);
}

void Device::execute(const Verified& command, Context& context) {
    const gbcs::GroupingHeader& header = command.message.header;
    if (command.use_case->replay_checked)
        accept(counters_, command.role, command.message.code(), command.own_counter, header.counter);
    const KeyPair signing = identity_.signing;
    Execution execution{*this, command, context};
    Answer answer = execute_use_case(execution);
    Note done = execution.note(answer.stored            ? notes::command_stored
                               : answer.failure.empty() ? notes::command_executed
                                                        : notes::command_failed);
    done.verdict = answer.failure;
    context.note(done);
    if (!answer.payload) return report_unsupported(*this, command, context);
    const auto response = compose_response(*this, command, *std::move(answer.payload),
                                           answer.supplementary_counter, signing, context.now());
    if (!response) return;
    context.note(execution.note(notes::response_sent));
    context.send(gbcs::encode(*response));
}

namespace {

void carry_out_at_its_time(Device& device, std::uint64_t tag, Context& context) {
    if (on_activation_timer(device, tag, context) || on_controller_timer(device, tag, context)) return;
    if (gas::on_timer(device, tag, context) || on_firmware_timer(device, tag, context)) return;
    execute_pending_update(device, tag, context);
}

}  // namespace

void Device::on_timer(std::uint64_t tag, Context& context) {
    if (prepayment::on_metering_timer(*this, tag, context)) return;
    prepayment::settle(*this, context);
    carry_out_at_its_time(*this, tag, context);
    prepayment::settle(*this, context);
}

void Device::power(bool, Context&) {}

void Device::apply(SupplyEvent, Context&) {}

void Device::log(Log which, std::uint16_t event, Context& context, Bytes detail) {
    logs_.write(which, {context.now(), event, std::move(detail)});
    context.note({.what = notes::event_logged, .device = id(), .alert = event});
}

std::vector<LogEntry> Device::log(Log which) const { return logs_.read(which); }

void Device::replace_signing(KeyPair key, CertificateRef certificate) {
    identity_.signing = key;
    identity_.signing_certificate = std::move(certificate);
}

void Device::replace_agreement(KeyPair key, CertificateRef certificate) {
    identity_.agreement = key.public_key();
    identity_.agreement_key = key;
    identity_.agreement_certificate = std::move(certificate);
}

const SharedSecret* Device::secret_with(const PublicKey& peer) const {
    if (const SharedSecret* known = secrets_.find(identity_.agreement, peer)) return known;
    if (!identity_.agreement_key || !peer.on_curve()) return nullptr;
    return &secrets_.of(*identity_.agreement_key, peer);
}

namespace {

/// The secret with the party an alert is for: any key agreement cell that names it will do.
const SharedSecret* secret_with_party(const Device& device, Eui64 party) {
    const TrustAnchors& anchors = device.trust_anchors();
    for (const Cell& cell : anchors.cells()) {
        const bool agreement =
            cell.key_usage == KeyUsage::keyAgreement && cell.cell_usage == CellUsage::management;
        if (agreement && anchors.at(cell) && anchors.at(cell)->subject == party)
            return device.secret_with(anchors.at(cell)->public_key);
    }
    return nullptr;
}

}  // namespace

void Device::send(const AlertDraft& alert, Context& context) {
    gbcs::Message message;
    message.header = {gbcs::CraFlag::alert,
                      alert.counter,
                      id(),
                      alert.recipient,
                      {},
                      {alert.code, alert.supplementary_party, alert.supplementary_counter, {}, {}}};
    message.payload = alert.payload;
    const gbcs::UseCase* use_case = gbcs::find_use_case(alert.code);
    if (!use_case) throw std::logic_error("an alert without a use case");
    if (use_case->alert_protection == gbcs::Protection::mac) {
        const SharedSecret* secret = secret_with_party(*this, alert.recipient);
        if (!secret) return;
        message.mac = gbcs::make_mac(message, *secret);
    } else {
        message.signature = gbcs::make_signature(message, identity_.signing);
    }
    context.note({.what = notes::alert_sent,
                  .device = id(),
                  .party = alert.recipient,
                  .code = alert.code,
                  .counter = alert.counter,
                  .verdict = {},
                  .alert = alert.alert_code});
    context.send(gbcs::encode(message));
}

}  // namespace meterbed
