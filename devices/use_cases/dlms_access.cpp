// Every DLMS use case is a list of gets, sets and methods: they are carried out in order until one fails
// (GBCS 18).
#include <algorithm>

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

bool matches(const AccessRow& row, const Attribute& attribute) {
    return row.class_id == attribute.class_id && row.index == attribute.index &&
           (!row.obis || *row.obis == attribute.obis);
}

const AccessRow* find_row(std::span<const AccessRow> rows, const Attribute& attribute) {
    const auto found =
        std::ranges::find_if(rows, [&](const AccessRow& row) { return matches(row, attribute); });
    return found != rows.end() ? &*found : nullptr;
}

Accessed get(AccessItem& it) {
    const Attribute& attribute = it.specification.attribute;
    if (const AccessRow* row = find_row(computed_attributes(), attribute)) return row->handler(it);
    const Value* held = it.execution.device.objects().find(attribute);
    if (!held) return {{}, Result::object_undefined};
    return {as_read(attribute, *held, it.specification), Result::success};
}

Accessed set(AccessItem& it) {
    return {{}, it.execution.device.objects().set(it.specification.attribute, it.data)};
}

Accessed act(AccessItem& it) {
    const AccessRow* row = find_row(methods(), it.specification.attribute);
    return row ? row->handler(it) : Accessed{{}, Result::object_undefined};
}

Accessed access(AccessItem& it) {
    const Member member =
        it.specification.access == Access::action ? Member::method : Member::attribute;
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
