// A context that remembers: what a device sent, noted and asked to be woken for; time moves when its owner
// says so. For benches with one device, and for tests.
#pragma once

#include <algorithm>
#include <vector>

#include "devices/device.h"

namespace meterbed::replay {

class RecordingContext : public Context {
  public:
    explicit RecordingContext(Time start) : now_(start) {}

    Time now() const override { return now_; }
    void send(Bytes message) override { sent.push_back(std::move(message)); }
    TimerId after(Duration delay, std::uint64_t tag) override {
        timers.push_back({++last_timer_, now_ + delay, tag});
        return last_timer_;
    }
    void cancel(TimerId timer) override {
        std::erase_if(timers, [timer](const Timer& each) { return each.id == timer; });
    }
    Random& random() override { return random_; }
    void note(const Note& note) override { noted.push_back(note); }

    /// Moves to a time without firing anything on the way.
    void set(Time time) { now_ = time; }
    /// Moves forward and fires the timers of the device in their order.
    void run_until(Time time, Device& device) {
        while (true) {
            const auto next = std::ranges::min_element(timers, {}, &Timer::at);
            if (next == timers.end() || next->at > time) break;
            const Timer due = *next;
            timers.erase(next);
            now_ = due.at;
            device.on_timer(due.tag, *this);
        }
        now_ = time;
    }

    std::vector<Note> notes_of(std::string_view what) const {
        std::vector<Note> out;
        std::ranges::copy_if(noted, std::back_inserter(out),
                             [what](const Note& note) { return note.what == what; });
        return out;
    }
    void forget() {
        sent.clear();
        noted.clear();
    }

    struct Timer {
        TimerId id;
        Time at;
        std::uint64_t tag;
    };
    std::vector<Bytes> sent;
    std::vector<Note> noted;
    std::vector<Timer> timers;

  private:
    Time now_;
    TimerId last_timer_ = 0;
    Random random_{1, "recording context"};
};

}  // namespace meterbed::replay
