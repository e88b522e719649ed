// A population's homes as a table gives them: a row a home.
#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <unordered_map>

#include "sim/scenario/parts.h"
#include "sim/scenario/table_reader.h"

namespace meterbed::scenario {
namespace {

constexpr std::array<TableColumn, 10> kColumns{{{"premises", true},
                                                {"feeder", true},
                                                {"region", true},
                                                {"cell", true},
                                                {"hub variant", false},
                                                {"network operator", false},
                                                {"meter kind", false},
                                                {"primary", false},
                                                {"GSP group", false},
                                                {"mpxn", false}}};
constexpr std::array<std::string_view, 2> kMeterKinds{"single phase", "polyphase"};
constexpr std::array<std::string_view, 4> kKnown{"yes", "no", "true", "false"};

/// Numbers for names, in the order in which they appear. Never walked through: its order means nothing.
class Numbering {
  public:
    /// The number, and whether the name is new.
    std::pair<std::uint32_t, bool> of(std::string_view name, std::size_t row) {
        const auto [found, fresh] =
            numbers_.emplace(std::string(name), static_cast<std::uint32_t>(first_rows_.size()));
        if (fresh) first_rows_.push_back(row);
        return {found->second, fresh};
    }
    std::size_t first_row(std::uint32_t number) const { return first_rows_[number]; }
    std::size_t size() const { return first_rows_.size(); }

  private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<std::size_t> first_rows_;
};

/// A row as read: numbers of its feeder, primary and cell in the order in which the table names them.
struct Row {
    Site site;
    std::uint32_t primary = 0;
    std::uint16_t network_operator = 0;
    bool placed = false;  ///< its region and hub variant could be read
};

class GivenReader {
  public:
    GivenReader(TableReader& table, const SupplyPlan& plan, const UserBook& book)
        : table_(table), plan_(plan) {
        for (const User& user : book.users()) {
            if (std::find(user.roles.begin(), user.roles.end(), UserRole::ED) != user.roles.end()) {
                users_.push_back(user.name);
            }
        }
    }

    GivenHomes read() {
        rows_.resize(table_.rows());
        for (std::size_t row = 0; row < rows_.size(); ++row) read_row(row);
        return arranged();
    }

  private:
    void read_row(std::size_t row) {
        Row& out = rows_[row];
        if (const auto name = table_.cell("premises", row); !name.empty()) {
            const auto [number, fresh] = premises_.of(name, row);
            if (!fresh) {
                table_.add(premises_.first_row(number), row, "both are the premises " + in_quotes(name));
            }
        }
        out.placed = read_site(row, out.site);
        read_wires(row, out);
        read_cell(row, out);
        if (const auto user = table_.choice("network operator", row, users_)) {
            out.network_operator = static_cast<std::uint16_t>(*user + 1);
        }
    }

    bool read_site(std::size_t row, Site& site) {
        const auto place = table_.choice("region", row, kRegionNames);
        site.region = static_cast<Region>(place.value_or(0));
        const auto variant = table_.choice("hub variant", row, kTechnologyNames);
        site.technology = variant ? static_cast<Technology>(*variant) : plan_.technology;
        site.polyphase = table_.choice("meter kind", row, kMeterKinds).value_or(0) == 1;
        site.mpxn_known = table_.choice("mpxn", row, kKnown).value_or(0) % 2 == 0;
        site.gsp_group = plan_.gsp_group;
        if (const auto found = table_.choice("GSP group", row, kGspGroups)) {
            site.gsp_group = static_cast<std::uint8_t>(*found);
        }
        return place && (variant || table_.cell("hub variant", row).empty());
    }

    void read_wires(std::size_t row, Row& out) {
        const auto feeder = table_.cell("feeder", row);
        if (feeder.empty()) return;
        const auto [number, fresh] = feeders_.of(feeder, row);
        out.site.feeder = number;
        out.primary = table_.has("primary") ? primaries_.of(table_.cell("primary", row), row).first
                                            : number / static_cast<std::uint32_t>(plan_.feeders_a_primary);
        const std::size_t first = feeders_.first_row(number);
        if (!fresh && rows_[first].primary != out.primary) {
            table_.add(first, row, "the feeder " + in_quotes(feeder) + " is under two primaries");
        }
        if (!fresh && rows_[first].site.gsp_group != out.site.gsp_group) {
            table_.add(first, row, "the feeder " + in_quotes(feeder) + " is in two GSP groups");
        }
    }

