#include "devices/gbcs/dlms.h"

#include "devices/gbcs/dlms_wire.h"

namespace meterbed::gbcs::dlms {
namespace {

constexpr std::uint8_t kAccessRequest = 0xD9, kAccessResponse = 0xDA, kDataNotification = 0x0F;

/// long-invoke-id and the date-time of the APDU, which GBCS leaves empty.
std::uint32_t read_start(Cursor& in) {
    const std::uint32_t id = in.u32("long-invoke-id");
    in.expect(0, "date-time of the APDU is not empty");
    return id;
}

void append_start(Bytes& out, std::uint8_t tag, std::uint32_t id) {
    out.push_back(tag);
    append_number<4>(out, id);
    out.push_back(0);
}

Access read_access(Cursor& in, Access highest) {
    const std::size_t start = in.offset();
    const std::uint8_t choice = in.u8("access choice");
    if (choice < 1 || choice > static_cast<std::uint8_t>(highest)) in.fail_at(start, "unknown access choice");
    return static_cast<Access>(choice);
}

Specification read_specification(Cursor& in) {
    Specification item;
    item.access = read_access(in, Access::get_with_selection);
    item.attribute.class_id = in.u16("class");
    item.attribute.obis = in.fixed<6>("OBIS code");
    item.attribute.index = in.u8("attribute or method");
    if (item.access != Access::get_with_selection) return item;
    item.selector = in.u8("access selector");
    item.selection = read_value(in);
    return item;
}

AccessResult read_result(Cursor& in) {
    const Access access = read_access(in, Access::action);
    return {access, static_cast<Result>(in.u8("access result"))};
}

/// Count, then as many items; each item takes an octet at least.
template <typename Read>
auto read_list(Cursor& in, std::string_view what, Read read) {
    std::vector<decltype(read(in))> items;
    const std::size_t start = in.offset();
    const std::size_t count = in.length(what);
    if (count > in.left()) in.fail_at(start, std::string(what) + " exceeds what follows");
    for (std::size_t i = 0; in.ok() && i < count; ++i) items.push_back(read(in));
    return items;
}

Value read_datum(Cursor& in) { return read_value(in); }

AccessRequest read_request(Cursor& in) {
    AccessRequest request;
    request.invoke_id = read_start(in);
    request.specifications = read_list(in, "specification count", read_specification);
    request.data = read_list(in, "data count", read_datum);
    return request;
}

AccessResponse read_response(Cursor& in) {
    AccessResponse response;
    response.invoke_id = read_start(in);
    in.expect(0, "response repeats the access specification");
    response.data = read_list(in, "data count", read_datum);
    response.results = read_list(in, "result count", read_result);
    return response;
}

DataNotification read_notification(Cursor& in) {
    DataNotification notification;
    notification.invoke_id = read_start(in);
    notification.body = read_value(in);
    return notification;
}

void append_data(Bytes& out, const std::vector<Value>& data) {
    append_length(out, data.size());
    for (const Value& value : data) append_value(out, value);
}

void append_specification(Bytes& out, const Specification& item) {
    out.push_back(static_cast<std::uint8_t>(item.access));
    append_number<2>(out, item.attribute.class_id);
    append(out, item.attribute.obis);
    out.push_back(item.attribute.index);
    if (item.access != Access::get_with_selection) return;
    out.push_back(item.selector);
    append_value(out, item.selection);
}

struct Encoder {
    Bytes out;

    void operator()(const AccessRequest& request) {
        append_start(out, kAccessRequest, request.invoke_id);
        append_length(out, request.specifications.size());
        for (const Specification& item : request.specifications) append_specification(out, item);
        append_data(out, request.data);
    }
    void operator()(const AccessResponse& response) {
        append_start(out, kAccessResponse, response.invoke_id);
        out.push_back(0);
        append_data(out, response.data);
        append_length(out, response.results.size());
        for (const AccessResult& item : response.results) {
            out.push_back(static_cast<std::uint8_t>(item.access));
            out.push_back(static_cast<std::uint8_t>(item.result));
        }
    }
    void operator()(const DataNotification& notification) {
        append_start(out, kDataNotification, notification.invoke_id);
        append_value(out, notification.body);
    }
};

Payload read_payload(Cursor& in) {
    switch (in.u8("payload")) {
        case kAccessRequest:
            return read_request(in);
        case kAccessResponse:
            return read_response(in);
        case kDataNotification:
            return read_notification(in);
        default:
            in.fail_at(0, "payload is not an access-request, access-response or data-notification");
    }
    return {};
}

}  // namespace

Parsed<Payload> parse(ByteView octets) {
    Cursor in(octets);
    Payload payload = read_payload(in);
    in.finish("the payload");
    if (!in.ok()) return tl::unexpected(in.error());
    return payload;
}

Bytes encode(const Payload& payload) {
    Encoder encoder;
    std::visit(encoder, payload);
    return std::move(encoder.out);
}

std::uint32_t invoke_id(std::uint64_t originator_counter) {
    return 0x20000000U | static_cast<std::uint32_t>(originator_counter & 0xFFFFFFU);
}

}  // namespace meterbed::gbcs::dlms
