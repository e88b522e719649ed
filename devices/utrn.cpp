#include "devices/utrn.h"

#include <algorithm>

namespace meterbed::utrn {
namespace {

/// Added to a PTUT so that every UTRN has 19 digits before its check digit (GBCS 14).
constexpr std::uint64_t kOffset = 7394156990786306048ULL;
constexpr std::size_t kDigits = 19;
constexpr std::int64_t kPencePerPound = 100;

constexpr unsigned kValueBits = 13, kClassBits = 2, kCounterBits = 10, kMacBits = 32;
constexpr unsigned kTokenBits = kMacBits + kValueBits + kClassBits + kCounterBits;
constexpr std::uint64_t kCounterCycle = 1ULL << kCounterBits;

/// Permutations by place, the group's table, and the digit that closes a state. GBCS 14.8 starts at place 4
/// and has a table of closing digits of its own: it is not the textbook's inverse.
constexpr std::string_view kPermutation[] = {"0123456789", "1576283094", "5803796142", "8916043527",
                                             "9453126870", "4286573901", "2793806415", "7046913258"};
constexpr std::string_view kGroup[] = {"0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
                                       "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"};
constexpr std::string_view kClosing = "1267583094";
constexpr std::size_t kFirstPlace = 4;

std::size_t number(char digit) { return static_cast<std::size_t>(digit - '0'); }

/// Bits 63 to 32 of the PTUT.
std::uint32_t high_word(std::uint16_t counter_bits, const Value& value) {
    return static_cast<std::uint32_t>(counter_bits) << (kValueBits + kClassBits) |
           static_cast<std::uint32_t>(value.value_class) << kValueBits | value.amount;
}

std::uint16_t low_ten(std::uint64_t counter) { return static_cast<std::uint16_t>(counter % kCounterCycle); }

}  // namespace

std::int64_t Value::credit() const {
    return kUnitsPerPenny * amount * (value_class == ValueClass::pounds ? kPencePerPound : 1);
}

std::optional<Value> value_of_pence(std::int64_t pence, ValueClass preferred) {
    const bool as_pence = pence >= 0 && pence <= kMaximumValue;
    const bool as_pounds =
        pence >= 0 && pence % kPencePerPound == 0 && pence / kPencePerPound <= kMaximumValue;
    if (as_pounds && (preferred == ValueClass::pounds || !as_pence))
        return Value{ValueClass::pounds, static_cast<std::uint16_t>(pence / kPencePerPound)};
    if (as_pence) return Value{ValueClass::pence, static_cast<std::uint16_t>(pence)};
    return std::nullopt;
}

char check_digit(std::string_view digits) {
    std::size_t place = kFirstPlace, state = 0;
    for (const char digit : digits) {
        state = number(kGroup[state][number(kPermutation[place][number(digit)])]);
        place = (place + 1) % std::size(kPermutation);
    }
    return kClosing[state];
}

tl::expected<Token, std::string_view> read(std::string_view code) {
    const bool digits = std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
    if (code.size() != kDigits + 1 || !digits) return tl::unexpected(faults::not_20_digits);
    if (check_digit(code.substr(0, kDigits)) != code.back()) return tl::unexpected(faults::check_digit);
    std::uint64_t pptd = 0;  // 19 digits fit 64 bits
    for (const char digit : code.substr(0, kDigits)) pptd = pptd * 10 + number(digit);
    if (pptd < kOffset || (pptd - kOffset) >> kTokenBits != 0) return tl::unexpected(faults::not_a_token);
    const std::uint64_t ptut = pptd - kOffset;
    const auto value_class = static_cast<unsigned>(ptut >> (kMacBits + kValueBits)) % (1U << kClassBits);
    if (value_class > static_cast<unsigned>(ValueClass::pounds)) return tl::unexpected(faults::not_a_token);
    Token token;
    token.counter_bits = low_ten(ptut >> (kMacBits + kValueBits + kClassBits));
    token.value = {static_cast<ValueClass>(value_class),
                   static_cast<std::uint16_t>((ptut >> kMacBits) & kMaximumValue)};
    token.mac = static_cast<std::uint32_t>(ptut);
    return token;
}

std::string write(const Token& token) {
    const std::uint64_t ptut =
        static_cast<std::uint64_t>(high_word(token.counter_bits, token.value)) << kMacBits | token.mac;
    std::string code = std::to_string(kOffset + ptut);
    code += check_digit(code);
    return code;
}

std::array<std::uint8_t, 16> mac(const Binding& binding, const Value& value, const SharedSecret& top_up) {
    constexpr std::uint8_t kCommand = 0x01;
    const auto key =
        gbcs::derive_key(top_up, binding.supplier, kCommand, binding.originator_counter, binding.device);
    // The six leading octets of every MAC (gbcs::mac_additional_data), then the parties, the transaction and
    // the upper half of the token (RTDS).
    Bytes covered{0x11, 0, 0, 0, 0, 0};
    const auto add = [&covered](const auto& octets) {
        covered.insert(covered.end(), octets.begin(), octets.end());
    };
    add(binding.supplier.octets());
    add(binding.device.octets());
    covered.push_back(kCommand);
    add(Eui64{binding.originator_counter}.octets());
    const std::uint32_t high = high_word(low_ten(utrn_counter(binding.originator_counter)), value);
    for (const int shift : {24, 16, 8, 0}) covered.push_back(static_cast<std::uint8_t>(high >> shift));
    return gbcs::gmac_tag(key, binding.supplier, covered);
}

Token make(const Binding& binding, const Value& value, const SharedSecret& top_up) {
    const auto tag = mac(binding, value, top_up);
    std::uint32_t last_four = 0;
    for (std::size_t i = tag.size() - 4; i < tag.size(); ++i) last_four = last_four << 8 | tag[i];
    return {low_ten(utrn_counter(binding.originator_counter)), value, last_four};
}

bool is_authentic(const Token& token, const Binding& binding, const SharedSecret& top_up) {
    return make(binding, token.value, top_up) == token;
}

std::optional<std::uint64_t> deduce_counter(std::uint64_t highest, std::uint16_t counter_bits) {
    constexpr std::int64_t kCycle = kCounterCycle, kHalf = kCycle / 2;
    constexpr std::int64_t kLargest = 0xFFFF'FFFF;
    const auto known = static_cast<std::int64_t>(highest);
    const std::int64_t place = known % kCycle, bits = counter_bits;
    std::int64_t deduced = known - place + bits;
    if (bits < place - kHalf) deduced += kCycle;
    if (bits > place + kHalf) deduced -= kCycle;
    if (deduced < 0 || deduced > kLargest) return std::nullopt;
    return static_cast<std::uint64_t>(deduced);
}

}  // namespace meterbed::utrn
