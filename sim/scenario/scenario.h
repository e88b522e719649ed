// A scenario as checked data: nothing here is alive, and nothing here is wrong (the loader saw to that).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "pki/time.h"
#include "sim/prepayment/consumption.h"
#include "sim/scenario/table.h"
#include "sim/settings.h"
#include "sim/supply/cuts.h"
#include "sim/supply/supply_network.h"

namespace meterbed::scenario {

/// One mistake in a scenario file.
struct Problem {
    std::string file;
    int line = 0;            ///< from 1; 0 when the file as a whole is meant
    int column = 0;          ///< from 1
    std::string path;        ///< "timeline[2].cell"
    std::string message;     ///< "unknown key 'targt'"
    std::string suggestion;  ///< "did you mean 'target'?", may be empty
};

/// A figure that the scenario uses: from figures.csv (`$name`) or guessed in place (`assume 5 %`).
struct Figure {
    std::string name;   ///< of figures.csv, or the path of the value that assumes it
    std::string value;  ///< as written there, unit apart
    std::string unit;
    std::string source;
    std::string confidence;  ///< high, medium, low; "assumption" for `assume`
    std::string used_at;     ///< path of the value
};

enum class Kind : std::uint8_t { SMETS1, SMETS2 };

/// Bench: devices with keys, messages and trust anchors. Fleet: what outages, or prepayment, need of each
/// home, in columns.
enum class Scale : std::uint8_t { bench, fleet };

/// The homes of a population as a table gave them: rows in the order of primary, feeder, row.
struct GivenHomes {
    SupplyNetwork network;                   ///< numbers from 0
    std::vector<std::string> feeders;        ///< names, by number
    std::vector<std::string> operators;      ///< names of users, from 1
    std::vector<std::uint16_t> operator_of;  ///< by home, into `operators`; 0: that of the population
};

/// Homes of one kind. Names of parties are user names; `user` rows say what they are.
struct Population {
    std::string name;
    int premises = 0;
    std::vector<std::string> devices{"hub", "esme"};  ///< hub, esme, gsme, ppmid
    Kind kind = Kind::SMETS2;
    std::string region = "Central";  ///< North, Central, South
    std::string supplier;
    std::string network_operator;
    std::string gas_supplier;  ///< empty: the supplier
    double wrong_share =
        0;  ///< share whose network operator cells hold another operator's certificates from the start
    std::string wrong_operator;
    /// Share whose network operator cells still hold the ACB's certificates (DCC controlled), to be handed
    /// over by 6.21.
    double dcc_controlled_share = 0;
    SupplyPlan supply;  ///< what its homes hang on
    std::shared_ptr<const GivenHomes> given = nullptr;
    bool prepayment = false;                             ///< with a customer behind each electricity meter
    std::shared_ptr<const Profiles> profiles = nullptr;  ///< what these use; null: drawn
    int line = 0;
};

enum class UserRole : std::uint8_t { IS, ES, GS, ED, GT, RSA, OU };

struct User {
    std::string name;
    std::vector<UserRole> roles;
};

/// Which devices a step acts on: a population, what an earlier step touched, or what failed in it; then a
/// share of it.
struct Target {
    std::string population;  ///< set when neither `of` nor `failed` is
    std::string of;          ///< label of an earlier step
    std::string failed;      ///< label of an earlier step: only devices where it did not succeed
    double share = 1.0;
    std::string device = "esme";  ///< esme, gsme, gpf, chf
};

/// Whose certificates a request carries. Draws depend on the step's label and the device, not on the variant.
struct CertificateChoice {
    std::string right;  ///< user
    std::string wrong;  ///< user whose genuine certificates are taken by mistake
    double wrong_share = 0;
    std::string transfer_to;  ///< user that takes the premises over; registration data follow after the lag
    double transfer_share = 0;
    bool operator==(const CertificateChoice&) const = default;
};

struct RequestStep {
    std::string service;  ///< SRV, "6.15.1"
    std::string
        by;  ///< user; "registered network operator" / "registered supplier" resolve a premises at a time
    Target target;
    std::string cell;  ///< "network operator" or "supplier" for 6.15.1, 6.21, 6.23, 6.24.1
    std::optional<CertificateChoice> certificate;
    Duration over{};  ///< requests are spread evenly over this long
};

struct RepairStep {
    Target target;
    std::vector<std::string> routes;  ///< holder, rightful operator, supplier, DCC recovery, meter exchange
    std::string cell = "network operator";
    std::string right;  ///< user who should hold the cell; empty: the registered one
};

struct PowerStep {
    bool on = false;
    Target target;
};

/// A part of the network does not work for a while.
struct OutageStep {
    std::string what;  ///< "DCC", or a region
    Duration lasts{};
};

/// Homes of one population lose supply (CutStep), or their hubs do while firmware is activated
/// (FirmwareStep); `area` is the position of the population.
struct PowerCutStep {
    std::string population;
    CutStep cut;
};
struct FirmwareActivation {
    std::string population;
    FirmwareStep firmware;
};

/// Outages of feeders as they were recorded.
struct ReplayStep {
    struct Row {
        Time start, end;
        std::size_t population = 0;  ///< position
        std::int32_t feeder = 0;     ///< of that population, from 0
    };
    std::vector<Row> rows;
};

struct Step {
    Time at;
    std::string label;  ///< `as`; empty when nobody refers to it
    std::string verb;   ///< request, repair, power off, power on, outage, power cut, ...
    std::variant<RequestStep, RepairStep, PowerStep, OutageStep, PowerCutStep, FirmwareActivation, ReplayStep>
        action;
    int line = 0;
};

enum class Comparison : std::uint8_t { equals, at_most, at_least, between };

/// "devices nobody can command: equals wrong choices", "renewals refused in error: at most 0.1 %",
/// "off-supply hours: at most 0.5 times as-is".
struct Expectation {
    std::string variant;
    std::string metric;
    Comparison comparison = Comparison::equals;
    double bound = 0;
    double upper = 0;           ///< between
    std::string bound_metric;   ///< compare with another metric instead of `bound`
    std::string bound_variant;  ///< or with the same metric of another variant, in the same repeat
    bool times = false;         ///< `bound` and `upper` are factors of what it is compared with
    std::string text;           ///< as written, a figure with its value, for reports
    int line = 0;
};

struct Variant {
    std::string name;
    Settings settings;
    std::vector<std::string> changes;  ///< "gates: caller is registered, ..." as written, for reports
};

struct Scenario {
    std::string file;
    std::string text;  ///< the YAML as read, with --set applied
    std::string title, question, source;
    std::uint64_t seed = 0;
    Time start;
    Duration length{};
    int repeats = 1;
    Scale scale = Scale::bench;
    std::vector<Variant> variants;  ///< at least one; "as-is" when `compare` is absent
    std::vector<User> users;
    std::vector<Population> populations;
    std::vector<Step> timeline;  ///< by time, then as written
    std::vector<Expectation> expectations;
    std::vector<std::string> measures;    ///< metric names
    std::vector<std::string> invariants;  ///< `always`
    std::vector<std::string> report;
    std::vector<Figure> figures;  ///< used ones
    std::vector<std::string>
        defaults;  ///< settings left at their default: "wan loss = 0.5 %", for the list of assumptions
    /// Read for it, by name: with the text they are the whole scenario.
    std::vector<std::pair<std::string, std::shared_ptr<const Table>>> tables;
};

/// Result of reading: a scenario, or every mistake at once.
struct Loaded {
    std::optional<Scenario> scenario;
    std::vector<Problem> problems;
};

/// One `--set`: a dotted path ("population.street.premises", "run.repeat") or a setting ("wan loss"), and
/// YAML text.
struct Override {
    std::string key;
    std::string value;
};

/// Words the checks need from elsewhere, so that the loader knows no rule of its own.
struct Vocabulary {
    std::vector<std::string> services;  ///< SRVs that can be requested
    std::vector<std::string> gates;
    std::vector<std::string> alert_codes;  ///< AD1, and those of GBCS 16 in hexadecimal
    std::vector<std::string> faults;
    std::vector<std::string> metrics;
    std::vector<std::string> invariants;
    std::vector<std::string> report_sections;
};

/// Reads and checks a YAML file and the tables it names; throws nothing for bad input.
Loaded load_file(const std::string& path, const std::vector<Override>& overrides, const Vocabulary& words,
                 const TableSource& tables = no_tables);
Loaded load_text(const std::string& text, const std::string& file, const std::vector<Override>& overrides,
                 const Vocabulary& words, const TableSource& tables = no_tables);

/// JSON Schema (draft 2020-12) for editors, made from the same tables as the checks.
std::string json_schema(const Vocabulary& words);

}  // namespace meterbed::scenario
