#include "sim/fleet/calendar.h"

#include <gtest/gtest.h>

#include <functional>
#include <queue>
#include <random>

#include "sim/errors.h"

namespace meterbed::fleet {
namespace {

constexpr std::uint64_t kSecond = 1'000'000;
constexpr std::uint64_t kHour = 3'600 * kSecond;

using Heap = std::priority_queue<Event, std::vector<Event>, Later>;

/// What follows from an event is a function of it alone, so that any queue must come to the same.
std::uint64_t hash(const Event& event) {
    std::uint64_t x = event.time_us * 0x9E3779B97F4A7C15U ^ (std::uint64_t{event.entity} << 32 | event.what);
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
}

/// Zero to two followers: at the same time, in the same window, bucket, turn, or days ahead. `what` counts
/// generations, so that no event causes itself.
template <typename Push>
void follow(const Event& event, std::uint64_t least_us, Push push) {
    static constexpr std::uint64_t kSpans[] = {1,           50,    4'000,     900'000,
                                               3 * kSecond, kHour, 3 * kHour, 240 * kHour};
    const std::uint64_t h = hash(event);
    for (std::uint64_t i = 0; i < (h >> 8) % 3; ++i) {
        const std::uint64_t mine = hash({h + i, event.entity, event.what});
        const std::uint64_t delay = (mine >> 16) % kSpans[mine % std::size(kSpans)];
        push(Event{event.time_us + least_us + delay, static_cast<std::uint32_t>(mine >> 40) % 50,
                   event.what + 1});
    }
}

std::vector<Event> beginning(std::uint32_t seed, std::size_t count, std::uint64_t start_us) {
    std::mt19937_64 random(seed);
    std::vector<Event> events(count);
    for (Event& event : events) {
        const std::uint64_t spread = random() % 4 == 0 ? 5 : 2 * kHour;
        event = {start_us + random() % spread, static_cast<std::uint32_t>(random() % 50),
                 static_cast<std::uint32_t>(random() % 3)};
    }
    return events;
}

std::vector<Event> by_heap(const std::vector<Event>& first, std::uint64_t until_us, std::uint64_t least_us) {
    Heap heap(Later{}, first);
    std::vector<Event> seen;
    while (!heap.empty() && heap.top().time_us <= until_us) {
        seen.push_back(heap.top());
        heap.pop();
        follow(seen.back(), least_us, [&](const Event& event) { heap.push(event); });
    }
    return seen;
}

struct Case {
    std::size_t entities;  ///< below and above the size from which there are buckets
    std::uint64_t start_us;
    std::uint32_t seed;
};

class AnyCalendar : public ::testing::TestWithParam<Case> {};

TEST_P(AnyCalendar, GivesWhatAHeapGivesWhateverTheSlices) {
    const auto [entities, start_us, seed] = GetParam();
    const std::vector<Event> first = beginning(seed, 1000, start_us);
    const std::uint64_t end_us = start_us + 300 * kHour;
    const std::vector<Event> expected = by_heap(first, end_us, 0);
    ASSERT_GT(expected.size(), 2000U);

    std::mt19937_64 random(seed + 1);
    for (const std::uint64_t slice : {std::uint64_t{700}, 5 * kSecond, 9 * kHour, end_us}) {
        Calendar calendar({entities, start_us, 0});
        for (const Event& event : first) calendar.push(event);
        std::vector<Event> seen;
        std::uint64_t handled = 0;
        for (std::uint64_t now = start_us; now < end_us;) {
            const auto next = calendar.next();
            ASSERT_EQ(next.has_value(), !calendar.empty());
            // As a station does: over stretches without events in one step.
            now = std::min(end_us, std::max(now, next.value_or(end_us)) + random() % slice);
            const std::size_t before_us = seen.size();
            handled += calendar.run_until(now, [&](const Event& event) {
                seen.push_back(event);
                follow(event, 0, [&](const Event& later) { calendar.push(later); });
            });
            if (next && *next <= now) {
                ASSERT_EQ(seen.at(before_us).time_us, *next);
            }
        }
        ASSERT_EQ(handled, seen.size());
        ASSERT_EQ(seen, expected) << "slices of " << slice << " us";
    }
}

TEST_P(AnyCalendar, InAnyOrderGivesTheSameEventsEachAfterWhatCausedIt) {
    const auto [entities, start_us, seed] = GetParam();
    constexpr std::uint32_t kLeast = 5'000;
    const std::vector<Event> first = beginning(seed, 1000, start_us);
    const std::uint64_t end_us = start_us + 300 * kHour;
    const std::vector<Event> expected = by_heap(first, end_us, kLeast);

    for (const std::uint64_t slice : {std::uint64_t{6 * kHour + 1}, end_us - start_us}) {
        Calendar calendar({entities, start_us, kLeast});
        for (const Event& event : first) calendar.push(event);
        std::vector<Event> seen;
        std::uint64_t latest = 0;
        for (std::uint64_t now = start_us; now < end_us;) {
            now = std::min(end_us, now + slice);
            calendar.run_until_in_any_order(now, [&](const Event& event) {
                ASSERT_LE(event.time_us, now);
                ASSERT_LT(latest, event.time_us + kLeast) << "not of one window";
                latest = std::max(latest, event.time_us);
                seen.push_back(event);
                follow(event, kLeast, [&](const Event& later) { calendar.push(later); });
            });
        }
        std::sort(seen.begin(), seen.end(), Earlier{});
        ASSERT_EQ(seen, expected);
    }
}

INSTANTIATE_TEST_SUITE_P(Sizes, AnyCalendar,
                         ::testing::Values(Case{1, 0, 1}, Case{Calendar::kSmall, 0, 2},
                                           Case{Calendar::kSmall, 1'580'000'000 * kSecond + 17, 3},
                                           Case{Calendar::kSmall, 4096ULL << 20, 4},
                                           Case{Calendar::kSmall, (4096ULL << 20) - 1, 5},
                                           Case{1'000'000, 1'580'000'000 * kSecond, 6}),
                         [](const auto& tested) { return "Case" + std::to_string(tested.param.seed); });

TEST(Calendar, TiesBreakOnEntityThenOnWhat) {
    for (const std::size_t entities : {std::size_t{1}, Calendar::kSmall}) {
        Calendar calendar({entities, 0, 0});
        for (const Event& event : {Event{7, 2, 0}, Event{7, 1, 9}, Event{7, 1, 3}, Event{6, 5, 5}})
            calendar.push(event);
        std::vector<Event> seen;
        calendar.run_until(7, [&](const Event& event) {
            seen.push_back(event);
            if (event.what == 3) calendar.push({7, 1, 4});  // between what waits already
        });
        EXPECT_EQ(seen, (std::vector<Event>{{6, 5, 5}, {7, 1, 3}, {7, 1, 4}, {7, 1, 9}, {7, 2, 0}}));
    }
}

TEST(Calendar, KnowsItsSizeAndItsEarliestEvent) {
    for (const std::size_t entities : {std::size_t{1}, Calendar::kSmall}) {
        Calendar calendar({entities, 0, 0});
        EXPECT_EQ(calendar.next(), std::nullopt);
        calendar.push({2'000 * kHour, 1, 0});
        EXPECT_EQ(calendar.next(), 2'000 * kHour);
        calendar.push({1'000 * kHour, 1, 0});
        EXPECT_EQ(calendar.next(), 1'000 * kHour);
        calendar.push({5 * kSecond, 2, 0});
        EXPECT_EQ(calendar.next(), 5 * kSecond);
        calendar.push({9, 3, 0});
        EXPECT_EQ(calendar.next(), 9U);
        EXPECT_EQ(calendar.size(), 4U);
        EXPECT_EQ(calendar.run_until(1'000 * kHour, [](const Event&) {}), 3U);
        EXPECT_EQ(calendar.size(), 1U);
        EXPECT_EQ(calendar.next(), 2'000 * kHour);
    }
}

TEST(Calendar, ABurstAtOneInstantWhoseHandlersAddToItIsNotQuadratic) {
    constexpr std::uint32_t kPremises = 200'000;
    Calendar calendar({kPremises, 0, 0});
    for (std::uint32_t i = kPremises; i-- > 0;) calendar.push({kHour, i, 0});
    std::uint32_t next = 0;
    const std::uint64_t handled = calendar.run_until(kHour, [&](const Event& event) {
        if (event.what == 0) {
            ASSERT_EQ(event.entity, next);
            calendar.push({kHour, event.entity, 1});
        } else {
            ASSERT_EQ(event.entity, next++);
        }
    });
    EXPECT_EQ(handled, 2 * kPremises);
}

TEST(Calendar, RefusesAnEventOfThePast) {
    for (const std::size_t entities : {std::size_t{1}, Calendar::kSmall}) {
        Calendar calendar({entities, 0, 0});
        calendar.push({10 * kSecond, 1, 0});
        calendar.run_until(20 * kSecond, [&](const Event& event) {
            EXPECT_THROW(calendar.push({event.time_us - 1, 1, 0}), SimulationError);
        });
        EXPECT_THROW(calendar.push({20 * kSecond - 1, 1, 0}), SimulationError);
        calendar.push({20 * kSecond, 1, 0});
        EXPECT_EQ(calendar.run_until(20 * kSecond, [](const Event&) {}), 1U);
    }
}

TEST(Calendar, RefusesADelayShorterThanPromised) {
    for (const std::size_t entities : {std::size_t{1}, Calendar::kSmall}) {
        Calendar calendar({entities, 0, 5'000});
        calendar.push({10 * kSecond, 1, 0});
        const auto eager = [&](const Event& event) { calendar.push({event.time_us + 100, 1, 0}); };
        EXPECT_THROW(calendar.run_until_in_any_order(20 * kSecond, eager), SimulationError);
    }
}

/// A handler that wants to hear of events a little earlier.
struct Prefetching {
    std::vector<Event>& announced;
    std::vector<Event>& seen;
    void prefetch(const Event& event) { announced.push_back(event); }
    void operator()(const Event& event) { seen.push_back(event); }
};

TEST(Calendar, AnnouncesEventsToAHandlerThatPrefetches) {
    std::vector<Event> announced, seen;
    Calendar calendar({Calendar::kSmall, 0, 5'000});
    for (std::uint32_t i = 0; i < 100; ++i) calendar.push({i, i, 0});
    calendar.run_until(kSecond, Prefetching{announced, seen});
    EXPECT_EQ(announced, seen);
    for (std::uint32_t i = 0; i < 100; ++i) calendar.push({kSecond + 5 + i, i, 0});
    calendar.run_until_in_any_order(2 * kSecond, Prefetching{announced, seen});
    EXPECT_EQ(seen.size(), 200U);
    EXPECT_EQ(announced, seen);
}

}  // namespace
}  // namespace meterbed::fleet
