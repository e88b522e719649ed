// A bug or a misuse is an exception; a refused request is a record.
#pragma once

#include <stdexcept>

namespace meterbed {

/// The simulation contradicts itself, for example a message without a recipient. Names device and time.
class SimulationError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A world was used after its end.
class WorldEnded : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

/// The caller asked for something that does not exist or lies before the present.
class BadRequest : public std::invalid_argument {
  public:
    using std::invalid_argument::invalid_argument;
};

}  // namespace meterbed
