// An XML element as the reading code sees it: names without their namespace, text without surrounding white
// space.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace meterbed::duis {

struct Element {
    std::string name;
    std::string text;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<Element> children;
    int line = 0;  ///< in the file it came from, 0 when it came from none

    bool operator==(const Element&) const = default;
};

// Of requests that we write ourselves.
inline Element leaf(std::string name, std::string text) { return {std::move(name), std::move(text), {}, {}}; }
inline Element branch(std::string name, std::vector<Element> children) {
    return {std::move(name), {}, {}, std::move(children)};
}

}  // namespace meterbed::duis
