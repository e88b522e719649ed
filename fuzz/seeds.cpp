// Writes seeds for the fuzz targets into FOLDER/<target>/: messages, payloads and certificates that our own
// encoders make, one of every kind.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "devices/gbcs/dlms_names.h"
#include "devices/gbcs/tree.h"
#include "devices/gbcs/zcl.h"
#include "devices/utrn.h"
#include "pki/authority.h"
#include "tests/devices/bench.h"

using namespace meterbed;
using namespace meterbed::gbcs;

namespace {

namespace fs = std::filesystem;

const Time kThen = *parse_time("2020-01-01");

class Seeds {
  public:
    explicit Seeds(fs::path folder) : folder_(std::move(folder)) {}

    void write(const std::string& target, const std::string& name, const Bytes& octets) {
        fs::create_directories(folder_ / target);
        std::ofstream file(folder_ / target / name, std::ios::binary);
        file.write(reinterpret_cast<const char*>(octets.data()), static_cast<std::streamsize>(octets.size()));
        if (!file) throw std::runtime_error("cannot write " + (folder_ / target / name).string());
        ++count_;
    }
    std::size_t count() const { return count_; }

  private:
    fs::path folder_;
    std::size_t count_ = 0;
};

Bytes joined(Bytes first, const Bytes& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}
Bytes code_octets(MessageCode code) {
    const auto number = static_cast<std::uint16_t>(code);
    return {static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}
std::uint8_t choice(CraFlag cra) { return static_cast<std::uint8_t>(static_cast<unsigned>(cra) - 1); }

// DLMS.

std::vector<dlms::Value> values() {
    using dlms::Type;
    using dlms::Value;
    std::vector<Value> out{Value::null()};
    for (const Type type : {Type::boolean, Type::int8, Type::uint8, Type::int16, Type::uint16, Type::int32,
                            Type::uint32, Type::int64, Type::uint64, Type::enumerated})
        out.push_back(Value::integer(type, 1));
    const auto now = dlms::date_time(kThen);
    out.push_back(Value::octet_string({now.begin(), now.end()}));
    out.push_back({Type::visible_string, 0, {'A'}, {}});
    out.push_back({Type::utf8_string, 0, {'A'}, {}});
    out.push_back({Type::bit_string, 9, {0xFF, 0x80}, {}});
    out.push_back({Type::array, 0, {}, {Value::integer(Type::uint8, 1), Value::integer(Type::uint8, 2)}});
    Value nested = Value::structure(out);
    for (int depth = 0; depth < 6; ++depth) nested = Value::structure({nested, Value::null()});
    out.push_back(nested);
    return out;
}

std::vector<std::pair<std::string, Bytes>> dlms_payloads() {
    using namespace dlms;
    std::vector<std::pair<std::string, Bytes>> out;
    constexpr Attribute kObjects[] = {{8, {0, 0, 1, 0, 0, 255}, 2},     {70, {0, 0, 96, 3, 10, 255}, 3},
                                      {9, {0, 0, 10, 0, 106, 255}, 1},  {115, {0, 0, 19, 40, 0, 255}, 1},
                                      {9000, {0, 0, 94, 44, 2, 10}, 4}, {7, {1, 0, 99, 1, 0, 255}, 2},
                                      {112, {0, 0, 19, 10, 0, 255}, 1}, {30, {0, 0, 43, 2, 8, 255}, 1}};
    for (const Attribute& object : kObjects)
        for (const Value& value : values()) {
            const std::string name =
                std::to_string(object.class_id) + "-" + std::to_string(static_cast<unsigned>(value.type));
            const Value range = Value::structure({value, value});
            const std::vector<Specification> items{{Access::get, object, 0, {}},
                                                   {Access::set, object, 0, {}},
                                                   {Access::action, object, 0, {}},
                                                   {Access::get_with_selection, object, 1, range}};
            const std::vector<Value> data{Value::null(), value, value, Value::null()};
            out.emplace_back("request-" + name, dlms::encode(AccessRequest{invoke_id(1000), items, data}));
            std::vector<AccessResult> results;
            for (const Specification& item : items) results.push_back({item.access, Result::success});
            out.emplace_back("response-" + name,
                             dlms::encode(AccessResponse{invoke_id(1000), data, results}));
        }
    for (const Value& value : values())
        out.emplace_back("notification-" + std::to_string(static_cast<unsigned>(value.type)),
                         dlms::encode(DataNotification{
                             invoke_id(1), Value::structure({Value::integer(Type::uint16, 0x8F35), value})}));
    return out;
}

// GBZ: for every command of a table the shortest run of zeros that its layout takes, as such and with more
// behind it.

std::vector<gbz::Component> components() {
    constexpr std::size_t kLongest = 160;
    std::vector<gbz::Component> out;
    for (const gbz::Layout& layout : gbz::layouts()) {
        gbz::Component component;
        component.cluster = layout.cluster == 0xFFFF ? 0x0702 : layout.cluster;
        component.frame_control =
            static_cast<std::uint8_t>((layout.cluster == 0xFFFF ? 0 : 1) | (layout.from_server ? 8 : 0));
        component.command = layout.command;
        while (component.payload.size() < kLongest && !gbz::fields_of(component))
            component.payload.push_back(0);
        out.push_back(component);
    }
    return out;
}

std::vector<std::pair<CraFlag, Bytes>> gbz_payloads() {
    std::vector<std::pair<CraFlag, Bytes>> out;
    for (const gbz::Component& component : components()) {
        gbz::Component dated = component;
        dated.from_date_time = 1;
        gbz::Component ciphered = component;
        ciphered.encrypted = true;
        ciphered.payload = Bytes{0x31, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
        for (const gbz::Component& form : {component, dated, ciphered})
            out.emplace_back(CraFlag::command, gbz::encode(gbz::Frame{{form}}));
        out.emplace_back(CraFlag::response, gbz::encode(gbz::Frame{{component, ciphered}}));
    }
    out.emplace_back(CraFlag::alert, gbz::encode(gbz::Alert{0, 0x810E, 1, {}}));
    out.emplace_back(CraFlag::alert, gbz::encode(gbz::Alert{1, 0x8F72, 1, Bytes(34, 1)}));
    return out;
}

// ASN.1.

struct Asn1Seed {
    std::uint16_t code;
    CraFlag cra;
    Bytes payload;
};

Bytes certificate() { return bench::market().supplier.sign->der; }

std::vector<Asn1Seed> credential_seeds() {
    const Cell sign{RemotePartyRole::supplier, KeyUsage::digitalSignature, CellUsage::management};
    const Cell top_up{RemotePartyRole::supplier, KeyUsage::keyAgreement, CellUsage::prePaymentTopUp};
    UpdateSecurityCredentials update;
    update.mode = 2;
    update.authorising_cell = sign;
    update.authorising_counter = 1000;
    update.replacements = {{certificate(), sign}, {certificate(), top_up}};
    update.path_certificates = {bench::market().authority.issuing()->der};
    UpdateSecurityCredentials full = update;
    full.plaintext_symmetric_key = Bytes(16, 7);
    full.disapply_time_checks = true;
    full.new_floor = 5;
    full.new_specialist_floors = std::vector{SpecialistFloor{0, 6}};
    full.other_floors =
        std::vector{SeqNumberChange{RemotePartyRole::recovery, 7, std::vector{SpecialistFloor{0, 8}}}};
    full.execute_at = kThen;
    const ExecutionOutcome outcome{
        1000,
        2,
        *full.other_floors,
        {{sign, StatusCode::success, Bytes(8, 1), Bytes(8, 2), Bytes(8, 3), Bytes(8, 4)}}};
    const ProvideSecurityCredentials read{sign, {RemotePartyRole::supplier, RemotePartyRole::root}};
    const ProvideSecurityCredentialsResponse details{
        {RemotePartyRole::supplier,
         StatusCode::success,
         5,
         {{sign.key_usage, sign.cell_usage, Bytes(8, 1), Bytes(8, 2)}}},
        {RemotePartyRole::root, StatusCode::trustAnchorNotFound, {}, {}}};
    using enum CraFlag;
    return {{0x0102, command, encode_cs02(update)},
            {0x0103, command, encode_cs02(full)},
            {0x0102, response, encode_cs02(UpdateSecurityCredentialsResponse{})},
            {0x0102, response, encode_cs02(UpdateSecurityCredentialsResponse{outcome})},
            {0x00CB, alert, encode_cs02(UpdateSecurityCredentialsAlert{0x8F66, kThen, outcome})},
            {0x0008, command, encode_cs02(read)},
            {0x0008, response, encode_cs02(details)},
            {0x000A, command, encode_cs02(KeyUsageRequest{KeyUsage::digitalSignature})},
            {0x000A, response, encode_cs02(EncodedOrResult{std::uint64_t{2}})},
            {0x000B, command, encode_cs02(EncodedOrResult{certificate()})},
            {0x000C, response, encode_cs02(EncodedOrResult{certificate()})}};
}

std::vector<Asn1Seed> other_asn1_seeds() {
    const Eui64 other{0x00DB123456789002};
    const std::vector<DeviceLogEntry> log{{other, 1}, {other, 5}};
    const ActivateFirmwareOutcome activated{0, {1, 2, 3, 4}};
    using enum CraFlag;
    return {{0x000D, command, encode_asn1(JoinDevice{2, other, 5, {}})},
            {0x000E, command, encode_asn1(JoinDevice{3, other, 5, certificate()})},
            {0x000D, response, encode_asn1(JoinDeviceResponse{4})},
            {0x0010, command, encode_asn1(UnjoinDevice{other})},
            {0x0010, response, encode_asn1(UnjoinDeviceResponse{1})},
            {0x0012, command, encode_asn1(ActivateFirmware{{}, 1000, {}})},
            {0x0012, command, encode_asn1(ActivateFirmware{{}, 1000, kThen})},
            {0x0012, response, encode_asn1(ActivateFirmwareResponse{})},
            {0x0012, response, encode_asn1(ActivateFirmwareResponse{activated})},
            {0x00CA, alert, encode_asn1(ActivateFirmwareAlert{0x8F66, kThen, 1000, activated})},
            {0x0013, command, encode_asn1(NoParameters{})},
            {0x0013, response, encode_asn1(JoinDetails{0, log})},
            {0x0014, response, encode_asn1(FirmwareVersionReading{{1, 2, 3, 4}, 0})},
            {0x007F, command, encode_asn1(SetClock{kThen, kThen + std::chrono::hours{1}})},
            {0x007F, response, encode_asn1(SetClockResponse{kThen, 0})},
            {0x0088, command, encode_asn1(RestoreDeviceLog{log})},
            {0x0088, response, encode_asn1(RestoreDeviceLogResponse{{{log[0], 0}}})},
            {0x00B2, alert, encode_asn1(DeviceLogBackupAlert{0x8071, kThen, log})},
            {0x0128, alert, encode_asn1(FirmwareTransferAlert{0x8F8A, kThen, other, {1, 2, 3, 4}, 0})}};
}

// Everything together.

Message framed(MessageCode code, CraFlag cra, Bytes payload) {
    Message message;
    message.header = {
        cra, 1000, bench::market().supplier.id, Eui64{0x00DB123456789001}, {}, {code, {}, {}, {}, {}}};
    message.payload = std::move(payload);
    return message;
}

/// Every shape of protection and of other-information.
void write_message_shapes(Seeds& seeds, const std::string& name, Message message) {
    const bench::Party& supplier = bench::market().supplier;
    message.pre_command = message.header.cra == CraFlag::command;
    if (message.pre_command) seeds.write("message", name + "-pre", gbcs::encode(message));
    message.pre_command = false;
    message.signature = make_signature(message, supplier.signing);
    seeds.write("message", name + "-signed", gbcs::encode(message));
    message.mac = make_mac(message, SharedSecret{1, 2, 3});
    seeds.write("message", name + "-both", gbcs::encode(message));
    message.signature.reset();
    message.header.other.supplementary_party = supplier.id;
    seeds.write("message", name + "-10", gbcs::encode(message));
    message.header.other.supplementary_counter = 5;
    seeds.write("message", name + "-18", gbcs::encode(message));
    if (message.header.cra == CraFlag::command)
        message.header.other.supplementary_certificate = supplier.agree->der;
    else
        message.header.other.supplementary_originator_counter = 9;
    message.header.date_time = dlms::date_time(kThen);
    seeds.write("message", name + "-26", gbcs::encode(message));
}

/// A command for each device: which, then the code, then the payload.
void write_command(Seeds& seeds, const std::string& name, MessageCode code, const Bytes& payload) {
    constexpr std::uint8_t kDevices = 7;
    for (std::uint8_t device = 0; device < kDevices; ++device)
        seeds.write("device", name + "-" + std::to_string(device),
                    joined(joined({device}, code_octets(code)), payload));
}

void write_all(Seeds& seeds) {
    for (const auto& [name, payload] : dlms_payloads()) {
        seeds.write("dlms", name, payload);
        if (name.starts_with("request")) write_command(seeds, name, MessageCode{0x0052}, payload);
    }
    for (const dlms::Value& value : values())
        seeds.write("dlms", "value-" + std::to_string(static_cast<unsigned>(value.type)),
                    dlms::encode_value(value));
    write_message_shapes(seeds, "dlms",
                         framed(MessageCode{0x0052}, CraFlag::command, dlms_payloads()[0].second));
    write_message_shapes(seeds, "dlms-r",
                         framed(MessageCode{0x0052}, CraFlag::response, dlms_payloads()[1].second));

    std::size_t number = 0;
    for (const auto& [cra, payload] : gbz_payloads()) {
        const std::string name = std::to_string(number++);
        seeds.write("gbz", name, joined({choice(cra)}, payload));
        if (cra == CraFlag::command) write_command(seeds, "gbz-" + name, MessageCode{0x006C}, payload);
    }
    write_message_shapes(seeds, "gbz",
                         framed(MessageCode{0x006C}, CraFlag::command, gbz_payloads()[0].second));

    for (const auto& seed_list : {credential_seeds(), other_asn1_seeds()})
        for (const Asn1Seed& seed : seed_list) {
            const MessageCode code{seed.code};
            const std::string name = "asn1-" + std::to_string(number++);
            seeds.write("asn1", name, joined(joined(code_octets(code), {choice(seed.cra)}), seed.payload));
            seeds.write("message", name, gbcs::encode([&] {
                            Message message = framed(code, seed.cra, seed.payload);
                            message.mac = Mac{};
                            return message;
                        }()));
            if (seed.cra == CraFlag::command) write_command(seeds, name, code, seed.payload);
        }

    Random random(3, "fuzz certificates");
    const DeviceIdentity identity =
        provision(Eui64{0x00DB123456789001}, bench::market().authority, random, bench::kFounded);
    const Authority& authority = bench::market().authority;
    for (const CertificateRef& held :
         {identity.signing_certificate, identity.agreement_certificate, authority.root(), authority.issuing(),
          authority.device_issuing(), bench::market().supplier.sign, bench::market().acb.agree})
        seeds.write("certificate", std::to_string(number++), held->der);
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) {
        std::cerr << "fuzz_seeds FOLDER\n";
        return 2;
    }
    Seeds seeds{fs::path(words[1])};
    write_all(seeds);
    std::cout << seeds.count() << " seeds in " << words[1] << "\n";
}
