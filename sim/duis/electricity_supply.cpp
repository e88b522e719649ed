// The load switch of the ESME: 7.1 to 7.3 (GBCS use cases ECS42 to ECS44).
#include <array>

#include "sim/duis/dlms_writer.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;

constexpr dlms::Attribute kRunScript{9, {0, 0, 10, 0, 106, 255}, 1};

/// Scripts of the disconnector script table.
constexpr std::int64_t kEnable = 0x33, kDisable = 0x34, kArm = 0x36;

template <std::int64_t script>
Bytes run_script(const Reading&, const Situation& situation) {
    return AccessList()
        .action(kRunScript, dlms::Value::integer(dlms::Type::uint16, script))
        .octets(situation);
}

constexpr std::array kRows{
    Row{"7.1", "EnableSupply", {eSME}, 0x004F, run_script<kEnable>},
    Row{"7.2", "DisableSupply", {eSME}, 0x0050, run_script<kDisable>},
    Row{"7.3", "ArmSupply", {eSME}, 0x0051, run_script<kArm>},
};

}  // namespace

std::span<const Row> electricity_supply_rows() { return kRows; }

}  // namespace meterbed::duis
