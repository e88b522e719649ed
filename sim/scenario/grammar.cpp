#include "sim/scenario/grammar.h"

#include <algorithm>

#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

constexpr bool kRequired = true;
constexpr bool kOptional = false;

constexpr Key kTop[] = {
    {"title", kRequired, Shape::text, "What happens, in one line."},
    {"question", kRequired, Shape::text, "What the run shall answer."},
    {"source", kRequired, Shape::text, "Where the question comes from: meeting, modification, document."},
    {"run", kRequired, Shape::run, "Seed, start, length and number of repeats."},
    {"settings", kOptional, Shape::settings, "Settings of every variant; a variant's own entry wins."},
    {"compare", kOptional, Shape::variants,
     "Variants that are run beside each other: what each one changes."},
    {"users", kOptional, Shape::users, "DCC Users and their roles, where the story alone does not tell."},
    {"population", kRequired, Shape::populations, "Groups of homes."},
    {"timeline", kRequired, Shape::timeline, "What happens, step by step."},
    {"expect", kOptional, Shape::expectations, "Results that must come out; the run fails otherwise."},
    {"measure", kOptional, Shape::measures, "Results to be reported; they cannot fail."},
    {"always", kOptional, Shape::invariants, "What must be true at every moment."},
    {"report", kOptional, Shape::report_sections, "Sections of the report."},
};

constexpr Key kRun[] = {
    {"seed", kRequired, Shape::integer, "Start of all random draws; the same seed gives the same records."},
    {"start", kRequired, Shape::time, "Simulated time at which the story starts (UTC)."},
    {"length", kRequired, Shape::duration, "How long the story lasts."},
    {"repeat", kOptional, Shape::integer, "Runs with different draws, 1 to 10000."},
    {"scale", kOptional, Shape::choice,
     "bench (default): whole devices, up to 200000 homes. fleet: outages or prepayment of up to 30 million "
     "homes.",
     kScales},
};

constexpr Key kPopulation[] = {
    {"premises", kOptional, Shape::integer,
     "Number of homes; in all up to 200000 at bench scale, 30 million at fleet scale."},
    {"table", kOptional, Shape::table,
     "CSV or Parquet file beside the scenario with a row for each home, instead of premises."},
    {"devices", kOptional, Shape::choices, "Devices in each home.", kHomeDevices},
    {"kind", kOptional, Shape::choice, "First or second generation.", kKinds},
    {"region", kOptional, Shape::choice, "CSP region.", kRegions},
    {"supplier", kRequired, Shape::name, "Registered import supplier."},
    {"network operator", kRequired, Shape::name, "Registered electricity network operator."},
    {"gas supplier", kOptional, Shape::name, "Registered gas supplier; the supplier when absent."},
    {"wrong certificate", kOptional, Shape::wrong_certificate,
     "Meters that hold another operator's certificates from the start."},
    {"DCC controlled share", kOptional, Shape::share,
     "Meters whose network operator cells still hold the DCC's certificates."},
    {"feeder premises", kOptional, Shape::integers, "Homes on a feeder, drawn evenly: '50 to 200'."},
    {"feeders a primary", kOptional, Shape::integer, "Feeders of a primary substation."},
    {"cell premises", kOptional, Shape::integer, "Homes in a radio cell."},
    {"technology", kOptional, Shape::choice,
     "How hubs reach the WAN; long-range radio in the North and cellular elsewhere when absent.",
     kTechnologyNames},
    {"GSP group", kOptional, Shape::choice, "Where the homes take their electricity from.",
     Words(kGspGroups).subspan(1)},
    {"polyphase share", kOptional, Shape::share, "Meters with three phases."},
    {"MPxN unknown share", kOptional, Shape::share, "Homes whose supply point the DCC cannot name."},
    {"firmware fault share", kOptional, Shape::share,
     "Meters that take the power from their hub when firmware is activated (MP102A)."},
    {"payment", kOptional, Shape::choice,
     "How customers pay for electricity: credit (default), or prepayment with a customer behind each meter.",
     kPayments},
    {"consumption", kOptional, Shape::consumption,
     "Half-hours of what prepayment customers use; drawn when absent."},
};

constexpr Key kConsumption[] = {
    {"table", kRequired, Shape::table,
     "CSV or Parquet file beside the scenario with half-hours by profile, for the whole story."},
};

constexpr Key kLasting[] = {
    {"median", kRequired, Shape::duration, "Half of them are shorter; lognormal."},
    {"sigma", kRequired, Shape::number, "Spread in ln units."},
    {"at least", kOptional, Shape::duration, "Shorter ones are made this long."},
};

constexpr Key kReclose[] = {
    {"share", kRequired, Shape::share, "Share of the cuts that automatic re-closing ends."},
    {"after", kRequired, Shape::durations, "How long those are, drawn evenly."},
};

constexpr Key kWrongCertificate[] = {
    {"share", kRequired, Shape::share, "Share of the meters."},
    {"operator", kRequired, Shape::name, "Network operator whose certificates they hold."},
};

constexpr Key kTarget[] = {
    {"population", kOptional, Shape::name, "Homes of a population."},
    {"of", kOptional, Shape::name, "What the step with this label acted on."},
    {"failed", kOptional, Shape::name, "Devices where the step with this label did not succeed."},
    {"share", kOptional, Shape::share, "Share of them, drawn at random."},
    {"device", kOptional, Shape::choice, "Device in the home.", kTargetDevices},
};

