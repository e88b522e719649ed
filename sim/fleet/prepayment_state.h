// The inside of the prepayment model: rows, and what each event does to them.
#pragma once

#include <array>
#include <deque>
#include <string_view>
#include <vector>

#include "devices/prepayment/advance.h"
#include "devices/top_up.h"
#include "sim/fleet/huge_pages.h"
#include "sim/fleet/prepayment_model.h"
#include "sim/fleet/prepayment_rows.h"
#include "sim/fleet/record_writer.h"
#include "sim/prepayment/dsp_turns.h"

namespace meterbed::fleet {

struct PrepaymentModel::State {
    State(const PrepaymentPart& part, const Settings& settings, const Streams& streams, Time start,
          Duration length);

    // prepayment_model.cpp: the clock of one meter
    void begin(const PrepaymentHome& home);
    void note_installation(const PrepaymentRow& row);
    void play(PrepaymentRow& row, Time until);
    Time next_of(PrepaymentRow& row) const;
    void happens(PrepaymentRow& row, Time now);

    // prepayment_homes.cpp: what happens at the meter and to its customer
    /// Up to `to`, at most to the first change of supply; whether that was reached.
    bool settle(PrepaymentRow& row, Time to);
    void change_load(PrepaymentRow& row, Time now);
    void look_at_cover(PrepaymentRow& row, Time now);
    void wake_customer(PrepaymentRow& row, Time now);
    void type_code(PrepaymentRow& row, Time now);
    /// Empty when the credit was added; else why not.
    std::string_view enter(PrepaymentRow& row, std::uint32_t payment, std::string_view how, Time now);
    void note_entry(PrepaymentRow& row, std::uint32_t payment, std::string_view why, std::string_view how,
                    Time now);
    const prepayment::Plan& plan_of(const PrepaymentRow& row) const {
        return row.new_price ? changed_plan : plan;
    }
    void supply_moved(PrepaymentRow& row, SupplyState before, Time now);
    /// Something else than time changes the ledger.
    template <typename Change>
    void touch(PrepaymentRow& row, Time now, Change change) {
        const SupplyState before = row.ledger.supply;
        happened.clear();
        change(row.ledger, happened);
        supply_moved(row, before, now);
        for (const prepayment::Happened& each : happened) send_alert(row, each.code, now);
    }

    // prepayment_notices.cpp: another price or mode
    void decide(PrepaymentRow& row, Time now);
    void wake_notice(PrepaymentRow& row, Notice& notice, Time now);
    Notice& notice_of(PrepaymentRow& row, NoticeKind kind);
    bool takes(PrepaymentRow& row, const Message& message);
    void obey(PrepaymentRow& row, NoticeKind kind, Time now);

    // prepayment_carriage.cpp: the supplier, the DCC, the WAN
    void send(PrepaymentRow& row, Time at, Stage stage, const Message& like);
    void arrive(PrepaymentRow& row, Message message);
    void wake_vend(PrepaymentRow& row, OpenVend& open, Time now);
    Open& open_of(PrepaymentRow& row);
    OpenVend* vend_of(PrepaymentRow& row, std::uint32_t payment);
    void close(PrepaymentRow& row);

    // prepayment_hubs.cpp: what a meter tells, where its hub may have to hold it
    void send_alert(PrepaymentRow& row, std::uint16_t code, Time now);
    void message_at_hub(PrepaymentRow& row, const Message& message);
    void hub_releases(PrepaymentRow& row, Time now);
    void note_report(const PrepaymentRow& row, Word what, const Held<Message>& report, Time now);

    Record record(const PrepaymentRow& row, Word what, Time at) const;
    void note(const Record& row) { slice.push_back(row); }

    Settings settings;
    prepayment::Plan plan, changed_plan;
    Time start, end, played_to;
    Consumption consumption;
    CustomerRules customers;
    CoverDraws covers;
    NoticeRules notices;
    CarriageDraws carriage;
    DspTurns dsp;
    TopUpRules top_ups;

    Column<PrepaymentRow> rows;
    std::deque<Open> pool;
    std::vector<std::uint32_t> unused;  ///< of the pool
    prepayment::Stretch stretch;        ///< looked up last
    prepayment::Happenings happened;
    std::uint64_t handled = 0;

    RecordWriter writer;
    std::vector<Record> slice;  ///< records of this slice, by meter
    std::array<Word, kRegionNames.size()> stations{};
    Word pays, told, added, refused, called, engineer, emergency, supply_state, mode, without_wan, held, late,
        dropped;

  private:
    void payment_at_desk(PrepaymentRow& row, const Message& message);
    void made_code(PrepaymentRow& row, const Message& message);
    void tell_receipt(PrepaymentRow& row, const OpenVend& open, Time now);
    void request_at_dcc(PrepaymentRow& row, const Message& message);
    void transmit(PrepaymentRow& row, const Message& message);
    void command_at_wan(PrepaymentRow& row, const Message& message);
    void command_at_meter(PrepaymentRow& row, const Message& message);
    void answer_at_wan(PrepaymentRow& row, const Message& message);
    void answered_at(PrepaymentRow& row, const Message& message, Stage next, Duration after);
    void retry(PrepaymentRow& row, const Message& message);
    void help_line(PrepaymentRow& row, const Message& message);
    void answer_at_desk(PrepaymentRow& row, const Message& message);
    void given_up_at_desk(PrepaymentRow& row, const Message& message);
    /// When it gets through; nothing when it does not.
    std::optional<Duration> crosses(PrepaymentRow& row, Carried kind, Time now);
};

}  // namespace meterbed::fleet
