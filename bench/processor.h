// What a program of the benchmarks took: seconds of the processor, not of the clock on the wall, for other
// programs may run beside us; and memory.
#pragma once

#include <sys/resource.h>
#include <time.h>

#include <cstddef>

namespace meterbed::bench {

inline double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

inline std::size_t peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

}  // namespace meterbed::bench
