// Path validation at simulated time: a verdict with a code for everything, never an exception.
#include "pki/path.h"

#include "tests/pki/smki.h"

namespace meterbed {
namespace {

using smki::authority;
namespace codes = certificate_codes;

using Path = std::vector<CertificateRef>;

CertificateRef changed(const CertificateRef& certificate, auto change) {
    Certificate copy = *certificate;
    change(copy);
    return std::make_shared<const Certificate>(std::move(copy));
}

class PathValidation : public ::testing::Test {
  protected:
    std::string_view code(const Path& path, std::optional<Time> at = smki::kNow) const {
        return validate_path(*leaf, path, *authority().root(), at).code;
    }
    CertificateRef leaf = authority().issue(smki::organisation());
    CertificateRef issuing = authority().issuing();
};

TEST_F(PathValidation, FindsTheWayFromLeafToRoot) {
    EXPECT_EQ(code({issuing}), "accepted");
    EXPECT_EQ(code({authority().device_issuing(), leaf, nullptr, issuing}), "accepted") << "in any order";
    EXPECT_EQ(code({issuing, authority().root()}), "accepted") << "the root may be among them";
}

TEST_F(PathValidation, WithoutTheIssuerThereIsNoPath) {
    EXPECT_EQ(code({}), codes::no_path);
    EXPECT_EQ(code({authority().device_issuing()}), codes::no_path);
    EXPECT_EQ(validate_path(*leaf, Path{issuing}, *authority().device_root(), smki::kNow).code,
              codes::no_path);
}

TEST_F(PathValidation, LooksAtTheClockUnlessToldNotTo) {
    EXPECT_EQ(code({issuing}, leaf->not_before), "accepted") << "the first second";
    EXPECT_EQ(code({issuing}, leaf->not_before - Duration{1}), codes::not_yet_valid);
    EXPECT_EQ(code({issuing}, leaf->not_after), "accepted") << "the last second";
    EXPECT_EQ(code({issuing}, leaf->not_after + std::chrono::seconds{1}), codes::expired);
    EXPECT_EQ(code({issuing}, std::nullopt), "accepted") << "applyTimeBasedCPVChecks disapplied";
}

TEST_F(PathValidation, TheIssuerMustBeValidToo) {
    const auto old =
        changed(issuing, [](Certificate& c) { c.not_after = smki::kNow - std::chrono::seconds{1}; });
    EXPECT_EQ(code({old}), codes::expired);
    EXPECT_EQ(code({old}, std::nullopt), "accepted");
    const auto strange = changed(issuing, [](Certificate& c) { c.policies = {std::string(kForeignPolicy)}; });
    EXPECT_EQ(code({strange}), codes::wrong_policy);
}

TEST_F(PathValidation, ExpiryOfTheStoredRootIsNotLookedAt) {
    EXPECT_EQ(validate_path(*issuing, {},
                            *changed(authority().root(),
                                     [](Certificate& c) {
                                         c.not_after = smki::kNow - std::chrono::seconds{1};
                                         c.policies.clear();
                                     }),
                            smki::kNow)
                  .code,
              "accepted");
}

TEST_F(PathValidation, AnIssuerThatIsNoCaIsRefused) {
    EXPECT_EQ(code({changed(issuing, [](Certificate& c) { c.is_ca = false; })}), codes::not_a_ca);
    EXPECT_EQ(code({changed(issuing, [](Certificate& c) { c.usage = KeyUsage::digitalSignature; })}),
              codes::not_a_ca);
    EXPECT_EQ(code({changed(issuing, [](Certificate& c) { c.usage.reset(); })}), codes::not_a_ca);
}

TEST_F(PathValidation, CountsTheCertificatesBelowACa) {
    // pathLenConstraint 0: the CA may issue end entities, but no CA under which there are some.
    EXPECT_EQ(code({changed(issuing, [](Certificate& c) { c.path_length = -1; })}), codes::path_too_long);
}

TEST_F(PathValidation, ACircleOfIssuersEnds) {
    const auto circle = changed(issuing, [](Certificate& c) {
        c.issuer_name = c.subject_name;
        c.authority_key_identifier.clear();
        c.path_length.reset();
    });
    EXPECT_NE(code({circle}), "accepted");
}

TEST_F(PathValidation, ComparesNamesByteForByteAndKeysByIdentifier) {
    EXPECT_EQ(code({changed(issuing, [](Certificate& c) { c.subject_name.back() ^= 0x20; })}),
              codes::no_path);
    EXPECT_EQ(code({changed(issuing, [](Certificate& c) { c.key_identifier.back() ^= 1; })}), codes::no_path);
    const auto other_signature = changed(issuing, [](Certificate& c) { c.der.back() ^= 1; });
    EXPECT_EQ(code({other_signature}), "accepted") << "the file is not what is compared (smki.md 2.4)";
}

TEST_F(PathValidation, SeesEverySpoiltSignature) {
    EXPECT_EQ(code({changed(issuing, [](Certificate& c) { c.signature.rs[10] ^= 1; })}), codes::bad_signature)
        << "of the issuer";
    leaf = changed(leaf, [](Certificate& c) { c.to_be_signed.back() ^= 1; });
    EXPECT_EQ(code({issuing}), codes::bad_signature) << "of the leaf";
    EXPECT_EQ(code({issuing}), codes::bad_signature) << "and again, when the answer is remembered";
}

TEST_F(PathValidation, ALeafWithoutPolicyIsRefused) {
    leaf = changed(leaf, [](Certificate& c) { c.policies.clear(); });
    EXPECT_EQ(code({issuing}), codes::wrong_policy);
}

TEST_F(PathValidation, AnotherTreeOfTheSameNamesIsNotBelieved) {
    Authority twin(Random(99, "twin"), smki::kFounded);
    const CertificateRef stranger = twin.issue(smki::organisation());
    EXPECT_EQ(validate_path(*stranger, Path{twin.issuing()}, *authority().root(), smki::kNow).code,
              codes::no_path)
        << "same names, other keys: the identifiers differ";
    EXPECT_EQ(
        validate_path(*stranger, Path{twin.issuing(), twin.root()}, *authority().root(), smki::kNow).code,
        codes::bad_signature);
}

}  // namespace
}  // namespace meterbed
