// DER of the ASN.1 payloads: a structure is the SEQUENCE of its fields (asn1_fields.h), except where stated
// here.
#include "devices/gbcs/asn1_payloads.h"

#include "devices/gbcs/asn1_fields.h"
#include "devices/gbcs/device_lengths.h"
#include "pki/der.h"

namespace meterbed::gbcs {
namespace {

/// Reading: one function a type of field.
struct In {
    static void read(der::Reader& in, std::uint64_t& number) { number = in.integer(); }
    static void read(der::Reader& in, std::uint16_t& number) {
        const std::uint64_t value = in.integer();
        if (value > 0xFFFF) in.fail("alert code exceeds two octets");
        number = static_cast<std::uint16_t>(value);
    }
    template <std::size_t N>
    static void read(der::Reader& in, std::array<std::uint8_t, N>& octets) {
        const ByteView contents = in.contents(der::kOctetString);
        if (in.ok() && contents.size() != N) in.fail("octet string is not " + std::to_string(N) + " octets");
        if (in.ok()) std::copy(contents.begin(), contents.end(), octets.begin());
    }
    static void read(der::Reader& in, Eui64& id) {
        std::array<std::uint8_t, 8> octets{};
        read(in, octets);
        id = Eui64::from_octets(octets.data());
    }
    static void read(der::Reader& in, Time& time) { time = in.generalized_time(); }
    /// A certificate, kept as it came: it stands last and may be absent.
    static void read(der::Reader& in, Bytes& certificate) {
        if (in.at_end()) return;
        const ByteView element = in.element(der::kSequence);
        certificate.assign(element.begin(), element.end());
    }
    template <typename Member>
    static void read(der::Reader& in, std::optional<Member>& member) {
        if (!in.at_end()) read(in, member.emplace());
    }
    template <typename Item>
    static void read(der::Reader& in, std::vector<Item>& items) {
        der::Reader inner = in.enter(der::kSequence);
        while (inner.ok() && !inner.at_end()) read(inner, items.emplace_back());
        in.finish(inner);
    }
    template <typename Struct>
    static void read(der::Reader& in, Struct& value) {
        der::Reader inner = in.enter(der::kSequence);
        read_fields(inner, value);
        in.finish(inner);
    }
    template <typename Struct>
    static void read_fields(der::Reader& in, Struct& value) {
        for_each_field(value, [&](const auto&, auto& member) { read(in, member); });
    }
};

/// Writing: the same types.
struct Out {
    static void write(der::Writer& out, std::uint64_t number) { out.integer(number); }
    static void write(der::Writer& out, std::uint16_t number) { out.integer(number); }
    template <std::size_t N>
    static void write(der::Writer& out, const std::array<std::uint8_t, N>& octets) {
        out.octets(octets);
    }
    static void write(der::Writer& out, const Eui64& id) { out.octets(id.octets()); }
    static void write(der::Writer& out, const Time& time) { out.generalized_time(time); }
    static void write(der::Writer& out, const Bytes& certificate) { out.raw(certificate); }
    template <typename Member>
    static void write(der::Writer& out, const std::optional<Member>& member) {
        if (member) write(out, *member);
    }
    template <typename Item>
    static void write(der::Writer& out, const std::vector<Item>& items) {
        out.begin(der::kSequence);
        for (const Item& item : items) write(out, item);
        out.end();
    }
    template <typename Struct>
    static void write(der::Writer& out, const Struct& value) {
        out.begin(der::kSequence);
        write_fields(out, value);
        out.end();
    }
    template <typename Struct>
    static void write_fields(der::Writer& out, const Struct& value) {
        for_each_field(value, [&](const auto&, const auto& member) { write(out, member); });
    }
};

/// Payloads that are one bare element rather than a SEQUENCE.
template <typename Struct>
constexpr bool kIsBare = std::is_same_v<Struct, JoinDeviceResponse> || std::is_same_v<Struct, UnjoinDevice> ||
                         std::is_same_v<Struct, UnjoinDeviceResponse>;

template <typename Struct>
Asn1Payload read_payload(der::Reader& in) {
    Struct value;
    if constexpr (kIsBare<Struct>)
        In::read_fields(in, value);
    else
        In::read(in, value);
    return value;
}
template <>
Asn1Payload read_payload<NoParameters>(der::Reader& in) {
    in.null();
    return NoParameters{};
}
template <>
Asn1Payload read_payload<ActivateFirmwareResponse>(der::Reader& in) {
    ActivateFirmwareResponse response;
    if (in.peek() == der::kNull)
        in.null();
    else
        In::read(in, response.outcome.emplace());
    return response;
}

struct Encoder {
    der::Writer out;

