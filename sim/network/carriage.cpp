#include "sim/network/carriage.h"

namespace meterbed {

CarriageDraws::CarriageDraws(const Streams& streams)
    : draws_{Draws(streams.of("wan command")), Draws(streams.of("wan answer")),
             Draws(streams.of("wan instruction")), Draws(streams.of("wan instruction answer"))} {}

}  // namespace meterbed
