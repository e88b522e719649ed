// From text to a checked scenario.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "sim/scenario/overrides.h"
#include "sim/scenario/parts.h"
#include "sim/scenario/scenario.h"

namespace meterbed::scenario {
namespace {

void read_document(const Node& document, Scenario& scenario, Reading& reading) {
    if (!check_keys(document, top_keys(), reading.problems)) return;
    const auto with = [&](std::string_view key, auto&& read) {
        if (const Node* node = document.find(key)) read(*node);
    };
    with("title", [&](const Node& node) { scenario.title = read_text(node, reading); });
    with("question", [&](const Node& node) { scenario.question = read_text(node, reading); });
    with("source", [&](const Node& node) { scenario.source = read_text(node, reading); });
    with("run", [&](const Node& node) { read_run(node, scenario, reading); });
    read_variants(document, scenario, reading);
    UserBook book;
    with("users", [&](const Node& node) { read_users(node, book, reading); });
    with("population", [&](const Node& node) { read_populations(node, scenario, book, reading); });
    with("timeline", [&](const Node& node) { read_timeline(node, scenario, book, reading); });
    with("population", [&](const Node& node) { list_supply_defaults(node, scenario); });
    check_prepayment(document, scenario, reading);
    scenario.users = book.users();
    with("expect", [&](const Node& node) { read_expectations(node, scenario, reading); });
    with("measure", [&](const Node& node) { read_measures(node, scenario, reading); });
    with("always", [&](const Node& node) {
        scenario.invariants = read_choices(node, reading, "invariant", reading.words.invariants);
    });
    with("report", [&](const Node& node) {
        scenario.report = read_choices(node, reading, "report section", reading.words.report_sections);
    });
}

/// The text that the run folder keeps: as written, or with the overrides in it.
std::string kept_text(const std::string& text, const Node& document, const std::vector<Override>& overrides) {
    if (overrides.empty()) return text;
    std::string out;
    for (const Override& change : overrides)
        out += "# --set " + in_quotes(change.key + "=" + change.value) + "\n";
    return out + write_yaml(document);
}

/// A table, kept with the scenario.
TableRead read_once(const std::string& name, const TableSource& tables, Scenario& scenario) {
    for (const auto& [known, table] : scenario.tables) {
        if (known == name) return {table, {}};
    }
    TableRead read = tables(name);
    if (read.error.empty()) scenario.tables.emplace_back(name, read.table);
    return read;
}

Loaded failed(const std::string& file, std::string message) {
    return {std::nullopt, {{file, 0, 0, "", std::move(message), ""}}};
}

}  // namespace

Loaded load_text(const std::string& text, const std::string& file, const std::vector<Override>& overrides,
                 const Vocabulary& words, const TableSource& tables) {
    Problems problems(file);
    auto document = read_yaml(text, problems);
    if (!document) return {std::nullopt, problems.sorted()};
    if (document->kind == Node::Kind::empty) {
        if (problems.empty()) problems.add_at(0, 0, "", "the file holds no scenario");
        return {std::nullopt, problems.sorted()};
    }
    if (document->is_map()) apply_overrides(*document, overrides, problems);
    Scenario scenario;
    scenario.file = file;
    const TableSource remembered = [&](const std::string& name) { return read_once(name, tables, scenario); };
    Reading reading{problems, words, scenario.figures, remembered};
    read_document(*document, scenario, reading);
    if (!problems.empty()) return {std::nullopt, problems.sorted()};
    scenario.text = kept_text(text, *document, overrides);
    return {std::move(scenario), {}};
}

Loaded load_file(const std::string& path, const std::vector<Override>& overrides, const Vocabulary& words,
                 const TableSource& tables) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) return failed(path, "there is no such file");
    if (std::filesystem::is_directory(status)) return failed(path, "this is a directory, not a file");
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return failed(path, "the file cannot be opened");
    // One byte more than the largest scenario is enough to see that a file is too large, however large it is.
    constexpr std::size_t most = (1U << 20U) + 1;
    std::string text(most, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(most));
    if (stream.bad()) return failed(path, "the file cannot be read");
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return load_text(text, path, overrides, words, tables);
}

}  // namespace meterbed::scenario
