// What every fuzz target holds its parser to: octets are refused, or come back the same when written again.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

#include "pki/bytes.h"

namespace meterbed::fuzz {

/// A property that does not hold is a crash to libFuzzer, with its sentence.
inline void must(bool held, const char* sentence) {
    if (held) return;
    std::fprintf(stderr, "does not hold: %s\n", sentence);
    std::abort();
}

inline void must_equal(ByteView written, ByteView read, const char* sentence) {
    if (std::equal(written.begin(), written.end(), read.begin(), read.end())) return;
    std::fprintf(stderr, "read    %s\nwritten %s\n", to_hex(read).c_str(), to_hex(written).c_str());
    must(false, sentence);
}

/// The number that the first octets of an input choose, and the rest of it.
template <std::size_t N>
std::size_t chosen(ByteView& input) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < N && !input.empty(); ++i, input = input.subspan(1))
        number = number << 8 | input[0];
    return number;
}

}  // namespace meterbed::fuzz

/// Each target defines this; libFuzzer calls it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
