#include "sim/scenario/figures.h"

#include <algorithm>

#include "sim/csv.h"
#include "sim/embedded.h"

namespace meterbed::scenario {

const std::vector<Figure>& all_figures() {
    static const std::vector<Figure> figures = [] {
        const CsvTable table = parse_csv(figures_csv());
        const std::size_t name = table.column("name");
        const std::size_t value = table.column("value");
        const std::size_t unit = table.column("unit");
        const std::size_t source = table.column("source");
        const std::size_t confidence = table.column("confidence");
        std::vector<Figure> list;
        for (const auto& row : table.rows) {
            list.push_back({row[name], row[value], row[unit], row[source], row[confidence], ""});
        }
        return list;
    }();
    return figures;
}

const Figure* find_figure(std::string_view name) {
    const auto& figures = all_figures();
    const auto found = std::find_if(figures.begin(), figures.end(),
                                    [&](const Figure& figure) { return figure.name == name; });
    return found == figures.end() ? nullptr : &*found;
}

}  // namespace meterbed::scenario
