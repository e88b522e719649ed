// What a variant may change about prepayment: customers, loss of the WAN, top-ups, remedies (DP094). Every
// default is a figure of scenarios/figures.csv or an assumption. Nothing of it matters to homes that do not
// prepay.
#pragma once

#include "pki/time.h"

namespace meterbed {

struct PrepaymentSettings {
    Duration warm_up{};  ///< from the start of the run: played, but not counted by metrics of prepayment

    // Tariff and consumption
    double unit_price = 0.25;       ///< GBP a kWh
    double standing_charge = 0.50;  ///< GBP a day
    double daily_spend = 3.50;      ///< GBP a day, mean over customers, standing charge included
    double spend_sigma = 0.4;       ///< of the lognormal over customers, ln units
    double day_sigma = 0.25;        ///< of the lognormal over the days of one customer, ln units

    // What the supplier sets on every meter, GBP
    double low_credit_threshold = 2;
    double emergency_credit_limit = 10;  ///< 0: none is offered
    double emergency_credit_threshold = 1;
    double disablement_threshold = 0;
    double maximum_credit = 250;   ///< Maximum Credit Threshold: of one top-up
    double maximum_balance = 500;  ///< Maximum Meter Balance
    bool friendly_hours = true;  ///< no supply goes off for want of credit 18:00 to 10:00, Sundays, holidays

    // Customers
    double top_ups_a_month = 4;                     ///< mean over customers
    double pay_day_share = 0.3;                     ///< who pays on one day of the week, whatever is left
    double shop_share = 0.4;                        ///< who pay in a shop and hold the UTRN on a receipt ...
    double phone_share = 0.15;                      ///< ... and who by phone; the others use an app
    Duration shop_trip = std::chrono::minutes{30};  ///< median until the customer has paid in the shop
    double shop_trip_sigma = 0.5;                   ///< of the lognormal, ln units
    Duration reaction = std::chrono::minutes{20};   ///< median, by day, until a customer acts
    double reaction_sigma = 0.8;                    ///< of the lognormal, ln units
    Duration patience = std::chrono::minutes{30};   ///< median wait for a credit before typing or calling
    Duration help_line_wait = std::chrono::minutes{10};  ///< median of a call until the UTRN is told
    double typing_error = 0.02;                          ///< share of entries with a wrong digit
    double emergency_taken = 0.95;                       ///< share of customers who take it once off supply

    // The WAN at home
    double no_wan_share = 0;         ///< of homes: never had it, or lose it for long
    double no_wan_never_part = 0.5;  ///< of those: never had it
    double intermittent_wan_share = 0;
    Duration intermittent_wan_up = std::chrono::hours{72};   ///< mean
    Duration intermittent_wan_down = std::chrono::hours{6};  ///< mean
    double han_fault_share = 0;                              ///< the hub does not reach the meter
    Duration coverage_repair = std::chrono::days{90};        ///< from installation or loss until there is WAN
    int hub_buffer_alerts = 100;  ///< that a hub without WAN holds, beside all responses; 0: nothing

    // The DSP
    double dsp_background = 500;  ///< messages a second of everybody else
    double dsp_capacity = 1000;   ///< messages a second that it works off when some are waiting
    bool dsp_prepay_priority = false;

    // What the supplier changes
    Duration price_change_after{};                             ///< from the start; zero: never
    double price_change_to = 0.30;                             ///< GBP a kWh
    Duration mode_change_after{};                              ///< from the start; zero: never
    double mode_change_share = 0;                              ///< of customers, who ask for credit mode then
    Duration notice_resend_interval = std::chrono::hours{24};  ///< from E20 or E21 to the next request

    // Vending
    int vend_resends = 2;                                   ///< further requests with the same UTRN
    Duration vend_resend_interval = std::chrono::hours{1};  ///< from E20 or E21 to the next
    Duration utrn_text_after{};                             ///< without an answer; zero: no text
    Duration credit_fallback_after{};  ///< without WAN, the meter goes to credit mode; zero: never
    Duration engineer_after{};         ///< paid and without credit, off supply or after a call; zero: never
    Duration engineer_travel = std::chrono::hours{24};  ///< from then on, into the hours of work
    bool smets1_stand_in = false;  ///< SMETS1 codes are made outside the DSP while it is down
    double remedy_cost = 0;        ///< GBP per 1,000 meters and 28 days, of a variant
};

}  // namespace meterbed
