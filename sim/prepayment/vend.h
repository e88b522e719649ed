// A payment at the supplier: the UTRN, the request SRV 2.2 and its repetition, the text message. A value; the
// users' desk of a bench and the columns of a fleet ask it the same things.
#pragma once

#include <cstdint>

#include "pki/time.h"
#include "sim/prepayment/customer.h"
#include "sim/prepayment/settings.h"

namespace meterbed {

enum class VendAct : std::uint8_t { nothing, send_request, send_text };

struct Vend {
    std::uint32_t payment = 0;  ///< number at its customer; the UTRN counter of a SMETS2 meter
    std::uint16_t pounds = 0;
    Time paid_at{};
    Time wakes{};  ///< when `act` is to be called next; Time::max(): never
    Time request_due{}, text_due{};
    std::uint16_t requests = 0;  ///< sent so far
    bool has_code = false;       ///< SMETS2: at once; SMETS1: when the DCC, or the stand-in, has made it
    bool late_text = false;      ///< a text waits for the code
    bool settled = false;        ///< an answer of the device came, whatever it says
};

/// A payment arrives; the first request goes `user_processing` later.
Vend begin_vend(const PrepaymentSettings& settings, std::uint32_t payment, std::uint16_t pounds, bool smets1,
                Duration user_processing, Time now);
/// At `wakes`; it lies later then. A text is sent when it is due, a code is there, and no answer came:
/// without a code it waits for that.
VendAct act(Vend& vend, const PrepaymentSettings& settings, Time now);
/// The code is made (SMETS1).
void code_made(Vend& vend, const PrepaymentSettings& settings, Time now);
/// A Service Response with the device's answer.
void answered(Vend& vend, Time now);
/// E20 or E21: another request follows, or none.
void timed_out(Vend& vend, const PrepaymentSettings& settings, Time now);
/// From a home to the supplier's desk, and back: a payment, a call, what is told at the counter or by phone.
/// A payment at T begins its vend at T + kToDesk. A call at T is at the desk at T + kToDesk; it looks for the
/// code at A = `help_line_answers(T + kToDesk)` and tells it, or that there is none yet, at A + kFromDesk.
inline constexpr Duration kToDesk{1}, kFromDesk{1};
/// Who pays in a shop waits so long for the UTRN on the receipt.
inline constexpr Duration kAtCounter = std::chrono::minutes{2};  // ASSUMPTION
/// Whether a code that is there now, at the begin of the vend or when it is made (SMETS1), is told on the
/// receipt, kFromDesk later. Other customers learn it by text or from the help line only.
bool is_on_receipt(const Vend& vend, Channel channel, Time now);
/// From payment until the stand-in outside the DSP has made the code of a SMETS1 meter (`smets1_stand_in`).
inline constexpr Duration kStandIn = std::chrono::seconds{60};  // ASSUMPTION
/// A text is read this long after it was sent: delivery. The customer's reaction comes on top.
inline constexpr Duration kTextDelivery = std::chrono::seconds{30};  // ASSUMPTION

}  // namespace meterbed
