// The test SMKI: reproducible, renewing, and wrong in exactly one way on demand.
#include "pki/authority.h"

#include <algorithm>

#include "pki/path.h"
#include "tests/pki/smki.h"

namespace meterbed {
namespace {

using smki::authority;

Verdict validated(const Certificate& leaf, std::optional<Time> at = smki::kNow) {
    const CertificateRef path[]{authority().issuing(), authority().end_entity()};
    return validate_path(leaf, path, *authority().root(), at);
}

Verdict validated_device(const Certificate& leaf, std::optional<Time> at = smki::kNow) {
    const CertificateRef path[]{authority().device_issuing()};
    return validate_path(leaf, path, *authority().device_root(), at);
}

struct Row {
    Misbehaviour misbehaviour;
    std::string_view verdict;  ///< of the path alone: role, EUI and usage are the cell's business
    const char* oddity;        ///< what a reader remarks, empty for nothing
};

constexpr Row kRows[]{
    {Misbehaviour::none, "accepted", ""},
    {Misbehaviour::wrong_role, "accepted", ""},
    {Misbehaviour::wrong_eui, "accepted", ""},
    {Misbehaviour::wrong_usage, "accepted", ""},
    {Misbehaviour::wrong_issuer, certificate_codes::no_path, ""},
    {Misbehaviour::wrong_policy, certificate_codes::wrong_policy, ""},
    {Misbehaviour::expired, certificate_codes::expired, ""},
    {Misbehaviour::not_yet_valid, certificate_codes::not_yet_valid, ""},
    {Misbehaviour::bad_signature, certificate_codes::bad_signature, ""},
    {Misbehaviour::oversize, "accepted", nullptr},  // refused by the reader already
    {Misbehaviour::end_entity_issuer, certificate_codes::not_a_ca, ""},
    {Misbehaviour::decimal_unit, "accepted", "OU is three decimal digits, not two hexadecimal digits"},
    {Misbehaviour::null_parameter, "accepted", "signature algorithm carries a NULL parameter"},
    {Misbehaviour::no_key_identifier, "accepted", "no subjectKeyIdentifier"},
    {Misbehaviour::policies_not_critical, "accepted", "certificatePolicies is not critical"},
};

class Misbehaving : public ::testing::TestWithParam<Row> {};

TEST_P(Misbehaving, OrganisationCertificatesAreWrongInOneWayOnly) {
    const auto [misbehaviour, verdict, oddity] = GetParam();
    OrganisationRequest request = smki::organisation();
    request.misbehaviour = misbehaviour;
    const CertificateRef issued = authority().issue(request);
    if (oddity == nullptr) {
        EXPECT_FALSE(Certificate::parse(issued->der));
        return;
    }
    const Certificate certificate = smki::read(*issued);
    EXPECT_EQ(validated(certificate).code, verdict) << validated(certificate).text;
    EXPECT_EQ(certificate.oddities,
              *oddity == 0 ? std::vector<std::string>{} : std::vector<std::string>{oddity});
    EXPECT_EQ(certificate.role == request.role, misbehaviour != Misbehaviour::wrong_role);
    EXPECT_EQ(certificate.subject == request.subject, misbehaviour != Misbehaviour::wrong_eui);
    EXPECT_EQ(certificate.usage == request.usage, misbehaviour != Misbehaviour::wrong_usage);
    EXPECT_EQ(certificate.public_key, request.key);
    EXPECT_EQ(name(misbehaviour), name(*meterbed::misbehaviour(name(misbehaviour))));
}

TEST_P(Misbehaving, DeviceCertificatesAreWrongInOneWayOnly) {
    const auto [misbehaviour, verdict, oddity] = GetParam();
    DeviceRequest request = smki::device();
    request.misbehaviour = misbehaviour;
    if (misbehaviour == Misbehaviour::wrong_role || misbehaviour == Misbehaviour::decimal_unit) {
        EXPECT_THROW(authority().issue(request), std::invalid_argument)
            << "a device certificate names no role";
        return;
    }
    const CertificateRef issued = authority().issue(request);
    if (oddity == nullptr) {
        EXPECT_FALSE(Certificate::parse(issued->der));
        return;
    }
    const Certificate certificate = smki::read(*issued);
    const bool other_tree = misbehaviour == Misbehaviour::end_entity_issuer;
    EXPECT_EQ(validated_device(certificate).code, other_tree ? certificate_codes::no_path : verdict);
    EXPECT_EQ(certificate.subject == request.subject, misbehaviour != Misbehaviour::wrong_eui);
    EXPECT_EQ(certificate.usage == request.usage, misbehaviour != Misbehaviour::wrong_usage);
}

INSTANTIATE_TEST_SUITE_P(All, Misbehaving, ::testing::ValuesIn(kRows));

TEST(Misbehaviours, HaveOneRowEachAbove) {
    EXPECT_EQ(misbehaviours().size(), std::size(kRows));
    for (const Misbehaviour one : misbehaviours())
        EXPECT_TRUE(std::ranges::any_of(kRows, [one](const Row& row) { return row.misbehaviour == one; }))
            << name(one);
    EXPECT_FALSE(misbehaviour("sloth"));
}

TEST(Authority, OfTheSameStreamIssuesTheSameOctets) {
    const auto issue = [](std::string_view stream) {
        Authority made(Random(4, stream), smki::kFounded);
        return made.issue(smki::organisation())->der;
    };
    EXPECT_EQ(issue("authority"), issue("authority"));
    EXPECT_NE(issue("authority"), issue("another"));
}

TEST(Authority, GivesEveryCertificateItsOwnSerial) {
    EXPECT_NE(authority().issue(smki::organisation())->serial,
              authority().issue(smki::organisation())->serial);
}

TEST(Authority, RenewsSubjectRoleAndUsageWithAnotherKeyAndValidity) {
    Random random(9, "renewal");
    const PublicKey next = KeyPair::generate(random).public_key();
    const Time later = *parse_time("2021-01-01");
    const CertificateRef old = authority().issue(smki::organisation());
    const Certificate renewed = smki::read(*authority().renew(*old, next, later));
    EXPECT_EQ(renewed.subject_name, old->subject_name);
    EXPECT_EQ(renewed.role, old->role);
    EXPECT_EQ(renewed.usage, old->usage);
    EXPECT_EQ(renewed.public_key, next);
    EXPECT_NE(renewed.serial, old->serial);
    EXPECT_NE(renewed.key_identifier, old->key_identifier);
    EXPECT_EQ(renewed.not_before, later);
    EXPECT_TRUE(validated(renewed, later));
    const CertificateRef device = authority().issue(smki::device());
    const Certificate device_renewed = smki::read(*authority().renew(*device, next, later));
    EXPECT_EQ(device_renewed.subject, device->subject);
    EXPECT_TRUE(device_renewed.is_device);
    EXPECT_EQ(device_renewed.not_after, kForever);
    EXPECT_TRUE(validated_device(device_renewed, later));
}

TEST(Authority, DropsFractionsOfASecondThatCertificatesCannotCarry) {
    OrganisationRequest request = smki::organisation();
    request.from += Duration{1};
    const CertificateRef issued = authority().issue(request);
    EXPECT_EQ(issued->not_before, smki::kIssued);
    EXPECT_EQ(smki::read(*issued).not_before, smki::kIssued);
}

}  // namespace
}  // namespace meterbed
