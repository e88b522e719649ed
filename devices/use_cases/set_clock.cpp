// GCS28: the time of a gas meter, taken from the hub when it lies in the Supplier's interval (RTDS,
// SMETS 4.6.3).
#include "devices/use_cases/execution.h"
#include "pki/der.h"

namespace meterbed {

Answer set_gas_clock(Execution& it) {
    der::Reader in(it.command.message.payload);
    der::Reader fields = in.enter(der::kSequence);
    const Time start = fields.generalized_time(), end = fields.generalized_time();
    in.finish(fields);
    in.finish();
    const Time now = std::chrono::floor<std::chrono::seconds>(it.context.now());
    const bool inside = in.ok() && start <= now && now <= end;
    it.device.time_status = inside ? TimeStatus::reliable : TimeStatus::unreliable;
    der::Writer out;
    out.begin(der::kSequence).generalized_time(now);
    out.integer(static_cast<std::uint64_t>(it.device.time_status)).end();
    Answer answer;
    answer.payload = out.take();
    if (!inside) answer.failure = "time outside the interval";
    return answer;
}

}  // namespace meterbed
