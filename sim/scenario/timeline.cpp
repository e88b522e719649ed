// `timeline`: the steps in order, and everything that one step says about another.
#include <algorithm>
#include <map>
#include <set>

#include "sim/scenario/prepayment.h"
#include "sim/scenario/steps.h"
#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

constexpr std::size_t kMostSteps = 2000;

/// The device in a home that a target device stands for: gpf and chf live in the hub.
std::string_view home_device(std::string_view device) {
    return device == "gpf" || device == "chf" ? "hub" : device;
}

class ReferenceCheck {
  public:
    ReferenceCheck(const std::vector<Draft>& drafts, const Scenario& scenario, const UserBook& book,
                   Reading& reading)
        : drafts_(drafts), scenario_(scenario), book_(book), reading_(reading) {
        for (std::size_t i = 0; i < drafts.size(); ++i) take_label(i);
        for (const Population& population : scenario.populations)
            population_names_.push_back(population.name);
    }

    void run() {
        for (const Draft& draft : drafts_) {
            if (draft.node == nullptr) continue;
            check_time(draft);
            check_target(draft);
            check_users(draft);
        }
        for (const Draft& draft : drafts_) check_used(draft);
    }

  private:
    void take_label(std::size_t i) {
        const Step& step = drafts_[i].step;
        if (step.label.empty()) return;
        label_names_.push_back(step.label);
        if (labels_.emplace(step.label, i).second || drafts_[i].node == nullptr) return;
        reading_.problems.add(*drafts_[i].node->find("as"),
                              "the label " + in_quotes(step.label) + " appears twice");
    }

    void check_time(const Draft& draft) {
        const Node* at = draft.node->find("at");
        if (at == nullptr || scenario_.length == Duration{}) return;
        const Time end = scenario_.start + scenario_.length;
        if (draft.step.at < scenario_.start) {
            reading_.problems.add(*at,
                                  in_quotes(at->text) + " is before the start, " + to_text(scenario_.start));
        } else if (draft.step.at >= end) {
            reading_.problems.add(*at, in_quotes(at->text) + " is not before the end, " + to_text(end),
                                  "make 'length' under 'run' longer");
        } else if (draft.step.at + spread_of(draft.step) > end) {
            reading_.problems.add(*draft.node->find("over"),
                                  (draft.step.verb == "request" ? "the requests go" : "the step goes") +
                                      std::string(" on after the end, ") + to_text(end));
        }
    }

    void check_target(const Draft& draft) {
        const Target* target = target_of(draft.step);
        const Node* node = draft.node->find("target");
        if (target == nullptr || node == nullptr) return;
        if (!target->population.empty()) check_population(*target, inner(*node, "population"));
        if (!target->of.empty()) check_label(draft, target->of, inner(*node, "of"), false);
        if (!target->failed.empty()) check_label(draft, target->failed, inner(*node, "failed"), true);
    }

    static const Node& inner(const Node& node, std::string_view key) {
        const Node* child = node.find(key);
        return child == nullptr ? node : *child;
    }

    void check_population(const Target& target, const Node& node) {
        const auto found =
            std::find_if(scenario_.populations.begin(), scenario_.populations.end(),
                         [&](const Population& each) { return each.name == target.population; });
        if (found == scenario_.populations.end()) {
            const bool label = labels_.find(target.population) != labels_.end();
            reading_.problems.add(node, "unknown population " + in_quotes(target.population),
                                  label ? "it is a label: write {of: " + target.population + "}"
                                        : did_you_mean(target.population, population_names_));
            return;
        }
        const auto& devices = found->devices;
        const std::string_view needed = home_device(target.device);
        if (!target.device.empty() && std::find(devices.begin(), devices.end(), needed) == devices.end()) {
            reading_.problems.add(
                node, "the homes of " + in_quotes(found->name) + " have no " + std::string(needed));
        }
    }

    void check_label(const Draft& draft, const std::string& label, const Node& node, bool outcomes) {
        used_.insert(label);
        const auto found = labels_.find(label);
        if (found == labels_.end()) {
            reading_.problems.add(node, "unknown label " + in_quotes(label),
                                  did_you_mean(label, label_names_));
            return;
        }
        const Draft& other = drafts_[found->second];
        if (other.node == nullptr) return;  // reported already
        if (&other == &draft || other.step.at > draft.step.at ||
            (other.step.at == draft.step.at && &other > &draft)) {
            reading_.problems.add(node, "the step " + in_quotes(label) + " does not come earlier");
        } else if (std::holds_alternative<OutageStep>(other.step.action)) {
            reading_.problems.add(node, "the step " + in_quotes(label) + " acts on no devices");
        } else if (outcomes && !can_fail(other.step)) {
            reading_.problems.add(node, "the step " + in_quotes(label) + " cannot fail",
                                  "only requests and repairs can");
        }
    }

    void check_users(const Draft& draft) {
        const auto* request = std::get_if<RequestStep>(&draft.step.action);
        const Node* by = draft.node->find("by");
        if (request == nullptr || by == nullptr) return;
        const bool registered =
            std::find(kRegistered.begin(), kRegistered.end(), request->by) != kRegistered.end();
        if (!registered) book_.require(*by, request->by, reading_);
    }

    static bool can_fail(const Step& step) {
        return std::holds_alternative<RequestStep>(step.action) ||
               std::holds_alternative<RepairStep>(step.action);
    }

    /// Labels of requests, repairs and cuts name rows of the report; another label that nobody uses is a
    /// mistake.
    void check_used(const Draft& draft) {
        const Step& step = draft.step;
        if (draft.node == nullptr || step.label.empty() || used_.count(step.label) > 0) return;
        const bool reported = !std::holds_alternative<PowerStep>(step.action) &&
                              !std::holds_alternative<OutageStep>(step.action);
        if (reported) return;
        reading_.problems.add(*draft.node->find("as"), "no step uses the label " + in_quotes(step.label));
    }

    const std::vector<Draft>& drafts_;
    const Scenario& scenario_;
    const UserBook& book_;
    Reading& reading_;
    std::map<std::string, std::size_t> labels_;
    std::vector<std::string_view> label_names_;
    std::vector<std::string_view> population_names_;
    std::set<std::string> used_;
};

}  // namespace

void check_references(const std::vector<Draft>& drafts, const Scenario& scenario, const UserBook& book,
                      Reading& reading) {
    ReferenceCheck(drafts, scenario, book, reading).run();
}

void read_timeline(const Node& node, Scenario& scenario, UserBook& book, Reading& reading) {
    // Prepayment goes on by itself.
    if (!node.is_list() || (node.children.empty() && !prepays(scenario))) {
        reading.problems.add(node, "a list of steps is expected here");
        return;
    }
    if (node.children.size() > kMostSteps) {
        reading.problems.add(node, "more than " + std::to_string(kMostSteps) + " steps");
        return;
    }
    std::vector<Draft> drafts;
    drafts.reserve(node.children.size());
    for (const Node& child : node.children) drafts.push_back(read_step(child, scenario, book, reading));
    check_references(drafts, scenario, book, reading);
    for (Draft& draft : drafts) {
        if (draft.node != nullptr) scenario.timeline.push_back(std::move(draft.step));
    }
    std::stable_sort(scenario.timeline.begin(), scenario.timeline.end(),
                     [](const Step& a, const Step& b) { return a.at < b.at; });
}

}  // namespace meterbed::scenario
