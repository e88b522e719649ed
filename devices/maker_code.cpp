#include "devices/maker_code.h"

#include <algorithm>

#include "devices/utrn.h"

namespace meterbed::maker_code {
namespace {

constexpr std::size_t kDigits = 19, kPenceDigits = 5, kCounterDigits = 5;
constexpr std::uint64_t kMacs = 1'000'000'000;
constexpr std::uint8_t kTopUp = 3;  ///< 1 and 2 are instructions and answers (smets1_meter.cpp)

std::string padded(std::uint64_t number, std::size_t digits) {
    std::string text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
}

std::uint32_t number(std::string_view digits) {
    std::uint32_t out = 0;
    for (const char digit : digits) out = out * 10 + static_cast<std::uint32_t>(digit - '0');
    return out;
}

std::uint32_t mac_of(const gbcs::SymmetricKey& key, Eui64 meter, std::uint32_t counter, std::uint32_t pence) {
    Bytes covered{kTopUp};
    for (const std::uint32_t part : {counter, pence})
        for (const unsigned shift : {24U, 16U, 8U, 0U})
            covered.push_back(static_cast<std::uint8_t>(part >> shift));
    std::uint64_t tag = 0;
    const gbcs::Mac mac = gbcs::gmac(key, meter, covered);
    for (std::size_t i = 0; i < sizeof tag && i < mac.size(); ++i) tag = tag << 8 | mac[i];
    return static_cast<std::uint32_t>(tag % kMacs);
}

}  // namespace

std::string make(const gbcs::SymmetricKey& key, Eui64 meter, std::uint32_t counter, std::uint32_t pence) {
    std::string code = padded(pence, kPenceDigits) + padded(counter, kCounterDigits) +
                       padded(mac_of(key, meter, counter, pence), kDigits - kPenceDigits - kCounterDigits);
    code += utrn::check_digit(code);
    return code;
}

tl::expected<Code, std::string_view> read(std::string_view digits) {
    const bool all_digits = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (digits.size() != kDigits + 1 || !all_digits) return tl::unexpected(utrn::faults::not_20_digits);
    if (utrn::check_digit(digits.substr(0, kDigits)) != digits.back())
        return tl::unexpected(utrn::faults::check_digit);
    return Code{
        number(digits.substr(0, kPenceDigits)), number(digits.substr(kPenceDigits, kCounterDigits)),
        number(digits.substr(kPenceDigits + kCounterDigits, kDigits - kPenceDigits - kCounterDigits))};
}

bool is_authentic(const Code& code, const gbcs::SymmetricKey& key, Eui64 meter) {
    return code.mac == mac_of(key, meter, code.counter, code.pence);
}

}  // namespace meterbed::maker_code
