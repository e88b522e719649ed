#include "pki/certificate.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <map>
#include <memory>

#include "pki/der.h"
#include "pki/digest.h"
#include "pki/profile.h"

namespace meterbed {

namespace {

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};
using X509Ref = std::unique_ptr<X509, Deleter<X509_free>>;

Bytes octets_of(const ASN1_STRING* text) {
    const unsigned char* data = ASN1_STRING_get0_data(text);
    return {data, data + ASN1_STRING_length(text)};
}

std::string text_of(const ASN1_STRING* text) {
    const Bytes octets = octets_of(text);
    return {octets.begin(), octets.end()};
}

Bytes name_octets(const X509_NAME* name) {
    const unsigned char* der = nullptr;
    std::size_t size = 0;
    if (X509_NAME_get0_der(name, &der, &size) != 1) return {};
    return {der, der + size};
}

std::optional<Time> time_of(const ASN1_TIME* time) {
    std::tm calendar{};
    if (ASN1_TIME_to_tm(time, &calendar) != 1) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{calendar.tm_year + 1900},
                                           std::chrono::month{static_cast<unsigned>(calendar.tm_mon + 1)},
                                           std::chrono::day{static_cast<unsigned>(calendar.tm_mday)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{calendar.tm_hour} +
           std::chrono::minutes{calendar.tm_min} + std::chrono::seconds{calendar.tm_sec};
}

std::string dotted(const ASN1_OBJECT* object) {
    std::array<char, 96> text{};
    OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, 1);
    return text.data();
}

/// Reads one X509 into the value, collecting oddities on the way.
class Extractor {
  public:
    Extractor(X509* x509, Certificate& out) : x509_(x509), out_(out) {}

    /// The reason why the certificate cannot be used at all; empty when it can.
    std::string run() {
        if (std::string fault = fixed_fields(); !fault.empty()) return fault;
        if (std::string fault = key_and_signature(); !fault.empty()) return fault;
        subject_fields();
        extensions();
        note_profile_oddities(out_);
        return {};
    }

  private:
    std::string fixed_fields() {
        if (X509_get_version(x509_) != X509_VERSION_3) odd("version is not 3");
        const BignumOctets serial = serial_octets();
        out_.serial = serial.octets;
        if (serial.negative) odd("serial number is negative");
        out_.issuer_name = name_octets(X509_get_issuer_name(x509_));
        out_.subject_name = name_octets(X509_get_subject_name(x509_));
        const auto from = time_of(X509_get0_notBefore(x509_));
        const auto until = time_of(X509_get0_notAfter(x509_));
        if (!from || !until) return "validity is not a pair of times";
        out_.not_before = *from;
        out_.not_after = *until;
        unsigned char* tbs = nullptr;
        const int size = i2d_re_X509_tbs(x509_, &tbs);
        if (size <= 0) return "nothing to be signed";
        // The element as it stands in the encoding, not as OpenSSL would write it again.
        OPENSSL_free(tbs);
        der::Reader whole(out_.der);
        der::Reader body = whole.enter(der::kSequence);
        const ByteView element = body.element(der::kSequence);
        if (!body.ok()) return "not DER: " + body.error();
        out_.to_be_signed.assign(element.begin(), element.end());
        return {};
    }

    struct BignumOctets {
        Bytes octets;
        bool negative;
    };
    BignumOctets serial_octets() const {
        const ASN1_INTEGER* serial = X509_get0_serialNumber(x509_);
        return {octets_of(serial), (ASN1_STRING_type(serial) & V_ASN1_NEG) != 0};
    }

    std::string key_and_signature() {
        const ASN1_BIT_STRING* signature = nullptr;
        const X509_ALGOR* algorithm = nullptr;
        X509_get0_signature(&signature, &algorithm, x509_);
        const ASN1_OBJECT* object = nullptr;
        int parameter = 0;
        X509_ALGOR_get0(&object, &parameter, nullptr, algorithm);
        if (OBJ_obj2nid(object) != NID_ecdsa_with_SHA256) return "not signed with ECDSA and SHA-256";
        if (parameter == V_ASN1_NULL) odd("signature algorithm carries a NULL parameter");
        if (!signature_numbers(octets_of(signature))) return "signature is not a pair of 256-bit numbers";
        return public_key();
    }

    /// Ecdsa-Sig-Value. One of the public test certificates pads a number with a needless zero, which DER
    /// forbids and OpenSSL's reader refuses; the value is plain all the same.
    bool signature_numbers(const Bytes& encoding) {
        der::Reader reader(encoding);
        der::Reader body = reader.enter(der::kSequence);
        const ByteView numbers[]{body.contents(der::kInteger), body.contents(der::kInteger)};
        reader.finish(body);
        reader.finish();
        if (!reader.ok()) return false;
        bool padded = false;
        auto out = out_.signature.rs.begin();
        for (ByteView number : numbers) {
            if (number.empty() || number[0] >= 0x80) return false;
            padded |= number.size() > 1 && number[0] == 0 && number[1] < 0x80;
            while (!number.empty() && number[0] == 0) number = number.subspan(1);
            if (number.size() > 32) return false;
            out = std::ranges::copy(number, out + 32 - static_cast<std::ptrdiff_t>(number.size())).out;
        }
        if (padded) odd("a number of the signature is not in its shortest form");
        return true;
    }

