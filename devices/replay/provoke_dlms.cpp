#include <algorithm>

#include "devices/esme.h"
#include "devices/gbcs/dlms_compact.h"
#include "devices/object_model.h"
#include "devices/raise.h"
#include "devices/replay/provoke.h"
#include "devices/use_cases/future_dating.h"

namespace meterbed::replay {
namespace {

using namespace gbcs::dlms;

struct Recorded {
    std::uint16_t code = 0;
    Time at;
    std::vector<Value> more;
};

std::optional<Recorded> read(const gbcs::Message& message) {
    const auto payload = parse(message.payload);
    const auto* notification = payload ? std::get_if<DataNotification>(&*payload) : nullptr;
    if (!notification || notification->body.elements.size() < 2) return std::nullopt;
    const auto& fields = notification->body.elements;
    const auto at = time_in(fields[1]);
    if (!at) return std::nullopt;
    return Recorded{static_cast<std::uint16_t>(fields[0].number), *at, {fields.begin() + 2, fields.end()}};
}

/// ECS80: power goes and comes back when the alert says so; the meter tells a while later.
void lose_supply(Event& it, const Recorded& alert) {
    const auto lost = time_in(alert.more.at(0)), back = time_in(alert.more.at(1));
    if (!lost || !back) return;
    Bench& bench = it.bench;
    if (auto* meter = dynamic_cast<Esme*>(&bench.device())) meter->report_delay = alert.at - *back;
    bench.context().set(*lost);
    bench.device().power(false, bench.context());
    bench.context().set(*back);
    bench.device().power(true, bench.context());
    bench.context().run_until(alert.at, bench.device());
}

/// ECS68: the newest entry of the billing data log is what the recorded alert holds encrypted.
void update_billing_data(Event& it, const Recorded& alert) {
    const auto key = gbcs::encryption_key(it.recorded.header, it.bench.keys());
    const auto plain = key && alert.more.size() > 1
                           ? gbcs::decrypt(alert.more[1].octets, *key, it.recorded.header.originator)
                           : tl::unexpected(std::string("no key"));
    const auto values = plain ? parse_value(*plain) : gbcs::Parsed<Value>(tl::unexpected(gbcs::ParseError{}));
    if (!values || values->elements.empty()) return;
    Value entry = values->elements[0];
    if (entry.type == Type::compact_array)
        if (auto entries = unpack(entry)) entry = *std::move(entries);
    put_value(it.bench.device(), {7, {0, 0, 98, 1, 0, 255}, 2}, std::move(entry));
    raise_billing_data(it.bench.device(), it.bench.context());
}

struct Row {
    gbcs::MessageCode code;
    std::size_t fields;  ///< that the alert must have after code and time
    void (*happen)(Event&, const Recorded&);
};
constexpr Row kRows[] = {
    {alert_messages::outage_restored, 2, lose_supply},
    {gbcs::MessageCode{0x0061}, 2, update_billing_data},
};

/// Everything else: the event with the details the recorded alert gives.
void happen(Event& it, const Recorded& alert) {
    AlertDetails details;
    details.more = alert.more;
    details.supplementary_party = it.recorded.header.other.supplementary_party;
    details.supplementary_counter = it.recorded.header.other.supplementary_counter;
    // Where the ACB speaks for somebody the originator of the refused command is told, whom only the record
    // names.
    if (details.supplementary_party) details.recipient = it.recorded.header.recipient;
    raise(it.bench.device(), alert.code, it.bench.context(), details);
}

}  // namespace

void provoke_dlms(Event& it) {
    const auto alert = read(it.recorded);
    if (!alert) return;
    it.bench.context().set(alert->at);
    it.loaded = !alert->more.empty();
    for (const Row& row : kRows)
        if (row.code == it.recorded.code() && alert->more.size() >= row.fields) return row.happen(it, *alert);
    happen(it, *alert);
}

}  // namespace meterbed::replay
