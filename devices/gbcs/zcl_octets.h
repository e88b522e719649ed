// The octets of ZCL payloads: little endian numbers, strings with a length octet (ZigBee Cluster
// Library 2.5).
#pragma once

#include <array>

#include "pki/bytes.h"

namespace meterbed::gbcs::zcl {

/// Reads front to back; the first fault sticks, later reads give zeros, so that callers check once.
class Reader {
  public:
    explicit Reader(ByteView octets) : octets_(octets) {}

    bool ok() const { return ok_; }
    std::size_t left() const { return ok_ ? octets_.size() - offset_ : 0; }
    /// Everything was there and nothing is left over.
    bool finished() const { return ok_ && left() == 0; }
    void fail() { ok_ = false; }

    Bytes bytes(std::size_t count) {
        if (!ok_ || count > left()) return fail(), Bytes{};
        const ByteView taken = octets_.subspan(offset_, count);
        offset_ += count;
        return {taken.begin(), taken.end()};
    }
    std::uint64_t number(std::size_t octets) {
        const Bytes taken = bytes(octets);
        std::uint64_t value = 0;
        for (std::size_t i = taken.size(); i-- > 0;) value = value << 8U | taken[i];
        return value;
    }
    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u24() { return static_cast<std::uint32_t>(number(3)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u48() { return number(6); }
    std::int32_t i32() { return static_cast<std::int32_t>(u32()); }
    /// A length octet, then so many octets; FF stands for a string without a value.
    Bytes string() {
        const std::uint8_t length = u8();
        return length == 0xFF ? Bytes{} : bytes(length);
    }
    template <std::size_t N>
    std::array<std::uint8_t, N> fixed() {
        std::array<std::uint8_t, N> out{};
        const Bytes taken = bytes(N);
        for (std::size_t i = 0; i < taken.size(); ++i) out[i] = taken[i];
        return out;
    }

  private:
    ByteView octets_;
    std::size_t offset_ = 0;
    bool ok_ = true;
};

class Writer {
  public:
    Writer& number(std::uint64_t value, std::size_t octets) {
        for (std::size_t i = 0; i < octets; ++i) out_.push_back(static_cast<std::uint8_t>(value >> 8U * i));
        return *this;
    }
    Writer& u8(std::uint64_t value) { return number(value, 1); }
    Writer& u16(std::uint64_t value) { return number(value, 2); }
    Writer& u24(std::uint64_t value) { return number(value, 3); }
    Writer& u32(std::uint64_t value) { return number(value, 4); }
    Writer& u48(std::uint64_t value) { return number(value, 6); }
    Writer& i32(std::int32_t value) { return u32(static_cast<std::uint32_t>(value)); }
    Writer& bytes(ByteView octets) {
        out_.insert(out_.end(), octets.begin(), octets.end());
        return *this;
    }
    Writer& string(ByteView octets) { return u8(octets.size()).bytes(octets); }
    Bytes take() { return std::move(out_); }

  private:
    Bytes out_;
};

}  // namespace meterbed::gbcs::zcl
