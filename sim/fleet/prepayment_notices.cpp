// Prices and modes that suppliers and customers decide on, and what their meters make of them.
#include <algorithm>

#include "sim/fleet/prepayment_state.h"
#include "sim/prepayment/records.h"

namespace meterbed::fleet {

void PrepaymentModel::State::decide(PrepaymentRow& row, Time now) {
    for (const NoticeKind kind : {NoticeKind::price, NoticeKind::credit_mode}) {
        if (notices.decided(kind, row.home, start) != now) continue;
        if (kind == NoticeKind::credit_mode) note(record(row, writer.word(prepay::credit_mode_asked), now));
        open_of(row).notices.push_back(begin_notice(settings, kind, now + kToDesk));
    }
    row.decision = notices.next_decision(row.home, start, now);
}

Notice& PrepaymentModel::State::notice_of(PrepaymentRow& row, NoticeKind kind) {
    return *std::ranges::find(pool[row.open].notices, kind, &Notice::kind);
}

void PrepaymentModel::State::wake_notice(PrepaymentRow& row, Notice& notice, Time now) {
    Message message;
    message.notice = notice.kind;
    request_sent(notice);
    Open& all = open_of(row);
    message.request = static_cast<std::uint16_t>(all.requests.size());
    all.requests.push_back({});
    if (row.generation == Generation::SMETS2) all.requests.back().order = ++row.orders;
    send(row, now + kUserLink, Stage::request_at_dcc, message);
}

/// A top-up of a SMETS2 meter is no matter of counters.
bool PrepaymentModel::State::takes(PrepaymentRow& row, const Message& message) {
    const bool smets1 = row.generation == Generation::SMETS1;
    if (!smets1 && !message.notice) return true;
    std::uint16_t& last = smets1 ? row.executed : row.obeyed;
    if (message.number <= last) return false;
    last = message.number;
    return true;
}

void PrepaymentModel::State::obey(PrepaymentRow& row, NoticeKind kind, Time now) {
    bool& done = kind == NoticeKind::price ? row.new_price : row.on_credit;
    if (done) return;
    if (kind == NoticeKind::price) {
        begin_anew(row.audit, row.ledger, plan);
        done = true;
        Record out = record(row, writer.word(prepay::price_changed), now);
        out.value = prepayment::pounds_of(changed_plan.tariff.prices[0]);
        return note(out);
    }
    done = true;
    note(record(row, writer.word(prepay::mode_changed), now));
    touch(row, now, [&](prepayment::Ledger& ledger, prepayment::Happenings& news) {
        set_mode(ledger, plan_of(row), prepayment::Mode::credit, news);
    });
}

}  // namespace meterbed::fleet
