#include "devices/replay/provoke.h"

#include "devices/gbcs/cs02.h"
#include "devices/gbcs/dlms.h"
#include "devices/gbcs/gbz.h"
#include "devices/gbcs/use_case.h"
#include "devices/gbz_time.h"
#include "devices/raise.h"
#include "devices/use_cases/future_dating.h"
#include "pki/der.h"

namespace meterbed::replay {
namespace {

struct FamilyRow {
    gbcs::PayloadFamily family;
    void (*provoke)(Event&);
};
constexpr FamilyRow kFamilies[] = {
    {gbcs::PayloadFamily::dlms, provoke_dlms},
    {gbcs::PayloadFamily::gbz, provoke_gbz},
    {gbcs::PayloadFamily::asn1, provoke_asn1},
};

std::optional<Time> dlms_time(ByteView payload) {
    const auto read = gbcs::dlms::parse(payload);
    const auto* notification = read ? std::get_if<gbcs::dlms::DataNotification>(&*read) : nullptr;
    if (!notification || notification->body.elements.size() < 2) return std::nullopt;
    return time_in(notification->body.elements[1]);
}

std::optional<Time> gbz_alert_time(ByteView payload) {
    const auto read = gbcs::gbz::parse(gbcs::CraFlag::alert, payload);
    const auto* alert = read ? std::get_if<gbcs::gbz::Alert>(&*read) : nullptr;
    return alert ? std::optional(time_of_gbz(alert->time)) : std::nullopt;
}

/// SEQUENCE { INTEGER code, GeneralizedTime, ... }
std::optional<Time> asn1_time(const gbcs::Message& recorded) {
    if (gbcs::is_cs02(recorded.code())) {
        const auto read = gbcs::parse_cs02(recorded.code(), gbcs::CraFlag::alert, recorded.payload);
        const auto* update = read ? std::get_if<gbcs::UpdateSecurityCredentialsAlert>(&*read) : nullptr;
        return update ? std::optional(update->executed_at) : std::nullopt;
    }
    der::Reader in(recorded.payload);
    der::Reader fields = in.enter(der::kSequence);
    fields.integer();
    const Time at = fields.generalized_time();
    return fields.ok() ? std::optional(at) : std::nullopt;
}

}  // namespace

std::optional<Time> time_of_alert(const gbcs::Message& recorded) {
    switch (gbcs::payload_family(recorded.code(), recorded.payload)) {
        case gbcs::PayloadFamily::dlms:
            return dlms_time(recorded.payload);
        case gbcs::PayloadFamily::gbz:
            return gbz_alert_time(recorded.payload);
        case gbcs::PayloadFamily::asn1:
            return asn1_time(recorded);
        case gbcs::PayloadFamily::unknown:
            break;
    }
    return std::nullopt;
}

void provoke(Event& it) {
    const gbcs::PayloadFamily family = gbcs::payload_family(it.recorded.code(), it.recorded.payload);
    if (const auto at = time_of_alert(it.recorded)) it.bench.context().set(*at);
    for (const FamilyRow& row : kFamilies)
        if (row.family == family) row.provoke(it);
}

/// The event with what follows code and time in the recorded alert.
void provoke_gbz(Event& it) {
    const auto read = gbcs::gbz::parse(gbcs::CraFlag::alert, it.recorded.payload);
    const auto* alert = read ? std::get_if<gbcs::gbz::Alert>(&*read) : nullptr;
    if (!alert) return;
    provoke_gas(it, *alert);
}

void provoke_asn1(Event& it) {
    der::Reader in(it.recorded.payload);
    der::Reader fields = in.enter(der::kSequence);
    const auto code = static_cast<std::uint16_t>(fields.integer());
    if (provoke_device_log(it)) return;
    if (fields.ok()) raise(it.bench.device(), code, it.bench.context());
}

}  // namespace meterbed::replay
