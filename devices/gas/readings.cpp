#include "devices/gas/readings.h"

#include <algorithm>

#include "devices/gas/attribute_names.h"

namespace meterbed::gas {
namespace {

constexpr std::uint8_t kStatus[] = {0, 2, 1};  ///< by SupplyState
constexpr unsigned kTiers = 4, kBlocks = 4;
constexpr std::uint8_t kOneTierFourBlocks = 0x14;
/// Daily reads are kept for 31 days; 13 of any other cause (SMETS 4.6.5).
constexpr std::ptrdiff_t kDailyReads = 31, kOthers = 13;

std::uint64_t reading(const Device& device, const ZclAttribute& attribute) {
    return static_cast<std::uint64_t>(device.attributes().number(attribute));
}

template <typename Snapshot>
void keep(std::vector<Snapshot>& kept, Snapshot snapshot) {
    const auto same = [&](const Snapshot& each) { return each.cause == snapshot.cause; };
    const auto most = snapshot.cause == snapshot_cause::general ? kDailyReads : kOthers;
    if (std::ranges::count_if(kept, same) >= most) kept.erase(std::ranges::find_if(kept, same));
    kept.push_back(std::move(snapshot));
}

}  // namespace

std::uint8_t supply_status(SupplyState state) { return kStatus[static_cast<std::size_t>(state)]; }

std::optional<SupplyState> supply_state(std::int64_t status) {
    for (const SupplyState state : {SupplyState::Disabled, SupplyState::Enabled, SupplyState::Armed})
        if (supply_status(state) == status) return state;
    return std::nullopt;
}

ConsumptionSnapshot consumption_now(const Device& device) {
    ConsumptionSnapshot out;
    out.summation = reading(device, metering::summation);
    for (unsigned tier = 1; tier <= kTiers; ++tier)
        out.tiers.push_back(reading(device, metering::tier_summation(tier)));
    out.tiers_and_blocks = kOneTierFourBlocks;
    for (unsigned block = 0; block < kBlocks; ++block)
        out.blocks.push_back(reading(device, metering::block_summation(block)));
    return out;
}

CreditSnapshot credit_now(const Device& device) {
    using namespace prepayment;
    const Attributes& held = device.attributes();
    CreditSnapshot out;
    out.accumulated_debt = static_cast<std::int32_t>(held.number(accumulated_debt));
    for (unsigned n = 0; n < out.debts.size(); ++n)
        out.debts[n] = static_cast<std::uint32_t>(held.number(debt_amount(n + 1)));
    out.emergency_credit = static_cast<std::int32_t>(held.number(emergency_credit_remaining));
    out.credit = static_cast<std::int32_t>(held.number(credit_remaining));
    return out;
}

void take_snapshots(Device& device, std::uint32_t cause, Seconds now) {
    GasData& data = device.gas().write();
    const auto made = [&](auto snapshot) {
        snapshot.id = data.next_snapshot;
        snapshot.time = now;
        snapshot.cause = cause;
        return snapshot;
    };
    keep(data.consumption_snapshots, made(consumption_now(device)));
    keep(data.credit_snapshots, made(credit_now(device)));
    ++data.next_snapshot;
}

/// ASSUMPTION: no gas flows in a simulated meter between commands, so that a sample is 0.
SampledLog grown(const SampledLog& log, Seconds now) {
    SampledLog out = log;
    if (out.samples.size() >= out.wanted || now < log.start || log.step == 0) return out;
    out.samples.resize(
        std::max(out.samples.size(), std::min<std::size_t>(out.wanted, (now - log.start) / log.step)));
    return out;
}

}  // namespace meterbed::gas
