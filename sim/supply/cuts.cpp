#include "sim/supply/cuts.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "pki/draws.h"

namespace meterbed {

namespace {

/// Counters of the draws of a step, by unit of the population.
enum Counter : std::uint64_t {
    kChosen,
    kStart,
    kLasts,
    kReclosed,
    kReclosedAfter,
    kLastsNormal  // a normal draw takes the uniform ones 2 n and 2 n + 1
};

/// No cut that is restored lasts longer.
constexpr double kLongest = 20.0 * 366 * 86400 * 1e6;

/// A cut before it has its number. Lean, because a part of the world counts those of all others.
struct Draft {
    Time start, end;
    NumberRange homes;
    std::uint32_t step = 0;
    CutCause cause = CutCause::network;
};

Duration between(Duration least, Duration most, double uniform) {
    return least + Duration{static_cast<std::int64_t>(uniform * static_cast<double>((most - least).count()))};
}

NumberRange units_of(const NetworkArea& area, CutUnit unit) {
    switch (unit) {
        case CutUnit::premises:
            return area.homes;
        case CutUnit::feeder:
            return area.feeders;
        case CutUnit::primary:
            return area.primaries;
        case CutUnit::population:
            break;
    }
    return {0, 1};
}

NumberRange homes_of(const SupplyNetwork& network, NumberRange feeders) {
    return {network.feeders[static_cast<std::size_t>(feeders.first)].homes.first,
            network.feeders[static_cast<std::size_t>(feeders.end - 1)].homes.end};
}

NumberRange homes_of(const SupplyNetwork& network, const NetworkArea& area, CutUnit unit,
                     std::int32_t number) {
    switch (unit) {
        case CutUnit::premises:
            return {number, number + 1};
        case CutUnit::feeder:
            return homes_of(network, {number, number + 1});
        case CutUnit::primary:
            return homes_of(network, network.primaries[static_cast<std::size_t>(number)].feeders);
        case CutUnit::population:
            break;
    }
    return area.homes;
}

/// So many of `all`, those with the smallest draws: a longer list begins with a shorter one's members.
std::vector<std::int32_t> chosen(std::int32_t all, std::int64_t wanted, const Draws& draws) {
    std::vector<std::pair<std::uint64_t, std::int32_t>> lots;
    lots.reserve(static_cast<std::size_t>(all));
    for (std::int32_t i = 0; i < all; ++i) {
        lots.emplace_back(draws.bits(static_cast<std::uint64_t>(i), kChosen), i);
    }
    const auto end = lots.begin() + std::min<std::int64_t>(wanted, all);
    if (end != lots.end()) std::nth_element(lots.begin(), end, lots.end());
    std::vector<std::int32_t> out;
    out.reserve(static_cast<std::size_t>(end - lots.begin()));
    std::transform(lots.begin(), end, std::back_inserter(out), [](const auto& lot) { return lot.second; });
    std::sort(out.begin(), out.end());
    return out;
}

Duration lasts(const Lasting& rule, const Draws& draws, std::uint64_t unit) {
    if (!rule.median) return between(rule.least, rule.most, draws.uniform(unit, kLasts));
    const double factor = std::exp(rule.sigma * draws.normal(unit, kLastsNormal));
    const double drawn = std::min(static_cast<double>(rule.median->count()) * factor, kLongest);
    return std::max({rule.least, Duration{static_cast<std::int64_t>(drawn)}, Duration{1}});
}

/// Time until the unit is back.
Duration dark_time(const CutStep& step, const Draws& draws, std::uint64_t unit) {
    if (step.reclose && draws.uniform(unit, kReclosed) < step.reclose->share) {
        return between(step.reclose->least, step.reclose->most, draws.uniform(unit, kReclosedAfter));
    }
    return lasts(step.lasts, draws, unit);
}

class Drawing {
  public:
    Drawing(std::span<const SupplyPlan> plans, const SupplyNetwork& network, const Streams& streams,
            Duration power_gap, std::optional<std::size_t> only)
        : plans_(plans), network_(network), streams_(streams), power_gap_(power_gap), only_(only) {}

