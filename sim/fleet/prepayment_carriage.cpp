// The way of a top-up between the supplier's desk and the meter, step by step (sim/network/carriage.h).
#include <algorithm>

#include "sim/fleet/prepayment_state.h"
#include "sim/network/radio.h"
#include "sim/prepayment/records.h"

namespace meterbed::fleet {
namespace {

bool takes_turn(Stage stage, Generation generation) {
    switch (stage) {
        case Stage::request_at_dcc:
        case Stage::signed_at_dcc:
        case Stage::code_at_dcc:
        case Stage::answer_at_dcc:
        case Stage::given_up_at_dcc:
            return true;
        case Stage::retry_due:
            return generation == Generation::SMETS2;  // the S1SP has a timer of its own
        default:
            return false;
    }
}

}  // namespace

Open& PrepaymentModel::State::open_of(PrepaymentRow& row) {
    if (row.open != kNothingOpen) return pool[row.open];
    if (unused.empty()) {
        unused.push_back(static_cast<std::uint32_t>(pool.size()));
        pool.emplace_back();
    }
    row.open = unused.back();
    unused.pop_back();
    return pool[row.open];
}

OpenVend* PrepaymentModel::State::vend_of(PrepaymentRow& row, std::uint32_t payment) {
    if (row.open == kNothingOpen) return nullptr;
    std::vector<OpenVend>& vends = pool[row.open].vends;
    const auto found =
        std::ranges::find(vends, payment, [](const OpenVend& open) { return open.vend.payment; });
    return found == vends.end() ? nullptr : &*found;
}

/// Lets go of what nothing can come of any more.
void PrepaymentModel::State::close(PrepaymentRow& row) {
    if (row.open == kNothingOpen) return;
    Open& open = pool[row.open];
    if (!open.messages.empty()) return;
    std::erase_if(open.vends, [&](const OpenVend& it) {
        return it.credited && it.vend.wakes == Time::max() && row.customer.waiting_for != it.vend.payment;
    });
    std::erase_if(open.notices, [](const Notice& it) { return it.confirmed; });
    if (!open.vends.empty()) return;
    open.requests.clear();
    open.next_order = 0;
    if (!open.notices.empty()) return;
    unused.push_back(row.open);
    row.open = kNothingOpen;
}

void PrepaymentModel::State::send(PrepaymentRow& row, Time at, Stage stage, const Message& like) {
    Open& open = open_of(row);
    Message message = like;
    message.at = at;
    message.stage = stage;
    message.had_turn = false;
    message.order = open.next_order++;
    open.messages.push_back(message);
}

void PrepaymentModel::State::arrive(PrepaymentRow& row, Message message) {
    const Time now = message.at;
    if (!message.had_turn && takes_turn(message.stage, row.generation)) {
        const std::optional<Time> turn = dsp.turn(now, !message.notice);
        if (!turn) return;  // the outage outlasts the run
        if (*turn > now) {
            message.at = *turn;
            message.had_turn = true;
            Open& open = open_of(row);
            message.order = open.next_order++;
            open.messages.push_back(message);
            return;
        }
    }
    switch (message.stage) {
        case Stage::payment_at_desk:
            return payment_at_desk(row, message);
        case Stage::stand_in_made_code:
        case Stage::code_at_desk:
            return made_code(row, message);
        case Stage::request_at_dcc:
            return request_at_dcc(row, message);
        case Stage::pre_command_at_desk:
            return send(row, now + settings.user_processing + kUserLink, Stage::signed_at_dcc, message);
        case Stage::signed_at_dcc:
            return transmit(row, message);
        case Stage::request_at_s1sp:
            if (!message.notice) send(row, now + settings.s1sp_processing, Stage::code_at_dcc, message);
            return transmit(row, message);
        case Stage::code_at_dcc:
            return send(row, now + settings.dcc_processing, Stage::code_at_desk, message);
        case Stage::command_at_wan:
            return command_at_wan(row, message);
        case Stage::command_at_meter:
            return command_at_meter(row, message);
        case Stage::alert_at_hub:
        case Stage::answer_at_hub:
            return message_at_hub(row, message);
        case Stage::hub_releases:
            return hub_releases(row, now);
        case Stage::answer_at_wan:
            return answer_at_wan(row, message);
        case Stage::answer_at_s1sp:
            return answered_at(row, message, Stage::answer_at_dcc, settings.s1sp_processing);
        case Stage::answer_at_dcc:
            if (row.generation == Generation::SMETS1)
                return send(row, now + settings.dcc_processing, Stage::answer_at_desk, message);
            return answered_at(row, message, Stage::answer_at_desk, settings.dcc_processing);
        case Stage::answer_at_desk:
            return answer_at_desk(row, message);
        case Stage::retry_due:
            return retry(row, message);
        case Stage::given_up_at_dcc:
            return send(row, now + settings.dcc_processing, Stage::given_up_at_desk, message);
        case Stage::given_up_at_desk:
            return given_up_at_desk(row, message);
        case Stage::code_told: {
            Record row_told = record(row, told, now);
            row_told.counter = message.payment;
            row_told.detail = writer.word(kWayNames[static_cast<std::size_t>(message.way)]);
            note(row_told);
            return customers.code_told(row.customer, row.home, message.payment, message.way, now);
        }
        case Stage::help_line_looks:
            return help_line(row, message);
        case Stage::no_code_yet:
            return customers.no_code_yet(row.customer, message.payment, now);
        case Stage::engineer_asks: {
            if (!vend_of(row, message.payment)->vend.has_code) return;
            message.way = Way::engineer;
            return send(row, now + kFromDesk, Stage::code_told, message);
        }
    }
}

// The desk
// ----------------------------------------------------------------------------------------------------

void PrepaymentModel::State::payment_at_desk(PrepaymentRow& row, const Message& message) {
    const bool needs_dsp = code_needs_dsp(settings, row.generation);
    Open& open = open_of(row);
    open.vends.push_back({begin_vend(settings, message.payment, row.customer.traits.pounds, needs_dsp,
                                     settings.user_processing, message.at),
                          row.customer.traits.channel, false});
    tell_receipt(row, open.vends.back(), message.at);
    if (needs_dsp && settings.smets1_stand_in)
        send(row, message.at + kStandIn, Stage::stand_in_made_code, message);
}

void PrepaymentModel::State::tell_receipt(PrepaymentRow& row, const OpenVend& open, Time now) {
    if (!is_on_receipt(open.vend, open.channel, now)) return;
    Message receipt;
    receipt.payment = open.vend.payment;
    receipt.way = Way::receipt;
    send(row, now + kFromDesk, Stage::code_told, receipt);
}

void PrepaymentModel::State::made_code(PrepaymentRow& row, const Message& message) {
    OpenVend& open = *vend_of(row, message.payment);
    if (open.vend.has_code) return;
    code_made(open.vend, settings, message.at);
    tell_receipt(row, open, message.at);
}

void PrepaymentModel::State::wake_vend(PrepaymentRow& row, OpenVend& open, Time now) {
    Message message;
    message.payment = open.vend.payment;
    switch (act(open.vend, settings, now)) {
        case VendAct::nothing:
            return;
        case VendAct::send_request: {
            Open& all = open_of(row);
            message.request = static_cast<std::uint16_t>(all.requests.size());
            all.requests.push_back({open.vend.payment});
            return send(row, now + kUserLink, Stage::request_at_dcc, message);
        }
        case VendAct::send_text:
            message.way = Way::text;
            return send(row, now + kTextDelivery, Stage::code_told, message);
    }
}

void PrepaymentModel::State::answer_at_desk(PrepaymentRow& row, const Message& message) {
    if (message.notice) return confirmed(notice_of(row, *message.notice));
    answered(vend_of(row, message.payment)->vend, message.at);
}

void PrepaymentModel::State::given_up_at_desk(PrepaymentRow& row, const Message& message) {
    if (message.notice) return not_confirmed(notice_of(row, *message.notice), settings, message.at);
    timed_out(vend_of(row, message.payment)->vend, settings, message.at);
}

void PrepaymentModel::State::help_line(PrepaymentRow& row, const Message& message) {
    Message out = message;
    out.way = Way::help_line;
    const bool there = vend_of(row, message.payment)->vend.has_code;
    send(row, message.at + kFromDesk, there ? Stage::code_told : Stage::no_code_yet, out);
}

// DCC and S1SP
// --------------------------------------------------------------------------------------------

void PrepaymentModel::State::request_at_dcc(PrepaymentRow& row, const Message& message) {
    if (row.generation == Generation::SMETS1)
        return send(row, message.at + settings.dcc_processing, Stage::request_at_s1sp, message);
    if (message.notice)
        return send(row, message.at + settings.dcc_processing, Stage::pre_command_at_desk, message);
    transmit(row, message);
}

void PrepaymentModel::State::transmit(PrepaymentRow& row, const Message& message) {
    const bool smets1 = row.generation == Generation::SMETS1;
    OpenRequest& request = open_of(row).requests[message.request];
    Message out = message;
    ++request.attempts;
    // A command that the DCC repeats keeps its counter, an instruction that the S1SP repeats does not.
    out.number = smets1 ? ++row.sequence : request.order;
    const std::uint16_t attempt = request.attempts;
    send(row, message.at + (smets1 ? settings.s1sp_processing : settings.dcc_processing),
         Stage::command_at_wan, out);
    out.number = attempt;
    send(row, message.at + settings.retry_interval, Stage::retry_due, out);
}

void PrepaymentModel::State::retry(PrepaymentRow& row, const Message& message) {
    OpenRequest& request = open_of(row).requests[message.request];
    if (!request.pending || request.attempts != message.number) return;
    if (request.attempts <= settings.retries) return transmit(row, message);
    request.pending = false;
    if (row.generation == Generation::SMETS1)
        return send(row, message.at + settings.s1sp_processing, Stage::given_up_at_dcc, message);
    send(row, message.at + settings.dcc_processing, Stage::given_up_at_desk, message);
}

/// Of a request that still waits for it.
void PrepaymentModel::State::answered_at(PrepaymentRow& row, const Message& message, Stage next,
                                         Duration after) {
    OpenRequest& request = open_of(row).requests[message.request];
    if (!std::exchange(request.pending, false)) return;
    send(row, message.at + after, next, message);
}

// The WAN and the meter
// -----------------------------------------------------------------------------------

std::optional<Duration> PrepaymentModel::State::crosses(PrepaymentRow& row, Carried kind, Time now) {
    const MessageDraw draw = carriage.draw(row.home, kind, row.carried[static_cast<std::size_t>(kind)]++);
    const Duration median = row.generation == Generation::SMETS1 ? settings.wan_latency_smets1
                                                                 : median_latency(settings, row.site);
    const Passage found =
        passage(settings.wan_loss, median, settings.wan_latency_sigma, draw.uniform, draw.normal);
    const bool reached = wan_reaches(covers, row.cover, settings, row.home, now);
    if (found.lost || !reached) return std::nullopt;
    return found.latency;
}

void PrepaymentModel::State::command_at_wan(PrepaymentRow& row, const Message& message) {
    const bool smets1 = row.generation == Generation::SMETS1;
    const auto latency = crosses(row, smets1 ? Carried::instruction : Carried::command, message.at);
    if (!latency) return;
    send(row, message.at + *latency + (smets1 ? Duration{} : settings.han_latency), Stage::command_at_meter,
         message);
}

void PrepaymentModel::State::command_at_meter(PrepaymentRow& row, const Message& message) {
    const bool smets1 = row.generation == Generation::SMETS1;
    const Time at_hub = message.at - (smets1 ? Duration{} : settings.han_latency);
    if (han_is_cut(row.cover, at_hub) || !takes(row, message)) return;
    if (message.notice) {
        obey(row, *message.notice, message.at);
    } else {
        enter(row, message.payment, prepay::over_the_air, message.at);
    }
    if (may_hold(settings, row.cover))
        return send(row, message.at + to_hub(settings, row.generation), Stage::answer_at_hub, message);
    send(row, message.at + settings.han_latency + (smets1 ? Duration{} : kHubToWan), Stage::answer_at_wan,
         message);
}

void PrepaymentModel::State::answer_at_wan(PrepaymentRow& row, const Message& message) {
    const bool smets1 = row.generation == Generation::SMETS1;
    const auto latency = crosses(row, smets1 ? Carried::instruction_answer : Carried::answer, message.at);
    if (!latency) return;
    send(row, message.at + *latency, smets1 ? Stage::answer_at_s1sp : Stage::answer_at_dcc, message);
}

}  // namespace meterbed::fleet
