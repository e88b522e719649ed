#include "sim/prepayment/vend.h"

#include <algorithm>

namespace meterbed {
namespace {

void plan(Vend& vend) { vend.wakes = std::min(vend.request_due, vend.text_due); }

}  // namespace

Vend begin_vend(const PrepaymentSettings& settings, std::uint32_t payment, std::uint16_t pounds, bool smets1,
                Duration user_processing, Time now) {
    Vend vend;
    vend.payment = payment;
    vend.pounds = pounds;
    vend.paid_at = now;
    vend.request_due = now + user_processing;
    vend.text_due = settings.utrn_text_after > Duration{} ? now + settings.utrn_text_after : Time::max();
    vend.has_code = !smets1;
    plan(vend);
    return vend;
}

VendAct act(Vend& vend, const PrepaymentSettings&, Time now) {
    VendAct done = VendAct::nothing;
    if (now >= vend.request_due) {
        vend.request_due = Time::max();
        ++vend.requests;
        done = VendAct::send_request;
    } else if (now >= vend.text_due) {
        vend.text_due = Time::max();
        vend.late_text = !vend.has_code;
        if (vend.has_code) done = VendAct::send_text;
    }
    plan(vend);
    return done;
}

void code_made(Vend& vend, const PrepaymentSettings&, Time now) {
    vend.has_code = true;
    if (vend.late_text && !vend.settled) vend.text_due = now + Duration{1};
    vend.late_text = false;
    plan(vend);
}

bool is_on_receipt(const Vend& vend, Channel channel, Time now) {
    return channel == Channel::shop && vend.has_code && now <= vend.paid_at + kAtCounter;
}

void answered(Vend& vend, Time) {
    vend.settled = true;
    vend.request_due = vend.text_due = Time::max();
    plan(vend);
}

void timed_out(Vend& vend, const PrepaymentSettings& settings, Time now) {
    if (!vend.settled && vend.requests <= settings.vend_resends)
        vend.request_due = now + settings.vend_resend_interval;
    plan(vend);
}

}  // namespace meterbed
