// Reads octets front to back; the first fault sticks, so that callers check once. Private to devices/gbcs.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "devices/gbcs/message.h"

namespace meterbed::gbcs {

class Cursor {
  public:
    explicit Cursor(ByteView octets) : octets_(octets) {}

    bool ok() const { return error_.what.empty(); }
    const ParseError& error() const { return error_; }
    std::size_t offset() const { return offset_; }
    std::size_t left() const { return ok() ? octets_.size() - offset_ : 0; }

    /// Later reads return zeros and empty views. A first fault is never replaced.
    void fail(std::string what) { fail_at(offset_, std::move(what)); }
    void fail_at(std::size_t offset, std::string what) {
        if (ok()) error_ = {offset, std::move(what)};
    }

    /// `what` completes the sentence "... is cut short".
    ByteView take(std::size_t count, std::string_view what) {
        if (count > left()) {
            fail(std::string(what) + " is cut short: " + std::to_string(count) + " octets needed, " +
                 std::to_string(left()) + " left");
            return {};
        }
        const ByteView taken = octets_.subspan(offset_, count);
        offset_ += count;
        return taken;
    }
    Bytes bytes(std::size_t count, std::string_view what) {
        const ByteView taken = take(count, what);
        return {taken.begin(), taken.end()};
    }
    template <std::size_t N>
    std::array<std::uint8_t, N> fixed(std::string_view what) {
        std::array<std::uint8_t, N> out{};
        const ByteView taken = take(N, what);
        std::copy(taken.begin(), taken.end(), out.begin());
        return out;
    }
    /// Big-endian unsigned number of N octets.
    template <std::size_t N>
    std::uint64_t number(std::string_view what) {
        std::uint64_t value = 0;
        for (std::uint8_t octet : take(N, what)) value = value << 8 | octet;
        return value;
    }
    std::uint8_t u8(std::string_view what) { return static_cast<std::uint8_t>(number<1>(what)); }
    std::uint16_t u16(std::string_view what) { return static_cast<std::uint16_t>(number<2>(what)); }
    std::uint32_t u32(std::string_view what) { return static_cast<std::uint32_t>(number<4>(what)); }
    std::uint64_t u64(std::string_view what) { return number<8>(what); }

    /// These octets and no others; the fault is `what`.
    void expect(ByteView wanted, std::string_view what) {
        const std::size_t start = offset_;
        const ByteView found = take(wanted.size(), what);
        if (ok() && !std::ranges::equal(found, wanted)) fail_at(start, std::string(what));
    }
    void expect(std::uint8_t wanted, std::string_view what) { expect(ByteView(&wanted, 1), what); }

    /// Length octets: below 80, 81 nn or 82 nnnn, and the shortest of them.
    std::size_t length(std::string_view what) {
        const std::size_t start = offset_;
        const std::uint8_t first = u8(what);
        if (first < 0x80) return first;
        if (first != 0x81 && first != 0x82)
            return fail_at(start, std::string(what) + " has an unknown length form"), 0;
        const std::uint64_t value = first == 0x81 ? number<1>(what) : number<2>(what);
        if (value < (first == 0x81 ? 0x80U : 0x100U)) fail_at(start, std::string(what) + " is not minimal");
        return ok() ? value : 0;
    }
    void finish(std::string_view what) {
        if (left() != 0) fail(std::to_string(left()) + " octets follow " + std::string(what));
    }

  private:
    ByteView octets_;
    std::size_t offset_ = 0;
    ParseError error_;
};

/// Appends a big-endian unsigned number of N octets.
template <std::size_t N>
void append_number(Bytes& out, std::uint64_t value) {
    for (std::size_t i = N; i-- > 0;) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}
template <typename Octets>
void append(Bytes& out, const Octets& octets) {
    out.insert(out.end(), std::begin(octets), std::end(octets));
}

}  // namespace meterbed::gbcs
