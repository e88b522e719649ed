// Cluster commands a gas device carries out: one visible table of changes, one of queries (commands.cpp).
#pragma once

#include <span>

#include "devices/gas/gas_data.h"
#include "devices/use_cases/execution.h"
#include "devices/use_cases/gas/zcl.h"

namespace meterbed::gas {

using gbcs::gbz::Component;

/// When a change takes effect (GBCS 9.2): stored and cancelled changes are only checked.
enum class Phase : std::uint8_t { now, store, cancel, activate };

/// What one command remembers between its components: where the parts of a calendar belong.
struct CommandMemory {
    std::optional<Phase> calendar;
    std::uint8_t calendar_type = 0;
    Bytes response;  ///< of a top-up
};

struct Act {
    Device& device;
    Context& context;
    const Component& asked;
    Phase phase;
    CommandMemory& memory;
    Execution* execution = nullptr;  ///< of the command; null when a stored change takes effect

    bool takes_effect() const { return phase == Phase::now || phase == Phase::activate; }
    GasData& data() const { return device.gas().write(); }
    Seconds now() const;
};

/// Where the time of a change stands in the payload; the other places are offsets.
namespace time_at {
constexpr int never = -1;           ///< always carried out at once
constexpr int from_date_time = -2;  ///< in the component's header (control bit 10)
}  // namespace time_at

struct ChangeRow {
    std::uint16_t cluster;
    std::uint8_t command;
    bool published;  ///< sent from server to client, as tariffs are
    int time;
    std::uint8_t (*act)(Act&);                          ///< gives the ZCL status
    std::array<std::uint16_t, 4> message_codes;         ///< use cases that may carry it; 0 ends the list
    void (*reply)(const Act&, Component&) = nullptr;    ///< success; null for a default response
    void (*refusal)(const Act&, Component&) = nullptr;  ///< failure; null for a default response
};

struct Query {
    const Device& device;
    const GasData& data;
    const Component& asked;
    Seconds now;
};
/// The payloads of the responses, none when nothing is found; nothing when the command is malformed.
using Found = std::optional<std::vector<Bytes>>;

struct QueryRow {
    std::uint16_t cluster;
    std::uint8_t command;
    bool published;
    std::uint8_t response;
    std::uint8_t frame_control;  ///< of the response
    bool encrypted;
    Found (*find)(const Query&);
    std::uint8_t refusal_frame_control = zcl::frame::to_client;
};

std::span<const ChangeRow> change_rows();
std::span<const QueryRow> query_rows();
const ChangeRow* find_change(const Component& asked);
const QueryRow* find_query(const Component& asked);

/// Zero for a change without a time, or to be carried out at once.
Seconds implementation_time(const ChangeRow& row, const Component& asked);
Phase phase_of(Seconds time);
/// Whether a command is to be stored, or cancels one that is: its counter is then compared with those of this
/// message code only (GBCS 9.2).
bool is_future_dated(const gbcs::gbz::Frame& frame);

/// Keeps what a command wants done later, in place of what an earlier one of the same code wanted.
void store(Execution& execution, const std::vector<Component>& timed);
/// Whether the timer was one of a gas device's own.
bool on_timer(Device& device, std::uint64_t tag, Context& context);

// Changes.
std::uint8_t change_supply(Act& it);
std::uint8_t set_supply_status(Act& it);
std::uint8_t set_flow_threshold(Act& it);
std::uint8_t start_sampling(Act& it);
std::uint8_t select_emergency_credit(Act& it);
std::uint8_t change_debt(Act& it);
std::uint8_t set_up_emergency_credit(Act& it);
std::uint8_t adjust_credit(Act& it);
std::uint8_t change_payment_mode(Act& it);
std::uint8_t top_up(Act& it);
std::uint8_t set_low_credit_warning(Act& it);
std::uint8_t set_maximum_credit(Act& it);
std::uint8_t set_debt_cap(Act& it);
std::uint8_t publish_block_period(Act& it);
std::uint8_t publish_conversion_factor(Act& it);
std::uint8_t publish_calorific_value(Act& it);
std::uint8_t publish_tariff(Act& it);
std::uint8_t publish_prices(Act& it);
std::uint8_t publish_thresholds(Act& it);
std::uint8_t publish_billing_period(Act& it);
std::uint8_t publish_calendar(Act& it);
std::uint8_t publish_day(Act& it);
std::uint8_t publish_week(Act& it);
std::uint8_t publish_seasons(Act& it);
std::uint8_t publish_special_days(Act& it);
std::uint8_t display_message(Act& it);
std::uint8_t change_tenancy(Act& it);
std::uint8_t change_supplier(Act& it);
std::uint8_t reset_password(Act& it);
std::uint8_t update_site(Act& it);
std::uint8_t configure_events(Act& it);
std::uint8_t update_customer(Act& it);
std::uint8_t clear_log(Act& it);

// Their replies.
void reply_supply_status(const Act& it, Component& answer);
void reply_payment_mode(const Act& it, Component& answer);
void reply_top_up(const Act& it, Component& answer);
void reply_sampling(const Act& it, Component& answer);
void reply_cleared(const Act& it, Component& answer);
void refuse_cleared(const Act& it, Component& answer);

// Queries.
Found find_consumption_snapshot(const Query& it);
Found find_credit_snapshot(const Query& it);
Found find_samples(const Query& it);
Found find_debt_payments(const Query& it);
Found find_top_ups(const Query& it);
Found find_events(const Query& it);
Found find_days(const Query& it);
Found find_weeks(const Query& it);
Found find_seasons(const Query& it);
Found find_special_days(const Query& it);
Found find_price(const Query& it);
Found find_billing_period(const Query& it);
Found find_event_settings(const Query& it);

}  // namespace meterbed::gas
