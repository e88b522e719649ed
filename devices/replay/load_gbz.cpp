// Values of read-attribute responses become attributes, their statuses and those of default responses faults.
#include "devices/gbcs/gbz.h"
#include "devices/replay/loading.h"

namespace meterbed::replay {

void load_gbz(Loading& it) {
    const auto answered = gbcs::gbz::parse(gbcs::CraFlag::response, it.response.payload);
    if (!answered) return;
}

}  // namespace meterbed::replay
