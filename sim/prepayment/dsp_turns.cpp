#include "sim/prepayment/dsp_turns.h"

#include <algorithm>
#include <cmath>

namespace meterbed {
namespace {

Duration rounded(double microseconds) { return Duration{std::llround(std::max(microseconds, 0.0))}; }

}  // namespace

DspTurns::DspTurns(const PrepaymentSettings& settings)
    : load_(settings.dsp_capacity > 0 ? settings.dsp_background / settings.dsp_capacity : 0),
      prepay_priority_(settings.dsp_prepay_priority) {}

/// Work that lies before the DSP at this time, which it needs so long for.
Duration DspTurns::ahead(const Outage& outage, Time at) const {
    const double while_down = static_cast<double>((std::min(at, outage.end) - outage.begin).count()) * load_;
    const double since = at > outage.end ? static_cast<double>((at - outage.end).count()) * (1 - load_) : 0;
    return rounded(static_cast<double>(outage.backlog.count()) + while_down - since);
}

void DspTurns::begin_outage(Time at) {
    Outage outage{at};
    if (!outages_.empty()) outage.backlog = ahead(outages_.back(), at);
    outages_.push_back(outage);
}

void DspTurns::end_outage(Time at) { outages_.back().end = at; }

bool DspTurns::down() const { return !outages_.empty() && outages_.back().end == Time::max(); }

std::optional<Time> DspTurns::turn(Time arrives, bool priority) const {
    const auto after = std::partition_point(outages_.begin(), outages_.end(),
                                            [&](const Outage& outage) { return outage.begin <= arrives; });
    if (after == outages_.begin()) return arrives;
    const Outage& outage = *(after - 1);
    if (outage.end == Time::max()) return std::nullopt;
    const Time earliest = std::max(arrives, outage.end);
    if (priority && prepay_priority_) return earliest;
    return earliest + ahead(outage, arrives);
}

Time DspTurns::clear_from() const {
    const Outage& outage = outages_.back();
    return outage.end + rounded(static_cast<double>(ahead(outage, outage.end).count()) / (1 - load_));
}

}  // namespace meterbed
