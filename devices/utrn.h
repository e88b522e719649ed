// UTRNs: the 20 digits that carry a prepayment top-up (GBCS 14). A value of pence or pounds for one device,
// once, from the Supplier that stands in its top-up cell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "devices/gbcs/protection.h"

namespace meterbed::utrn {

/// Value class of a token; the other two are not used.
enum class ValueClass : std::uint8_t { pence = 0, pounds = 1 };

/// The value field has 13 bits.
constexpr std::uint16_t kMaximumValue = 8191;
/// Money in messages is in 10^-5 GBP (GBCS 14, RTDS).
constexpr std::int64_t kUnitsPerPenny = 1000;

struct Value {
    ValueClass value_class = ValueClass::pence;
    std::uint16_t amount = 0;  ///< of its class, at most kMaximumValue
    bool operator==(const Value&) const = default;
    /// In 10^-5 GBP.
    std::int64_t credit() const;
};
/// An amount of pence in the class preferred, else in the other. Nothing when it fits neither: pounds are
/// whole.
std::optional<Value> value_of_pence(std::int64_t pence, ValueClass preferred);

/// PTUT, the 64 bits below the digits: seven zeros, then these from the top.
struct Token {
    std::uint16_t counter_bits = 0;  ///< the low ten bits of the UTRN counter
    Value value;
    std::uint32_t mac = 0;  ///< the last four octets of the GMAC
    bool operator==(const Token&) const = default;
};

/// What can be wrong with 20 digits before any key is needed.
namespace faults {
constexpr std::string_view not_20_digits = "not 20 digits";
constexpr std::string_view check_digit = "wrong check digit";
constexpr std::string_view not_a_token =
    "not a top-up token";  ///< outside the range of tokens, or an unused class
}  // namespace faults

/// The check digit of 19 digits, '0' to '9' (GBCS 14.8).
char check_digit(std::string_view digits);
/// Nothing but the fault when the digits are no UTRN.
tl::expected<Token, std::string_view> read(std::string_view code);
std::string write(const Token& token);

/// Supplier, device and originator counter are what a token's MAC binds together.
struct Binding {
    Eui64 supplier;
    Eui64 device;
    std::uint64_t originator_counter = 0;  ///< its upper 32 bits are the UTRN counter, the lower ones zero
};
constexpr std::uint64_t originator_counter(std::uint64_t utrn_counter) { return utrn_counter << 32; }
constexpr std::uint64_t utrn_counter(std::uint64_t originator_counter) { return originator_counter >> 32; }

/// `top_up` is shared by the Supplier's prepayment key agreement key and the device's key agreement key. All
/// 16 octets; the token carries the last four.
std::array<std::uint8_t, 16> mac(const Binding& binding, const Value& value, const SharedSecret& top_up);
Token make(const Binding& binding, const Value& value, const SharedSecret& top_up);
/// Whether the token is the Supplier's for this device and counter.
bool is_authentic(const Token& token, const Binding& binding, const SharedSecret& top_up);

/// The UTRN counter nearest to the highest one known that ends in these ten bits (GBCS 14.5); nothing when
/// that would lie below zero or above 32 bits.
std::optional<std::uint64_t> deduce_counter(std::uint64_t highest, std::uint16_t counter_bits);

}  // namespace meterbed::utrn
