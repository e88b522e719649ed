// How a population pays, and what that asks of the others, of the settings and of the steps.
#include <algorithm>

#include "sim/prepayment/tariff.h"
#include "sim/scenario/parts.h"
#include "sim/scenario/prepayment.h"
#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

/// GBP a kWh: as much as 16 bits tell to a tenth of a penny.
constexpr double kMostPrice = 30;

/// Shares of the same customers or homes: at most all of them together.
struct Shares {
    std::string_view names;
    double sum;
};

/// What the settings of one variant must be for customers to prepay; reported at `node`.
void check_settings(const Node& node, const Variant& variant, const Scenario& scenario, Reading& reading) {
    const Settings& s = variant.settings;
    const auto wrong = [&](bool is_wrong, const std::string& message, const std::string& remedy = {}) {
        if (is_wrong) reading.problems.add(node, variant.name + ": " + message, remedy);
    };
    const Shares shares[] = {
        {"shop share and phone share", s.shop_share + s.phone_share},
        {"no wan share, intermittent wan share and han fault share",
         s.no_wan_share + s.intermittent_wan_share + s.han_fault_share},
    };
    for (const Shares& row : shares) {
        wrong(row.sum > 1, std::string(row.names) + " are more than 100 % together");
    }
    for (const std::string& each : prepayment::check(prepayment_plan(s, scenario.start))) wrong(true, each);
    wrong(s.daily_spend <= s.standing_charge, "daily spend is not above the standing charge");
    wrong(prepayment::units_of(s.unit_price) <= 0 || s.unit_price > kMostPrice,
          "unit price must be at least 0.00001 and at most 30 GBP");
    wrong(s.top_ups_a_month <= 0, "top-ups a month must be above 0");
    wrong(s.dsp_capacity <= s.dsp_background, "dsp capacity is not above dsp background",
          "what piles up in an outage would never be worked off");
    wrong(s.intermittent_wan_share > 0 &&
              (s.intermittent_wan_up == Duration{} || s.intermittent_wan_down == Duration{}),
          "an intermittent WAN needs times up and down");
    wrong(s.vend_resends > 0 && s.vend_resend_interval == Duration{}, "vend resend interval is 0");
    wrong(s.price_change_to <= 0 || s.price_change_to > kMostPrice,
          "price change to must be above 0 and at most 30 GBP");
    wrong(s.price_change_after > Duration{} && s.price_change_to == s.unit_price,
          "price change to is the unit price, so that nothing would change");
    wrong(s.mode_change_share > 0 && s.mode_change_after == Duration{},
          "mode change share has no time: set mode change after");
    wrong(s.notice_resend_interval == Duration{}, "notice resend interval is 0");
    for (const auto& [name, after] : {std::pair{"price change after", s.price_change_after},
                                      std::pair{"mode change after", s.mode_change_after}})
        wrong(scenario.length > Duration{} && after >= scenario.length,
              std::string(name) + " lies behind the end of the run", "make 'length' under 'run' longer");
    wrong(scenario.length > Duration{} && s.warm_up >= scenario.length,
          "warm up leaves nothing of the length to count", "make 'length' under 'run' longer");
}

void check_outages(const Node& timeline, const Scenario& scenario, Reading& reading) {
    const Spans outages = dcc_outages(scenario);
    for (std::size_t i = 1; i < outages.size(); ++i) {
        if (outages[i].first >= outages[i - 1].second) continue;
        reading.problems.add(timeline, "the outage of the DCC at " + to_text(outages[i].first) +
                                           " begins before the one at " + to_text(outages[i - 1].first) +
                                           " ends");
    }
}

void check_populations(const Node& node, const Scenario& scenario, Reading& reading) {
    if (scenario.scale != Scale::fleet) return;
    for (const Population& population : scenario.populations) {
        if (population.prepayment) continue;
        reading.problems.add(node,
                             in_quotes(population.name) + " does not prepay: at fleet scale all do, or none",
                             "write 'payment: prepayment'");
    }
}

}  // namespace

void read_payment(const Node& node, Population& population, const Scenario& scenario, Reading& reading) {
    if (const Node* payment = node.find("payment")) {
        population.prepayment = read_choice(*payment, reading, "payment", kPayments) == "prepayment";
    }
    const Node* consumption = node.find("consumption");
    if (consumption == nullptr) return;
    if (!population.prepayment) {
        reading.problems.add_key(*consumption, "consumption is of customers who prepay",
                                 "write 'payment: prepayment'");
    }
    if (!check_keys(*consumption, consumption_keys(), reading.problems)) return;
    if (const Node* table = consumption->find("table")) {
        population.profiles = read_profiles(*table, scenario, reading);
    }
}

void check_prepayment(const Node& document, const Scenario& scenario, Reading& reading) {
    if (!prepays(scenario)) return;
    const Node& population = *document.find("population");
    check_populations(population, scenario, reading);
    if (const Node* timeline = document.find("timeline")) check_outages(*timeline, scenario, reading);
    const Node* compare = document.find("compare");
    const Node* settings = document.find("settings");
    for (const Variant& variant : scenario.variants) {
        const Node* own = compare == nullptr ? nullptr : compare->find(variant.name);
        const Node* at = own != nullptr ? own : settings;
        check_settings(at != nullptr ? *at : population, variant, scenario, reading);
    }
}

}  // namespace meterbed::scenario
