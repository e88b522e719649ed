#include "devices/top_up.h"

#include <algorithm>
#include <stdexcept>

namespace meterbed {
namespace {

constexpr TopUpRefusal kRefusals[] = {
    {refusals::wrong_digits, 0, false, false, 0x01},
    {refusals::not_for_this_device, 0x8F64, false, true, 0x01},
    {refusals::suspended, 0x81C5, true, false, 0x05},
    {refusals::duplicate, 0x8F51, false, false, 0x02},
    {refusals::not_authentic, 0x8F63, false, true, 0x01},
    {refusals::too_large, 0x8F5B, false, false, 0x06},
    {refusals::balance_too_high, 0x8F47, false, false, 0x04},
};

}  // namespace

std::uint64_t highest(const UtrnCounters& counters) {
    return counters.used.empty() ? counters.floor : counters.used.back();
}

bool is_used(const UtrnCounters& counters, std::uint64_t counter) {
    return counter <= counters.floor || std::ranges::binary_search(counters.used, counter);
}

void remember(UtrnCounters& counters, std::uint64_t counter, const TopUpRules& rules) {
    counters.used.insert(std::ranges::lower_bound(counters.used, counter), counter);
    while (counters.used.size() > rules.cache_size) {
        counters.floor = counters.used.front();
        counters.used.erase(counters.used.begin());
    }
}

void set_floor(UtrnCounters& counters, std::uint64_t floor) { counters = {{}, floor}; }

bool is_suspended(const LocalEntry& entry, Time now) {
    return entry.suspended_until && now < *entry.suspended_until;
}

bool wrong_code(LocalEntry& entry, Time now, const TopUpRules& rules) {
    if (++entry.wrong_in_a_row < rules.wrong_entries) return false;
    entry = {0, now + rules.entry_pause};
    return true;
}

void right_code(LocalEntry& entry) { entry = {}; }

std::span<const TopUpRefusal> top_up_refusals() { return kRefusals; }

const TopUpRefusal& top_up_refusal(std::string_view name) {
    const auto row = std::ranges::find(kRefusals, name, &TopUpRefusal::name);
    if (row == std::end(kRefusals)) throw std::logic_error("a refusal of a top-up that no table names");
    return *row;
}

std::string_view refused_credit(const CreditAccount& account, std::int64_t credit) {
    if (credit > account.maximum_credit) return refusals::too_large;
    if (account.balance + credit > account.maximum_balance) return refusals::balance_too_high;
    return {};
}

}  // namespace meterbed
