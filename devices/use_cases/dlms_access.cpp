// Every DLMS use case is a list of gets, sets and methods: they are carried out in order until one fails
// (GBCS 18).
#include <algorithm>

#include "devices/object_model.h"
#include "devices/use_cases/dlms_rows.h"

namespace meterbed {

using namespace gbcs::dlms;

namespace {

/// Words for notes.
constexpr std::pair<Result, std::string_view> kResultNames[] = {
    {Result::hardware_fault, "hardware fault"},         {Result::temporary_failure, "temporary failure"},
    {Result::read_write_denied, "read write denied"},   {Result::object_undefined, "object undefined"},
    {Result::class_inconsistent, "class inconsistent"}, {Result::unavailable, "unavailable"},
    {Result::type_unmatched, "type unmatched"},         {Result::scope_violated, "scope violated"},
};

std::string_view name(Result result) {
    for (const auto& [code, text] : kResultNames)
        if (code == result) return text;
    return "other";
}

template <typename Row>
bool matches(const Row& row, const Attribute& attribute) {
    return row.class_id == attribute.class_id && row.index == attribute.index &&
           (!row.obis || *row.obis == attribute.obis);
}

template <typename Row>
const Row* find_row(std::span<const Row> rows, const Attribute& attribute) {
    const auto found = std::ranges::find_if(rows, [&](const Row& row) { return matches(row, attribute); });
    return found != rows.end() ? &*found : nullptr;
}

Accessed get(AccessItem& it) {
    const Attribute& attribute = it.specification.attribute;
    if (const AccessRow* row = find_row(computed_attributes(), attribute)) return row->handler(it);
    const auto held = value_of(it.execution.device, attribute);
    if (!held) return {{}, Result::object_undefined};
    return {as_read(attribute, *held, it.specification), Result::success};
}

Accessed set(AccessItem& it) {
    const Attribute& attribute = it.specification.attribute;
    const Result stored = it.execution.device.objects().set(attribute, it.data);
    const SetRow* row = find_row(set_consequences(), attribute);
    return {{}, stored == Result::success && row ? row->then(it) : stored};
}

Accessed act(AccessItem& it) {
    const AccessRow* row = find_row(methods(), it.specification.attribute);
    return row ? row->handler(it) : Accessed{{}, Result::object_undefined};
}

Accessed access(AccessItem& it) {
    const Member member = it.specification.access == Access::action ? Member::method : Member::attribute;
    const Result fault = it.execution.device.objects().fault(it.specification.attribute, member);
    if (fault != Result::success) return {{}, fault};
    switch (it.specification.access) {
        case Access::get:
        case Access::get_with_selection:
            return get(it);
        case Access::set:
            return set(it);
        case Access::action:
            return act(it);
    }
    return {{}, Result::other};
}

}  // namespace

Answer access_objects(Execution& execution) {
    const auto& request = std::get<AccessRequest>(std::get<Payload>(execution.command.content));
    Answer answer;
    AccessState state;
    AccessResponse response{request.invoke_id, {}, {}};
    for (std::size_t i = 0; i < request.specifications.size(); ++i) {
        const Specification& specification = request.specifications[i];
        const Value data = i < request.data.size() ? request.data[i] : Value::null();
        AccessItem item{execution, specification, data, state, answer};
        // Break on error: items after a failure answer `other` and do nothing (RTDS).
        Accessed done = answer.failure.empty() ? access(item) : Accessed{{}, Result::other};
        if (done.result != Result::success && answer.failure.empty()) answer.failure = name(done.result);
        response.data.push_back(done.result == Result::success ? std::move(done.data) : Value::null());
        const Access choice =
            specification.access == Access::get_with_selection ? Access::get : specification.access;
        response.results.push_back({choice, done.result});
    }
    answer.payload = encode(response);
    return answer;
}

}  // namespace meterbed