    std::string public_key() {
        const X509_PUBKEY* info = X509_get_X509_PUBKEY(x509_);
        ASN1_OBJECT* algorithm = nullptr;
        const unsigned char* point = nullptr;
        int size = 0;
        X509_ALGOR* identifier = nullptr;
        X509_PUBKEY_get0_param(&algorithm, &point, &size, &identifier, info);
        if (OBJ_obj2nid(algorithm) != NID_X9_62_id_ecPublicKey) return "not an elliptic curve key";
        const void* curve = nullptr;
        int kind = 0;
        X509_ALGOR_get0(nullptr, &kind, &curve, identifier);
        if (kind != V_ASN1_OBJECT ||
            OBJ_obj2nid(static_cast<const ASN1_OBJECT*>(curve)) != NID_X9_62_prime256v1) {
            return "not a P-256 key";
        }
        if (size != 65 || point[0] != 4) return "public key is not an uncompressed point";
        std::copy(point + 1, point + 65, out_.public_key.xy.begin());
        if (!out_.public_key.on_curve()) return "public key is not on the curve";
        return {};
    }

    void subject_fields() {
        const X509_NAME* name = X509_get_subject_name(x509_);
        for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
            const X509_NAME_ENTRY* entry = X509_NAME_get_entry(name, i);
            const ASN1_STRING* value = X509_NAME_ENTRY_get_data(entry);
            switch (OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry))) {
                case NID_organizationalUnitName:
                    organisational_unit(text_of(value));
                    break;
                case NID_x500UniqueIdentifier:
                    unique_identifier(octets_of(value));
                    break;
                default:
                    break;
            }
        }
    }

    void organisational_unit(const std::string& text) {
        const auto hex = from_hex(text);
        if (text.size() == 2 && hex) {
            out_.role = remote_party_role(hex->front());
        } else if (text.size() == 3 && text.find_first_not_of("0123456789") == std::string::npos) {
            odd("OU is three decimal digits, not two hexadecimal digits");
            out_.role = remote_party_role(std::stoul(text));
        }
        if (!out_.role) odd("OU names no remote party role");
    }

    void unique_identifier(const Bytes& octets) {
        if (octets.size() == 8) {
            out_.subject = Eui64::from_octets(octets.data());
        } else {
            odd("x500UniqueIdentifier is not 8 octets");
        }
    }

    void extensions() {
        key_usage();
        if (const ASN1_OCTET_STRING* id = X509_get0_subject_key_id(x509_))
            out_.key_identifier = octets_of(id);
        if (const ASN1_OCTET_STRING* id = X509_get0_authority_key_id(x509_)) {
            out_.authority_key_identifier = octets_of(id);
        }
        policies();
        hardware_module_name();
        basic_constraints();
    }

    bool critical(int nid) const {
        const int at = X509_get_ext_by_NID(x509_, nid, -1);
        return at >= 0 && X509_EXTENSION_get_critical(X509_get_ext(x509_, at)) != 0;
    }

    void key_usage() {
        const std::uint32_t bits = X509_get_key_usage(x509_);
        ERR_clear_error();
        if (bits == KU_DIGITAL_SIGNATURE) out_.usage = KeyUsage::digitalSignature;
        if (bits == KU_KEY_AGREEMENT) out_.usage = KeyUsage::keyAgreement;
        if (bits == (KU_KEY_CERT_SIGN | KU_CRL_SIGN) || bits == KU_KEY_CERT_SIGN)
            out_.usage = KeyUsage::keyCertSign;
        if (!out_.usage) odd("keyUsage is absent or mixed");
        if (out_.usage && !critical(NID_key_usage)) odd("keyUsage is not critical");
    }

    void policies() {
        const std::unique_ptr<CERTIFICATEPOLICIES, Deleter<CERTIFICATEPOLICIES_free>> list(
            static_cast<CERTIFICATEPOLICIES*>(
                X509_get_ext_d2i(x509_, NID_certificate_policies, nullptr, nullptr)));
        ERR_clear_error();
        if (!list) {
            odd("no certificatePolicies");
            return;
        }
        for (int i = 0; i < sk_POLICYINFO_num(list.get()); ++i) {
            out_.policies.push_back(dotted(sk_POLICYINFO_value(list.get(), i)->policyid));
        }
        if (!critical(NID_certificate_policies)) odd("certificatePolicies is not critical");
    }

    void hardware_module_name() {
        const std::unique_ptr<GENERAL_NAMES, Deleter<GENERAL_NAMES_free>> names(
            static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(x509_, NID_subject_alt_name, nullptr, nullptr)));
        ERR_clear_error();
        if (!names) return;
        for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
            const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
            if (name->type != GEN_OTHERNAME || dotted(name->d.otherName->type_id) != kHardwareModuleName)
                continue;
            const ASN1_TYPE* value = name->d.otherName->value;
            if (value->type != V_ASN1_SEQUENCE) continue;
            const Bytes octets = octets_of(value->value.sequence);
            der::Reader reader(octets);
            der::Reader body = reader.enter(der::kSequence);
            body.element(der::kObjectIdentifier);
            const Bytes serial = body.octets();
            reader.finish(body);
            if (!reader.ok() || serial.size() != 8) {
                odd("hwSerialNum is not 8 octets");
                continue;
            }
            out_.subject = Eui64::from_octets(serial.data());
            out_.is_device = true;
        }
        if (out_.is_device && !critical(NID_subject_alt_name)) odd("subjectAltName is not critical");
    }

    void basic_constraints() {
        const std::unique_ptr<BASIC_CONSTRAINTS, Deleter<BASIC_CONSTRAINTS_free>> constraints(
            static_cast<BASIC_CONSTRAINTS*>(
                X509_get_ext_d2i(x509_, NID_basic_constraints, nullptr, nullptr)));
        ERR_clear_error();
        if (!constraints) return;
        out_.is_ca = constraints->ca != 0;
        if (constraints->pathlen != nullptr) {
            out_.path_length = static_cast<int>(std::clamp(ASN1_INTEGER_get(constraints->pathlen), -1L, 99L));
        }
        if (!out_.is_ca) odd("basicConstraints with CA=FALSE");
        if (out_.is_ca && !critical(NID_basic_constraints)) odd("basicConstraints is not critical");
    }

    void odd(std::string what) { out_.oddities.push_back(std::move(what)); }

    X509* x509_;
    Certificate& out_;
};

}  // namespace

