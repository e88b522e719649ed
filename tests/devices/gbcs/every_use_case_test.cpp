// All 240 message codes have a codec: a message of each kind is built, written, read and typed again.
#include <gtest/gtest.h>

#include <set>

#include "devices/gbcs/describe.h"
#include "devices/gbcs/dlms_dictionary.h"
#include "devices/gbcs/opened.h"
#include "devices/gbcs/use_case.h"
#include "tests/devices/gbcs/hex.h"

namespace meterbed::gbcs {
namespace {

constexpr Eui64 kParty{0x90B3D51F30010000}, kDevice{0x00DB1234567890A0};
const Time kNoon = *parse_time("2030-06-01 12:00");
const ExecutionOutcome kOutcome{
    7,
    2,
    {},
    {{Cell{RemotePartyRole::supplier}, StatusCode::success, Bytes(8), Bytes(8), Bytes(8), Bytes(8)}}};
const Bytes kCertificate = hex("3003020101");

/// What a DLMS use case asks for, with a datum of some depth for each item.
dlms::AccessRequest request_of(MessageCode code) {
    dlms::AccessRequest request{0x20000007, {}, {}};
    for (const dlms::ObjectName& object : dlms::objects_of(code)) {
        request.specifications.push_back(
            {object.is_method ? dlms::Access::action : dlms::Access::get, object.attribute, 0, {}});
        request.data.push_back(dlms::Value::structure({dlms::Value::integer(dlms::Type::uint32, 7)}));
    }
    return request;
}

dlms::Payload dlms_of(MessageCode code, CraFlag cra) {
    const dlms::AccessRequest request = request_of(code);
    if (cra == CraFlag::command) return request;
    if (cra == CraFlag::response) {
        dlms::AccessResponse response{0x20000007, request.data, {}};
        for (const auto& item : request.specifications)
            response.results.push_back({item.access, dlms::Result::success});
        return response;
    }
    const DateTime time = dlms::date_time(kNoon);
    return dlms::DataNotification{
        0x20000007, dlms::Value::structure({dlms::Value::integer(dlms::Type::uint16, 0x8F0A),
                                            dlms::Value::octet_string({time.begin(), time.end()})})};
}

/// One component of each command in the direction, the shortest that its layout allows.
gbz::Payload gbz_of(CraFlag cra) {
    if (cra == CraFlag::alert) return gbz::Alert{0, 0x8F0A, 946080000, {}};
    gbz::Frame frame;
    for (const gbz::Layout& layout : gbz::layouts()) {
        gbz::Component component;
        component.cluster = layout.cluster == 0xFFFF ? std::uint16_t{0x0705} : layout.cluster;
        component.frame_control =
            static_cast<std::uint8_t>((layout.cluster == 0xFFFF ? 0 : 1) | (layout.from_server ? 8 : 0));
        component.command = layout.command;
        component.sequence = static_cast<std::uint8_t>(frame.components.size());
        while (!gbz::fields_of(component)) component.payload.push_back(0);
        frame.components.push_back(std::move(component));
    }
    return frame;
}

/// Values of every type that an ASN.1 message may have; those that its code has are taken.
std::vector<Body> asn1_values() {
    const DeviceLogEntry entry{kDevice, 5};
    const std::vector<DeviceLogEntry> log(12, entry);
    UpdateSecurityCredentials update;
    update.mode = 2;
    update.authorising_cell = Cell{RemotePartyRole::supplier};
    update.authorising_counter = 7;
    update.replacements = {{kCertificate, Cell{RemotePartyRole::supplier}}};
    const std::vector<Asn1Payload> plain{JoinDevice{2, kDevice, 3, {}},
                                         JoinDevice{3, kDevice, 5, kCertificate},
                                         JoinDeviceResponse{0},
                                         UnjoinDevice{kDevice},
                                         UnjoinDeviceResponse{1},
                                         ActivateFirmware{{}, 7, kForever},
                                         ActivateFirmware{{}, 7, {}},
                                         ActivateFirmwareResponse{},
                                         ActivateFirmwareResponse{ActivateFirmwareOutcome{1, {}}},
                                         ActivateFirmwareAlert{0x8F66, kNoon, 7, {}},
                                         NoParameters{},
                                         JoinDetails{1, {}},
                                         JoinDetails{0, log},
                                         FirmwareVersionReading{},
                                         SetClock{kNoon, kNoon},
                                         SetClockResponse{kNoon, 2},
                                         RestoreDeviceLog{log},
                                         RestoreDeviceLogResponse{{{entry, 4}}},
                                         DeviceLogBackupAlert{0x8071, kNoon, log},
                                         FirmwareTransferAlert{0x8F8A, kNoon, kDevice, {}, 0},
                                         FirmwareActivatedAlert{0x8F8B, kNoon, {}, 1}};
    const std::vector<Cs02Payload> credentials{
        update,
        UpdateSecurityCredentialsResponse{},
        UpdateSecurityCredentialsResponse{kOutcome},
        UpdateSecurityCredentialsAlert{0x8F67, kNoon, kOutcome},
        ProvideSecurityCredentials{Cell{RemotePartyRole::supplier}, {RemotePartyRole::root}},
        ProvideSecurityCredentialsResponse{{RemotePartyRole::root, StatusCode::trustAnchorNotFound, {}, {}}},
        KeyUsageRequest{KeyUsage::keyAgreement},
        EncodedOrResult{kCertificate},
        EncodedOrResult{std::uint64_t{3}}};
    std::vector<Body> bodies;
    for (const auto& value : plain) bodies.emplace_back(value);
    for (const auto& value : credentials) bodies.emplace_back(value);
    return bodies;
}

Message message_of(MessageCode code, CraFlag cra, Bytes payload) {
    Message message;
    message.header.cra = cra;
    message.header.counter = 7;
    message.header.originator = cra == CraFlag::command ? kParty : kDevice;
    message.header.recipient = cra == CraFlag::command ? kDevice : kParty;
    message.header.other.code = code;
    message.payload = std::move(payload);
    message.mac = Mac{};
    return message;
}

/// Whether the whole goes round: octets, typed values, tree, description.
bool goes_round(const Message& message) {
    const MessageCheck check = check_message(encode(message), KeyRing{});
    const auto again = message_from_tree(to_tree(message));
    const Description words = describe(message);
    return check.decoded && check.identical && check.failure.empty() && again && *again == message &&
           words.children.size() >= 3;
}

std::vector<Bytes> payloads(const UseCase& row, CraFlag cra) {
    std::vector<Bytes> out;
    if (row.payload == PayloadFamily::dlms || row.payload == PayloadFamily::unknown)
        out.push_back(dlms::encode(dlms_of(row.code, cra)));
    if (row.payload == PayloadFamily::gbz || row.payload == PayloadFamily::unknown)
        out.push_back(gbz::encode(gbz_of(cra)));
    if (!is_asn1(row.code) && !is_cs02(row.code)) return out;
    out.clear();
    for (const Body& body : asn1_values()) {
        Message message = message_of(row.code, cra, encode_body(body));
        const auto read = parse_body(message);
        if (read && *read == body) out.push_back(std::move(message.payload));
    }
    return out;
}

TEST(EveryUseCase, HasACodecForEachKindOfItsMessages) {
    ASSERT_EQ(use_cases().size(), 240U);
    for (const UseCase& row : use_cases()) {
        const auto kinds = row.kind == UseCaseKind::alert ? std::vector{CraFlag::alert}
                                                          : std::vector{CraFlag::command, CraFlag::response};
        for (CraFlag cra : kinds) {
            const auto made = payloads(row, cra);
            EXPECT_FALSE(made.empty()) << row.id << " has no payload of kind " << static_cast<int>(cra);
            for (const Bytes& payload : made) {
                const Message message = message_of(row.code, cra, payload);
                EXPECT_TRUE(goes_round(message)) << row.id << " " << to_hex(payload) << " "
                                                 << check_message(encode(message), KeyRing{}).failure;
                EXPECT_FALSE(std::holds_alternative<Unknown>(*parse_body(message))) << row.id;
            }
        }
    }
}

/// Whatever is cut off or changed: either it is reported, or it is another message that goes round as well.
void damage(const Message& message) {
    const Bytes whole = encode(message);
    const KeyRing none;
    const auto holds = [&](ByteView octets) {
        const MessageCheck check = check_message(octets, none);
        EXPECT_EQ(check.failure.empty(), check.decoded && check.identical) << check.failure;
        if (const auto read = parse(octets)) describe(*read, &none);
        return check.failure.empty();
    };
    const std::size_t step = 1 + whole.size() / 24;
    for (std::size_t size = 0; size < whole.size(); size += step)
        EXPECT_FALSE(holds(ByteView(whole).first(size)))
            << find_use_case(message.code())->id << " cut to " << size;
    for (std::size_t at = 0; at < whole.size(); at += step)
        for (const std::uint8_t with : std::initializer_list<std::uint8_t>{0x00, 0x7F, 0x80, 0xFF}) {
            Bytes changed = whole;
            changed[at] = with;
            holds(changed);
        }
}

TEST(EveryUseCase, SurvivesDamage) {
    std::set<std::string> damaged;  // gas use cases share theirs
    for (const UseCase& row : use_cases())
        for (CraFlag cra : {CraFlag::command, CraFlag::response, CraFlag::alert})
            for (const Bytes& payload : payloads(row, cra))
                if (damaged.insert(to_hex(payload)).second) damage(message_of(row.code, cra, payload));
}

TEST(EveryUseCase, APayloadOfAnotherKindIsRefused) {
    for (const UseCase& row : use_cases()) {
        if (row.payload == PayloadFamily::unknown && !is_cs02(row.code)) continue;
        const MessageCheck check =
            check_message(encode(message_of(row.code, CraFlag::command, hex("00"))), KeyRing{});
        EXPECT_FALSE(check.decoded) << row.id;
        EXPECT_FALSE(check.failure.empty()) << row.id;
    }
}

}  // namespace
}  // namespace meterbed::gbcs
