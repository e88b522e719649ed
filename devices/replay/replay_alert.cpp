#include "devices/replay/replay.h"

namespace meterbed::replay {

Outcome replay_alert(ByteView alert, std::span<const Bytes> commands, std::span<const Bytes> others,
                     DeviceType type, const Setting& setting) {
    (void)commands, (void)others, (void)type, (void)setting;
    const auto recorded = gbcs::parse(alert);
    if (!recorded) return {.reason = "alert: " + recorded.error().text()};
    return {.reason = "alerts are not provoked yet"};
}

}  // namespace meterbed::replay
