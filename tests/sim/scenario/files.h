// Tables beside a story, for tests.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/csv.h"
#include "tests/sim/scenario/words.h"

namespace meterbed::scenario {

/// Tables as CSV text by file name.
inline TableSource files(const std::map<std::string, std::string>& texts) {
    return [texts](const std::string& name) -> TableRead {
        const auto found = texts.find(name);
        if (found == texts.end()) return {nullptr, "there is no such file"};
        const CsvTable csv = parse_csv(found->second);
        auto table = std::make_shared<Table>();
        for (std::size_t i = 0; i < csv.header.size(); ++i) {
            Column column{csv.header[i], {}, {}};
            for (const auto& row : csv.rows) {
                column.text += row[i];
                column.ends.push_back(column.text.size());
            }
            table->columns.push_back(std::move(column));
        }
        return {table, {}};
    };
}

inline std::vector<std::string> mistakes_with(const std::string& text,
                                              const std::map<std::string, std::string>& tables) {
    std::vector<std::string> list;
    for (const Problem& problem : load_text(text, "story.yaml", {}, words(), files(tables)).problems) {
        list.push_back(problem.message + (problem.suggestion.empty() ? "" : " [" + problem.suggestion + "]"));
    }
    return list;
}

}  // namespace meterbed::scenario
