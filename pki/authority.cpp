#include "pki/authority.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "pki/der.h"
#include "pki/profile.h"

namespace meterbed {

namespace {

constexpr std::array<std::pair<Misbehaviour, std::string_view>, 15> kMisbehaviours{{
    {Misbehaviour::none, "none"},
    {Misbehaviour::wrong_role, "wrong role"},
    {Misbehaviour::wrong_eui, "wrong EUI"},
    {Misbehaviour::wrong_issuer, "wrong issuer"},
    {Misbehaviour::wrong_usage, "wrong usage"},
    {Misbehaviour::wrong_policy, "wrong policy"},
    {Misbehaviour::expired, "expired"},
    {Misbehaviour::not_yet_valid, "not yet valid"},
    {Misbehaviour::bad_signature, "bad signature"},
    {Misbehaviour::oversize, "oversize"},
    {Misbehaviour::end_entity_issuer, "end entity issuer"},
    {Misbehaviour::decimal_unit, "decimal OU"},
    {Misbehaviour::null_parameter, "NULL parameter"},
    {Misbehaviour::no_key_identifier, "no key identifier"},
    {Misbehaviour::policies_not_critical, "policies not critical"},
}};

constexpr int kAuthorityYears = 25;
constexpr int kOrganisationYears = 10;
constexpr std::uint8_t kDigitalSignatureBits[]{0x03, 0x02, 0x07, 0x80};
constexpr std::uint8_t kKeyAgreementBits[]{0x03, 0x02, 0x03, 0x08};
constexpr std::uint8_t kCertSignBits[]{0x03, 0x02, 0x01, 0x06};

/// The same day so many years later, less a second: midnight to 23:59:59 (smki.md 2.3).
Time years_after(Time from, int years) {
    const auto day = std::chrono::floor<std::chrono::days>(from);
    auto date = std::chrono::year_month_day{day} + std::chrono::years{years};
    if (!date.ok()) date = date.year() / date.month() / std::chrono::last;  // 29 February
    return std::chrono::sys_days{date} + (from - day) - std::chrono::seconds{1};
}

ByteView bits_of(KeyUsage usage) {
    switch (usage) {
        case KeyUsage::digitalSignature:
            return kDigitalSignatureBits;
        case KeyUsage::keyAgreement:
            return kKeyAgreementBits;
        case KeyUsage::keyCertSign:
            return kCertSignBits;
    }
    return {};
}

void relative_name(der::Writer& out, std::string_view type, std::string_view text, std::uint8_t tag) {
    out.begin(der::kSet).begin(der::kSequence).oid(type).text(text, tag).end().end();
}

constexpr std::string_view kCommonName = "2.5.4.3";
constexpr std::string_view kOrganisationalUnit = "2.5.4.11";
constexpr std::string_view kUniqueIdentifier = "2.5.4.45";

/// OU then CN, PrintableString: how CAs are named (smki.md 2.4).
Bytes authority_name(std::string_view unit, std::string_view common_name) {
    der::Writer out;
    out.begin(der::kSequence);
    if (!unit.empty()) relative_name(out, kOrganisationalUnit, unit, der::kPrintableString);
    relative_name(out, kCommonName, common_name, der::kPrintableString);
    out.end();
    return out.take();
}

/// Two hexadecimal digits, upper case (smki.md 2.3); three decimal ones in an odd certificate.
std::string unit_of(RemotePartyRole role, Misbehaviour misbehaviour) {
    const auto code = static_cast<std::uint8_t>(role);
    if (misbehaviour != Misbehaviour::decimal_unit) return to_hex({&code, 1});
    std::string digits = std::to_string(unsigned{code});
    return std::string(3 - digits.size(), '0') + digits;
}

/// [CN], OU, x500UniqueIdentifier (smki.md 2.3).
Bytes organisation_name(const std::string& common_name, const std::string& unit, Eui64 subject) {
    der::Writer out;
    out.begin(der::kSequence);
    if (!common_name.empty()) relative_name(out, kCommonName, common_name, der::kUtf8String);
    relative_name(out, kOrganisationalUnit, unit, der::kUtf8String);
    Bytes bits{0};
    const auto octets = subject.octets();
    bits.insert(bits.end(), octets.begin(), octets.end());
    out.begin(der::kSet)
        .begin(der::kSequence)
        .oid(kUniqueIdentifier)
        .primitive(der::kBitString, bits)
        .end()
        .end();
    out.end();
    return out.take();
}

Bytes empty_name() { return {der::kSequence, 0}; }

void extension(der::Writer& out, std::string_view type, bool critical, ByteView value) {
    out.begin(der::kSequence).oid(type);
    if (critical) out.boolean(true);
    out.octets(value).end();
}

Bytes encoded_octets(ByteView value, std::uint8_t tag) {
    der::Writer out;
    out.primitive(tag, value);
    return out.take();
}

void add_key_usage(der::Writer& out, KeyUsage usage) { extension(out, "2.5.29.15", true, bits_of(usage)); }

void add_subject_key(der::Writer& out, const Certificate& fields) {
    if (fields.key_identifier.empty()) return;
    extension(out, "2.5.29.14", false, encoded_octets(fields.key_identifier, der::kOctetString));
}

void add_authority_key(der::Writer& out, const Certificate& fields) {
    if (fields.authority_key_identifier.empty()) return;
    der::Writer value;
    value.begin(der::kSequence).primitive(der::context(0), fields.authority_key_identifier).end();
    extension(out, "2.5.29.35", false, value.take());
}

void add_policies(der::Writer& out, const Certificate& fields, bool critical) {
    der::Writer value;
    value.begin(der::kSequence);
    for (const std::string& policy : fields.policies) value.begin(der::kSequence).oid(policy).end();
    value.end();
    extension(out, "2.5.29.32", critical, value.take());
}

void add_basic_constraints(der::Writer& out, const Certificate& fields) {
    der::Writer value;
    value.begin(der::kSequence).boolean(true);
    if (fields.path_length) value.integer(static_cast<std::uint64_t>(*fields.path_length));
    value.end();
    extension(out, "2.5.29.19", true, value.take());
}

void add_hardware_module_name(der::Writer& out, Eui64 device) {
    der::Writer value;
    value.begin(der::kSequence).begin(der::context_constructed(0)).oid(kHardwareModuleName);
    value.begin(der::context_constructed(0)).begin(der::kSequence);
    value.oid(kHardwareType).octets(device.octets());
    value.end().end().end().end();
    extension(out, "2.5.29.17", true, value.take());
}

/// Extensions in the order in which the public certificates carry them (smki.md 2.2 to 2.4).
void add_extensions(der::Writer& out, const Certificate& fields, Misbehaviour misbehaviour) {
    const bool policies_critical = misbehaviour != Misbehaviour::policies_not_critical;
    out.begin(der::context_constructed(3)).begin(der::kSequence);
    add_key_usage(out, *fields.usage);
    if (fields.is_ca) {
        add_basic_constraints(out, fields);
        add_policies(out, fields, policies_critical);
        add_subject_key(out, fields);
    } else {
        add_subject_key(out, fields);
        if (fields.is_device) add_hardware_module_name(out, fields.subject);
        add_policies(out, fields, policies_critical);
    }
    add_authority_key(out, fields);
    out.end().end();
}

void add_public_key(der::Writer& out, const PublicKey& key) {
    Bytes point{0, 4};
    point.insert(point.end(), key.xy.begin(), key.xy.end());
    out.begin(der::kSequence).begin(der::kSequence);
    out.oid("1.2.840.10045.2.1").oid("1.2.840.10045.3.1.7").end();
    out.primitive(der::kBitString, point).end();
}

void add_algorithm(der::Writer& out, Misbehaviour misbehaviour) {
    out.begin(der::kSequence).oid(kEcdsaWithSha256);
    if (misbehaviour == Misbehaviour::null_parameter) out.null();
    out.end();
}

Bytes to_be_signed(const Certificate& fields, Misbehaviour misbehaviour) {
    der::Writer out;
    out.begin(der::kSequence);
    out.begin(der::context_constructed(0)).integer(2).end();
    out.primitive(der::kInteger, fields.serial);
    add_algorithm(out, misbehaviour);
    out.raw(fields.issuer_name);
    out.begin(der::kSequence).validity_time(fields.not_before).validity_time(fields.not_after).end();
    out.raw(fields.subject_name);
    add_public_key(out, fields.public_key);
    add_extensions(out, fields, misbehaviour);
    out.end();
    return out.take();
}

/// A signature component as the contents of a DER INTEGER.
Bytes integer_contents(std::span<const std::uint8_t> number) {
    Bytes out(number.begin(), number.end());
    while (out.size() > 1 && out[0] == 0 && out[1] < 0x80) out.erase(out.begin());
    if (out[0] >= 0x80) out.insert(out.begin(), 0);
    return out;
}

Bytes whole_certificate(const Certificate& fields, Misbehaviour misbehaviour) {
    der::Writer value;
    value.begin(der::kSequence);
    value.primitive(der::kInteger, integer_contents(std::span(fields.signature.rs).first(32)));
    value.primitive(der::kInteger, integer_contents(std::span(fields.signature.rs).last(32)));
    value.end();
    Bytes bits{0};
    const Bytes signature = value.take();
    bits.insert(bits.end(), signature.begin(), signature.end());
    der::Writer out;
    out.begin(der::kSequence).raw(fields.to_be_signed);
    add_algorithm(out, misbehaviour);
    out.primitive(der::kBitString, bits).end();
    return out.take();
}

/// Sixteen octets, positive, no leading zero octet (all observed serials are).
Bytes new_serial(Random& random) {
    Bytes serial(16);
    random.fill(serial);
    serial[0] = static_cast<std::uint8_t>(0x40 | (serial[0] & 0x3F));
    return serial;
}

Bytes identifier(const PublicKey& key) {
    const auto octets = key_identifier(key);
    return {octets.begin(), octets.end()};
}

CertificateRef sealed(Certificate fields, const KeyPair& issuer_key,
                      Misbehaviour misbehaviour = Misbehaviour::none) {
    fields.to_be_signed = to_be_signed(fields, misbehaviour);
    fields.signature = issuer_key.sign(fields.to_be_signed);
    if (misbehaviour == Misbehaviour::bad_signature) fields.signature.rs[63] ^= 1;
    fields.der = whole_certificate(fields, misbehaviour);
    return std::make_shared<const Certificate>(std::move(fields));
}

struct AuthoritySubject {
    std::string_view unit, common_name;
    std::optional<int> path_length;
};

/// Self-signed when `issuer` is null.
CertificateRef authority_certificate(Random& random, const AuthoritySubject& subject, const PublicKey& key,
                                     const Certificate* issuer, const KeyPair& issuer_key, Time from) {
    Certificate fields;
    fields.serial = new_serial(random);
    fields.subject_name = authority_name(subject.unit, subject.common_name);
    fields.issuer_name = issuer != nullptr ? issuer->subject_name : fields.subject_name;
    fields.not_before = from;
    fields.not_after = years_after(from, kAuthorityYears);
    fields.public_key = key;
    fields.usage = KeyUsage::keyCertSign;
    fields.key_identifier = identifier(key);
    if (issuer != nullptr) fields.authority_key_identifier = issuer->key_identifier;
    if (subject.unit == "00") fields.role = RemotePartyRole::root;
    if (subject.unit == "07") fields.role = RemotePartyRole::issuingAuthority;
    fields.is_ca = true;
    fields.path_length = subject.path_length;
    fields.policies = {std::string(kTestPolicy)};
    return sealed(std::move(fields), issuer_key);
}

KeyUsage other_usage(KeyUsage usage) {
    return usage == KeyUsage::digitalSignature ? KeyUsage::keyAgreement : KeyUsage::digitalSignature;
}

/// Whole seconds: certificates carry no fractions.
Time whole_second(Time time) { return std::chrono::floor<std::chrono::seconds>(time); }

/// What goes wrong in fields that every kind of certificate has.
void spoil(Certificate& fields, Misbehaviour misbehaviour) {
    const Time from = fields.not_before;
    switch (misbehaviour) {
        case Misbehaviour::wrong_eui:
            fields.subject.value ^= 1;
            break;
        case Misbehaviour::wrong_usage:
            fields.usage = other_usage(*fields.usage);
            break;
        case Misbehaviour::expired:
            fields.not_after = from - std::chrono::seconds{1};
            fields.not_before = years_after(from, -kOrganisationYears) + std::chrono::seconds{1};
            break;
        case Misbehaviour::not_yet_valid:
            fields.not_before = years_after(from, kOrganisationYears) + std::chrono::seconds{1};
            if (fields.not_after != kForever)
                fields.not_after = years_after(fields.not_before, kOrganisationYears);
            break;
        default:
            break;
    }
}

std::string oversize_name() { return std::string(Certificate::kMaximumSize, 'X'); }

}  // namespace

std::string_view name(Misbehaviour misbehaviour) {
    return kMisbehaviours[static_cast<std::size_t>(misbehaviour)].second;
}

std::optional<Misbehaviour> misbehaviour(std::string_view name) {
    const auto* found =
        std::ranges::find(kMisbehaviours, name, &decltype(kMisbehaviours)::value_type::second);
    return found == kMisbehaviours.end() ? std::nullopt : std::optional(found->first);
}

std::span<const Misbehaviour> misbehaviours() {
    static const auto all = [] {
        std::array<Misbehaviour, kMisbehaviours.size()> out{};
        std::ranges::transform(kMisbehaviours, out.begin(), [](const auto& row) { return row.first; });
        return out;
    }();
    return all;
}

Authority::Authority(Random random, Time founded)
    : random_(random),
      root_key_(KeyPair::generate(random_)),
      issuing_key_(KeyPair::generate(random_)),
      device_root_key_(KeyPair::generate(random_)),
      device_issuing_key_(KeyPair::generate(random_)),
      stranger_key_(KeyPair::generate(random_)) {
    const Time from = whole_second(founded);
    founded_ = from;
    root_ =
        authority_certificate(random_, {"00", "MA", {}}, root_key_.public_key(), nullptr, root_key_, from);
    issuing_ = authority_certificate(random_, {"07", "M1", 0}, issuing_key_.public_key(), root_.get(),
                                     root_key_, from);
    device_root_ = authority_certificate(random_, {"", "MD00", {}}, device_root_key_.public_key(), nullptr,
                                         device_root_key_, from);
    device_issuing_ = authority_certificate(random_, {"", "MD01", 0}, device_issuing_key_.public_key(),
                                            device_root_.get(), device_root_key_, from);
}

CertificateRef Authority::finish(Certificate fields, const Certificate& issuer, const KeyPair& issuer_key,
                                 Misbehaviour misbehaviour) {
    if (misbehaviour == Misbehaviour::end_entity_issuer) {
        return finish(std::move(fields), *end_entity(), stranger_key_, Misbehaviour::none);
    }
    fields.serial = new_serial(random_);
    fields.issuer_name = issuer.subject_name;
    fields.authority_key_identifier = issuer.key_identifier;
    if (misbehaviour != Misbehaviour::no_key_identifier)
        fields.key_identifier = identifier(fields.public_key);
    fields.policies = {
        std::string(misbehaviour == Misbehaviour::wrong_policy ? kForeignPolicy : kTestPolicy)};
    fields.not_before = whole_second(fields.not_before);
    fields.not_after = whole_second(fields.not_after);
    if (misbehaviour == Misbehaviour::wrong_issuer) {
        fields.issuer_name = authority_name("07", "M2");
        fields.authority_key_identifier = identifier(stranger_key_.public_key());
        return sealed(std::move(fields), stranger_key_);
    }
    return sealed(std::move(fields), issuer_key, misbehaviour);
}

const CertificateRef& Authority::end_entity() {
    if (!end_entity_) {
        OrganisationRequest request;
        request.subject = Eui64{0x4D42000000000099};  // of nobody else
        request.role = RemotePartyRole::accessControlBroker;
        request.key = stranger_key_.public_key();
        request.from = founded_;
        end_entity_ = issue(request);
    }
    return end_entity_;
}

CertificateRef Authority::issue(const OrganisationRequest& request) {
    Certificate fields;
    fields.subject = request.subject;
    fields.role = request.role;
    fields.not_before = request.from;
    fields.not_after = request.until.value_or(years_after(request.from, kOrganisationYears));
    fields.public_key = request.key;
    fields.usage = request.usage;
    spoil(fields, request.misbehaviour);
    if (request.misbehaviour == Misbehaviour::wrong_role) {
        fields.role = request.role == RemotePartyRole::supplier ? RemotePartyRole::networkOperator
                                                                : RemotePartyRole::supplier;
    }
    const bool oversize = request.misbehaviour == Misbehaviour::oversize;
    fields.subject_name = organisation_name(oversize ? oversize_name() : request.common_name,
                                            unit_of(*fields.role, request.misbehaviour), fields.subject);
    return finish(std::move(fields), *issuing_, issuing_key_, request.misbehaviour);
}

CertificateRef Authority::issue(const DeviceRequest& request) {
    if (request.misbehaviour == Misbehaviour::wrong_role ||
        request.misbehaviour == Misbehaviour::decimal_unit) {
        throw std::invalid_argument("a device certificate names no role: there is no '" +
                                    std::string(name(request.misbehaviour)) + "'");
    }
    Certificate fields;
    fields.is_device = true;
    fields.subject = request.subject;
    fields.not_before = request.from;
    fields.not_after = kForever;
    fields.public_key = request.key;
    fields.usage = request.usage;
    spoil(fields, request.misbehaviour);
    fields.subject_name =
        request.misbehaviour == Misbehaviour::oversize ? authority_name("", oversize_name()) : empty_name();
    return finish(std::move(fields), *device_issuing_, device_issuing_key_, request.misbehaviour);
}

CertificateRef Authority::renew(const Certificate& certificate, const PublicKey& key, Time from) {
    Certificate fields;
    fields.is_device = certificate.is_device;
    fields.subject = certificate.subject;
    fields.subject_name = certificate.subject_name;
    fields.role = certificate.role;
    fields.usage = certificate.usage;
    fields.public_key = key;
    fields.not_before = from;
    fields.not_after =
        certificate.is_device ? kForever : from + (certificate.not_after - certificate.not_before);
    return certificate.is_device
               ? finish(std::move(fields), *device_issuing_, device_issuing_key_, Misbehaviour::none)
               : finish(std::move(fields), *issuing_, issuing_key_, Misbehaviour::none);
}

}  // namespace meterbed