    void read_cell(std::size_t row, Row& out) {
        const auto cell = table_.cell("cell", row);
        if (cell.empty()) return;
        const auto [number, fresh] = cells_.of(cell, row);
        out.site.cell = number;
        const Row& first = rows_[cells_.first_row(number)];
        if (fresh || !first.placed || !out.placed) return;
        if (first.site.region != out.site.region || first.site.technology != out.site.technology) {
            table_.add(cells_.first_row(number), row,
                       "the cell " + in_quotes(cell) + " is of two regions or hub variants");
        }
    }

    /// Numbers the homes so that those of a feeder stand in a row, and the feeders of a primary.
    GivenHomes arranged() const {
        std::vector<std::size_t> order(rows_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            const auto key = [&](const Row& row) { return std::pair(row.primary, row.site.feeder); };
            return key(rows_[a]) < key(rows_[b]);
        });
        GivenHomes given;
        SupplyNetwork& network = given.network;
        network.homes = {0, static_cast<std::int32_t>(rows_.size())};
        network.cells.resize(std::max<std::size_t>(cells_.size(), 1));
        std::uint32_t feeder_before = UINT32_MAX;
        std::uint32_t primary_before = UINT32_MAX;
        for (const std::size_t at : order) {
            const Row& row = rows_[at];
            const auto home = static_cast<std::int32_t>(network.sites.size());
            const auto feeders = static_cast<std::int32_t>(network.feeders.size());
            if (primary_before != row.primary) {
                network.primaries.push_back({row.site.gsp_group, {feeders, feeders}});
                primary_before = row.primary;
            }
            if (feeder_before != row.site.feeder) {
                const auto primary = static_cast<std::uint32_t>(network.primaries.size() - 1);
                network.feeders.push_back({primary, {home, home}});
                network.primaries.back().feeders.end = feeders + 1;
                given.feeders.emplace_back(table_.cell("feeder", at));
                feeder_before = row.site.feeder;
            }
            network.feeders.back().homes.end = home + 1;
            network.cells[row.site.cell] = {row.site.region, row.site.technology};
            network.sites.push_back(row.site);
            network.sites.back().feeder = static_cast<std::uint32_t>(network.feeders.size() - 1);
            given.operator_of.push_back(row.network_operator);
        }
        given.operators.emplace_back();
        given.operators.insert(given.operators.end(), users_.begin(), users_.end());
        return given;
    }

    TableReader& table_;
    const SupplyPlan& plan_;
    std::vector<std::string> users_;  ///< network operators
    Numbering premises_, feeders_, primaries_, cells_;
    std::vector<Row> rows_;
};

/// The name of the first feeder that an earlier population's table has too, with that population.
void check_feeders_apart(const Node& node, const GivenHomes& given, const Scenario& scenario,
                         Reading& reading) {
    std::map<std::string_view, std::string_view> owners;
    for (const Population& other : scenario.populations) {
        if (!other.given) continue;
        for (const std::string& feeder : other.given->feeders) owners.emplace(feeder, other.name);
    }
    for (const std::string& feeder : given.feeders) {
        const auto owner = owners.find(feeder);
        if (owner == owners.end()) continue;
        reading.problems.add(
            node, "the feeder " + in_quotes(feeder) + " is also in the table of " + in_quotes(owner->second));
    }
}

}  // namespace

void read_given_homes(const Node& node, Population& population, const Scenario& scenario,
                      const UserBook& book, Reading& reading) {
    TableReader table(node, reading);
    if (!table.open(kColumns)) return;
    auto given = std::make_shared<GivenHomes>(GivenReader(table, population.supply, book).read());
    check_feeders_apart(node, *given, scenario, reading);
    population.premises = given->network.homes.end;
    population.supply.premises = population.premises;
    population.supply.given = {given, &given->network};
    population.given = given;
}

}  // namespace meterbed::scenario
