// The context of tests: the recording one.
#pragma once

#include "devices/replay/recording_context.h"

namespace meterbed::bench {

using FakeContext = replay::RecordingContext;

}  // namespace meterbed::bench
