#include "devices/gbcs/describe_parts.h"

#include <algorithm>
#include <cstdio>

#include "devices/gbcs/alert_names.h"
#include "devices/gbcs/tree_values.h"

namespace meterbed::gbcs {
namespace {

constexpr Time kUtcEpoch = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};

/// Names of a subject or issuer stand in the certificate as a Name; its common name is the last printable
/// string of it.
std::string common_name(ByteView name) {
    std::string found;
    for (std::size_t i = 0; i + 5 < name.size(); ++i) {
        const bool is_common_name = name[i] == 0x55 && name[i + 1] == 0x04 && name[i + 2] == 0x03;
        const std::size_t length = name[i + 4];
        if (is_common_name && i + 5 + length <= name.size()) found = readable(name.subspan(i + 5, length));
    }
    return found;
}

std::string_view kind_of(const Certificate& certificate) {
    return certificate.is_ca ? "authority" : certificate.is_device ? "device" : "organisation";
}

std::string two_digits(std::uint8_t value, std::uint8_t unspecified = 0xFF) {
    if (value == unspecified) return "**";
    char text[8];
    std::snprintf(text, sizeof text, "%02u", unsigned{value});
    return text;
}

}  // namespace

std::string readable(ByteView octets) {
    std::string text(octets.begin(), octets.end());
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '.');
    return text;
}

Description leaf(std::string name, std::string text) {
    return {std::move(name), std::move(text), {}, {}, {}};
}
Description numbered(std::string name, std::int64_t number, std::string text) {
    return {std::move(name), std::move(text), number, {}, {}};
}

std::string money_text(std::int64_t amount) {
    const bool negative = amount < 0;
    const std::uint64_t whole =
        negative ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
    char text[48];
    std::snprintf(text, sizeof text, "%s%llu.%05llu", negative ? "-" : "",
                  static_cast<unsigned long long>(whole / 100000),
                  static_cast<unsigned long long>(whole % 100000));
    std::string out = text;
    for (int i = 0; i < 3 && out.ends_with('0'); ++i) out.pop_back();
    return out + " GBP";
}

std::string utc_text(std::uint32_t seconds) { return time_text(kUtcEpoch + std::chrono::seconds{seconds}); }

std::string date_time_text(ByteView twelve) {
    const auto all = [&](std::uint8_t octet) {
        return std::ranges::all_of(twelve.first(9), [=](std::uint8_t found) { return found == octet; });
    };
    if (twelve.size() != 12) return to_hex(twelve);
    if (all(0x00)) return "now";
    if (all(0xFF)) return "never";
    const unsigned year = static_cast<unsigned>(twelve[0] << 8 | twelve[1]);
    std::string text = year == 0xFFFF ? "****" : std::to_string(year);
    text += "-" + two_digits(twelve[2]) + "-" + two_digits(twelve[3]);
    return text + "T" + two_digits(twelve[5]) + ":" + two_digits(twelve[6]) + ":" + two_digits(twelve[7]) +
           "Z";
}

std::string alert_text(std::uint16_t code) {
    const std::string_view name = alert_name(code);
    return code_text(code) + (name.empty() ? "" : " " + std::string(name));
}

Description describe_certificate(std::string name, ByteView der, const KeyRing* keys) {
    const auto certificate = Certificate::parse(der);
    if (!certificate) return leaf(std::move(name), "unreadable: " + certificate.error());
    const std::string subject =
        certificate->is_ca ? common_name(certificate->subject_name) : certificate->subject.text();
    std::string role = certificate->role ? std::string(meterbed::name(*certificate->role))
                                         : std::string(kind_of(*certificate));
    Description out = leaf(std::move(name), subject + ", " + role);
    out.children.push_back(leaf("Subject", subject));
    out.children.push_back(leaf("Kind", std::string(kind_of(*certificate))));
    if (certificate->role) out.children.push_back(leaf("Role", role));
    out.children.push_back(leaf("Key usage", certificate->usage
                                                 ? std::string(meterbed::name(*certificate->usage))
                                                 : "mixed or absent"));
    out.children.push_back(
        leaf("Valid", time_text(certificate->not_before) + " to " + time_text(certificate->not_after)));
    const bool known = keys && keys->authority(certificate->issuer_name);
    out.children.push_back(
        leaf("Issuer", common_name(certificate->issuer_name) + (known ? " (in the key ring)" : "")));
    out.children.push_back(leaf("Serial number", to_hex(certificate->serial)));
    out.children.push_back(leaf("Subject key identifier", to_hex(certificate->key_identifier)));
    for (const std::string& oddity : certificate->oddities) out.children.push_back(leaf("Oddity", oddity));
    return out;
}

}  // namespace meterbed::gbcs
