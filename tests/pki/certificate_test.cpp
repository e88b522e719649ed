// Every field of the SMKI profiles (SEC Appendices A and B, GBCS 12), in the octets that the Authority
// issues.
#include "pki/certificate.h"

#include <algorithm>

#include "pki/der.h"
#include "pki/profile.h"
#include "tests/pki/smki.h"

namespace meterbed {
namespace {

using smki::authority;

bool contains(ByteView whole, const char* part) {
    const Bytes octets = *from_hex(part);
    return std::search(whole.begin(), whole.end(), octets.begin(), octets.end()) != whole.end();
}

/// Object identifiers of the extensions in order, with '!' behind the critical ones.
std::string extensions_of(const Certificate& certificate) {
    der::Reader whole(certificate.to_be_signed);
    der::Reader body = whole.enter(der::kSequence);
    while (body.ok() && body.peek() != der::context_constructed(3)) body.element(body.peek());
    der::Reader wrapper = body.enter(der::context_constructed(3));
    der::Reader list = wrapper.enter(der::kSequence);
    std::string out;
    while (list.ok() && !list.at_end()) {
        der::Reader one = list.enter(der::kSequence);
        out += std::to_string(one.contents(der::kObjectIdentifier).back());  // last arc of 2.5.29
        if (one.peek() == der::kBoolean) {
            one.element(der::kBoolean);
            out += "!";
        }
        out += " ";
    }
    return out;
}

constexpr const char* kKeyUsage_Ski_Policies_Aki = "15! 14 32! 35 ";
constexpr const char* kKeyUsage_Ski_San_Policies_Aki = "15! 14 17! 32! 35 ";
constexpr const char* kKeyUsage_Constraints_Policies_Ski_Aki = "15! 19! 32! 14 35 ";
constexpr const char* kKeyUsage_Constraints_Policies_Ski = "15! 19! 32! 14 ";

/// What smki.md 2.1 says of every certificate.
void expect_common_rules(const CertificateRef& issued, const PublicKey& signer) {
    const Certificate certificate = smki::read(*issued);
    EXPECT_TRUE(certificate.oddities.empty()) << certificate.oddities.front();
    EXPECT_TRUE(contains(certificate.to_be_signed, "A003020102")) << "version 3";
    EXPECT_EQ(certificate.serial.size(), 16U);
    EXPECT_LT(certificate.serial[0], 0x80) << "positive";
    EXPECT_GT(certificate.serial[0], 0) << "16 octets need no padding";
    EXPECT_EQ(certificate.key_identifier.size(), 8U);
    EXPECT_EQ(certificate.key_identifier[0] >> 4, 4);
    EXPECT_TRUE(std::ranges::equal(certificate.key_identifier, key_identifier(certificate.public_key)));
    EXPECT_EQ(certificate.policies, std::vector{std::string(kTestPolicy)});
    EXPECT_TRUE(contains(certificate.der, "301306072A8648CE3D020106082A8648CE3D030107034200 04"))
        << "uncompressed P-256";
    EXPECT_TRUE(contains(certificate.der, "300A06082A8648CE3D040302"))
        << "ecdsa-with-SHA256 without parameters";
    EXPECT_TRUE(verify(signer, certificate.to_be_signed, certificate.signature));
    // What the Authority remembers is what the octets say.
    EXPECT_EQ(certificate.subject, issued->subject);
    EXPECT_EQ(certificate.role, issued->role);
    EXPECT_EQ(certificate.usage, issued->usage);
    EXPECT_EQ(certificate.not_before, issued->not_before);
    EXPECT_EQ(certificate.not_after, issued->not_after);
    EXPECT_EQ(certificate.to_be_signed, issued->to_be_signed);
}

TEST(DeviceCertificate, FollowsTheProfile) {
    for (const KeyUsage usage : {KeyUsage::digitalSignature, KeyUsage::keyAgreement}) {
        const CertificateRef issued = authority().issue(smki::device(usage));
        expect_common_rules(issued, authority().device_issuing()->public_key);
        const Certificate certificate = smki::read(*issued);
        EXPECT_TRUE(certificate.is_device);
        EXPECT_FALSE(certificate.is_ca);
        EXPECT_FALSE(certificate.role);
        EXPECT_EQ(certificate.subject, smki::kDevice);
        EXPECT_EQ(certificate.usage, usage);
        EXPECT_EQ(to_hex(certificate.subject_name), "3000") << "empty subject";
        EXPECT_EQ(certificate.issuer_name, authority().device_issuing()->subject_name);
        EXPECT_EQ(certificate.authority_key_identifier, authority().device_issuing()->key_identifier);
        EXPECT_EQ(certificate.not_before, smki::kIssued);
        EXPECT_EQ(certificate.not_after, kForever);
        EXPECT_TRUE(contains(certificate.der, "170D3138303430363030303030305A")) << "notBefore in UTCTime";
        EXPECT_TRUE(contains(certificate.der, "180F39393939313233313233353935395A"))
            << "notAfter in GeneralizedTime";
        EXPECT_TRUE(contains(certificate.der, "06082B06010505070804")) << "id-on-hardwareModuleName";
        EXPECT_TRUE(contains(certificate.der, "040800DB1234567890A0")) << "hwSerialNum of 8 octets";
        EXPECT_TRUE(contains(certificate.der, usage == KeyUsage::digitalSignature ? "03020780" : "03020308"));
        EXPECT_TRUE(contains(certificate.der, "300A8008"))
            << "authorityKeyIdentifier with keyIdentifier only";
        EXPECT_EQ(extensions_of(certificate), kKeyUsage_Ski_San_Policies_Aki);
        EXPECT_NEAR(static_cast<double>(certificate.der.size()), 420, 3);
    }
}

TEST(OrganisationCertificate, FollowsTheProfileInEveryRole) {
    for (const auto& [role, unit] : {std::pair{RemotePartyRole::recovery, "01"},
                                     {RemotePartyRole::supplier, "02"},
                                     {RemotePartyRole::networkOperator, "03"},
                                     {RemotePartyRole::accessControlBroker, "04"},
                                     {RemotePartyRole::transitionalCoS, "05"},
                                     {RemotePartyRole::wanProvider, "06"},
                                     {RemotePartyRole::loadController, "08"},
                                     {RemotePartyRole::other, "7F"},
                                     {RemotePartyRole::xmlSign, "87"},
                                     {RemotePartyRole::dSPXmlSign, "89"}}) {
        const CertificateRef issued = authority().issue(smki::organisation(role));
        expect_common_rules(issued, authority().issuing()->public_key);
        const Certificate certificate = smki::read(*issued);
        EXPECT_EQ(certificate.role, role);
        EXPECT_FALSE(certificate.is_device || certificate.is_ca);
        // OU as UTF8String of two hexadecimal digits, x500UniqueIdentifier as BIT STRING of the EUI-64.
        const std::string digits = to_hex({reinterpret_cast<const std::uint8_t*>(unit), 2});
        EXPECT_EQ(to_hex(certificate.subject_name),
                  "3021310B3009060355040B0C02" + digits + "31123010060355042D030900" + "90B3D51F30020000");
        EXPECT_EQ(certificate.subject, smki::kParty);
        EXPECT_EQ(certificate.issuer_name, authority().issuing()->subject_name);
        EXPECT_EQ(certificate.authority_key_identifier, authority().issuing()->key_identifier);
        EXPECT_EQ(certificate.not_before, smki::kIssued);
        EXPECT_EQ(certificate.not_after, *parse_time("2028-04-05 23:59:59")) << "ten years less a second";
        EXPECT_EQ(extensions_of(certificate), kKeyUsage_Ski_Policies_Aki);
        EXPECT_NEAR(static_cast<double>(certificate.der.size()), 406, 3);
    }
}

TEST(OrganisationCertificate, OfASupplierMayCarryItsNameFirst) {
    OrganisationRequest request = smki::organisation(RemotePartyRole::supplier);
    request.common_name = "TESTSUPPLIERONE";
    const Certificate certificate = smki::read(*authority().issue(request));
    EXPECT_TRUE(certificate.oddities.empty());
    const std::string name = to_hex(certificate.subject_name);
    EXPECT_EQ(name.substr(4, 26), "3118301606035504030C0F5445") << "the CN comes first, as UTF8String";
    EXPECT_NEAR(static_cast<double>(certificate.der.size()), 432, 3);
}

TEST(OrganisationCertificate, EndsWhenAsked) {
    OrganisationRequest request = smki::organisation();
    request.until = *parse_time("2019-12-31 23:59:59");
    EXPECT_EQ(smki::read(*authority().issue(request)).not_after, *request.until);
    request.until.reset();
    request.from = *parse_time("2020-02-29");
    EXPECT_EQ(smki::read(*authority().issue(request)).not_after, *parse_time("2030-02-27 23:59:59"))
        << "there is no 29 February ten years later: the last day of the month before, less a second";
}

TEST(AuthorityCertificates, FollowTheProfiles) {
    struct Row {
        CertificateRef certificate;
        PublicKey signer;
        const char* name;
        std::optional<RemotePartyRole> role;
        std::optional<int> path_length;
        const char* extensions;
    };
    Authority& a = authority();
    const Row rows[]{
        {a.root(),
         a.root()->public_key,
         "301A310B3009060355040B13023030310B3009060355040313024D41",
         RemotePartyRole::root,
         {},
         kKeyUsage_Constraints_Policies_Ski},
        {a.issuing(), a.root()->public_key, "301A310B3009060355040B13023037310B3009060355040313024D31",
         RemotePartyRole::issuingAuthority, 0, kKeyUsage_Constraints_Policies_Ski_Aki},
        {a.device_root(),
         a.device_root()->public_key,
         "300F310D300B060355040313044D443030",
         {},
         {},
         kKeyUsage_Constraints_Policies_Ski},
        {a.device_issuing(),
         a.device_root()->public_key,
         "300F310D300B060355040313044D443031",
         {},
         0,
         kKeyUsage_Constraints_Policies_Ski_Aki},
    };
    for (const Row& row : rows) {
        expect_common_rules(row.certificate, row.signer);
        const Certificate certificate = smki::read(*row.certificate);
        EXPECT_EQ(to_hex(certificate.subject_name), row.name);
        EXPECT_EQ(certificate.role, row.role);
        EXPECT_TRUE(certificate.is_ca);
        EXPECT_EQ(certificate.usage, KeyUsage::keyCertSign);
        EXPECT_TRUE(contains(certificate.der, "03020106")) << "keyCertSign and cRLSign";
        EXPECT_EQ(certificate.path_length, row.path_length);
        EXPECT_EQ(certificate.subject.value, 0U) << "eight zero octets are reported for the root cell";
        EXPECT_EQ(certificate.not_before, smki::kFounded);
        EXPECT_EQ(certificate.not_after, *parse_time("2040-12-31 23:59:59")) << "25 years";
        EXPECT_EQ(extensions_of(certificate), row.extensions);
        const bool self_signed = certificate.issuer_name == certificate.subject_name;
        EXPECT_EQ(certificate.authority_key_identifier.empty(), self_signed);
    }
}

TEST(CertificateReader, TakesPemAndGivesItBack) {
    const CertificateRef issued = authority().issue(smki::organisation());
    const auto again = Certificate::parse_pem(issued->to_pem());
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(again->der, issued->der);
    EXPECT_EQ(*Certificate::parse_shared(issued->der), *Certificate::parse_shared(issued->der))
        << "one value";
}

TEST(CertificateReader, RefusesWhatIsNoCertificateInWords) {
    const Bytes good = authority().issue(smki::organisation())->der;
    Bytes longer = good;
    longer.push_back(0);
    Bytes cut(good.begin(), good.end() - 1);
    EXPECT_EQ(Certificate::parse({}).error(), "not an X.509 certificate");
    EXPECT_EQ(Certificate::parse(cut).error(), "not an X.509 certificate");
    EXPECT_EQ(Certificate::parse(longer).error(), "octets follow the certificate");
    EXPECT_EQ(Certificate::parse(Bytes(1001, 0x30)).error(),
              "certificate of 1001 octets; at most 1000 are read");
    EXPECT_EQ(Certificate::parse_pem("").error(), "not PEM");
    EXPECT_EQ(
        Certificate::parse_pem("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n").error(),
        "not PEM");
    EXPECT_EQ(Certificate::parse_pem("-----BEGIN X-----\nAAAA\n-----END X-----\n").error(),
              "PEM, but not of a certificate");
    EXPECT_EQ(Certificate::parse_pem(std::string(65537, 'A')).error(),
              "certificate file is larger than 64 KiB");
}

TEST(CertificateReader, RefusesAPointThatIsNotOnTheCurve) {
    Bytes der = authority().issue(smki::organisation())->der;
    const Bytes start = *from_hex("03420004");
    const auto at = std::search(der.begin(), der.end(), start.begin(), start.end());
    *(at + 4 + 63) ^= 1;
    EXPECT_EQ(Certificate::parse(der).error(), "public key is not on the curve");
    *(at + 3) = 2;
    EXPECT_EQ(Certificate::parse(der).error(), "public key is not an uncompressed point");
}

TEST(CertificateReader, SurvivesEveryFlippedBitAndEveryTruncation) {
    const Certificate good = smki::read(*authority().issue(smki::device()));
    int read = 0;
    for (std::size_t bit = 0; bit < good.der.size() * 8; ++bit) {
        Bytes der = good.der;
        der[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto certificate = Certificate::parse(der);
        if (!certificate) continue;
        ++read;
        const bool same =
            certificate->to_be_signed == good.to_be_signed && certificate->signature == good.signature;
        EXPECT_FALSE(same && certificate->oddities.empty())
            << "bit " << bit << " changed nothing that is seen";
    }
    EXPECT_GT(read, 100) << "most changes of names and numbers still read, with other values";
    for (std::size_t size = 0; size < good.der.size(); ++size) {
        EXPECT_FALSE(Certificate::parse(ByteView(good.der).first(size))) << size << " octets";
    }
}

}  // namespace
}  // namespace meterbed
