#include "devices/gbcs/cs02.h"

#include "devices/gbcs/cs02_wire.h"
#include "devices/gbcs/device_lengths.h"

namespace meterbed::gbcs {
namespace {

using Read = Cs02Payload (*)(der::Reader&);

/// Makes a reader of one type a reader of any.
template <auto read>
Cs02Payload as_payload(der::Reader& in) {
    return Cs02Payload(read(in));
}

/// Message codes and the types of their payloads; null where there is no such message.
struct Row {
    std::uint16_t first, last;
    Read command, response, alert;
    bool device_lengths = false;  ///< of response and alert
};

constexpr Read kUpdate = as_payload<cs02::read_update>;
constexpr Read kUpdateResponse = as_payload<cs02::read_update_response>;
constexpr Read kUpdateAlert = as_payload<cs02::read_update_alert>;
constexpr Read kProvide = as_payload<cs02::read_provide>;
constexpr Read kProvideResponse = as_payload<cs02::read_provide_response>;
constexpr Read kKeyUsage = as_payload<cs02::read_key_usage_request>;
constexpr Read kEncoded = as_payload<cs02::read_encoded>;
constexpr Read kEncodedOrResult = as_payload<cs02::read_encoded_or_result>;

constexpr Row kRows[] = {
    {0x0008, 0x0008, kProvide, kProvideResponse, nullptr, true},  // CS02a
    {0x000A, 0x000A, kKeyUsage, kEncodedOrResult, nullptr},       // CS02c
    {0x000B, 0x000B, kEncoded, kEncodedOrResult, nullptr},        // CS02d
    {0x000C, 0x000C, kKeyUsage, kEncodedOrResult, nullptr},       // CS02e
    {0x00CB, 0x00CB, nullptr, nullptr, kUpdateAlert, true},       // CS02b, executed later
    {0x0100, 0x0109, kUpdate, kUpdateResponse, nullptr, true},    // CS02b, 0x0100 + mode
    {0x011B, 0x011B, kProvide, kProvideResponse, nullptr, true},  // CS02f
    {0x0124, 0x0124, nullptr, nullptr, kUpdateAlert, true},       // CS02g, executed later
    {0x0125, 0x0126, kUpdate, kUpdateResponse, nullptr, true},    // CS02g
};

const Row* row_of(MessageCode code) {
    const auto value = static_cast<std::uint16_t>(code);
    for (const Row& row : kRows)
        if (row.first <= value && value <= row.last) return &row;
    return nullptr;
}

Read reader_of(const Row& row, CraFlag cra) {
    if (cra == CraFlag::alert) return row.alert;
    return cra == CraFlag::command ? row.command : row.response;
}

Parsed<Cs02Payload> read_der(Read read, ByteView payload) {
    der::Reader in(payload);
    Cs02Payload value = read(in);
    in.finish();
    if (!in.ok()) return tl::unexpected(ParseError{0, in.error()});
    return value;
}

}  // namespace

std::string_view name(StatusCode code) {
    switch (code) {
        case StatusCode::success:
            return "success";
        case StatusCode::badCertificate:
            return "badCertificate";
        case StatusCode::noTrustAnchor:
            return "noTrustAnchor";
        case StatusCode::insufficientMemory:
            return "insufficientMemory";
        case StatusCode::contingencyPublicKeyDecrypt:
            return "contingencyPublicKeyDecrypt";
        case StatusCode::trustAnchorNotFound:
            return "trustAnchorNotFound";
        case StatusCode::resourcesBusy:
            return "resourcesBusy";
        case StatusCode::other:
            return "other";
    }
    return "unknown status";
}

bool is_cs02(MessageCode code) { return row_of(code) != nullptr; }

Parsed<Cs02Payload> parse_cs02(MessageCode code, CraFlag cra, ByteView payload) {
    const Row* row = row_of(code);
    const Read read = row ? reader_of(*row, cra) : nullptr;
    if (!read) return tl::unexpected(ParseError{0, "no such CS02 message"});
    if (cra == CraFlag::command || !row->device_lengths) return read_der(read, payload);
    return der_from_device(payload).and_then([&](const Bytes& der) { return read_der(read, der); });
}

}  // namespace meterbed::gbcs
