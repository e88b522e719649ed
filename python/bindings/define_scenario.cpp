#include <pybind11/functional.h>
#include <pybind11/stl.h>

#include <map>
#include <optional>
#include <utility>

#include "python/bindings/define.h"
#include "python/bindings/outages.h"
#include "python/bindings/prepayments.h"
#include "python/bindings/tables.h"
#include "sim/scenario/memory.h"
#include "sim/scenario/run.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

using scenario::Judgement;
using scenario::Outcome;
using scenario::Scenario;

std::shared_ptr<Scenario> checked(scenario::Loaded loaded) {
    if (!loaded.scenario) raise_problems(loaded.problems);
    return std::make_shared<Scenario>(std::move(*loaded.scenario));
}

std::shared_ptr<Scenario> load(const std::string& path,
                               const std::vector<std::pair<std::string, std::string>>& overrides,
                               const std::optional<py::function>& read) {
    std::vector<scenario::Override> words;
    for (const auto& [key, value] : overrides) words.push_back({key, value});
    return checked(scenario::load_file(path, words, scenario::vocabulary(), table_source(read)));
}

py::list variants(const Scenario& story) {
    py::list out;
    for (const scenario::Variant& variant : story.variants) {
        py::dict row;
        row["name"] = variant.name;
        row["changes"] = variant.changes;
        out.append(row);
    }
    return out;
}

py::list figures(const Scenario& story) {
    py::list out;
    for (const scenario::Figure& figure : story.figures) {
        py::dict row;
        row["name"] = figure.name;
        row["value"] = figure.value;
        row["unit"] = figure.unit;
        row["source"] = figure.source;
        row["confidence"] = figure.confidence;
        row["used_at"] = figure.used_at;
        out.append(row);
    }
    return out;
}

py::list asked(const Scenario& story) {
    py::list out;
    for (const scenario::Expectation& expectation : story.expectations) {
        py::dict row;
        row["name"] = expectation.metric + ": " + expectation.text;
        row["variant"] = expectation.variant;
        row["metric"] = expectation.metric;
        out.append(row);
    }
    return out;
}

py::dict memory(const Scenario& story) {
    const scenario::MemoryEstimate estimate = scenario::memory_estimate(story);
    py::dict out;
    out["premises"] = estimate.premises;
    out["cuts"] = estimate.cuts;
    out["part"] = estimate.part;
    out["records"] = estimate.records;
    return out;
}

const scenario::Variant& variant_named(const Scenario& story, const std::string& name) {
    for (const scenario::Variant& variant : story.variants) {
        if (variant.name == name) return variant;
    }
    throw py::value_error("the scenario has no variant '" + name + "'");
}

/// Looks at signals in every slice, so that Ctrl-C ends a run within a second.
Outcome simulate(const Scenario& story, const std::string& variant, std::uint64_t repeat,
                 const std::string& kernel, const std::optional<py::function>& progress, std::size_t part) {
    const scenario::Variant& chosen = variant_named(story, variant);
    const KernelMaker maker = kernel_named(kernel);
    const py::gil_scoped_release released;
    const auto tell = [&](double share) {
        const py::gil_scoped_acquire held;
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        if (progress) (*progress)(share);
    };
    return scenario::run(story, chosen, repeat, maker, tell, part);
}

py::dict metrics(const Judgement& judgement) {
    py::dict out;
    for (const NamedValue& metric : judgement.metrics) out[py::str(metric.name)] = metric.value;
    return out;
}

py::dict expectation(const scenario::ExpectationResult& result, const std::string& variant) {
    py::dict row;
    row["name"] = result.name;
    row["variant"] = variant;
    row["metric"] = result.metric;
    row["held"] = result.held;
    row["value"] = result.measured ? py::object(py::float_(result.value)) : py::object(py::none());
    row["bound"] = result.bound;
    return row;
}

py::list expectations(const Judgement& judgement, const std::string& variant) {
    py::list out;
    for (const scenario::ExpectationResult& result : judgement.expectations) {
        out.append(expectation(result, variant));
    }
    return out;
}

py::list compare(const Scenario& story, const std::map<std::string, std::map<std::string, double>>& repeat) {
    std::vector<scenario::Measured> measured;
    for (const auto& [variant, values] : repeat) {
        scenario::Measured& row = measured.emplace_back();
        row.variant = variant;
        for (const auto& [name, value] : values) row.metrics.push_back({name, value});
    }
    py::list out;
    for (const scenario::Compared& row : scenario::compare(story, measured)) {
        out.append(expectation(row.result, row.variant));
    }
    return out;
}

py::list invariants(const Judgement& judgement) {
    py::list out;
    for (const InvariantResult& result : judgement.invariants) {
        py::dict row;
        row["name"] = result.name;
        row["held"] = result.held;
        row["text"] = result.text;
        out.append(row);
    }
    return out;
}

/// metrics, expectations and invariants, as the fields of an Outcome.
py::dict as_dict(const Judgement& judgement, const std::string& variant) {
    py::dict out;
    out["metrics"] = metrics(judgement);
    out["expectations"] = expectations(judgement, variant);
    out["invariants"] = invariants(judgement);
    return out;
}

