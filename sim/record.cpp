#include "sim/record.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <stdexcept>
#include <tuple>

#include "pki/bytes.h"
#include "pki/digest.h"

namespace meterbed {

Word Words::of(std::string_view text) {
    if (const auto known = index_.find(text); known != index_.end()) return known->second;
    if (texts_.size() > 0xFFFF) throw std::length_error("more than 65535 different words in the records");
    const auto word = static_cast<Word>(texts_.size());
    texts_.emplace_back(text);
    index_.emplace(std::string(text), word);
    return word;
}

Alphabet alphabet(const Words& words) {
    Alphabet out;
    std::vector<Word> order(words.size());
    std::iota(order.begin(), order.end(), Word{0});
    std::sort(order.begin(), order.end(), [&](Word a, Word b) { return words.text(a) < words.text(b); });
    out.rank.resize(words.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        out.rank[order[i]] = static_cast<std::int32_t>(i);
        out.words.push_back(words.text(order[i]));
    }
    return out;
}

namespace {

template <typename T>
void add_column(Sha256& hash, const std::vector<T>& column) {
    const auto octets = std::as_bytes(std::span(column));
    hash.add({reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()});
}

}  // namespace

Records to_columns(std::vector<Record> rows, const Words& words) {
    Alphabet sorted = alphabet(words);
    const std::vector<std::int32_t>& rank = sorted.rank;
    Records out;
    out.words = std::move(sorted.words);
    std::sort(rows.begin(), rows.end(), [&](const Record& a, const Record& b) {
        return std::tuple(a.time, rank[a.station], a.sequence) <
               std::tuple(b.time, rank[b.station], b.sequence);
    });
    const auto column = [&](auto& target, auto field) {
        target.reserve(rows.size());
        for (const Record& row : rows) target.push_back(field(row));
    };
    column(out.time, [](const Record& r) { return r.time.time_since_epoch().count(); });
    column(out.sequence, [](const Record& r) { return r.sequence; });
    column(out.request, [](const Record& r) { return r.request; });
    column(out.bytes, [](const Record& r) { return r.bytes; });
    column(out.home, [](const Record& r) { return r.home; });
    column(out.device, [](const Record& r) { return r.device.value; });
    column(out.party, [](const Record& r) { return r.party.value; });
    column(out.counter, [](const Record& r) { return r.counter; });
    column(out.value, [](const Record& r) { return r.value; });
    column(out.message, [](const Record& r) { return r.message; });
    column(out.station, [&](const Record& r) { return rank[r.station]; });
    column(out.what, [&](const Record& r) { return rank[r.what]; });
    column(out.step, [&](const Record& r) { return rank[r.step]; });
    column(out.service, [&](const Record& r) { return rank[r.service]; });
    column(out.code, [&](const Record& r) { return rank[r.code]; });
    column(out.detail, [&](const Record& r) { return rank[r.detail]; });
    return out;
}

std::int32_t Records::word(std::string_view text) const {
    const auto at = std::lower_bound(words.begin(), words.end(), text);
    return at != words.end() && *at == text ? static_cast<std::int32_t>(at - words.begin()) : -1;
}

std::string Records::sha256() const {
    Sha256 hash;
    for (const std::string& word : words) {
        hash.add(
            {reinterpret_cast<const std::uint8_t*>(word.data()), word.size() + 1});  // with its final zero
    }
    add_column(hash, time);
    for (const auto* numbers : {&sequence, &request, &bytes}) add_column(hash, *numbers);
    add_column(hash, home);
    for (const auto* numbers : {&device, &party, &counter}) add_column(hash, *numbers);
    add_column(hash, value);
    add_column(hash, message);
    for (const auto* codes : {&station, &what, &step, &service, &code, &detail}) add_column(hash, *codes);
    return to_hex(hash.finish());
}

}  // namespace meterbed
