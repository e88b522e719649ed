#include <algorithm>
#include <utility>
#include <vector>

#include "sim/errors.h"
#include "sim/kernel.h"

namespace meterbed {

namespace {

class PlainKernel final : public Kernel {
  public:
    explicit PlainKernel(Time start) : now_(start), until_(start) {}

    StationId add(Station& station) override {
        stations_.push_back(&station);
        sent_.push_back(0);
        return static_cast<StationId>(stations_.size() - 1);
    }

    Time now() const override { return now_; }

    void post(StationId from, StationId to, Time at, Parcel parcel) override {
        at = std::max(at, now_ + Duration{1});
        heap_.push_back(Event{at, to, from, sent_[from]++, std::move(parcel)});
        std::push_heap(heap_.begin(), heap_.end(), Later{});
    }

    std::optional<Time> next_event() const override {
        if (heap_.empty()) return std::nullopt;
        return heap_.front().at;
    }

    void run_until(Time until) override {
        if (until < now_)
            throw BadRequest("cannot run to " + to_text(until) + ": it is already " + to_text(now_));
        until_ = until;
        while (!heap_.empty() && heap_.front().at <= until) {
            std::pop_heap(heap_.begin(), heap_.end(), Later{});
            Event event = std::move(heap_.back());
            heap_.pop_back();
            now_ = event.at;
            stations_[event.to]->handle(std::move(event.parcel), now_);
        }
        now_ = until;
    }

    Time until() const override { return until_; }

  private:
    Time now_, until_;
    std::vector<Event> heap_;
    std::vector<Station*> stations_;
    std::vector<std::uint64_t> sent_;
};

}  // namespace

std::unique_ptr<Kernel> make_plain_kernel(Time start) { return std::make_unique<PlainKernel>(start); }

}  // namespace meterbed
