#include "devices/gbcs/dlms_names.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace meterbed::gbcs::dlms {
namespace {

template <typename E>
struct Name {
    E value;
    std::string_view name;
};

constexpr Name<Type> kTypes[] = {
    {Type::null, "null"},
    {Type::array, "array"},
    {Type::structure, "structure"},
    {Type::boolean, "boolean"},
    {Type::bit_string, "bit-string"},
    {Type::int32, "int32"},
    {Type::uint32, "uint32"},
    {Type::octet_string, "octet-string"},
    {Type::visible_string, "visible-string"},
    {Type::utf8_string, "utf8-string"},
    {Type::int8, "int8"},
    {Type::int16, "int16"},
    {Type::uint8, "uint8"},
    {Type::uint16, "uint16"},
    {Type::compact_array, "compact-array"},
    {Type::int64, "int64"},
    {Type::uint64, "uint64"},
    {Type::enumerated, "enum"},
};
constexpr Name<Access> kAccesses[] = {{Access::get, "get"},
                                      {Access::set, "set"},
                                      {Access::action, "action"},
                                      {Access::get_with_selection, "get-with-selection"}};
constexpr Name<Result> kResults[] = {
    {Result::success, "success"},
    {Result::hardware_fault, "hardware-fault"},
    {Result::temporary_failure, "temporary-failure"},
    {Result::read_write_denied, "read-write-denied"},
    {Result::object_undefined, "object-undefined"},
    {Result::class_inconsistent, "object-class-inconsistent"},
    {Result::unavailable, "object-unavailable"},
    {Result::type_unmatched, "type-unmatched"},
    {Result::scope_violated, "scope-of-access-violated"},
    {Result::other, "other-reason"},
};

template <typename E, std::size_t N>
std::string_view name_in(const Name<E> (&table)[N], E value) {
    const auto row = std::ranges::find(table, value, &Name<E>::value);
    return row != std::end(table) ? row->name : std::string_view();
}
template <typename E, std::size_t N>
std::optional<E> value_in(const Name<E> (&table)[N], std::string_view name) {
    const auto row = std::ranges::find(table, name, &Name<E>::name);
    if (row == std::end(table)) return std::nullopt;
    return row->value;
}

}  // namespace

std::string_view name(Type type) { return name_in(kTypes, type); }
std::optional<Type> type_of(std::string_view name) { return value_in(kTypes, name); }
std::string_view name(Access access) { return name_in(kAccesses, access); }
std::optional<Access> access_of(std::string_view name) { return value_in(kAccesses, name); }
std::string_view name(Result result) { return name_in(kResults, result); }

std::string text(const Obis& obis) {
    char out[32];
    std::snprintf(out, sizeof out, "%u-%u:%u.%u.%u.%u", unsigned{obis[0]}, unsigned{obis[1]},
                  unsigned{obis[2]}, unsigned{obis[3]}, unsigned{obis[4]}, unsigned{obis[5]});
    return out;
}

std::optional<Obis> obis_of(std::string_view text) {
    constexpr std::string_view kSeparators = "-:...";
    Obis obis{};
    for (std::size_t i = 0; i < obis.size(); ++i) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), obis[i]);
        if (error != std::errc{}) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (i == obis.size() - 1) break;
        if (text.empty() || text.front() != kSeparators[i]) return std::nullopt;
        text.remove_prefix(1);
    }
    if (!text.empty()) return std::nullopt;
    return obis;
}

}  // namespace meterbed::gbcs::dlms