tl::expected<Certificate, std::string> Certificate::parse(ByteView der) {
    if (der.size() > kMaximumSize) {
        return tl::unexpected("certificate of " + std::to_string(der.size()) + " octets; at most " +
                              std::to_string(kMaximumSize) + " are read");
    }
    const unsigned char* at = der.data();
    const X509Ref x509(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!x509) {
        ERR_clear_error();
        return tl::unexpected<std::string>("not an X.509 certificate");
    }
    if (at != der.data() + der.size()) return tl::unexpected<std::string>("octets follow the certificate");
    Certificate out;
    out.der.assign(der.begin(), der.end());
    std::string fault = Extractor(x509.get(), out).run();
    ERR_clear_error();
    if (!fault.empty()) return tl::unexpected(std::move(fault));
    return out;
}

tl::expected<CertificateRef, std::string> Certificate::parse_shared(ByteView der) {
    constexpr std::size_t kBound = 512;
    thread_local std::map<Digest, CertificateRef> known;
    const Digest digest = sha256(der);
    if (const auto found = known.find(digest); found != known.end()) return found->second;
    auto certificate = parse(der);
    if (!certificate) return tl::unexpected(std::move(certificate.error()));
    if (known.size() >= kBound) known.clear();
    return known[digest] = std::make_shared<const Certificate>(*std::move(certificate));
}

tl::expected<Certificate, std::string> Certificate::parse_pem(std::string_view pem) {
    if (pem.size() > 65536) return tl::unexpected<std::string>("certificate file is larger than 64 KiB");
    const std::unique_ptr<BIO, Deleter<BIO_free_all>> input(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    char* label = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;
    if (PEM_read_bio(input.get(), &label, &header, &data, &size) != 1) {
        ERR_clear_error();
        return tl::unexpected<std::string>("not PEM");
    }
    const bool right_label = std::string_view(label) == "CERTIFICATE";
    const Bytes der(data, data + size);
    OPENSSL_free(label);
    OPENSSL_free(header);
    OPENSSL_free(data);
    if (!right_label) return tl::unexpected<std::string>("PEM, but not of a certificate");
    return parse(der);
}

std::string Certificate::to_pem() const {
    const std::unique_ptr<BIO, Deleter<BIO_free_all>> output(BIO_new(BIO_s_mem()));
    PEM_write_bio(output.get(), "CERTIFICATE", "", der.data(), static_cast<long>(der.size()));
    char* text = nullptr;
    const long size = BIO_get_mem_data(output.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::array<std::uint8_t, 8> key_identifier(const PublicKey& key) {
    std::array<std::uint8_t, 65> point{4};
    std::copy(key.xy.begin(), key.xy.end(), point.begin() + 1);
    std::array<std::uint8_t, SHA_DIGEST_LENGTH> digest{};
    SHA1(point.data(), point.size(), digest.data());
    std::array<std::uint8_t, 8> out{};
    std::copy(digest.end() - 8, digest.end(), out.begin());
    out[0] = static_cast<std::uint8_t>(0x40 | (out[0] & 0x0F));
    return out;
}

}  // namespace meterbed
