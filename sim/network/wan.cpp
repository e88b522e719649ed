#include "sim/network/wan.h"

#include <algorithm>
#include <array>

#include "sim/errors.h"
#include "sim/network/dispatch.h"

namespace meterbed {
namespace {

/// As records name what was lost.
constexpr std::array<std::string_view, kCarriedKinds> kCarriedNames{"command", "answer", "instruction",
                                                                    "instruction answer"};

}  // namespace

Wan::Wan(Region region, Network& network)
    : RecordingStation("WAN " + std::string(kRegionNames[static_cast<std::size_t>(region)]), network),
      draws_(network.streams),
      carriage_(network.streams),
      cover_draws_(network.streams),
      hub_rules_(hub_rules(network.settings)) {}

void Wan::handle(Parcel parcel, Time now) {
    now_ = now;
    dispatch(*this, std::move(parcel));
}

Duration Wan::median(const Home& home) const {
    if (home.generation == Generation::SMETS1) return network_.settings.wan_latency_smets1;
    return median_latency(network_.settings, home.site);
}

void Wan::lose(std::int32_t home, std::string_view what, std::string_view why, std::uint32_t request) {
    Record& row = record("message lost");
    row.home = home;
    row.request = request;
    row.detail = word(what);
    row.code = word(why);
}

bool Wan::reaches(std::int32_t home) {
    const auto cover = covers_.find(home);
    return cover == covers_.end() || wan_reaches(cover_draws_, cover->second, network_.settings, home, now_);
}

std::optional<Duration> Wan::passage(std::int32_t home, Carried kind, std::uint32_t request) {
    const Settings& settings = network_.settings;
    const auto place = static_cast<std::size_t>(kind);
    const MessageDraw draw = carriage_.draw(home, kind, messages_[home][place]++);
    const Passage found = meterbed::passage(settings.wan_loss, median(network_.home(home)),
                                            settings.wan_latency_sigma, draw.uniform, draw.normal);
    const std::string_view why = down_            ? reasons::wan_outage
                                 : !reaches(home) ? reasons::no_wan_at_home
                                 : found.lost     ? reasons::radio
                                                  : std::string_view{};
    if (why.empty()) return found.latency;
    lose(home, kCarriedNames[place], why, request);
    return std::nullopt;
}

void Wan::on(Downlink part) {
    if (const auto latency = passage(part.home, Carried::command, part.request)) {
        const StationId homes = network_.homes_of(part.home);
        post(homes, *latency, std::move(part));
    } else if (down_) {
        post(network_.dcc, Duration{1000}, NotDelivered{part.request});
    }
}

void Wan::on(Uplink part) {
    const auto message = gbcs::parse(part.message);
    if (!message) throw SimulationError("device " + part.device.text() + " sent an unreadable message");
    if (message->header.cra == gbcs::CraFlag::alert) {
        line_up({part.home, std::move(part)});
    } else if (const auto latency = passage(part.home, Carried::answer, 0)) {
        post(network_.dcc, *latency, std::move(part));
    }
}

void Wan::on(PowerOutageEvent part) { line_up({part.attempt.home, part.attempt}); }

void Wan::line_up(Arrival arrival) {
    if (arrivals_.empty()) post(id_, Duration{1}, Alarm{});
    arrivals_.push_back(std::move(arrival));
}

void Wan::on(Alarm) {
    std::vector<Arrival> arrivals = std::exchange(arrivals_, {});
    std::ranges::stable_sort(arrivals, {}, &Arrival::home);
    for (Arrival& arrival : arrivals) {
        std::visit([this](auto& message) { serve(std::move(message)); }, arrival.message);
    }
}

void Wan::note_wait(std::int32_t home, Time turn) {
    if (turn <= now_) return;
    Record& row = record("waited for radio");
    row.home = home;
    row.counter = network_.home(home).site.cell;
    row.value = std::chrono::duration<double>(turn - now_).count();
}

void Wan::serve(OutageAttempt event) {
    const Site& site = network_.home(event.home).site;
    // Who does not reach the cell takes no turn there.
    const CellFate fate = reaches(event.home) ? outage_event_fate(cells_[site.cell], event, now_,
                                                                  network_.settings, site, draws_, down_)
                                              : CellFate{now_, reasons::no_wan_at_home, {}};
    if (fate.turn < event.store_ends) note_wait(event.home, fate.turn);
    const StationId homes = network_.homes_of(event.home);
    if (!fate.lost.empty()) {
        lose(event.home, "power outage event", fate.lost, 0);
        post(homes, next_look(event, fate, now_, hub_rules_) - now_,
             ReportAnswered{event.home, event.loss, false});
        return;
    }
    post(homes, kFromCell, ReportAnswered{event.home, event.loss, true});
    post(network_.dcc, fate.arrives - now_, PowerOutageEvent{event});
}

void Wan::serve(Uplink alert) {
    const Site& site = network_.home(alert.home).site;
    const std::uint32_t count = alerts_[alert.home]++;
    if (!reaches(alert.home)) return lose(alert.home, "answer", reasons::no_wan_at_home, 0);
    const CellFate fate =
        alert_fate(cells_[site.cell], alert.home, count, now_, network_.settings, site, draws_, down_);
    note_wait(alert.home, fate.turn);
    if (!fate.lost.empty()) return lose(alert.home, "answer", fate.lost, 0);
    post(network_.dcc, fate.arrives - now_, std::move(alert));
}

void Wan::on(InstructionCarried part) {
    if (const auto latency = passage(part.home, Carried::instruction, part.request)) {
        const StationId homes = network_.homes_of(part.home);
        post(homes, *latency, std::move(part));
    }
}

void Wan::on(InstructionAnswered part) {
    if (const auto latency = passage(part.home, Carried::instruction_answer, part.request)) {
        post(network_.s1sp, *latency, std::move(part));
    }
}

void Wan::on(OutageChange part) {
    down_ = part.begins;
    record(part.begins ? "outage begun" : "outage ended").detail = part.name;
}

}  // namespace meterbed
