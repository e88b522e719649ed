// The logs of a device: rings of a hundred entries, made when the first entry is written (SMETS 5.7.5).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "pki/time.h"

namespace meterbed {

enum class Log : std::uint8_t { event, security, power };

struct LogEntry {
    Time at;
    std::uint16_t event = 0;
    std::vector<std::uint8_t> detail{};  ///< what some events add, two octets for example
    bool operator==(const LogEntry&) const = default;
};

/// The newest hundred entries of each log; the oldest is overwritten.
class EventLogs {
  public:
    static constexpr std::size_t kCapacity = 100;

    void write(Log log, LogEntry entry);
    void clear(Log log);
    /// Oldest first.
    std::vector<LogEntry> read(Log log) const;

  private:
    struct Ring {
        std::vector<LogEntry> entries;
        std::size_t next = 0;
    };
    std::unique_ptr<std::array<Ring, 3>> rings_;
};

}  // namespace meterbed
