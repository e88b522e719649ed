#include "sim/fleet/calendar.h"

#include <bit>
#include <limits>
#include <string>

#include "sim/errors.h"

namespace meterbed::fleet {

namespace {

constexpr std::uint64_t kAlways = std::numeric_limits<std::uint64_t>::max();
constexpr unsigned kTurnBits = 32;         // 71 minutes
constexpr unsigned kUsualWindowBits = 12;  // 4.1 ms
constexpr unsigned kShortestWindowBits = 8;
constexpr unsigned kLongestWindowBits = 16;

/// As long as the promise allows; where there is none that helps, the usual.
unsigned window_bits_for(std::uint32_t promised_us) {
    const unsigned bits = promised_us == 0 ? 0 : static_cast<unsigned>(std::bit_width(promised_us)) - 1;
    return bits < kShortestWindowBits ? kUsualWindowBits : std::min(bits, kLongestWindowBits);
}

/// As many buckets as fill a chunk or more each, when about `entities` events lie within a turn; at most
/// about as many as a bucket has windows, so that the ends of all bags stay in the cache on either level.
std::size_t ring_size_for(std::size_t entities) {
    return std::clamp(std::bit_floor(entities / Chunk::kEvents), std::size_t{256}, std::size_t{1024});
}

std::uint64_t earliest_in(const Bag& bag) {
    std::uint64_t earliest = kAlways;
    bag.look([&](const Event* events, std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i) earliest = std::min(earliest, events[i].time_us);
    });
    return earliest;
}

}  // namespace

Calendar::Calendar(const CalendarOptions& options)
    : bucket_bits_(kTurnBits - static_cast<unsigned>(std::countr_zero(ring_size_for(options.entities)))),
      window_bits_(window_bits_for(options.shortest_delay_us)),
      promised_us_(options.shortest_delay_us),
      earliest_allowed_(options.start_us) {
    if (options.entities < kSmall) {
        opened_ = kAlways;  // everything is near
        near_.reserve(options.entities);
        return;
    }
    windows_.resize(std::size_t{1} << (bucket_bits_ - window_bits_));
    ring_.resize(ring_size_for(options.entities));
    bucket_ = options.start_us >> bucket_bits_;
    next_window_ = window_of(options.start_us);
    opened_ = options.start_us >> window_bits_ << window_bits_;
}

void Calendar::refuse(Event event) const {
    throw SimulationError("a fleet event of entity " + std::to_string(event.entity) + " for " +
                          std::to_string(event.time_us) + " us was pushed when the earliest possible was " +
                          std::to_string(earliest_allowed_) + " us");
}

void Calendar::push_near(Event event) {
    near_.push_back(event);
    std::push_heap(near_.begin(), near_.end(), Later{});
}

void Calendar::push_far(Event event) {
    const auto [at, fresh] = far_.try_emplace(event.time_us >> kTurnBits);
    Turn& turn = at->second;
    turn.earliest_us = fresh ? event.time_us : std::min(turn.earliest_us, event.time_us);
    turn.bag.add(event, pool_);
    ++turn.count;
    ++in_far_;
}

/// Opens the next window that holds events and begins by `until_us`; `opened_` is its end then.
bool Calendar::open_window(std::uint64_t until_us) {
    if (in_bags_ == 0) return false;
    for (;;) {
        const std::uint64_t until_bucket = until_us >> bucket_bits_;
        if (until_bucket < bucket_) return false;
        const std::size_t limit = until_bucket > bucket_ ? windows_.size() : window_of(until_us) + 1;
        while (next_window_ < limit && windows_[next_window_].empty()) ++next_window_;
        const bool found = next_window_ < limit;
        if (found) ++next_window_;
        opened_ =
            std::max(opened_, (bucket_ << bucket_bits_) + (std::uint64_t{next_window_} << window_bits_));
        if (found) return true;
        if (until_bucket == bucket_ || !split_bucket(until_bucket)) return false;
    }
}

/// All windows are done: goes on to the next bucket that holds events, at most to `until_bucket`. False when
/// nothing lies so near that going on would help.
bool Calendar::split_bucket(std::uint64_t until_bucket) {
    std::uint64_t bucket = bucket_ + 1;
    if (in_bags_ == in_far_) {  // the ring is empty
        if (far_.empty()) return false;
        const std::uint64_t first = far_.begin()->first * ring_.size();
        if (first > until_bucket) return false;
        bucket = std::max(bucket, first);
    }
    for (;; ++bucket) {
        if (slot_of(bucket) == 0) load_turn(bucket / ring_.size());
        if (bucket == until_bucket || !ring_[slot_of(bucket)].empty()) break;
    }
    bucket_ = bucket;
    next_window_ = 0;
    opened_ = bucket << bucket_bits_;
    ring_[slot_of(bucket)].drain(pool_, [this](const Event* events, std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i)
            windows_[window_of(events[i].time_us)].add(events[i], pool_);
    });
    return true;
}

void Calendar::load_turn(std::uint64_t turn) {
    const auto at = far_.find(turn);
    if (at == far_.end()) return;
    in_far_ -= at->second.count;
    at->second.bag.drain(pool_, [this](const Event* events, std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i)
            ring_[slot_of(events[i].time_us >> bucket_bits_)].add(events[i], pool_);
    });
    far_.erase(at);
}

/// The window opened last, into `gathered_`, in order.
void Calendar::gather() {
    gathered_.clear();
    position_ = 0;
    windows_[next_window_ - 1].drain(pool_, [this](const Event* events, std::uint32_t count) {
        gathered_.insert(gathered_.end(), events, events + count);
    });
    in_bags_ -= gathered_.size();
    std::sort(gathered_.begin(), gathered_.end(), Earlier{});
}

std::optional<std::uint64_t> Calendar::next() const {
    if (empty()) return std::nullopt;
    std::uint64_t earliest = kAlways;
    if (!near_.empty()) earliest = near_.front().time_us;
    if (position_ < gathered_.size()) earliest = std::min(earliest, gathered_[position_].time_us);
    if (!far_.empty()) earliest = std::min(earliest, far_.begin()->second.earliest_us);
    if (in_bags_ == in_far_) return earliest;
    for (std::size_t window = next_window_; window < windows_.size(); ++window) {
        if (!windows_[window].empty()) return std::min(earliest, earliest_in(windows_[window]));
    }
    for (std::uint64_t bucket = bucket_ + 1; bucket < bucket_ + ring_.size(); ++bucket) {
        const Bag& bag = ring_[slot_of(bucket)];
        if (!bag.empty()) return std::min(earliest, earliest_in(bag));
    }
    return earliest;
}

}  // namespace meterbed::fleet
