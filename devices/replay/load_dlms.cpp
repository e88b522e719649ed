// Values of access-responses: each read value is put where the command reads it, the first failure becomes a
// fault of that attribute or method.
#include <algorithm>

#include "devices/gbcs/dlms_compact.h"
#include "devices/object_model.h"
#include "devices/replay/loading.h"

namespace meterbed::replay {
namespace {

using namespace gbcs::dlms;

constexpr Attribute kClockTime{8, {0, 0, 1, 0, 0, 255}, 2};
constexpr std::uint16_t kDataProtection = 30;

std::optional<Time> time_in(const Value& value) {
    gbcs::DateTime octets{};
    if (value.type != Type::octet_string || value.octets.size() != octets.size()) return std::nullopt;
    std::ranges::copy(value.octets, octets.begin());
    return time_of(octets);
}

void put(Loading& it, const Attribute& attribute, Value value) {
    if (attribute == kClockTime) {
        if (const auto time = time_in(value)) it.bench.context().set(*time);
        it.loaded = true;
        return;
    }
    if (value.type == Type::compact_array)
        if (auto entries = unpack(value)) value = *std::move(entries);
    const auto held = value_of(it.bench.device(), attribute);
    if (held == value) return;
    put_value(it.bench.device(), attribute, std::move(value));
    it.loaded = true;
}

/// structure { class, OBIS, attribute, ... } of an object list.
std::optional<Attribute> attribute_in(const Value& entry) {
    if (entry.elements.size() < 3 || entry.elements[1].octets.size() != Obis{}.size()) return std::nullopt;
    Attribute out{static_cast<std::uint16_t>(entry.elements[0].number),
                  {},
                  static_cast<std::uint8_t>(entry.elements[2].number)};
    std::ranges::copy(entry.elements[1].octets, out.obis.begin());
    return out;
}

/// Encrypted values, in the order of the command's object list.
void load_protected(Loading& it, const Value& asked, const Value& answered) {
    if (asked.elements.empty() || answered.elements.size() < 2) return;
    const auto plain = opened(it, answered.elements[1].octets);
    auto values = plain ? parse_value(*plain) : gbcs::Parsed<Value>(tl::unexpected(gbcs::ParseError{}));
    if (!values) return;
    const auto& objects = asked.elements[0].elements;
    for (std::size_t i = 0; i < objects.size() && i < values->elements.size(); ++i)
        if (const auto attribute = attribute_in(objects[i])) put(it, *attribute, values->elements[i]);
}

/// A clock that did not take the hub's time: its time lies outside the interval the command gives.
bool load_refused_clock(Loading& it, const AccessRequest& request, const Specification& failed) {
    if (failed.attribute != kClockTime) return false;
    for (const Value& data : request.data) {
        if (data.elements.size() != 3) continue;
        const auto one = time_in(data.elements[1]), other = time_in(data.elements[2]);
        if (!one || !other) continue;
        it.bench.context().set(std::max(*one, *other) + std::chrono::hours{1});
        it.loaded = true;
        return true;
    }
    return false;
}

void load_failure(Loading& it, const AccessRequest& request, const Specification& failed, Result result) {
    if (load_refused_clock(it, request, failed)) return;
    const Member member = failed.access == Access::action ? Member::method : Member::attribute;
    it.bench.device().objects().fail(failed.attribute, result, member);
    it.fault = true;
}

void load_item(Loading& it, const Specification& item, const Value& asked, const Value& answered) {
    if (item.access == Access::set || answered.type == Type::null) return;
    if (item.access != Access::action) return put(it, item.attribute, answered);
    if (item.attribute.class_id == kDataProtection) return load_protected(it, asked, answered);
    put_method_output(it.bench.device(), item.attribute, answered);
    it.loaded = true;
}

}  // namespace

void load_dlms(Loading& it) {
    const auto asked = parse(it.command.payload);
    const auto answered = parse(it.response.payload);
    if (!asked || !answered) return;
    const auto* request = std::get_if<AccessRequest>(&*asked);
    const auto* response = std::get_if<AccessResponse>(&*answered);
    if (!request || !response) return;
    for (std::size_t i = 0; i < request->specifications.size() && i < response->results.size(); ++i) {
        const Result result = response->results[i].result;
        if (result != Result::success) return load_failure(it, *request, request->specifications[i], result);
        const Value nothing;
        load_item(it, request->specifications[i], i < request->data.size() ? request->data[i] : nothing,
                  i < response->data.size() ? response->data[i] : nothing);
    }
}

}  // namespace meterbed::replay
