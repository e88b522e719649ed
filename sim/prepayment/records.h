// What is recorded of prepayment, by a bench and by a fleet alike: station "homes <region>", with home and
// meter. From these records alone come metrics and reports (sim/metrics/prepayments.h).
#pragma once

#include <string_view>

namespace meterbed::prepay {

/// counter: number of the payment of this customer, from 1; value: GBP; detail: channel.
constexpr std::string_view customer_pays = "customer pays";
/// counter: payment; detail: way (receipt, text, help line). The customer has the UTRN in hand.
constexpr std::string_view code_told = "UTRN told";
/// counter: payment; value: GBP; detail: "over the air" or "keypad".
constexpr std::string_view credit_added = "credit added";
/// counter: payment; code: one of `refusals` (devices/top_up.h); detail likewise.
constexpr std::string_view credit_refused = "credit refused";
constexpr std::string_view help_line_called = "help line called";  ///< counter: payment
/// counter: payment that is waited for; detail: what was repaired, if anything.
constexpr std::string_view engineer_visit = "engineer visit";
constexpr std::string_view emergency_taken = "emergency credit taken";
/// As devices note it (`notes::supply_state`): code and detail: Enabled, Armed, Disabled.
constexpr std::string_view supply_state = "supply state";
/// The meter changed its mode by itself; code: credit, prepayment.
constexpr std::string_view payment_mode = "payment mode";
/// The meter charges by the new price from now on; value: GBP a kWh.
constexpr std::string_view price_changed = "price changed";
/// The customer asks the supplier for credit mode ...
constexpr std::string_view credit_mode_asked = "credit mode asked for";
/// ... and the meter has gone to it, for good.
constexpr std::string_view mode_changed = "mode changed";
/// At the start, for homes that never had WAN (SRV 8.14.2); value: days since.
constexpr std::string_view installed_without_wan = "installed without WAN";

constexpr std::string_view han_repaired = "HAN repaired";

// What a hub without WAN holds for users (sim/prepayment/hub_buffer.h): an alert of the meter or a response;
// code: of the alert, or "response". Nothing is recorded of what leaves a hub at once.
constexpr std::string_view report_held = "report held";
constexpr std::string_view report_late = "reported late";      ///< there is WAN; value: seconds held
constexpr std::string_view report_dropped = "report dropped";  ///< the buffer was full; value likewise
constexpr std::string_view response = "response";

constexpr std::string_view over_the_air = "over the air", keypad = "keypad";

}  // namespace meterbed::prepay
