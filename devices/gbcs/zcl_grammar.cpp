#include "devices/gbcs/zcl_grammar.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace meterbed::gbcs::gbz {
namespace {

struct UnitWord {
    std::string_view word;
    FieldUnit unit;
};
constexpr UnitWord kUnits[] = {{"money", FieldUnit::money},
                               {"price", FieldUnit::price},
                               {"m3", FieldUnit::cubic_metres},
                               {"min", FieldUnit::minutes}};

/// Reads a layout front to back; a fault in one is a bug.
class Grammar {
  public:
    explicit Grammar(std::string_view text) : rest_(text) {}

    std::vector<Element> elements() {
        std::vector<Element> out;
        while (!rest_.empty() && rest_.front() != '}') {
            if (rest_.front() == ';')
                rest_.remove_prefix(1);
            else
                out.push_back(rest_.front() == '?' ? condition() : field_or_group());
        }
        return out;
    }

  private:
    Element condition() {
        rest_.remove_prefix(1);
        const std::string_view head = until("{");
        Element element;
        element.kind = head == "else" ? Element::Kind::otherwise : Element::Kind::when;
        if (element.kind == Element::Kind::when) {
            const std::size_t equals = head.find('=');
            element.name = head.substr(0, equals);
            for (std::string_view list = head.substr(equals + 1); !list.empty();) {
                const std::size_t comma = std::min(list.find(','), list.size());
                element.values.push_back(number(list.substr(0, comma)));
                list.remove_prefix(std::min(comma + 1, list.size()));
            }
        }
        element.children = block();
        return element;
    }

    Element field_or_group() {
        Element element;
        element.name = until(":[");
        const char what = rest_.front();
        rest_.remove_prefix(1);
        if (what == '[') {
            element.kind = Element::Kind::group;
            element.count = until("]");
            element.low_nibble = element.count.ends_with('&');
            if (element.low_nibble) element.count.remove_suffix(1);
            rest_.remove_prefix(1);
            element.children = block();
            return element;
        }
        typed(element, until(";}?"));
        return element;
    }

    static void typed(Element& element, std::string_view text) {
        const std::size_t slash = text.find('/');
        if (slash != std::string_view::npos)
            element.unit = std::ranges::find(kUnits, text.substr(slash + 1), &UnitWord::word)->unit;
        const std::string_view word = text.substr(0, slash);
        if (word == "value") {
            element.kind = Element::Kind::value;
        } else if (word == "hex") {
            element.type = FieldType::octets;
        } else {
            const auto known = wires();
            const auto wire = std::ranges::find(known, word, &FieldWire::word);
            if (wire == known.end()) throw std::logic_error("no such type in a layout: " + std::string(text));
            element.type = wire->type;
        }
    }

    std::vector<Element> block() {
        rest_.remove_prefix(1);
        auto inner = elements();
        rest_.remove_prefix(1);
        return inner;
    }

    std::string_view until(std::string_view stops) {
        const std::size_t at = std::min(rest_.find_first_of(stops), rest_.size());
        const std::string_view text = rest_.substr(0, at);
        rest_.remove_prefix(at);
        return text;
    }

    static std::int64_t number(std::string_view text) {
        std::int64_t value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value, 16);
        return value;
    }

    std::string_view rest_;
};

}  // namespace

const std::vector<Element>& elements_of(const Layout& layout) {
    static const std::vector<std::vector<Element>> all = [] {
        std::vector<std::vector<Element>> read;
        for (const Layout& row : layouts()) read.push_back(Grammar(row.elements).elements());
        return read;
    }();
    return all.at(static_cast<std::size_t>(&layout - layouts().data()));
}

}  // namespace meterbed::gbcs::gbz