constexpr Key kCertificate[] = {
    {"right", kRequired, Shape::name, "User whose certificates belong into the cell."},
    {"wrong", kOptional, Shape::name, "User whose certificates are taken by mistake."},
    {"wrong share", kOptional, Shape::share, "How often that happens."},
    {"transfer to", kOptional, Shape::name,
     "User that takes premises over; registration data follow after the registration lag."},
    {"transfer share", kOptional, Shape::share, "Share of the premises that are taken over."},
};

constexpr Key kAt{"at", kRequired, Shape::moment, "When the step starts."};
constexpr Key kDo{"do", kRequired, Shape::choice, "What is done."};
constexpr Key kAs{"as", kOptional, Shape::name, "Label by which later steps and the report name this step."};
constexpr Key kTargetKey{"target", kRequired, Shape::target, "Devices that the step acts on."};
constexpr Key kCell{"cell", kOptional, Shape::choice, "Trust anchor cells that the certificates are for.",
                    kCells};

constexpr Key kRequest[] = {
    kAt,
    kDo,
    kAs,
    kTargetKey,
    kCell,
    {"service", kRequired, Shape::service, "Service Request Variant, in quotes."},
    {"by", kRequired, Shape::name, "User that sends the requests."},
    {"certificate", kOptional, Shape::certificate, "Whose certificates the requests carry."},
    {"over", kOptional, Shape::duration, "The requests are spread evenly over this long."},
};
constexpr Key kRepair[] = {
    kAt,
    kDo,
    kAs,
    kTargetKey,
    kCell,
    {"routes", kRequired, Shape::choices, "Ways to repair, tried in this order.", kRoutes},
    {"right", kOptional, Shape::name, "User who should hold the cell; the registered one when absent."},
};
constexpr Key kPower[] = {kAt, kDo, kAs, kTargetKey};
constexpr Key kOutage[] = {
    kAt,
    kDo,
    kAs,
    {"what", kRequired, Shape::choice, "The part that does not work.", kOutages},
    {"lasts", kRequired, Shape::duration, "How long it does not work."},
};

constexpr Key kPopulationName{"target", kRequired, Shape::name, "Population."};
constexpr Key kPowerCut[] = {
    kAt,
    kDo,
    kAs,
    kPopulationName,
    {"of", kRequired, Shape::choice, "What loses supply as one.", kCutUnits},
    {"count", kOptional, Shape::integer, "How many of these, drawn at random."},
    {"share", kOptional, Shape::share, "Which share of these, drawn at random; all when absent."},
    {"over", kOptional, Shape::duration, "The cuts begin at random over this long."},
    {"lasts", kRequired, Shape::lasting, "How long each lasts: '15 min', '20 to 170 s' or {median, sigma}."},
    {"reclose", kOptional, Shape::reclose, "Cuts that automatic re-closing ends early."},
};
constexpr Key kReplay[] = {
    kDo,
    kAs,
    {"file", kRequired, Shape::table,
     "CSV or Parquet file beside the scenario with the columns start, end and feeder."},
};
constexpr Key kFirmware[] = {
    kAt,
    kDo,
    kAs,
    kPopulationName,
    {"over", kOptional, Shape::duration, "The meters activate at random over this long."},
};

constexpr Verb kVerbs[] = {
    {"request", "A user sends a Service Request to each target.", kRequest},
    {"repair", "Try to put the right certificates back.", kRepair},
    {"power off", "The homes lose mains power.", kPower},
    {"power on", "Mains power comes back.", kPower},
    {"outage", "A part of the network does not work for a while.", kOutage},
    {"power cut", "Homes, feeders or primaries lose supply and get it back.", kPowerCut},
    {"replay outages", "Feeders lose supply as a table tells.", kReplay},
    {"activate firmware", "Meters activate new firmware.", kFirmware},
};

}  // namespace

std::span<const Key> top_keys() { return kTop; }
std::span<const Key> run_keys() { return kRun; }
std::span<const Key> population_keys() { return kPopulation; }
std::span<const Key> wrong_certificate_keys() { return kWrongCertificate; }
std::span<const Key> lasting_keys() { return kLasting; }
std::span<const Key> reclose_keys() { return kReclose; }
std::span<const Key> consumption_keys() { return kConsumption; }
std::span<const Key> target_keys() { return kTarget; }
std::span<const Key> certificate_keys() { return kCertificate; }
std::span<const Verb> verbs() { return kVerbs; }

bool check_keys(const Node& map, std::span<const Key> keys, Problems& problems) {
    if (!map.is_map()) {
        std::vector<std::string_view> needed;
        for (const Key& key : keys) {
            if (key.required) needed.push_back(key.name);
        }
        problems.add(map, "a map of keys and values is expected here",
                     needed.empty() ? "" : "it needs " + one_of(needed));
        return false;
    }
    std::vector<std::string_view> known;
    for (const Key& key : keys) known.push_back(key.name);
    std::vector<std::string_view>
        misspelt;  // a misspelt key is one mistake, not an unknown and a missing one
    for (const Node& child : map.children) {
        if (std::find(known.begin(), known.end(), child.key) != known.end()) continue;
        problems.add_key(child, "unknown key " + in_quotes(child.key), did_you_mean(child.key, known));
        misspelt.push_back(nearest(child.key, known));
    }
    for (const Key& key : keys) {
        const bool present = map.find(key.name) != nullptr;
        if (!key.required || present ||
            std::find(misspelt.begin(), misspelt.end(), key.name) != misspelt.end()) {
            continue;
        }
        problems.add(map, "the key " + in_quotes(key.name) + " is missing");
    }
    return true;
}

}  // namespace meterbed::scenario
