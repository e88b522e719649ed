// The Reference Test Data Set, read from where it lies: messages, certificates and keys are never copied
// here.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "devices/gbcs/message.h"
#include "pki/certificate.h"
#include "tests/places.h"

namespace meterbed::rtds {

namespace party {
constexpr Eui64 recovery{0x90B3D51F30000001};
constexpr Eui64 acb{0x90B3D51F30000002};
constexpr Eui64 transitional_cos{0x90B3D51F30000004};
constexpr Eui64 wan_provider{0x90B3D51F30000007};
constexpr Eui64 supplier{0x90B3D51F30010000};
constexpr Eui64 load_controller{0x90B3D51F30010008};
constexpr Eui64 network_operator{0x90B3D51F30020000};
constexpr Eui64 supplier2{0x90B3D51F30030000};
constexpr Eui64 esme{0x00DB1234567890A0};
constexpr Eui64 gsme{0x00DB1234567890A1};
constexpr Eui64 chf{0x00DB1234567890A2};
constexpr Eui64 gpf{0x00DB1234567890A3};
constexpr Eui64 ppmid{0x00DB1234567890A4};
constexpr Eui64 hcalcs{0x00DB1234567890A5};
constexpr Eui64 sapc{0x00DB1234567890A6};
}  // namespace party

struct File {
    std::string folder;  ///< "7.1_ECS42"
    std::string name;    ///< "ECS42_7.1_SUCCESS_COMMAND_GBCS.HEX"
    Bytes octets;

    bool is(std::string_view kind) const {
        return name.find("_" + std::string(kind) + "_") != std::string::npos;
    }
};

inline std::filesystem::path folder() { return testing::shared_dir() / "rtds"; }
inline bool present() { return std::filesystem::is_directory(folder() / "messages"); }

inline std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Every message, ordered by folder and name.
inline const std::vector<File>& messages() {
    static const std::vector<File> all = [] {
        std::vector<File> files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder() / "messages")) {
            if (entry.path().extension() != ".HEX") continue;
            auto octets = from_hex(text_of(entry.path()));
            if (!octets) throw std::runtime_error("not hexadecimal: " + entry.path().string());
            files.push_back(
                {entry.path().parent_path().filename(), entry.path().filename(), *std::move(octets)});
        }
        std::ranges::sort(files, {}, [](const File& file) { return file.folder + "/" + file.name; });
        return files;
    }();
    return all;
}

/// The message of this file name; throws when there is none.
inline const File& message(std::string_view name) {
    const auto found = std::ranges::find(messages(), name, &File::name);
    if (found == messages().end()) throw std::runtime_error("RTDS has no " + std::string(name));
    return *found;
}

/// "00db1234567890a0-ka.pem"; use is "ds", "ka" or "pp-ka".
inline std::filesystem::path key_store_file(Eui64 party, std::string_view use, std::string_view extension) {
    std::string name;
    for (char c : party.text())
        if (c != '-') name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return folder() / "keystore" / (name + "-" + std::string(use) + "." + std::string(extension));
}

/// Null when the key store has no such certificate.
inline const Certificate* certificate(Eui64 party, std::string_view use) {
    static std::map<std::filesystem::path, std::optional<Certificate>> read;
    const auto path = key_store_file(party, use, "pem");
    auto [slot, is_new] = read.try_emplace(path);
    if (is_new && std::filesystem::exists(path)) {
        auto parsed = Certificate::parse_pem(text_of(path));
        if (!parsed) throw std::runtime_error(path.string() + ": " + parsed.error());
        slot->second = *std::move(parsed);
    }
    return slot->second ? &*slot->second : nullptr;
}

/// Null when the key store has no such private key; it has none of devices.
inline const KeyPair* key(Eui64 party, std::string_view use) {
    static std::map<std::filesystem::path, std::optional<KeyPair>> read;
    const auto path = key_store_file(party, use, "key");
    auto [slot, is_new] = read.try_emplace(path);
    if (is_new && std::filesystem::exists(path)) {
        auto parsed = KeyPair::from_pem(text_of(path));
        if (!parsed) throw std::runtime_error(path.string() + ": " + parsed.error());
        slot->second = *std::move(parsed);
    }
    return slot->second ? &*slot->second : nullptr;
}

/// Tests of this fixture skip themselves, saying why, where the data set is absent.
class Test : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!present()) GTEST_SKIP() << "The Reference Test Data Set is not at " << folder();
    }
};

}  // namespace meterbed::rtds
