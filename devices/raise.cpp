#include "devices/raise.h"

#include <algorithm>

#include "devices/gbcs/dlms_compact.h"
#include "devices/object_model.h"

namespace meterbed {

using gbcs::dlms::Attribute;
using gbcs::dlms::Type;
using gbcs::dlms::Value;

namespace {

struct Letter {
    char letter;
    RemotePartyRole role;
};
constexpr Letter kLetters[] = {{'S', RemotePartyRole::supplier},
                               {'N', RemotePartyRole::networkOperator},
                               {'A', RemotePartyRole::accessControlBroker},
                               {'W', RemotePartyRole::wanProvider}};

std::optional<Eui64> holder_of(const Device& device, char letter) {
    for (const Letter& row : kLetters)
        if (row.letter == letter)
            for (const KeyUsage usage : {KeyUsage::digitalSignature, KeyUsage::keyAgreement})
                if (const auto party = holder(device, {row.role, usage})) return party;
    return std::nullopt;
}

std::vector<Eui64> recipients_of(const Device& device, const AlertRow& row) {
    const bool first_only = row.recipients.find('|') != std::string_view::npos;
    std::vector<Eui64> out;
    for (const char letter : row.recipients) {
        const auto party = holder_of(device, letter);
        if (!party) continue;
        out.push_back(*party);
        if (first_only) break;
    }
    return out;
}

bool speaks_dlms(const Device& device) {
    return device.type() != DeviceType::gSME && device.type() != DeviceType::GPF;
}

/// The one of its own language, or else the only one there is; 0 when there is none.
std::uint16_t message_code(const Device& device, const AlertRow& row) {
    const std::uint16_t own = speaks_dlms(device) ? row.dlms : row.gas;
    return own != 0 ? own : speaks_dlms(device) ? row.gas : row.dlms;
}

/// An ASN.1 alert is more than code and time: it is sent when its payload is given.
bool can_be_written(std::uint16_t code, const AlertDetails& details) {
    const auto* use_case = gbcs::find_use_case(gbcs::MessageCode{code});
    return details.payload || !use_case || use_case->payload != gbcs::PayloadFamily::asn1;
}

/// Bit n of 256, counted from the last octet. Devices without the setting, and other codes, always say yes.
bool is_configured(const Device& device, std::uint16_t code, std::uint8_t setting) {
    const std::uint16_t family = code & 0xFF00;
    if (family != 0x8000 && family != 0x8100) return true;
    const std::uint8_t b = family == 0x8100 ? 30 : 33;
    const auto held = value_of(device, {1, {0, b, 97, 98, setting, 255}, 2});
    if (!held || held->octets.size() != 32) return true;
    const unsigned n = code & 0xFFU;
    return ((unsigned{held->octets[31U - n / 8U]} >> (n % 8U)) & 1U) != 0;
}
constexpr std::uint8_t kSentOverWan = 15, kLogged = 18;

void write_log(Device& device, const AlertRow& row, const AlertDetails& details, Context& context) {
    constexpr Log kLogs[] = {Log::event, Log::event, Log::security, Log::power};
    if (row.log == EventLog::none || !is_configured(device, row.code, kLogged)) return;
    device.log(kLogs[static_cast<std::size_t>(row.log)], row.code, context, details.log_detail);
}

void send_to(Device& device, const AlertRow& row, const AlertDetails& details, Eui64 recipient,
             Context& context) {
    AlertDraft alert;
    alert.code = gbcs::MessageCode{message_code(device, row)};
    alert.alert_code = row.code;
    alert.recipient = recipient;
    alert.supplementary_party = details.supplementary_party;
    alert.supplementary_counter = details.supplementary_counter;
    alert.counter = device.next_counter();
    alert.payload = details.payload
                        ? *details.payload
                        : alert_payload(device, alert.counter, row.code, context.now(), details.more);
    device.send(alert, context);
}

}  // namespace

bool raise(Device& device, std::uint16_t code, Context& context, const AlertDetails& details) {
    const AlertRow* row = find_alert(code);
    if (!row) return false;
    write_log(device, *row, details, context);
    const std::uint16_t message = message_code(device, *row);
    if (!row->sent || message == 0 || !can_be_written(message, details) ||
        !is_configured(device, code, kSentOverWan))
        return true;
    if (details.recipient) {
        send_to(device, *row, details, *details.recipient, context);
        return true;
    }
    for (const Eui64 recipient : recipients_of(device, *row))
        send_to(device, *row, details, recipient, context);
    return true;
}

namespace {

constexpr std::uint16_t kBillingDataUpdated = 0x8F0A;
constexpr std::uint8_t kEncryptionFlag = 0x04;
/// Billing data logs triggered by the calendar: registers, and balances of prepayment (ECS20c, ECS68).
constexpr Attribute kBillingLogs[] = {{7, {0, 0, 98, 1, 0, 255}, 2}};

/// [ { 2, { 04 || counter, device, party, nothing, { 2, { 02, nothing } } } } ] (GBCS 8, 9.3)
Value protection_parameters(Eui64 device, Eui64 party, std::uint64_t counter) {
    const auto octets = [](Eui64 id) {
        const auto eight = id.octets();
        return Bytes(eight.begin(), eight.end());
    };
    Bytes transaction{kEncryptionFlag};
    const Bytes number = octets(Eui64{counter});
    transaction.insert(transaction.end(), number.begin(), number.end());
    const Value two = Value::integer(Type::enumerated, 2);
    const Value key =
        Value::structure({two, Value::structure({Value::octet_string({0x02}), Value::octet_string({})})});
    Value fields =
        Value::structure({Value::octet_string(std::move(transaction)), Value::octet_string(octets(device)),
                          Value::octet_string(octets(party)), Value::octet_string({}), key});
    return {Type::array, 0, {}, {Value::structure({two, std::move(fields)})}};
}

Value newest_entry(const Device& device, const Attribute& log) {
    const auto held = value_of(device, log);
    if (!held || held->elements.empty()) return {Type::array, 0, {}, {}};
    return gbcs::dlms::pack({&held->elements.back()});
}

}  // namespace

bool raise_billing_data(Device& device, Context& context) {
    const Cell cell{RemotePartyRole::supplier, KeyUsage::keyAgreement};
    const TrustAnchors& anchors = device.trust_anchors();
    const CertificateRef reader = anchors.has(cell) ? anchors.at(cell) : nullptr;
    const SharedSecret* secret = reader ? device.secret_with(reader->public_key) : nullptr;
    if (!secret) return false;
    Value values = Value::structure({});
    for (const Attribute& log : kBillingLogs) values.elements.push_back(newest_entry(device, log));
    const std::uint64_t counter = device.own_counter() + 1;  // of the alert itself
    const auto key = gbcs::derive_key(*secret, device.id(), kEncryptionFlag, counter, reader->subject);
    const Bytes block = gbcs::encrypt(gbcs::dlms::encode_value(values), key, device.id());
    return raise(
        device, kBillingDataUpdated, context,
        {.more = {protection_parameters(device.id(), reader->subject, counter), Value::octet_string(block)},
         .recipient = reader->subject});
}

}  // namespace meterbed
