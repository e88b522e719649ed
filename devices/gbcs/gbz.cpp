#include "devices/gbcs/gbz.h"

#include <stdexcept>

#include "devices/gbcs/cursor.h"

namespace meterbed::gbcs::gbz {
namespace {

constexpr std::array<std::uint8_t, 2> kProfile{0x01, 0x09};

// Bits of a component's control field.
constexpr std::uint8_t kLast = 0x01, kEncrypted = 0x02, kFromDateTime = 0x10;

/// Tag of the octet-string in an alert's body, and the length of what a future dated alert says.
constexpr std::uint8_t kOctetString = 0x09, kExecutedSize = 14;

/// What stands between a component's length and its end.
void read_zcl_frame(Cursor& in, Component& component, std::size_t end) {
    if (component.encrypted) {
        component.additional_header_control = in.u8("additional header control");
        component.frame_counter = in.u8("additional header frame counter");
    }
    if (component.from_date_time) component.from_date_time = in.u32("from date time");
    component.frame_control = in.u8("frame control");
    component.sequence = in.u8("sequence number");
    component.command = in.u8("command id");
    const std::size_t start = in.offset();
    const std::size_t ciphered = component.encrypted ? in.u16("ciphered length") : 0;
    if (in.offset() > end) return in.fail_at(start, "component is longer than its length says");
    if (component.encrypted && ciphered != end - in.offset())
        return in.fail_at(start, "ciphered length does not fill the component");
    component.payload = in.bytes(end - in.offset(), "ZCL payload");
}

Component read_component(Cursor& in, bool last) {
    const std::size_t start = in.offset();
    const std::uint8_t control = in.u8("component control");
    if (control & ~(kLast | kEncrypted | kFromDateTime))
        in.fail_at(start, "component control has unknown bits");
    if (((control & kLast) != 0) != last)
        in.fail_at(start, "last component bit disagrees with the component count");
    Component component;
    component.encrypted = (control & kEncrypted) != 0;
    if (control & kFromDateTime) component.from_date_time = 0;
    component.cluster = in.u16("cluster");
    const std::size_t length = in.u16("component length");
    if (length > in.left()) in.fail("component is cut short");
    if (in.ok()) read_zcl_frame(in, component, in.offset() + length);
    return component;
}

Frame read_frame(Cursor& in) {
    Frame frame;
    const std::size_t start = in.offset();
    const std::uint8_t count = in.u8("component count");
    if (count == 0) in.fail_at(start, "there are no components");
    for (unsigned i = 1; in.ok() && i <= count; ++i)
        frame.components.push_back(read_component(in, i == count));
    in.finish("the last component");
    return frame;
}

Alert read_alert(Cursor& in) {
    Alert alert;
    const std::size_t start = in.offset();
    alert.component_count = in.u8("component count");
    if (alert.component_count > 1) in.fail_at(start, "an alert has at most one component");
    alert.code = in.u16("alert code");
    alert.time = in.u32("alert time");
    alert.body = in.bytes(in.left(), "alert body");
    return alert;
}

Bytes zcl_frame(const Component& component) {
    Bytes out;
    if (component.encrypted) {
        out.push_back(component.additional_header_control);
        out.push_back(component.frame_counter);
    }
    if (component.from_date_time) append_number<4>(out, *component.from_date_time);
    out.push_back(component.frame_control);
    out.push_back(component.sequence);
    out.push_back(component.command);
    if (component.encrypted) append_number<2>(out, component.payload.size());
    append(out, component.payload);
    if (out.size() > 0xFFFF) throw std::length_error("a GBZ component is at most 65535 octets");
    return out;
}

std::uint8_t control_of(const Component& component, bool last) {
    return static_cast<std::uint8_t>((last ? kLast : 0) | (component.encrypted ? kEncrypted : 0) |
                                     (component.from_date_time ? kFromDateTime : 0));
}

void append_component(Bytes& out, const Component& component, bool last) {
    out.push_back(control_of(component, last));
    append_number<2>(out, component.cluster);
    const Bytes zcl = zcl_frame(component);
    append_number<2>(out, zcl.size());
    append(out, zcl);
}

Bytes encode_frame(const Frame& frame) {
    if (frame.components.size() > 0xFF) throw std::length_error("a GBZ payload has at most 255 components");
    Bytes out(kProfile.begin(), kProfile.end());
    out.push_back(static_cast<std::uint8_t>(frame.components.size()));
    for (const Component& component : frame.components)
        append_component(out, component, &component == &frame.components.back());
    return out;
}

Bytes encode_alert(const Alert& alert) {
    Bytes out(kProfile.begin(), kProfile.end());
    out.push_back(alert.component_count);
    append_number<2>(out, alert.code);
    append_number<4>(out, alert.time);
    append(out, alert.body);
    return out;
}

}  // namespace

Parsed<Payload> parse(CraFlag cra, ByteView payload) {
    Cursor in(payload);
    in.expect(kProfile, "profile is not 0109");
    Payload out = cra == CraFlag::alert ? Payload(read_alert(in)) : Payload(read_frame(in));
    if (!in.ok()) return tl::unexpected(in.error());
    return out;
}

Bytes encode(const Payload& payload) {
    if (const auto* alert = std::get_if<Alert>(&payload)) return encode_alert(*alert);
    return encode_frame(std::get<Frame>(payload));
}

std::optional<ExecutedComponent> executed_component(const Alert& alert) {
    Cursor in(alert.body);
    in.expect(kExecutedSize, "length");
    ExecutedComponent executed;
    executed.message_code = in.u16("message code");
    executed.originator_counter = in.u64("originator counter");
    executed.cluster = in.u16("cluster");
    executed.frame_control = in.u8("frame control");
    executed.command = in.u8("command");
    in.finish("the body");
    if (!in.ok()) return std::nullopt;
    return executed;
}

Bytes alert_body(const ExecutedComponent& executed) {
    Bytes out{kExecutedSize};
    append_number<2>(out, executed.message_code);
    append_number<8>(out, executed.originator_counter);
    append_number<2>(out, executed.cluster);
    out.push_back(executed.frame_control);
    out.push_back(executed.command);
    return out;
}

std::optional<Bytes> octet_string_of(const Alert& alert) {
    Cursor in(alert.body);
    in.expect(kOctetString, "octet-string");
    Bytes octets = in.bytes(in.length("length"), "octet-string");
    in.finish("the body");
    if (!in.ok()) return std::nullopt;
    return octets;
}

Bytes octet_string_body(ByteView octets) {
    Bytes out{kOctetString};
    append_length(out, octets.size());
    append(out, octets);
    return out;
}

std::optional<Component> component_of(const Alert& alert) {
    Cursor in(alert.body);
    Component component = read_component(in, true);
    in.finish("the component");
    if (alert.component_count != 1 || !in.ok()) return std::nullopt;
    return component;
}

Bytes alert_body(const Component& component) {
    Bytes out;
    append_component(out, component, true);
    return out;
}

}  // namespace meterbed::gbcs::gbz
