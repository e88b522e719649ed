#include "sim/prepayment/hub_buffer.h"

#include "devices/raise.h"
#include "sim/prepayment/records.h"

namespace meterbed {

bool may_hold(const PrepaymentSettings& settings, const WanCover& cover) {
    return settings.hub_buffer_alerts > 0 && cover.fault != HomeFault::none && cover.fault != HomeFault::han;
}

std::string report_name(std::uint16_t code) {
    return code == 0 ? std::string(prepay::response) : alert_code_text(code);
}

}  // namespace meterbed
