#include "sim/systemc/systemc_kernel.h"

#include <algorithm>
#include <exception>
#include <systemc>
#include <utility>
#include <vector>

#include "sim/errors.h"

/// The library asks every program for it; time advances in slices that the kernel starts itself.
extern "C" __attribute__((visibility("default"))) int sc_main(int, char**) { return 0; }

namespace meterbed {

namespace {

using sc_core::sc_time;

/// What a station's port reaches: the inbox of another station.
class Inbox : public virtual sc_core::sc_interface {
  public:
    virtual void put(Event event) = 0;
};

/// One station as a SystemC module. Its method wakes when its earliest parcel is due and drains what is due
/// then.
class StationModule final : public sc_core::sc_module, public Inbox {
  public:
    SC_HAS_PROCESS(StationModule);
    sc_core::sc_port<Inbox, 0> out;  ///< bound to every station, in the order of their numbers

    StationModule(sc_core::sc_module_name name, Station& station, Time start, std::exception_ptr& failure)
        : sc_core::sc_module(name), out("out"), station_(station), start_(start), failure_(failure) {
        SC_METHOD(drain);
        sensitive << due_;
        dont_initialize();
    }

    void put(Event event) override {
        const Time at = event.at;
        inbox_.push_back(std::move(event));
        std::push_heap(inbox_.begin(), inbox_.end(), Later{});
        wake(at);
    }

    void send(StationId to, Event event) { out[to]->put(std::move(event)); }

    /// When its earliest parcel is due; for ever when it has none.
    Time due() const { return inbox_.empty() ? kForever : inbox_.front().at; }

  private:
    /// A notification for a later time than one already pending is ignored by SystemC; an earlier one
    /// replaces it.
    void wake(Time at) {
        const auto delay =
            at - start_ - Duration{static_cast<std::int64_t>(sc_core::sc_time_stamp().value())};
        due_.notify(
            sc_time::from_value(static_cast<std::uint64_t>(std::max<std::int64_t>(delay.count(), 0))));
    }

    void drain() {
        try {
            const Time now = start_ + Duration{static_cast<std::int64_t>(sc_core::sc_time_stamp().value())};
            while (!inbox_.empty() && inbox_.front().at <= now) {
                std::pop_heap(inbox_.begin(), inbox_.end(), Later{});
                Event event = std::move(inbox_.back());
                inbox_.pop_back();
                station_.handle(std::move(event.parcel), now);
            }
            if (!inbox_.empty()) wake(inbox_.front().at);
        } catch (...) {
            // An exception that leaves a process makes the context unusable: keep it and stop this slice.
            failure_ = std::current_exception();
            sc_core::sc_pause();
        }
    }

    Station& station_;
    Time start_;
    std::exception_ptr& failure_;
    std::vector<Event> inbox_;
    sc_core::sc_event due_;
};

class SystemCKernel final : public Kernel {
  public:
    explicit SystemCKernel(Time start) : start_(start), until_(start) {
        if (alive_) {
            throw SimulationError(
                "a SystemC world is alive in this process already; end it, use another process, "
                "or the plain kernel");
        }
        alive_ = true;
        sc_core::sc_report_handler::set_actions(sc_core::SC_INFO, sc_core::SC_DO_NOTHING);
        sc_core::sc_report_handler::set_actions(sc_core::SC_WARNING, sc_core::SC_THROW);
        // Told once per world when the resolution is coarser than a nanosecond, as ours is on purpose.
        sc_core::sc_report_handler::set_actions(sc_core::SC_ID_DEFAULT_TIME_UNIT_CHANGED_,
                                                sc_core::SC_DO_NOTHING);
        // A slice in which nothing is due is no mistake here.
        sc_core::sc_report_handler::set_actions(sc_core::SC_ID_NO_SC_START_ACTIVITY_, sc_core::SC_DO_NOTHING);
        // After every reset the resolution is 1 ps again; a microsecond is the tick of the records.
        sc_core::sc_set_time_resolution(1, sc_core::SC_US);
    }

    ~SystemCKernel() override {
        modules_.clear();
        sc_core::sc_get_curr_simcontext()->reset();
        alive_ = false;
    }
    SystemCKernel(const SystemCKernel&) = delete;
    SystemCKernel& operator=(const SystemCKernel&) = delete;

    StationId add(Station& station) override {
        const std::string name = "station_" + std::to_string(modules_.size());
        modules_.push_back(std::make_unique<StationModule>(name.c_str(), station, start_, failure_));
        sent_.push_back(0);
        return static_cast<StationId>(modules_.size() - 1);
    }

    Time now() const override {
        return start_ + Duration{static_cast<std::int64_t>(sc_core::sc_time_stamp().value())};
    }

    void post(StationId from, StationId to, Time at, Parcel parcel) override {
        Event event{std::max(at, now() + Duration{1}), to, from, sent_[from]++, std::move(parcel)};
        if (elaborated_) {
            modules_[from]->send(to, std::move(event));
        } else {
            before_.push_back(std::move(event));  // ports are bound once elaboration is complete
        }
    }

    std::optional<Time> next_event() const override {
        if (!elaborated_) {
            const auto first = std::min_element(before_.begin(), before_.end(),
                                                [](const Event& a, const Event& b) { return a.at < b.at; });
            if (first == before_.end()) return std::nullopt;
            return first->at;
        }
        // Not the kernel's own pending activity: a module at work asks for its next wake-up only at the end.
        Time earliest = kForever;
        for (const auto& module : modules_) earliest = std::min(earliest, module->due());
        return earliest == kForever ? std::nullopt : std::optional(earliest);
    }

    void run_until(Time until) override {
        if (until < now())
            throw BadRequest("cannot run to " + to_text(until) + ": it is already " + to_text(now()));
        until_ = until;
        elaborate();
        sc_core::sc_start(sc_time::from_value(static_cast<std::uint64_t>((until - now()).count())),
                          sc_core::SC_RUN_TO_TIME);
        settle();
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    }

    Time until() const override { return until_; }

  private:
    /// sc_start(t) stops before the activity due exactly at its end; a start of no length lets it happen.
    void settle() const {
        while (!failure_ && sc_core::sc_pending_activity_at_current_time())
            sc_core::sc_start(sc_core::SC_ZERO_TIME);
    }

    void elaborate() {
        if (elaborated_) return;
        for (const auto& module : modules_) {
            for (const auto& peer : modules_) module->out.bind(*peer);
        }
        sc_core::sc_start(sc_core::SC_ZERO_TIME);
        elaborated_ = true;
        for (Event& event : before_) {
            const StationId from = event.from;
            const StationId to = event.to;
            modules_[from]->send(to, std::move(event));
        }
        before_.clear();
    }

    inline static bool alive_ = false;
    Time start_, until_;
    std::exception_ptr failure_;
    std::vector<std::unique_ptr<StationModule>> modules_;
    std::vector<std::uint64_t> sent_;
    std::vector<Event> before_;
    bool elaborated_ = false;
};

}  // namespace

std::unique_ptr<Kernel> make_systemc_kernel(Time start) { return std::make_unique<SystemCKernel>(start); }

}  // namespace meterbed
