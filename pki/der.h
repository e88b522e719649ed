// DER, strictly: definite lengths, minimal encodings, no trailing octets. The TLV work is OpenSSL's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pki/bytes.h"
#include "pki/time.h"

namespace meterbed::der {

/// Identifier octets used here (class, constructed bit and number in one octet).
enum Tag : std::uint8_t {
    kBoolean = 0x01,
    kInteger = 0x02,
    kBitString = 0x03,
    kOctetString = 0x04,
    kNull = 0x05,
    kObjectIdentifier = 0x06,
    kEnumerated = 0x0A,
    kUtf8String = 0x0C,
    kPrintableString = 0x13,
    kUtcTime = 0x17,
    kGeneralizedTime = 0x18,
    kSequence = 0x30,
    kSet = 0x31,
};
constexpr std::uint8_t context(unsigned number) { return static_cast<std::uint8_t>(0x80 | number); }
constexpr std::uint8_t context_constructed(unsigned number) {
    return static_cast<std::uint8_t>(0xA0 | number);
}

/// Reads one level of elements. The first fault sticks: later reads return empty values, `ok()` says false
/// and `error()` says what and at which offset. Callers check once at the end.
class Reader {
  public:
    explicit Reader(ByteView input) : rest_(input), whole_(input) {}

    bool ok() const { return error_.empty(); }
    const std::string& error() const { return error_; }
    bool at_end() const { return rest_.empty(); }
    /// Identifier octet of the next element, 0 at the end.
    std::uint8_t peek() const { return rest_.empty() ? std::uint8_t{0} : rest_[0]; }

    /// Contents octets of the next element, which must carry this tag.
    ByteView contents(std::uint8_t tag);
    /// The next element whole, header included.
    ByteView element(std::uint8_t tag);
    Reader enter(std::uint8_t tag);
    /// Non-negative INTEGER (or ENUMERATED, or implicit tag) that fits 63 bits.
    std::uint64_t integer(std::uint8_t tag = kInteger);
    Bytes octets(std::uint8_t tag = kOctetString);
    void null();
    /// GeneralizedTime YYYYMMDDHHMMSSZ.
    Time generalized_time();
    /// Fails unless everything was read; takes over the fault of a reader made by `enter`.
    void finish();
    void finish(Reader& inner);
    void fail(std::string_view what);

  private:
    ByteView rest_;
    ByteView whole_;
    std::string error_;
};

/// Builds an encoding front to back; `begin`/`end` nest and the lengths are filled in.
class Writer {
  public:
    Writer& begin(std::uint8_t tag);
    Writer& end();
    Writer& primitive(std::uint8_t tag, ByteView contents);
    Writer& integer(std::uint64_t value, std::uint8_t tag = kInteger);
    Writer& octets(ByteView value, std::uint8_t tag = kOctetString);
    Writer& text(std::string_view value, std::uint8_t tag);
    Writer& null();
    Writer& boolean(bool value);
    /// Dotted decimal, for example "1.2.840.10045.2.1".
    Writer& oid(std::string_view dotted);
    Writer& generalized_time(Time time);
    /// UTCTime up to 2049, GeneralizedTime after (RFC 5280 4.1.2.5).
    Writer& validity_time(Time time);
    /// An element that is already encoded.
    Writer& raw(ByteView element);
    Bytes take();

  private:
    Bytes out_;
    std::vector<std::size_t> open_;
};

}  // namespace meterbed::der