    template <typename Struct>
    void operator()(const Struct& value) {
        if constexpr (kIsBare<Struct>)
            Out::write_fields(out, value);
        else
            Out::write(out, value);
    }
    void operator()(const NoParameters&) { out.null(); }
    void operator()(const ActivateFirmwareResponse& response) {
        if (response.outcome)
            Out::write(out, *response.outcome);
        else
            out.null();
    }
};

using Read = Asn1Payload (*)(der::Reader&);

/// Message codes and the types of their payloads; null where there is no such message.
struct Row {
    std::uint16_t code;
    Read command, response, alert;
};
constexpr Row kRows[] = {
    {0x000D, read_payload<JoinDevice>, read_payload<JoinDeviceResponse>, nullptr},              // CS03A1
    {0x000E, read_payload<JoinDevice>, read_payload<JoinDeviceResponse>, nullptr},              // CS03B
    {0x000F, read_payload<UnjoinDevice>, read_payload<UnjoinDeviceResponse>, nullptr},          // CS04AC
    {0x0010, read_payload<UnjoinDevice>, read_payload<UnjoinDeviceResponse>, nullptr},          // CS04B
    {0x0012, read_payload<ActivateFirmware>, read_payload<ActivateFirmwareResponse>, nullptr},  // CS06
    {0x0013, read_payload<NoParameters>, read_payload<JoinDetails>, nullptr},                   // CS07
    {0x007F, read_payload<SetClock>, read_payload<SetClockResponse>, nullptr},                  // GCS28
    {0x008C, read_payload<RestoreDeviceLog>, read_payload<RestoreDeviceLogResponse>, nullptr},  // GCS59
    {0x00AB, read_payload<JoinDevice>, read_payload<JoinDeviceResponse>, nullptr},              // CS03A2
    {0x00AF, read_payload<JoinDevice>, read_payload<JoinDeviceResponse>, nullptr},              // CS03C
    {0x00B2, nullptr, nullptr, read_payload<DeviceLogBackupAlert>},                             // GCS62
    {0x00CA, nullptr, nullptr, read_payload<ActivateFirmwareAlert>},  // CS06, executed later
    {0x0128, nullptr, nullptr, read_payload<FirmwareTransferAlert>},  // CCS08
    {0x0129, read_payload<NoParameters>, read_payload<FirmwareVersionReading>, nullptr},  // CS08
    {0x012B, nullptr, nullptr, read_payload<FirmwareActivatedAlert>},                     // CS09
};

const Row* row_of(MessageCode code) {
    for (const Row& row : kRows)
        if (MessageCode{row.code} == code) return &row;
    return nullptr;
}

Read reader_of(const Row& row, CraFlag cra) {
    if (cra == CraFlag::alert) return row.alert;
    return cra == CraFlag::command ? row.command : row.response;
}

Parsed<Asn1Payload> read_der(Read read, ByteView payload) {
    der::Reader in(payload);
    Asn1Payload value = read(in);
    in.finish();
    if (!in.ok()) return tl::unexpected(ParseError{0, in.error()});
    return value;
}

/// What an organisation makes is DER throughout.
constexpr auto kIsCommand = []<typename T>(const T&) {
    return std::is_same_v<T, JoinDevice> || std::is_same_v<T, UnjoinDevice> ||
           std::is_same_v<T, ActivateFirmware> || std::is_same_v<T, NoParameters> ||
           std::is_same_v<T, SetClock> || std::is_same_v<T, RestoreDeviceLog>;
};

}  // namespace

bool is_asn1(MessageCode code) { return row_of(code) != nullptr; }

Parsed<Asn1Payload> parse_asn1(MessageCode code, CraFlag cra, ByteView payload) {
    const Row* row = row_of(code);
    const Read read = row ? reader_of(*row, cra) : nullptr;
    if (!read) return tl::unexpected(ParseError{0, "no such ASN.1 message"});
    if (cra == CraFlag::command) return read_der(read, payload);
    return der_from_device(payload).and_then([&](const Bytes& der) { return read_der(read, der); });
}

Bytes encode_asn1(const Asn1Payload& payload) {
    Encoder encoder;
    std::visit(encoder, payload);
    const Bytes der = encoder.out.take();
    return std::visit(kIsCommand, payload) ? der : device_from_der(der);
}

}  // namespace meterbed::gbcs
