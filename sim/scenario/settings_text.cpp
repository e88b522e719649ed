#include "sim/scenario/settings_text.h"

#include "sim/scenario/settings_table.h"
#include "sim/scenario/values.h"

namespace meterbed::scenario {

SettingsRead read_settings_text(const std::vector<Override>& words, const Vocabulary& vocabulary) {
    SettingsRead out;
    Problems problems("settings");
    std::vector<Figure> used;
    const TableSource none = no_tables;
    Reading reading{problems, vocabulary, used, none};
    std::string text;
    for (const Override& word : words) text += "\"" + word.key + "\": " + word.value + "\n";
    if (!words.empty()) {
        if (check_text(text, problems)) {
            if (const auto tree = read_yaml(text, problems)) read_settings(*tree, out.settings, reading);
        }
    }
    out.problems = problems.sorted();
    return out;
}

}  // namespace meterbed::scenario