py::dict judge(const Scenario& story, const std::string& variant, const std::vector<py::array>& parts,
               const std::vector<const Prepayments*>& prepayment_parts) {
    const scenario::Variant& chosen = variant_named(story, variant);
    Outages outages = outages_of(parts, story.start + story.length);
    Prepayments prepayments = together(prepayment_parts);
    const Judgement judgement = [&] {
        const py::gil_scoped_release released;
        return scenario::judge(story, chosen, std::move(outages), std::move(prepayments));
    }();
    return as_dict(judgement, variant);
}

/// What `simulate` gives back; knows the variant it was asked for.
struct NamedOutcome {
    Outcome outcome;
    std::string variant;
};

}  // namespace

void define_scenario(py::module_& module) {
    register_outage_rows();
    define_prepayments(module);
    py::class_<Scenario, std::shared_ptr<Scenario>>(module, "Scenario", "A scenario as checked data.")
        .def_readonly("file", &Scenario::file)
        .def_readonly("text", &Scenario::text)
        .def_readonly("title", &Scenario::title)
        .def_readonly("question", &Scenario::question)
        .def_readonly("source", &Scenario::source)
        .def_readonly("seed", &Scenario::seed)
        .def_readonly("repeats", &Scenario::repeats)
        .def_property_readonly(
            "scale",
            [](const Scenario& story) { return story.scale == scenario::Scale::fleet ? "fleet" : "bench"; })
        .def_property_readonly("start", [](const Scenario& story) { return to_text(story.start); })
        .def_property_readonly(
            "length_s",
            [](const Scenario& story) { return std::chrono::duration<double>(story.length).count(); })
        .def_property_readonly("variants", &variants)
        .def_property_readonly("figures", &figures)
        .def_readonly("defaults", &Scenario::defaults)
        .def_property_readonly("expectations", &asked)
        .def_readonly("measures", &Scenario::measures)
        .def_readonly("invariants", &Scenario::invariants)
        .def_readonly("report", &Scenario::report)
        .def_property_readonly("memory_estimate", &memory, "Bytes: see sim/scenario/memory.h.")
        .def_property_readonly(
            "memory_of_populations",
            [](const Scenario& story) { return scenario::memory_estimate(story).populations; }, "Likewise.")
        .def_property_readonly("tables", &tables,
                               "Name and columns (name, text, ends) of each table it names.")
        .def(
            "with_seed",
            [](const Scenario& story, std::uint64_t seed) {
                auto copy = std::make_shared<Scenario>(story);
                copy->seed = seed;
                return copy;
            },
            py::arg("seed"), "The same scenario with another seed.")
        .def(py::pickle(
            [](const Scenario& story) {
                return py::make_tuple(story.file, story.text, story.seed, tables(story));
            },
            [](const py::tuple& state) {
                auto story = checked(
                    scenario::load_text(state[1].cast<std::string>(), state[0].cast<std::string>(), {},
                                        scenario::vocabulary(), table_source(state[3].cast<py::list>())));
                story->seed = state[2].cast<std::uint64_t>();
                return story;
            }));

    py::class_<NamedOutcome>(module, "Outcome", "A finished run of one variant.")
        .def(
            "take_columns",
            [](NamedOutcome& run) { return columns(std::exchange(run.outcome.records, Records{})); },
            "The records as numpy columns (docs/run-folder.md); the outcome holds them no longer.")
        .def(
            "take_outages", [](NamedOutcome& run) { return outage_rows(std::move(run.outcome.outages)); },
            "One row a mains loss (sim/metrics/outages.h); the outcome holds them no longer.")
        .def(
            "take_prepayments",
            [](NamedOutcome& run) { return std::exchange(run.outcome.prepayments, Prepayments{}); },
            "Top-ups, spells and meters (sim/metrics/prepayments.h); the outcome holds them no longer.")
        .def_property_readonly(
            "judgement", [](const NamedOutcome& run) { return as_dict(run.outcome.judgement, run.variant); },
            "metrics, expectations and invariants; of fleets see `judge`.")
        .def_property_readonly("records_sha256",
                               [](const NamedOutcome& run) { return run.outcome.records_sha256; });

    module.def("load", &load, py::arg("path"), py::arg("overrides"), py::arg("tables") = py::none(),
               "Reads and checks a scenario; raises ScenarioProblems with every mistake.");
    module.def(
        "simulate",
        [](const Scenario& story, const std::string& variant, std::uint64_t repeat, const std::string& kernel,
           const std::optional<py::function>& progress, std::size_t part) {
            return NamedOutcome{simulate(story, variant, repeat, kernel, progress, part), variant};
        },
        py::arg("scenario"), py::arg("variant"), py::arg("repeat"), py::arg("kernel") = "systemc",
        py::arg("progress") = py::none(), py::arg("part") = 0, "Runs one variant once, or a part of it.");
    module.def(
        "parts",
        [](const Scenario& story, const std::string& variant) {
            return scenario::parts(story, variant_named(story, variant));
        },
        py::arg("scenario"), py::arg("variant"), "In how many parts a world runs.");
    module.def("judge", &judge, py::arg("scenario"), py::arg("variant"), py::arg("outages"),
               py::arg("prepayments"),
               "What a world at fleet scale comes to, from the outages and prepayment of all its parts.");
    module.def("compare", &compare, py::arg("scenario"), py::arg("metrics"),
               "The expectations that compare variants, from the metrics of one repeat by variant.");
    module.def("outage_words", &outage_words);
}

}  // namespace meterbed::bindings
