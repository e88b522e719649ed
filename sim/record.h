// Everything that happens is a Record: one line of what happened, where, to whom (docs/run-folder.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pki/eui64.h"
#include "pki/time.h"

namespace meterbed {

/// A word of a record as a small number; the same in one `Words` only.
using Word = std::uint16_t;

/// The dictionary of a world's records. Word 0 is the empty word.
class Words {
  public:
    Words() { of(""); }
    Word of(std::string_view text);
    const std::string& text(Word word) const { return texts_[word]; }
    std::size_t size() const { return texts_.size(); }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::vector<std::string> texts_;
    std::unordered_map<std::string, Word, Hash, std::equal_to<>> index_;
};

/// The words of a dictionary in alphabetical order, and for each `Word` its place there.
struct Alphabet {
    std::vector<std::string> words;
    std::vector<std::int32_t> rank;
};
Alphabet alphabet(const Words& words);

constexpr std::int32_t kNoHome = -1;

struct Record {
    Time time;
    std::uint32_t sequence = 0;  ///< order of the station's own records
    std::uint32_t request = 0;   ///< number of the Service Request in this world, 0 when none
    std::int32_t home = kNoHome;
    std::uint32_t bytes = 0;
    Eui64 device;
    Eui64 party;
    std::uint64_t counter = 0;
    double value = 0;
    Word station = 0, what = 0, step = 0, service = 0, code = 0, detail = 0;
    std::uint16_t message = 0;
};

/// The records of a finished run as columns, ordered by (time, station, sequence); words are numbered in
/// alphabetical order, so that equal stories have equal columns.
struct Records {
    std::vector<std::int64_t> time;  ///< microseconds since the epoch
    std::vector<std::uint32_t> sequence, request, bytes;
    std::vector<std::int32_t> home;
    std::vector<std::uint64_t> device, party, counter;
    std::vector<double> value;
    std::vector<std::uint16_t> message;
    std::vector<std::int32_t> station, what, step, service, code, detail;  ///< index into `words`
    std::vector<std::string> words;

    std::size_t size() const { return time.size(); }
    /// Position in `words`, -1 when the word never occurred.
    std::int32_t word(std::string_view text) const;
    const std::string& text(std::int32_t word) const { return words[static_cast<std::size_t>(word)]; }
    /// SHA-256 over all columns and words, in hexadecimal: the fingerprint of a run.
    std::string sha256() const;
};

/// `rows` in any order.
Records to_columns(std::vector<Record> rows, const Words& words);

}  // namespace meterbed
