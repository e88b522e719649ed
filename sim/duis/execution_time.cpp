#include "sim/duis/execution_time.h"

namespace meterbed::duis {

ExecutionTime execution_time(const Reading& body) {
    constexpr Time cancelling = std::chrono::sys_days{std::chrono::year{3000} / 12 / 31};
    const auto at = body.optional("ExecutionDateTime");
    if (!at) return {};
    const Time time = at->date_time();
    return {time == cancelling ? ExecutionTime::Kind::cancel : ExecutionTime::Kind::at, time};
}

}  // namespace meterbed::duis
