// The calendar of a fleet: a two-level calendar queue (R. Brown, Communications of the ACM 31(10), 1988).
//
// Buckets of a second or more stand in a ring; the bucket of the present is split into windows of
// milliseconds, and one window at a time is sorted and handled. What lies beyond the ring waits in one bag a
// turn. So pushing is a store into a bag, and only the events of one window are ever compared with each
// other. A heap beside it takes what is pushed into the window at work; below `kSmall` entities that heap is
// all there is, for it is faster then.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "sim/fleet/chunks.h"
#include "sim/fleet/event.h"

namespace meterbed::fleet {

struct CalendarOptions {
    std::size_t entities = 0;             ///< about as many events will wait: a heap or buckets?
    std::uint64_t start_us = 0;           ///< no event lies before
    std::uint32_t shortest_delay_us = 0;  ///< what a model promises that uses `run_until_in_any_order`
};

class Calendar {
  public:
    static constexpr std::size_t kSmall = 10'000;

    explicit Calendar(const CalendarOptions& options);

    std::size_t size() const { return in_bags_ + near_.size() + (gathered_.size() - position_); }
    bool empty() const { return size() == 0; }

    /// Not before the event that is being handled, or where the last run ended: that is a SimulationError.
    void push(Event event) {
        if (event.time_us < earliest_allowed_) refuse(event);
        if (event.time_us < opened_) return push_near(event);
        ++in_bags_;
        const std::uint64_t bucket = event.time_us >> bucket_bits_;
        if (bucket == bucket_) {
            windows_[window_of(event.time_us)].add(event, pool_);
        } else if (bucket - bucket_ < ring_.size()) {
            ring_[slot_of(bucket)].add(event, pool_);
        } else {
            push_far(event);
        }
    }

    /// When the earliest event is due. Looks through one bucket: once a slice, not once an event.
    std::optional<std::uint64_t> next() const;

    /// `see(event)` for each that waits, in no order. Looks through all of them.
    template <typename See>
    void each(See&& see) const;

    /// Hands `handler` every event due up to and including `until_us`, in order, those too that it pushes
    /// meanwhile, then stands at `until_us`; returns how many. When the handler has `prefetch(event)`, that
    /// is called a little earlier.
    template <typename Handler>
    std::uint64_t run_until(std::uint64_t until_us, Handler&& handler);

    /// The same events, those of one window in any order, for models in which they do not meet: what a
    /// handler pushes lies at least `shortest_delay_us` after what it handles (else a SimulationError), and
    /// events of different entities may change places.
    template <typename Handler>
    std::uint64_t run_until_in_any_order(std::uint64_t until_us, Handler&& handler);

  private:
    static constexpr std::size_t kAhead = 16;  ///< events between prefetching and handling

    struct Turn {
        Bag bag;
        std::uint64_t earliest_us = 0;
        std::size_t count = 0;
    };

    std::size_t window_of(std::uint64_t time_us) const {
        return time_us >> window_bits_ & (windows_.size() - 1);
    }
    [[noreturn]] void refuse(Event event) const;
    std::size_t slot_of(std::uint64_t bucket) const { return bucket & (ring_.size() - 1); }
    void push_near(Event event);
    void push_far(Event event);
    bool open_window(std::uint64_t until_us);
    bool split_bucket(std::uint64_t until_bucket);
    void load_turn(std::uint64_t turn);
    void gather();
    template <typename Handler>
    static void prefetch_first(Handler& handler, const Event* events, std::size_t count);
    template <typename Handler>
    static void prefetch_ahead(Handler& handler, const Event* events, std::size_t count, std::size_t handled);
    template <typename Handler>
    std::uint64_t run_gathered(std::uint64_t until_us, std::uint32_t promised_us, Handler& handler);
    /// What is due of the window opened last, in any order; the rest stays in it.
    template <typename Handler>
    std::uint64_t run_window(std::uint64_t until_us, Handler& handler);

    ChunkPool pool_;
    unsigned bucket_bits_;  ///< a bucket is 2^22 us in a large fleet, more in a small one
    unsigned window_bits_;
    std::uint32_t promised_us_;
    std::vector<Bag> windows_;           ///< of `bucket_`
    std::vector<Bag> ring_;              ///< the buckets after it; about 71 minutes a turn
    std::map<std::uint64_t, Turn> far_;  ///< turn of the ring -> what is too far for it now
    std::size_t in_far_ = 0, in_bags_ = 0;

