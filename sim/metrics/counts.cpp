#include <map>
#include <set>

#include "sim/metrics/folds.h"

namespace meterbed::folds {

namespace {

template <typename Test>
double count(const Records& records, std::string_view what, Test test) {
    double n = 0;
    for_each(records, what, [&](std::size_t i) { n += test(i) ? 1 : 0; });
    return n;
}

double count(const Records& records, std::string_view what) {
    return count(records, what, [](std::size_t) { return true; });
}

bool is(const Records& records, std::int32_t word, std::string_view text) {
    return records.text(word) == text;
}

}  // namespace

std::optional<double> wrong_choices(const Records& records) {
    return count(records, "certificate chosen",
                 [&](std::size_t i) { return is(records, records.detail[i], "wrong"); });
}

std::optional<double> repairs(const Records& records) { return count(records, "repaired"); }

std::optional<double> time_to_repair(const Records& records) {
    double total = 0;
    for_each(records, "repaired", [&](std::size_t i) { total += records.value[i]; });
    const double n = count(records, "repaired");
    if (n == 0) return std::nullopt;
    return total / n;
}

std::vector<NamedValue> repairs_by_route(const Records& records) {
    std::map<std::string, double> routes;
    for_each(records, "repair tried", [&](std::size_t i) { routes[records.text(records.detail[i])] += 0; });
    for_each(records, "repaired", [&](std::size_t i) { routes[records.text(records.detail[i])] += 1; });
    std::vector<NamedValue> out;
    for (const auto& [route, n] : routes) out.push_back({"repairs by route: " + route, n});
    return out;
}

std::optional<double> requests_refused(const Records& records) { return count(records, "request refused"); }

std::optional<double> requests_refused_at_dcc(const Records& records) {
    return count(records, "request refused",
                 [&](std::size_t i) { return is(records, records.station[i], "DCC"); });
}

std::optional<double> requests_answered(const Records& records) {
    return count(records, "request completed", [&](std::size_t i) {
        // I99: by the DCC alone, when it has nothing to say but that it was done
        return is(records, records.code[i], "I0") || is(records, records.code[i], "I99");
    });
}

std::optional<double> requests_without_answer(const Records& records) {
    return count(records, "request timed out");
}

std::optional<double> commands_dropped(const Records& records) { return count(records, "command dropped"); }

std::optional<double> renewals_refused_in_error(const Records& records) {
    std::set<std::uint32_t> meant;
    for_each(records, "certificate chosen", [&](std::size_t i) {
        if (!is(records, records.detail[i], "wrong")) meant.insert(records.request[i]);
    });
    if (meant.empty()) return std::nullopt;
    const double refused =
        count(records, "request refused", [&](std::size_t i) { return meant.contains(records.request[i]); });
    return refused / static_cast<double>(meant.size());
}

}  // namespace meterbed::folds
