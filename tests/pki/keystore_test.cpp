// The public test certificates: every one is read, departures are told in words (smki.md 2.7).
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "pki/path.h"
#include "tests/pki/smki.h"
#include "tests/places.h"

namespace meterbed {
namespace {

namespace fs = std::filesystem;

const fs::path kStore = testing::shared_dir() / "rtds/keystore";

std::string content(const fs::path& file) {
    std::ifstream input(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(input), {}};
}

class Keystore : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!fs::exists(kStore)) GTEST_SKIP() << "the reference test data are not beside the checkout";
        for (const auto& entry : fs::directory_iterator(kStore)) files.push_back(entry.path());
        std::ranges::sort(files);
    }
    std::vector<fs::path> with(const char* extension) const {
        std::vector<fs::path> out;
        std::ranges::copy_if(files, std::back_inserter(out),
                             [&](const fs::path& f) { return f.extension() == extension; });
        return out;
    }
    std::vector<fs::path> files;
};

TEST_F(Keystore, EveryCertificateIsRead) {
    std::map<std::string, int> oddities;
    int odd = 0, devices = 0, organisations = 0, authorities = 0;
    for (const fs::path& file : with(".pem")) {
        const auto certificate = Certificate::parse_pem(content(file));
        ASSERT_TRUE(certificate) << file.filename() << ": " << certificate.error();
        EXPECT_EQ(certificate->serial.size(), 16U) << file.filename();
        ++(certificate->is_ca ? authorities : certificate->is_device ? devices : organisations);
        odd += certificate->oddities.empty() ? 0 : 1;
        for (const std::string& one : certificate->oddities) ++oddities[one];
    }
    EXPECT_GT(devices, 200);
    EXPECT_GE(organisations, 10);
    std::string told;
    for (const auto& [text, count] : oddities) told += std::to_string(count) + " x " + text + "; ";
    RecordProperty("oddities", told);
    EXPECT_LT(odd, devices / 4) << told;
}

TEST_F(Keystore, FilesAreNamedForTheirSubjectButForOne) {
    std::vector<std::string> strangers;
    for (const fs::path& file : with(".pem")) {
        const auto certificate = Certificate::parse_pem(content(file));
        const auto named = Eui64::parse(file.filename().string().substr(0, 16));
        if (named && certificate && certificate->subject != *named)
            strangers.push_back(file.filename().string());
    }
    // smki.md 2.7, oddity 1: named for the WAN provider, made for Supplier 2.
    EXPECT_EQ(strangers, std::vector<std::string>{"90b3d51f30000007-ka.pem"});
}

TEST_F(Keystore, EveryPrivateKeyBelongsToItsCertificate) {
    int keys = 0;
    for (const fs::path& file : with(".key")) {
        const auto key = KeyPair::from_pem(content(file));
        ASSERT_TRUE(key) << file.filename() << ": " << key.error();
        const auto certificate = Certificate::parse_pem(content(fs::path(file).replace_extension(".pem")));
        if (!certificate) continue;
        EXPECT_EQ(certificate->public_key, key->public_key()) << file.filename();
        ++keys;
    }
    EXPECT_GT(keys, 5);
}

TEST_F(Keystore, GarbledFilesAreRefusedInWords) {
    for (const char* extension : {".pem", ".key"}) {
        const std::string good = content(with(extension).front());
        for (std::size_t at = 0; at < good.size(); at += 13) {
            for (const std::string& text :
                 {good.substr(0, at), good.substr(0, at) + '\0' + good.substr(at + 1),
                  good.substr(0, at) + "%" + good.substr(at + 1)}) {
                const auto certificate = Certificate::parse_pem(text);
                EXPECT_TRUE(certificate || !certificate.error().empty());
                const auto key = KeyPair::from_pem(text);
                EXPECT_TRUE(key || !key.error().empty());
            }
        }
    }
}

}  // namespace
}  // namespace meterbed