    std::uint64_t bucket_ = 0;     ///< the one that is split into windows
    std::size_t next_window_ = 0;  ///< its first window that is not opened yet
    std::uint64_t opened_ = 0;     ///< where that begins: what lies before is gathered or near
    std::uint64_t earliest_allowed_ = 0;

    std::vector<Event> gathered_;  ///< of the window at work, in order
    std::size_t position_ = 0;     ///< in `gathered_`
    std::vector<Event> near_;      ///< a heap
};

template <typename See>
void Calendar::each(See&& see) const {
    const auto look = [&](const Event* events, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) see(events[i]);
    };
    for (const Bag& bag : windows_) bag.look(look);
    for (const Bag& bag : ring_) bag.look(look);
    for (const auto& [turn, far] : far_) far.bag.look(look);
    look(gathered_.data() + position_, gathered_.size() - position_);
    look(near_.data(), near_.size());
}

template <typename Handler>
void Calendar::prefetch_first(Handler& handler, const Event* events, std::size_t count) {
    if constexpr (requires { handler.prefetch(*events); }) {
        for (std::size_t i = 0; i < std::min(kAhead, count); ++i) handler.prefetch(events[i]);
    }
}

template <typename Handler>
void Calendar::prefetch_ahead(Handler& handler, const Event* events, std::size_t count, std::size_t handled) {
    if constexpr (requires { handler.prefetch(*events); }) {
        if (handled + kAhead < count) handler.prefetch(events[handled + kAhead]);
    }
}

template <typename Handler>
std::uint64_t Calendar::run_gathered(std::uint64_t until_us, std::uint32_t promised_us, Handler& handler) {
    std::uint64_t handled = 0;
    for (;; ++handled) {
        Event event;
        const bool from_near =
            !near_.empty() && (position_ == gathered_.size() || before(near_.front(), gathered_[position_]));
        if (from_near) {
            event = near_.front();
            if (event.time_us > until_us) return handled;
            std::pop_heap(near_.begin(), near_.end(), Later{});
            near_.pop_back();
        } else {
            if (position_ == gathered_.size()) return handled;
            event = gathered_[position_];
            if (event.time_us > until_us) return handled;
            prefetch_ahead(handler, gathered_.data(), gathered_.size(), position_);
            ++position_;
        }
        earliest_allowed_ = event.time_us + promised_us;
        handler(event);
    }
}

template <typename Handler>
std::uint64_t Calendar::run_until(std::uint64_t until_us, Handler&& handler) {
    std::uint64_t handled = run_gathered(until_us, 0, handler);
    while (open_window(until_us)) {
        gather();
        prefetch_first(handler, gathered_.data(), gathered_.size());
        handled += run_gathered(until_us, 0, handler);
    }
    earliest_allowed_ = std::max(earliest_allowed_, until_us);
    return handled;
}

template <typename Handler>
std::uint64_t Calendar::run_until_in_any_order(std::uint64_t until_us, Handler&& handler) {
    // A promise shorter than a window can not be used, but is checked all the same.
    const bool by_windows = promised_us_ >= std::uint64_t{1} << window_bits_;
    const std::uint64_t present_us = std::max(earliest_allowed_, until_us);
    std::uint64_t handled = run_gathered(until_us, promised_us_, handler);
    while (open_window(until_us)) {
        if (!by_windows) {
            gather();
            handled += run_gathered(until_us, promised_us_, handler);
            continue;
        }
        handled += run_window(until_us, handler);
        if (opened_ - 1 <= until_us) continue;
        --next_window_;  // what is left in it is for later
        opened_ -= std::uint64_t{1} << window_bits_;
        break;
    }
    earliest_allowed_ = present_us;
    return handled;
}

template <typename Handler>
std::uint64_t Calendar::run_window(std::uint64_t until_us, Handler& handler) {
    std::uint64_t handled = 0;
    Bag& window = windows_[next_window_ - 1];
    earliest_allowed_ = opened_;
    window.drain(pool_, [&](const Event* events, std::uint32_t count) {
        prefetch_first(handler, events, count);
        for (std::uint32_t i = 0; i < count; ++i) {
            prefetch_ahead(handler, events, count, i);
            if (events[i].time_us > until_us) {
                window.add(events[i], pool_);
                continue;
            }
            handler(events[i]);
            ++handled;
        }
    });
    in_bags_ -= handled;
    return handled;
}

}  // namespace meterbed::fleet
