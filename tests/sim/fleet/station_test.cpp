#include "sim/fleet/station.h"

#include <gtest/gtest.h>

#include <queue>

#include "bench/lean_model.h"
#include "sim/errors.h"
#include "sim/fleet/calendar.h"
#include "sim/systemc/systemc_kernel.h"

namespace meterbed::fleet {
namespace {

using Maker = std::unique_ptr<Kernel> (*)(Time);
const Time kStart = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};
constexpr Duration kShortest{50'000};

std::uint64_t us(Time time) { return static_cast<std::uint64_t>(time.time_since_epoch().count()); }

struct Seen {
    Time at;
    std::uint64_t entity, at_event;
    auto operator<=>(const Seen&) const = default;
};

/// Gets what the fleet posts, and sends every third parcel back a while later.
class Outside final : public Station {
  public:
    std::string_view name() const override { return "outside"; }
    void handle(Parcel parcel, Time now) override {
        const auto outage = std::get<PowerChange>(parcel);
        seen.push_back({now, static_cast<std::uint64_t>(outage.home), us(now)});
        if (seen.size() % 3 == 0) kernel->post(id, fleet, now + Duration{123'457}, parcel);
    }
    Kernel* kernel = nullptr;
    StationId id = 0, fleet = 0;
    std::vector<Seen> seen;
};

/// Each event of every `talks`-th entity says so outside, all happen again later; a parcel that comes back
/// adds one.
class Talkative final : public FleetModel {
  public:
    Talkative(std::size_t entities, std::uint32_t talks, StationId outside)
        : calendar_({entities, us(kStart), 0}), talks_(talks), outside_(outside) {
        for (std::uint32_t i = 0; i < 200; ++i) calendar_.push({us(kStart) + std::uint64_t{i} * 7'919, i, 0});
    }
    std::optional<Time> next() const override {
        const auto at = calendar_.next();
        if (!at) return std::nullopt;
        return Time{Duration{static_cast<std::int64_t>(*at)}};
    }
    void run_until(Time until, FleetStation& station) override {
        calendar_.run_until(us(until), [&](const Event& event) {
            const Time at{Duration{static_cast<std::int64_t>(event.time_us)}};
            if (event.entity % talks_ == 0)
                station.post(outside_, at + kShortest,
                             PowerChange{static_cast<std::int32_t>(event.entity), false});
            if (event.what < 5)
                calendar_.push({event.time_us + std::uint64_t{event.entity} % 7 * 400'000, event.entity,
                                event.what + 1});
        });
    }
    void receive(Parcel parcel, Time now, FleetStation&) override {
        const auto home = static_cast<std::uint32_t>(std::get<PowerChange>(parcel).home);
        calendar_.push({us(now) + 1'000, home, 5});
    }

  private:
    Calendar calendar_;
    std::uint32_t talks_;
    StationId outside_;
};

std::vector<Seen> story(Maker maker, std::size_t entities, Duration slice, std::uint32_t talks = 1) {
    const auto kernel = maker(kStart);
    Outside outside;
    outside.kernel = kernel.get();
    outside.id = kernel->add(outside);
    outside.fleet = 1;
    Talkative model(entities, talks, outside.id);
    FleetStation station("fleet", *kernel, model, slice);
    // Stops that lie on no slice.
    for (const int seconds : {1, 7, 60}) {
        const Time until = kStart + std::chrono::seconds{seconds} + Duration{333};
        kernel->run_until(until);
        station.catch_up(until);
    }
    return outside.seen;
}

TEST(FleetStation, NeitherKernelNorSliceNorQueueShowsInWhatHappens) {
    const std::vector<Seen> expected = story(make_plain_kernel, 1, kShortest);
    EXPECT_GT(expected.size(), 1'200U);
    for (const Maker maker : {&make_plain_kernel, &make_systemc_kernel}) {
        for (const Duration slice : {Duration{1'000}, Duration{17'001}, kShortest}) {
            for (const std::size_t entities : {std::size_t{1}, Calendar::kSmall})
                EXPECT_EQ(story(maker, entities, slice), expected) << slice.count() << " us";
        }
    }
}

TEST(FleetStation, WorkingAheadOfTheKernelDoesNotShowEither) {
    // So seldom that most slices have the kernel to themselves, and answers meet a fleet that ran ahead.
    for (const std::uint32_t talks : {9U, 50U}) {
        const std::vector<Seen> expected = story(make_plain_kernel, 1, Duration{1}, talks);
        EXPECT_GT(expected.size(), 25U);
        for (const Maker maker : {&make_plain_kernel, &make_systemc_kernel}) {
            for (const Duration slice : {Duration{1'000}, kShortest}) {
                for (const std::size_t entities : {std::size_t{1}, Calendar::kSmall})
                    EXPECT_EQ(story(maker, entities, slice, talks), expected) << slice.count() << " us";
            }
        }
    }
}

TEST(FleetStation, ASliceLongerThanTheShortestDelayIsNoticed) {
    EXPECT_THROW(story(make_plain_kernel, 1, std::chrono::seconds{2}), SimulationError);
    EXPECT_THROW(story(make_plain_kernel, 1, Duration{0}), BadRequest);
}

/// A model that counts how often it is woken.
class Sleepy final : public FleetModel {
  public:
    std::optional<Time> next() const override { return due; }
    void run_until(Time until, FleetStation&) override {
        ++woken;
        if (due && *due <= until) due.reset();
    }
    void receive(Parcel, Time, FleetStation&) override {}
    std::optional<Time> due = kStart + std::chrono::hours{5};
    int woken = 0;
};

TEST(FleetStation, SleepsThroughSlicesWithoutEvents) {
    for (const Maker maker : {&make_plain_kernel, &make_systemc_kernel}) {
        const auto kernel = maker(kStart);
        Sleepy model;
        FleetStation station("fleet", *kernel, model, Duration{1'000});
        kernel->run_until(kStart + std::chrono::hours{10});
        EXPECT_EQ(model.woken, 1);
        EXPECT_FALSE(model.due);
    }
}

/// A model with an event every second that reads the clock of the kernel.
class Ticking final : public FleetModel {
  public:
    explicit Ticking(const Kernel& kernel) : kernel_(kernel) {}
    std::optional<Time> next() const override { return next_; }
    void run_until(Time until, FleetStation&) override {
        for (; next_ <= until; next_ += std::chrono::seconds{1}) ahead.push_back(next_ - kernel_.now());
    }
    void receive(Parcel, Time, FleetStation&) override {}
    std::vector<Duration> ahead;

  private:
    const Kernel& kernel_;
    Time next_ = kStart + std::chrono::seconds{1};
};

TEST(FleetStation, ALoneFleetWorksThroughItsSlicesAtOneWakingButNotBeyondTheRun) {
    for (const Maker maker : {&make_plain_kernel, &make_systemc_kernel}) {
        const auto kernel = maker(kStart);
        Ticking model(*kernel);
        FleetStation station("fleet", *kernel, model, Duration{1'000});
        for (const int seconds : {10, 15}) {
            model.ahead.clear();
            kernel->run_until(kStart + std::chrono::seconds{seconds});
            ASSERT_EQ(model.ahead.size(), seconds == 10 ? 10U : 5U);
            EXPECT_EQ(model.ahead.front(), Duration::zero());
            EXPECT_EQ(model.ahead.back(), std::chrono::seconds{seconds == 10 ? 9 : 4});
        }
    }
}

/// The lean workload on the queue that everybody knows.
bench::Totals by_priority_queue(std::uint32_t meters, std::uint64_t end_us) {
    bench::LeanFleet homes(meters);
    std::priority_queue<Event, std::vector<Event>, Later> queue;
    for (std::uint32_t meter = 0; meter < meters; ++meter)
        queue.push({bench::first_report_us(meter), meter, 0});
    bench::LeanHandler<decltype(queue)> handler{homes, queue};
    for (; queue.top().time_us <= end_us; ++homes.totals.events) {
        const Event event = queue.top();
        queue.pop();
        handler(event);
    }
    return homes.totals;
}

TEST(LeanModel, EveryQueueKernelAndSliceReachesTheSameChecksum) {
    for (const std::uint32_t meters : {300U, 12'001U}) {
        const Time end{std::chrono::hours{1}};
        const bench::Totals expected = by_priority_queue(meters, us(end));
        // The first report comes after a quarter of an hour in the mean, then one every half hour.
        EXPECT_NEAR(static_cast<double>(expected.messages), 2.5 * meters, 0.1 * meters);
        for (const Maker maker : {&make_plain_kernel, &make_systemc_kernel}) {
            for (const int milliseconds : {1'000, 5'000, 600'001}) {
                const auto kernel = maker(Time{});
                bench::LeanModel model(meters);
                FleetStation station("fleet", *kernel, model, std::chrono::milliseconds{milliseconds});
                kernel->run_until(end);
                station.catch_up(end);
                EXPECT_EQ(model.homes.totals.events, expected.events);
                EXPECT_EQ(model.homes.totals.checksum, expected.checksum);
            }
        }
    }
}

}  // namespace
}  // namespace meterbed::fleet