    void draw(const SupplyStep& step, std::uint32_t number) {
        const Draws draws(streams_.of("cuts/" + step.label));
        if (const auto* cut = std::get_if<CutStep>(&step.action)) {
            add(*cut, number, draws);
        } else if (const auto* firmware = std::get_if<FirmwareStep>(&step.action)) {
            add(*firmware, number, draws);
        } else {
            for (const FeederOutage& outage : std::get<std::vector<FeederOutage>>(step.action)) {
                const NumberRange homes = homes_of(network_, {outage.feeder, outage.feeder + 1});
                drafts_.push_back({outage.start, outage.end, homes, number, CutCause::network});
            }
        }
    }

    /// Numbers all cuts, and keeps those of the part.
    SupplyStory finish(std::span<const SupplyStep> steps) {
        std::sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
            return std::tie(a.start, a.step, a.homes.first) < std::tie(b.start, b.step, b.homes.first);
        });
        std::uint32_t number = 0;
        for (const Draft& draft : drafts_) {
            ++number;
            if (!is_here(draft.homes)) continue;
            story_.cuts.push_back(
                {number, draft.cause, draft.homes, draft.start, draft.end, steps[draft.step].label});
        }
        std::sort(story_.jobs.begin(), story_.jobs.end(), [](const FirmwareJob& a, const FirmwareJob& b) {
            return std::tie(a.start, a.home) < std::tie(b.start, b.home);
        });
        return std::move(story_);
    }

  private:
    void add(const CutStep& step, std::uint32_t number, const Draws& draws) {
        const NetworkArea& area = network_.areas[step.area];
        const NumberRange units = units_of(area, step.unit);
        const std::int64_t wanted = step.count.value_or(std::llround(step.share * units.size()));
        for (const std::int32_t unit : chosen(units.size(), wanted, draws)) {
            const auto entity = static_cast<std::uint64_t>(unit);
            const Time start = step.at + between(Duration{}, step.over, draws.uniform(entity, kStart));
            drafts_.push_back({start, start + dark_time(step, draws, entity),
                               homes_of(network_, area, step.unit, units.first + unit), number,
                               CutCause::network});
        }
    }

    void add(const FirmwareStep& step, std::uint32_t number, const Draws& draws) {
        const NumberRange homes = network_.areas[step.area].homes;
        const SupplyPlan& plan = plans_[step.area];
        const Draws flags = supply_draws(plan, streams_);
        for (std::int32_t home = homes.first; home < homes.end; ++home) {
            const std::int32_t index = home - homes.first;
            const double lot = draws.uniform(static_cast<std::uint64_t>(index), kStart);
            const Time start = step.at + between(Duration{}, step.over, lot);
            if (is_here(homes)) story_.jobs.push_back({start, home});
            if (!takes_hub_power(plan, flags, index)) continue;
            drafts_.push_back({start, start + power_gap_, {home, home + 1}, number, CutCause::firmware});
        }
    }

    bool is_here(NumberRange homes) const { return !only_ || network_.areas[*only_].homes.has(homes.first); }

    std::span<const SupplyPlan> plans_;
    const SupplyNetwork& network_;
    const Streams& streams_;
    Duration power_gap_;
    std::optional<std::size_t> only_;
    std::vector<Draft> drafts_;
    SupplyStory story_;
};

}  // namespace

SupplyStory supply_story(std::span<const SupplyStep> steps, std::span<const SupplyPlan> plans,
                         const SupplyNetwork& network, const Streams& streams, Duration power_gap,
                         std::optional<std::size_t> only) {
    Drawing drawing(plans, network, streams, power_gap, only);
    for (std::size_t i = 0; i < steps.size(); ++i) drawing.draw(steps[i], static_cast<std::uint32_t>(i));
    return drawing.finish(steps);
}

}  // namespace meterbed
