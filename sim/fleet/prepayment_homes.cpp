// What happens at a prepayment meter, and what its customer does about it.
#include <algorithm>

#include "devices/top_up.h"
#include "sim/fleet/prepayment_state.h"
#include "sim/prepayment/records.h"

namespace meterbed::fleet {
namespace {

MeterView view_of(const PrepaymentRow& row) {
    const prepayment::Ledger& ledger = row.ledger;
    return {ledger.supply, prepayment::units(ledger.balance),
            ledger.emergency == prepayment::EmergencyCredit::available &&
                ledger.mode == prepayment::Mode::prepayment,
            !row.on_credit};
}

}  // namespace

Record PrepaymentModel::State::record(const PrepaymentRow& row, Word what, Time at) const {
    Record out;
    out.time = at;
    out.station = stations[static_cast<std::size_t>(row.site.region)];
    out.what = what;
    out.home = row.home;
    out.device = device_id(row.home, DevicePlace::esme);
    return out;
}

void PrepaymentModel::State::supply_moved(PrepaymentRow& row, SupplyState before, Time now) {
    const SupplyState supply = row.ledger.supply;
    if (supply == before) return;
    Record out = record(row, supply_state, now);
    out.code = out.detail = writer.word(name(supply));
    note(out);
    customers.supply_went(row.customer, row.home, supply, now);
}

bool PrepaymentModel::State::settle(PrepaymentRow& row, Time to) {
    for (;;) {
        const SupplyState before = row.ledger.supply;
        happened.clear();
        handled += advance_to_event(row.ledger, plan_of(row), stretch, to, row.load.watts, happened);
        if (happened.empty()) return false;
        for (const prepayment::Happened& each : happened) send_alert(row, each.code, each.at);
        if (row.ledger.supply != before) {
            supply_moved(row, before, happened.back().at);
            return true;
        }
        if (may_hold(settings, row.cover)) return true;  // an alert is on its way
    }
}

void PrepaymentModel::State::change_load(PrepaymentRow& row, Time now) {
    row.load = consumption.at(row.home, now);
}

void PrepaymentModel::State::look_at_cover(PrepaymentRow& row, Time now) {
    if (!covers.look(row.fallback, row.cover, settings, row.home, now) || row.on_credit) return;
    const bool fallen = row.fallback.fallen;
    Record out = record(row, mode, now);
    out.code = writer.word(fallen ? "credit" : "prepayment");
    note(out);
    touch(row, now, [&](prepayment::Ledger& ledger, prepayment::Happenings& news) {
        set_mode(ledger, plan_of(row), fallen ? prepayment::Mode::credit : prepayment::Mode::prepayment,
                 news);
    });
}

void PrepaymentModel::State::wake_customer(PrepaymentRow& row, Time now) {
    Customer& customer = row.customer;
    Message message;
    switch (customers.act(customer, row.home, view_of(row), now)) {
        case Act::nothing:
            return;
        case Act::take_emergency: {
            note(record(row, emergency, now));
            return touch(row, now, [&](prepayment::Ledger& ledger, prepayment::Happenings& news) {
                activate_emergency_credit(ledger, plan_of(row), news);
            });
        }
        case Act::enable:
            return touch(row, now, [&](prepayment::Ledger& ledger, prepayment::Happenings& news) {
                apply(ledger, plan_of(row), SupplyEvent::enable_locally, news);
            });
        case Act::pay: {
            Record out = record(row, pays, now);
            out.counter = message.payment = customer.waiting_for;
            out.value = customer.traits.pounds;
            out.detail = writer.word(kChannelNames[static_cast<std::size_t>(customer.traits.channel)]);
            note(out);
            return send(row, now + kToDesk, Stage::payment_at_desk, message);
        }
        case Act::type_code:
            return type_code(row, now);
        case Act::call_help_line: {
            Record out = record(row, called, now);
            out.counter = message.payment = customer.waiting_for;
            note(out);
            return send(row, customers.help_line_answers(row.home, customer.waiting_for, now + kToDesk),
                        Stage::help_line_looks, message);
        }
        case Act::let_engineer_in: {
            Record out = record(row, engineer, now);
            out.counter = message.payment = customer.waiting_for;
            if (repair_han(row.cover, now)) out.detail = writer.word(prepay::han_repaired);
            note(out);
            return send(row, now + kToDesk, Stage::engineer_asks, message);
        }
    }
}

void PrepaymentModel::State::type_code(PrepaymentRow& row, Time now) {
    Customer& customer = row.customer;
    const std::uint32_t payment = customer.waiting_for;
    const bool slipped = customers.slip(row.home, customer).wrong;
    std::string_view why = refusals::wrong_digits;
    if (slipped) {
        // The check digit finds every single wrong digit (GBCS 14.8).
        note_entry(row, payment, why, prepay::keypad, now);
    } else {
        why = enter(row, payment, prepay::keypad, now);
    }
    if (!why.empty()) customers.entry_refused(customer, row.home, now);
}

void PrepaymentModel::State::note_entry(PrepaymentRow& row, std::uint32_t payment, std::string_view why,
                                        std::string_view how, Time now) {
    Record out = record(row, why.empty() ? added : refused, now);
    out.counter = payment;
    out.value = why.empty() ? vend_of(row, payment)->vend.pounds : 0;
    out.code = writer.word(why);
    out.detail = writer.word(how);
    note(out);
}

std::string_view PrepaymentModel::State::enter(PrepaymentRow& row, std::uint32_t payment,
                                               std::string_view how, Time now) {
    OpenVend& open = *vend_of(row, payment);
    const std::int64_t credit = std::int64_t{open.vend.pounds} * prepayment::kUnitsPerPound;
    std::string_view why;
    if (open.credited && !top_ups.takes_codes_again) {
        why = refusals::duplicate;
    } else {
        why = refused_credit({prepayment::units(row.ledger.balance), plan.settings.maximum_credit,
                              plan.settings.maximum_balance},
                             credit);
    }
    if (why.empty()) {
        open.credited = true;
        paid(row.audit, open.vend.pounds);
        touch(row, now, [&](prepayment::Ledger& ledger, prepayment::Happenings& news) {
            top_up(ledger, plan_of(row), credit - top_ups.lost_of_each, news);
        });
        if (how == prepay::keypad) send_alert(row, kCreditAddedLocally, now);
    }
    note_entry(row, payment, why, how, now);
    if (open.credited) customers.credited(row.customer, row.home, payment, now);
    return why;
}

}  // namespace meterbed::fleet
