#include <set>

#include "sim/scenario/story.h"

namespace meterbed::scenario {

namespace {

RemotePartyRole role_of(const std::string& cell) {
    return cell == "supplier" ? RemotePartyRole::supplier : RemotePartyRole::networkOperator;
}

Eui64 device_of(const Home& home, const std::string& device) {
    if (device == "gsme") return home.gsme;
    if (device == "gpf") return home.gpf;
    if (device == "chf") return home.chf;
    return home.esme;
}

/// The holder of a cell that renews its own certificates needs new ones first.
void renew_where_due(Story& story, const RequestStep& step, const std::vector<std::int32_t>& homes) {
    if (!step.certificate || step.service != "6.15.1" || step.certificate->right != step.by) return;
    std::set<std::uint16_t> users;
    for (const std::int32_t home : homes) users.insert(user_for(story, step.by, home));
    for (const std::uint16_t user : users) story.world.renew(user);
}

/// Draws whose certificates are taken. The draw depends on the step's label and the home, never on the
/// variant.
CertificatesOf choose(Story& story, const RequestStep& step, const std::string& label, std::int32_t home) {
    const CertificateChoice& choice = *step.certificate;
    const RemotePartyRole role = role_of(step.cell);
    Random lot = story.world.streams().of("certificate/" + label + "/" + std::to_string(home));
    const double wrong = lot.uniform();
    const double transfer = lot.uniform();
    const double lag = lot.uniform();
    if (wrong < choice.wrong_share) return {story.world.user(choice.wrong), role, "wrong"};
    if (transfer < choice.transfer_share) {
        const Settings& settings = story.world.settings();
        const auto spread = settings.registration_lag_max - settings.registration_lag_min;
        const Duration after = settings.registration_lag_min +
                               Duration{static_cast<std::int64_t>(lag * static_cast<double>(spread.count()))};
        const std::uint16_t owner = story.world.user(choice.transfer_to);
        story.world.change_registration(home, owner, story.world.now() + after);
        return {owner, role, "transfer"};
    }
    return {user_for(story, choice.right, home), role, "right"};
}

void play_request(Story& story, const RequestStep& step, const std::string& label, Trace& trace) {
    renew_where_due(story, step, trace.homes);
    const auto n = static_cast<std::int64_t>(trace.homes.size());
    for (std::int64_t i = 0; i < n; ++i) {
        const std::int32_t home = trace.homes[static_cast<std::size_t>(i)];
        RequestOptions options;
        options.user = user_for(story, step.by, home);
        options.service = step.service;
        options.device = device_of(story.world.home(home), step.target.device);
        options.step = label;
        if (step.certificate) options.certificates = choose(story, step, label, home);
        if (step.service == "6.24.1" && !step.cell.empty()) options.roles = {role_of(step.cell)};
        const Time at = story.world.now() + Duration{step.over.count() * i / n};
        trace.tickets[home] = story.world.request(options, at);
    }
}

void play_repair(Story& story, const RepairStep& step, const std::string& label, const Trace& trace) {
    for (const std::int32_t home : trace.homes) {
        RepairOptions options;
        options.home = home;
        options.right =
            user_for(story, step.right.empty() ? "registered network operator" : step.right, home);
        options.routes = step.routes;
        options.step = label;
        story.world.repair(options, story.world.now());
    }
}

/// The homes that a step about the supply reaches within the story.
std::vector<std::int32_t> homes_cut_by(const Story& story, const std::string& label) {
    std::set<std::int32_t> homes;
    for (const PowerCut& cut : story.supply.story.cuts) {
        if (cut.label != label) continue;
        for (std::int32_t home = cut.homes.first; home < cut.homes.end; ++home) homes.insert(home);
    }
    return {homes.begin(), homes.end()};
}

}  // namespace

void play(Story& story, std::size_t number) {
    const Step& step = story.scenario.timeline[number];
    const std::string label = label_of(story.scenario, number);
    Trace& trace = story.traces[label];
    if (const auto* outage = std::get_if<OutageStep>(&step.action)) {
        story.world.outage(outage->what, true, step.at);
        story.world.outage(outage->what, false, step.at + outage->lasts);
        return;
    }
    if (const auto* request = std::get_if<RequestStep>(&step.action)) {
        trace.homes = homes_of(story, request->target, label);
        play_request(story, *request, label, trace);
    } else if (const auto* repair = std::get_if<RepairStep>(&step.action)) {
        trace.homes = homes_of(story, repair->target, label);
        play_repair(story, *repair, label, trace);
    } else if (const auto* power = std::get_if<PowerStep>(&step.action)) {
        trace.homes = homes_of(story, power->target, label);
        for (const std::int32_t home : trace.homes) story.world.power(home, power->on, step.at);
    } else {
        trace.homes = homes_cut_by(story, label);
    }
}

}  // namespace meterbed::scenario
