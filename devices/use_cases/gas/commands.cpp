#include "devices/use_cases/gas/commands.h"

#include <algorithm>

#include "devices/gas/attribute_names.h"
#include "devices/gbz_time.h"

namespace meterbed::gas {
namespace {

constexpr std::uint16_t kPrice = cluster::price, kMetering = cluster::metering,
                        kMessaging = cluster::messaging, kPrepayment = cluster::prepayment,
                        kCalendar = cluster::calendar, kManagement = cluster::device_management,
                        kEvents = cluster::events;
constexpr bool kPublished = true, kAsked = false, kEncrypted = true, kPlain = false;
constexpr std::uint8_t kReply = zcl::frame::cluster_specific | zcl::frame::to_client;
constexpr std::uint8_t kFinalReply = kReply | zcl::frame::no_default_response;
constexpr int kNever = time_at::never, kFromDateTime = time_at::from_date_time;

// Message codes.
constexpr std::uint16_t GCS01a = 0x006B, GCS01b = 0x00A3, GCS02 = 0x006C, GCS03 = 0x006D, GCS04 = 0x006E,
                        GCS05 = 0x006F, GCS06 = 0x0070, GCS07 = 0x0071, GCS09 = 0x0072, GCS11 = 0x0073,
                        GCS20 = 0x00AD, GCS23 = 0x007C, GCS24 = 0x007D, GCS24a = 0x00FC, GCS25 = 0x007E,
                        GCS25a = 0x00D8, GCS31 = 0x0080, GCS32 = 0x0081, GCS36 = 0x0083, GCS39 = 0x0085,
                        GCS40a = 0x0086, GCS40b = 0x00B4, GCS40c = 0x00C0, GCS40d = 0x00C2, GCS41 = 0x0087,
                        GCS44 = 0x0088, CS01b = 0x0097, CS11 = 0x0015, PCS01 = 0x009B, PCS02 = 0x0090;

/// GBCS 19, the commands of the use cases that change something; none may come in another use case.
constexpr ChangeRow kChanges[] = {
    {kPrice, 0x01, kPublished, kNever, publish_block_period, {GCS25, GCS25a}},
    {kPrice, 0x02, kPublished, kNever, publish_conversion_factor, {GCS23}},
    {kPrice, 0x03, kPublished, kNever, publish_calorific_value, {GCS23}},
    {kPrice, 0x04, kPublished, 12, publish_tariff, {GCS01a, GCS01b}},
    {kPrice, 0x05, kPublished, 8, publish_prices, {GCS01a, GCS01b}},
    {kPrice, 0x06, kPublished, 8, publish_thresholds, {GCS01a, GCS01b}},
    {kPrice, 0x09, kPublished, kNever, publish_billing_period, {GCS25, GCS25a}},
    {kMetering, 0x07, kAsked, kNever, start_sampling, {GCS31}, reply_sampling},
    {kMetering, 0x0B, kAsked, kNever, change_supply, {GCS32, GCS39}, reply_supply_status},
    {kMetering, 0x0D, kAsked, kNever, set_supply_status, {GCS24, GCS24a}},
    {kMetering, 0x0E, kAsked, kNever, set_flow_threshold, {GCS24, GCS24a}},
    {kMessaging, 0x00, kPublished, kNever, display_message, {GCS07}},
    {kPrepayment, 0x00, kAsked, kNever, select_emergency_credit, {GCS06, PCS02}},
    {kPrepayment, 0x02, kAsked, kNever, change_debt, {GCS04}},
    {kPrepayment, 0x03, kAsked, 4, set_up_emergency_credit, {GCS05}},
    {kPrepayment, 0x04, kAsked, kNever, top_up, {CS01b, PCS01}, reply_top_up, reply_top_up},
    {kPrepayment, 0x05, kAsked, kNever, adjust_credit, {GCS40a, GCS40b, GCS40c, GCS40d}},
    {kPrepayment, 0x06, kAsked, 8, change_payment_mode, {GCS02, GCS03}, reply_payment_mode},
    {kPrepayment, 0x09, kAsked, kFromDateTime, set_low_credit_warning, {GCS05}},
    {kPrepayment, 0x0B, kAsked, 8, set_maximum_credit, {GCS05}},
    {kPrepayment, 0x0C, kAsked, 8, set_debt_cap, {GCS05}},
    {kCalendar, 0x00, kPublished, 12, publish_calendar, {GCS01a, GCS05}},
    {kCalendar, 0x01, kPublished, kNever, publish_day, {GCS01a, GCS05}},
    {kCalendar, 0x02, kPublished, kNever, publish_week, {GCS01a, GCS05}},
    {kCalendar, 0x03, kPublished, kNever, publish_seasons, {GCS01a, GCS05}},
    {kCalendar, 0x04, kPublished, 12, publish_special_days, {GCS01a, GCS05}},
    {kManagement, 0x00, kPublished, kNever, change_tenancy, {GCS09}},
    {kManagement, 0x01, kPublished, kNever, change_supplier, {GCS44}},
    {kManagement, 0x02, kPublished, kNever, reset_password, {GCS11}},
    {kManagement, 0x03, kPublished, kNever, update_site, {GCS41}},
    {kManagement, 0x04, kPublished, kNever, configure_events, {GCS20}},
    {kManagement, 0x06, kPublished, kNever, update_customer, {GCS36}},
    {kEvents, 0x01, kAsked, kNever, clear_log, {CS11}, reply_cleared, refuse_cleared},
};

/// Commands that ask for more than attributes. The frame controls are GBCS 19's, and RTDS's.
constexpr QueryRow kQueries[] = {
    {kPrice, 0x00, kAsked, 0x00, kFinalReply, kPlain, find_price},
    {kPrice, 0x0B, kAsked, 0x09, kReply, kPlain, find_billing_period},
    {kMetering, 0x06, kAsked, 0x06, kFinalReply, kEncrypted, find_consumption_snapshot},
    {kMetering, 0x08, kAsked, 0x07, kFinalReply, kEncrypted, find_samples},
    {kPrepayment, 0x07, kAsked, 0x01, kFinalReply, kEncrypted, find_credit_snapshot},
    {kPrepayment, 0x08, kAsked, 0x05, kFinalReply, kPlain, find_top_ups},
    {kPrepayment, 0x0A, kAsked, 0x06, kFinalReply, kEncrypted, find_debt_payments},
    {kCalendar, 0x01, kAsked, 0x01, kFinalReply, kPlain, find_days},
    {kCalendar, 0x02, kAsked, 0x02, kFinalReply, kPlain, find_weeks},
    {kCalendar, 0x03, kAsked, 0x03, kFinalReply, kPlain, find_seasons},
    {kCalendar, 0x04, kAsked, 0x04, kFinalReply, kPlain, find_special_days},
    // Reported by the client: the directions are reversed, but for the refusal (RTDS, GCS20r).
    {kManagement, 0x05, kPublished, 0x04, zcl::frame::cluster_specific, kPlain, find_event_settings},
    {kEvents, 0x00, kAsked, 0x01, kFinalReply, kPlain, find_events},
};

template <typename Row>
const Row* find_row(std::span<const Row> rows, const Component& asked) {
    const bool published = (asked.frame_control & zcl::frame::to_client) != 0;
    if ((asked.frame_control & zcl::frame::cluster_specific) == 0) return nullptr;
    const auto row = std::ranges::find_if(rows, [&](const Row& each) {
        return each.cluster == asked.cluster && each.command == asked.command && each.published == published;
    });
    return row != rows.end() ? &*row : nullptr;
}

}  // namespace

std::span<const ChangeRow> change_rows() { return kChanges; }
std::span<const QueryRow> query_rows() { return kQueries; }
const ChangeRow* find_change(const Component& asked) { return find_row(change_rows(), asked); }
const QueryRow* find_query(const Component& asked) { return find_row(query_rows(), asked); }

Seconds Act::now() const { return gbz_time(context.now()); }

Seconds implementation_time(const ChangeRow& row, const Component& asked) {
    if (row.time == time_at::from_date_time) return asked.from_date_time.value_or(0);
    if (row.time == time_at::never) return 0;
    gbcs::zcl::Reader in(asked.payload);
    in.bytes(static_cast<std::size_t>(row.time));
    return in.u32();
}

/// FFFFFFFF cancels, and so does FFFFFFFE where FFFFFFFF has another meaning (RTDS, GCS01a and GCS05).
Phase phase_of(Seconds time) {
    if (time == 0) return Phase::now;
    return time >= 0xFFFFFFFE ? Phase::cancel : Phase::store;
}

bool is_future_dated(const gbcs::gbz::Frame& frame) {
    return std::ranges::any_of(frame.components, [](const Component& component) {
        const ChangeRow* row = find_change(component);
        return row && implementation_time(*row, component) != 0;
    });
}

}  // namespace meterbed::gas
