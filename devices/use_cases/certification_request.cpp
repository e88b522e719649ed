#include "devices/use_cases/certification_request.h"

#include <algorithm>

#include "pki/der.h"

namespace meterbed {
namespace {

using namespace der;

constexpr std::string_view kEcPublicKey = "1.2.840.10045.2.1";
constexpr std::string_view kPrime256v1 = "1.2.840.10045.3.1.7";
constexpr std::string_view kEcdsaWithSha256 = "1.2.840.10045.4.3.2";
constexpr std::string_view kExtensionRequest = "1.2.840.113549.1.9.14";
constexpr std::string_view kKeyUsage = "2.5.29.15";
constexpr std::string_view kSubjectAltName = "2.5.29.17";
constexpr std::string_view kHardwareModuleName = "1.3.6.1.5.5.7.8.4";
constexpr std::string_view kDeviceType = "1.2.826.0.1.8641679.1.2.2.1";

/// BIT STRING contents: unused bits, octets.
Bytes bits(ByteView octets, std::uint8_t unused = 0) {
    Bytes out(1 + octets.size(), unused);
    std::ranges::copy(octets, out.begin() + 1);
    return out;
}

Bytes key_usage_value(KeyUsage usage) {
    const bool signing = usage == KeyUsage::digitalSignature;
    const std::uint8_t octet = signing ? 0x80 : 0x08;
    const std::uint8_t unused = signing ? 7 : 3;
    return Writer{}.primitive(kBitString, bits(ByteView(&octet, 1), unused)).take();
}

Bytes alternative_name_value(Eui64 device) {
    const auto id = device.octets();
    Writer out;
    out.begin(kSequence).begin(context_constructed(0)).oid(kHardwareModuleName);
    out.begin(context_constructed(0)).begin(kSequence).oid(kDeviceType).octets(id);
    return out.end().end().end().end().take();
}

void add_extension(Writer& out, std::string_view id, ByteView value) {
    out.begin(kSequence).oid(id).boolean(true).octets(value).end();
}

void add_key(Writer& out, const PublicKey& key) {
    Bytes point{0x04};
    point.insert(point.end(), key.xy.begin(), key.xy.end());
    out.begin(kSequence).begin(kSequence).oid(kEcPublicKey).oid(kPrime256v1).end();
    out.primitive(kBitString, bits(point)).end();
}

Bytes information(Eui64 device, KeyUsage usage, const PublicKey& key) {
    Writer out;
    out.begin(kSequence).integer(0).begin(kSequence).end();
    add_key(out, key);
    out.begin(context_constructed(0)).begin(kSequence).oid(kExtensionRequest).begin(kSet).begin(kSequence);
    add_extension(out, kKeyUsage, key_usage_value(usage));
    add_extension(out, kSubjectAltName, alternative_name_value(device));
    return out.end().end().end().end().end().take();
}

/// INTEGER of an unsigned number: no leading zeros but the one that keeps it positive.
void add_unsigned(Writer& out, ByteView number) {
    const auto first = std::ranges::find_if(number, [](std::uint8_t octet) { return octet != 0; });
    Bytes contents(first, number.end());
    if (contents.empty() || contents[0] >= 0x80) contents.insert(contents.begin(), 0);
    out.primitive(kInteger, contents);
}

Bytes signature_value(const Signature& signature) {
    Writer out;
    out.begin(kSequence);
    add_unsigned(out, ByteView(signature.rs).first(32));
    add_unsigned(out, ByteView(signature.rs).last(32));
    return out.end().take();
}

}  // namespace

Bytes certification_request(Eui64 device, KeyUsage usage, const KeyPair& key) {
    const Bytes info = information(device, usage, key.public_key());
    Writer out;
    out.begin(kSequence).raw(info).begin(kSequence).oid(kEcdsaWithSha256).end();
    out.primitive(kBitString, bits(signature_value(key.sign(info)))).end();
    return out.take();
}

}  // namespace meterbed
