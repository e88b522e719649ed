// The encrypted parts of the reference messages open with the keys of GBCS 8 and hold what their family says.
#include <iostream>

#include "devices/gbcs/dlms.h"
#include "devices/gbcs/gbz.h"
#include "devices/gbcs/protection.h"
#include "devices/gbcs/use_case.h"
#include "tests/devices/gbcs/rtds.h"

namespace meterbed::gbcs {
namespace {

using RtdsEncryption = rtds::Test;

constexpr std::uint8_t kEncryptionFlag = 4;

/// Whom the device encrypts for: a party it does not know is named beside the broker that asks for it.
SymmetricKey encryption_key(const GroupingHeader& header) {
    const Eui64 reader = header.other.supplementary_party.value_or(header.recipient);
    const std::uint64_t counter = header.other.supplementary_originator_counter.value_or(header.counter);
    const KeyPair* own = rtds::key(reader, "ka");
    const Certificate* device = rtds::certificate(header.originator, "ka");
    if (!own || !device) throw std::runtime_error("no key of " + reader.text());
    return derive_key(own->agree(device->public_key), header.originator, kEncryptionFlag, counter, reader);
}

bool is_block(const Bytes& octets) {
    return octets.size() > 16 && to_hex(ByteView(octets).first(5)) == "3100000000";
}

void collect(const dlms::Value& value, std::vector<Bytes>& blocks) {
    if (value.type == dlms::Type::octet_string && is_block(value.octets)) blocks.push_back(value.octets);
    for (const dlms::Value& element : value.elements) collect(element, blocks);
}

std::vector<Bytes> dlms_blocks(const Message& message) {
    std::vector<Bytes> blocks;
    const auto payload = dlms::parse(message.payload).value();
    if (const auto* response = std::get_if<dlms::AccessResponse>(&payload))
        for (const dlms::Value& value : response->data) collect(value, blocks);
    if (const auto* alert = std::get_if<dlms::DataNotification>(&payload)) collect(alert->body, blocks);
    return blocks;
}

/// An alert of one component holds it after code and time.
gbz::Frame frame_of(const Message& message) {
    const auto payload = gbz::parse(message.header.cra, message.payload).value();
    if (const auto* frame = std::get_if<gbz::Frame>(&payload)) return *frame;
    Bytes component{0x01, 0x09, 0x01};
    const Bytes& body = std::get<gbz::Alert>(payload).body;
    component.insert(component.end(), body.begin(), body.end());
    const auto inner = gbz::parse(CraFlag::response, component);
    return inner ? std::get<gbz::Frame>(*inner) : gbz::Frame{};
}

std::vector<Bytes> gbz_blocks(const Message& message) {
    std::vector<Bytes> blocks;
    for (const gbz::Component& component : frame_of(message).components)
        if (component.encrypted) blocks.push_back(component.payload);
    return blocks;
}

/// How many blocks were opened.
int open_all(const rtds::File& file, const Message& message, const std::vector<Bytes>& blocks, bool is_dlms) {
    for (const Bytes& block : blocks) {
        const auto plaintext = decrypt(block, encryption_key(message.header), message.header.originator);
        const bool readable = plaintext && (!is_dlms || dlms::parse_value(*plaintext));
        EXPECT_TRUE(readable) << file.name;
    }
    return static_cast<int>(blocks.size());
}

TEST_F(RtdsEncryption, EveryBlockOpens) {
    int dlms = 0, gbz = 0;
    for (const rtds::File& file : rtds::messages()) {
        const Message message = parse(file.octets).value();
        const PayloadFamily family = payload_family(message.code(), message.payload);
        if (family == PayloadFamily::dlms) dlms += open_all(file, message, dlms_blocks(message), true);
        if (family == PayloadFamily::gbz) gbz += open_all(file, message, gbz_blocks(message), false);
    }
    std::cout << dlms << " DLMS and " << gbz << " GBZ blocks opened\n";
    EXPECT_GT(dlms, 0);
    EXPECT_GT(gbz, 0);
}

}  // namespace
}  // namespace meterbed::gbcs
