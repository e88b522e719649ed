// `replay outages`: feeders without supply, as a table recorded them.
#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>
#include <tuple>

#include "sim/scenario/parts.h"
#include "sim/scenario/table_reader.h"

namespace meterbed::scenario {
namespace {

constexpr std::array<TableColumn, 3> kColumns{{{"start", true}, {"end", true}, {"feeder", true}}};

using FeederPlace = std::pair<std::size_t, std::int32_t>;  // population, feeder of it

/// Feeders of tables go by their names there, generated ones by "population/17", from 1.
class FeederNames {
  public:
    explicit FeederNames(const Scenario& scenario) : scenario_(scenario) {
        for (std::size_t i = 0; i < scenario.populations.size(); ++i) {
            const auto& given = scenario.populations[i].given;
            for (std::size_t k = 0; given && k < given->feeders.size(); ++k) {
                given_.emplace(given->feeders[k], FeederPlace{i, static_cast<std::int32_t>(k)});
            }
        }
    }

    std::optional<FeederPlace> find(std::string_view name) const {
        if (const auto found = given_.find(name); found != given_.end()) return found->second;
        const std::size_t slash = name.rfind('/');
        if (slash == std::string_view::npos) return std::nullopt;
        std::int32_t number = 0;
        const char* end = name.data() + name.size();
        const auto [rest, error] = std::from_chars(name.data() + slash + 1, end, number);
        if (error != std::errc{} || rest != end || number < 1) return std::nullopt;
        for (std::size_t i = 0; i < scenario_.populations.size(); ++i) {
            const Population& population = scenario_.populations[i];
            const SupplyPlan& plan = population.supply;
            // So many feeders there are whatever sizes are drawn.
            const std::int32_t fewest = (plan.premises + plan.feeder_most - 1) / plan.feeder_most;
            if (population.name == name.substr(0, slash) && !population.given && number <= fewest) {
                return FeederPlace{i, number - 1};
            }
        }
        return std::nullopt;
    }

  private:
    const Scenario& scenario_;
    std::map<std::string_view, FeederPlace> given_;
};

std::optional<Time> time_at(TableReader& table, std::string_view column, std::size_t row) {
    const std::string_view text = table.cell(column, row);
    if (text.empty()) return std::nullopt;  // reported already
    const auto time = parse_time(text);
    if (!time) {
        table.add(row, std::string(column) + " " + in_quotes(text) + " is no time",
                  "write it as '2013-12-05 14:00' (UTC)");
    }
    return time;
}

/// The times of a row when they make sense.
std::optional<std::pair<Time, Time>> times_of(TableReader& table, std::size_t row, const Scenario& scenario) {
    const auto start = time_at(table, "start", row);
    const auto end = time_at(table, "end", row);
    if (!start || !end) return std::nullopt;
    const Time last = scenario.start + scenario.length;
    if (*end <= *start) {
        table.add(row, "the outage ends at " + to_text(*end) + ", not after its start");
    } else if (*start < scenario.start || *start >= last) {
        table.add(row, "the outage starts at " + to_text(*start) + ", outside the run (" +
                           to_text(scenario.start) + " to " + to_text(last) + ")");
    } else {
        return std::pair(*start, *end);
    }
    return std::nullopt;
}

/// A feeder cannot lose supply before it has it back.
void check_overlaps(TableReader& table, const std::vector<ReplayStep::Row>& rows,
                    const std::vector<std::size_t>& numbers) {
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t i) {
        return std::tuple(rows[i].population, rows[i].feeder, rows[i].start, i);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    for (std::size_t i = 1; i < order.size(); ++i) {
        const ReplayStep::Row& before = rows[order[i - 1]];
        const ReplayStep::Row& after = rows[order[i]];
        const bool same = before.population == after.population && before.feeder == after.feeder;
        if (!same || after.start >= before.end) continue;
        const auto [first, second] = std::minmax(numbers[order[i - 1]], numbers[order[i]]);
        table.add(first, second,
                  "the outages of the feeder " + in_quotes(table.cell("feeder", second)) + " overlap");
    }
}

}  // namespace

ReplayStep read_replay(const Node& file, const Scenario& scenario, Reading& reading) {
    ReplayStep step;
    TableReader table(file, reading);
    if (!table.open(kColumns)) return step;
    const FeederNames names(scenario);
    std::vector<std::size_t> numbers;  // rows of the table that `step.rows` come from
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto times = times_of(table, row, scenario);
        const std::string_view name = table.cell("feeder", row);
        const auto feeder = names.find(name);
        if (!feeder && !name.empty()) {
            table.add(row, "unknown feeder " + in_quotes(name),
                      "feeders go by their name in a table of premises, generated ones by 'population/17'");
        }
        if (!times || !feeder) continue;
        step.rows.push_back({times->first, times->second, feeder->first, feeder->second});
        numbers.push_back(row);
    }
    check_overlaps(table, step.rows, numbers);
    return step;
}

}  // namespace meterbed::scenario
