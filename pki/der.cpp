#include "pki/der.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/objects.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

namespace meterbed::der {

namespace {

/// Octets a DER length needs, and the length itself appended.
void append_length(Bytes& out, std::size_t length) {
    if (length < 0x80) {
        out.push_back(static_cast<std::uint8_t>(length));
        return;
    }
    int octets = 1;
    while (length >> (8 * octets) != 0) ++octets;
    out.push_back(static_cast<std::uint8_t>(0x80 | octets));
    for (int i = octets - 1; i >= 0; --i) out.push_back(static_cast<std::uint8_t>(length >> (8 * i)));
}

bool minimal_length(ByteView header) {
    const std::uint8_t first = header[1];
    if (first < 0x80) return true;
    const std::size_t octets = first & 0x7FU;
    return header[2] != 0 && (octets > 1 || header[2] >= 0x80);
}

struct Calendar {
    int year;
    unsigned month, day, hour, minute, second;
};

Calendar calendar(Time time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    return {int{date.year()},
            unsigned{date.month()},
            unsigned{date.day()},
            static_cast<unsigned>(clock.hours().count()),
            static_cast<unsigned>(clock.minutes().count()),
            static_cast<unsigned>(clock.seconds().count())};
}

}  // namespace

// Reader
// ------------------------------------------------------------------------------------------------------

void Reader::fail(std::string_view what) {
    if (!error_.empty()) return;
    error_ = "offset " + std::to_string(whole_.size() - rest_.size()) + ": " + std::string(what);
    rest_ = {};
}

ByteView Reader::element(std::uint8_t tag) {
    if (!ok()) return {};
    if (rest_.empty()) {
        fail("element missing");
        return {};
    }
    if (rest_[0] != tag) {
        char text[64];
        std::snprintf(text, sizeof text, "tag %02X where %02X belongs", unsigned{rest_[0]}, unsigned{tag});
        fail(text);
        return {};
    }
    const unsigned char* at = rest_.data();
    long length = 0;
    int number = 0;
    int cls = 0;
    const int kind = ASN1_get_object(&at, &length, &number, &cls, static_cast<long>(rest_.size()));
    const bool indefinite = (kind & 1) != 0;
    if ((kind & 0x80) != 0 || indefinite) {
        ERR_clear_error();
        fail("length runs past the end or is not definite");
        return {};
    }
    const auto header = static_cast<std::size_t>(at - rest_.data());
    if (!minimal_length(rest_.first(header))) {
        fail("length is not in its shortest form");
        return {};
    }
    const ByteView whole = rest_.first(header + static_cast<std::size_t>(length));
    rest_ = rest_.subspan(whole.size());
    return whole;
}

ByteView Reader::contents(std::uint8_t tag) {
    const ByteView whole = element(tag);
    if (whole.size() < 2) return {};
    const std::size_t header = whole[1] < 0x80 ? 2 : 2 + (whole[1] & 0x7FU);
    return whole.subspan(header);
}

Reader Reader::enter(std::uint8_t tag) {
    Reader inner(contents(tag));
    if (!ok()) inner.error_ = error_;
    return inner;
}

std::uint64_t Reader::integer(std::uint8_t tag) {
    const ByteView octets = contents(tag);
    if (!ok()) return 0;
    const bool padded = octets.size() > 1 && octets[0] == 0 && octets[1] < 0x80;
    if (octets.empty() || octets.size() > 8 || octets[0] >= 0x80 || padded) {
        fail("integer is negative, too large or not in its shortest form");
        return 0;
    }
    std::uint64_t value = 0;
    for (const std::uint8_t octet : octets) value = value << 8 | octet;
    return value;
}

Bytes Reader::octets(std::uint8_t tag) {
    const ByteView octets = contents(tag);
    return {octets.begin(), octets.end()};
}

void Reader::null() {
    if (!contents(kNull).empty()) fail("NULL has contents");
}

Time Reader::generalized_time() {
    const ByteView octets = contents(kGeneralizedTime);
    if (!ok()) return {};
    std::string text(octets.begin(), octets.end());
    if (text.size() != 15 || text.back() != 'Z') {
        fail("time is not YYYYMMDDHHMMSSZ");
        return {};
    }
    const auto part = [&text](std::size_t at, std::size_t n) { return text.substr(at, n); };
    const auto time = parse_time(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" +
                                 part(10, 2) + ":" + part(12, 2) + "Z");
    if (!time) {
        fail("there is no such time");
        return {};
    }
    return *time;
}

void Reader::finish() {
    if (ok() && !rest_.empty()) fail("octets left over");
}

void Reader::finish(Reader& inner) {
    inner.finish();
    if (ok() && !inner.ok()) fail("inside: " + inner.error());
}

// Writer
// ------------------------------------------------------------------------------------------------------

Writer& Writer::begin(std::uint8_t tag) {
    out_.push_back(tag);
    open_.push_back(out_.size());
    return *this;
}

Writer& Writer::end() {
    if (open_.empty()) throw std::logic_error("der::Writer::end without begin");
    const std::size_t start = open_.back();
    open_.pop_back();
    Bytes length;
    append_length(length, out_.size() - start);
    out_.insert(out_.begin() + static_cast<std::ptrdiff_t>(start), length.begin(), length.end());
    return *this;
}

Writer& Writer::primitive(std::uint8_t tag, ByteView contents) {
    out_.push_back(tag);
    append_length(out_, contents.size());
    out_.insert(out_.end(), contents.begin(), contents.end());
    return *this;
}

Writer& Writer::integer(std::uint64_t value, std::uint8_t tag) {
    Bytes octets;
    for (int shift = 56; shift >= 0; shift -= 8) {
        const auto octet = static_cast<std::uint8_t>(value >> shift);
        if (octets.empty() && octet == 0 && shift != 0) continue;
        if (octets.empty() && octet >= 0x80) octets.push_back(0);
        octets.push_back(octet);
    }
    return primitive(tag, octets);
}

Writer& Writer::octets(ByteView value, std::uint8_t tag) { return primitive(tag, value); }

Writer& Writer::text(std::string_view value, std::uint8_t tag) {
    return primitive(tag, {reinterpret_cast<const std::uint8_t*>(value.data()), value.size()});
}

Writer& Writer::null() { return primitive(kNull, {}); }

Writer& Writer::boolean(bool value) {
    const std::uint8_t octet = value ? 0xFF : 0x00;
    return primitive(kBoolean, {&octet, 1});
}

Writer& Writer::oid(std::string_view dotted) {
    const std::unique_ptr<ASN1_OBJECT, decltype(&ASN1_OBJECT_free)> object(
        OBJ_txt2obj(std::string(dotted).c_str(), 1), &ASN1_OBJECT_free);
    if (!object) throw std::invalid_argument("not an object identifier: " + std::string(dotted));
    return primitive(kObjectIdentifier, {OBJ_get0_data(object.get()), OBJ_length(object.get())});
}

Writer& Writer::generalized_time(Time time) {
    const Calendar c = calendar(time);
    char text[40];
    std::snprintf(text, sizeof text, "%04d%02u%02u%02u%02u%02uZ", c.year, c.month, c.day, c.hour, c.minute,
                  c.second);
    return this->text(text, kGeneralizedTime);
}

Writer& Writer::validity_time(Time time) {
    const Calendar c = calendar(time);
    if (c.year < 1950 || c.year > 2049) return generalized_time(time);
    char text[40];
    std::snprintf(text, sizeof text, "%02d%02u%02u%02u%02u%02uZ", c.year % 100, c.month, c.day, c.hour,
                  c.minute, c.second);
    return this->text(text, kUtcTime);
}

Writer& Writer::raw(ByteView element) {
    out_.insert(out_.end(), element.begin(), element.end());
    return *this;
}

Bytes Writer::take() {
    if (!open_.empty()) throw std::logic_error("der::Writer::take with an element still open");
    return std::move(out_);
}

}  // namespace meterbed::der
