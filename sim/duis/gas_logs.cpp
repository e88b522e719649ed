// Logs of the GSME and the GPF: snapshots, samples, top-ups and debts, events (GCS15 to GCS18, GCS31, GCS61,
// CS10, CS11).
#include <algorithm>
#include <array>

#include "sim/duis/gbz_writer.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;
using enum Cluster;

struct Period {
    std::uint32_t start = 0, end = 0;
};

Period read_log_period(const Reading& body) {
    const Reading period = body.child("ReadLogPeriod");
    const Reading start = period.child("StartDateTime"), end = period.child("EndDateTime");
    const Time from = start.date_time(), to = end.date_time();
    if (to < from) period.mistake("ends before it starts");
    return {utc_time(from, start), utc_time(to, end)};
}

// Snapshots: one command for each place in the log, newest first
// ------------------------------------------------------------------------

struct SnapshotLog {
    Cluster cluster;
    std::uint8_t command;  ///< GetSnapshot or Get Prepay Snapshot
};
constexpr SnapshotLog kConsumption{metering, 0x06}, kPrepayment{prepayment, 0x07};

// Snapshot Cause, BITMAP32.
constexpr std::uint32_t kDaily = 0x00000001, kBillingPeriodEnd = 0x00000002,
                        kChangeOfModeOrTariff = 0x00006008;
constexpr unsigned kDailyEntries = 31, kBillingEntries = 12;

void get_snapshots(Components& to, const SnapshotLog& log, const Period& period, unsigned entries,
                   std::uint32_t cause) {
    for (unsigned place = 0; place < entries; ++place)
        to.command(log.cluster, log.command, Zcl().u32(period.start).u32(period.end).u8(place).u32(cause));
}

Bytes change_triggered_billing_log(const Reading& body, const Situation&) {
    const Period period = read_log_period(body);
    Components to;
    get_snapshots(to, kPrepayment, period, kBillingEntries, kChangeOfModeOrTariff);
    get_snapshots(to, kConsumption, period, kBillingEntries, kChangeOfModeOrTariff);
    return to.octets();
}

Bytes calendar_triggered_billing_log(const Reading& body, const Situation&) {
    const Period period = read_log_period(body);
    Components to;
    get_snapshots(to, kConsumption, period, kBillingEntries, kBillingPeriodEnd);
    get_snapshots(to, kPrepayment, period, kBillingEntries, kBillingPeriodEnd);
    return to.octets();
}

Bytes daily_read_log(const Reading& body, const Situation&) {
    Components to;
    get_snapshots(to, kConsumption, read_log_period(body), kDailyEntries, kDaily);
    return to.octets();
}

Bytes prepayment_daily_read_log(const Reading& body, const Situation&) {
    Components to;
    get_snapshots(to, kPrepayment, read_log_period(body), kDailyEntries, kDaily);
    return to.octets();
}

// Samples
// -------------------------------------------------------------------------------------------------------

Bytes get_samples(std::uint16_t sample_id, std::uint32_t earliest, std::uint32_t number) {
    return one_command(metering, 0x08, Zcl().u16(sample_id).u32(earliest).u8(0).u16(number));
}

/// As many as begin in the period, both ends counted; no more than the log holds.
std::uint32_t samples_in(const Period& period, std::uint32_t every_seconds, std::uint32_t most) {
    if (period.end < period.start) return 0;
    return std::min((period.end - period.start) / every_seconds + 1, most);
}

Bytes profile_data_log(const Reading& body, const Situation&) {
    const Period period = read_log_period(body);
    return get_samples(0x0000, period.start, samples_in(period, 1800, 0xFFFF));
}

Bytes daily_consumption_log(const Reading& body, const Situation&) {
    const Period period = read_log_period(body);
    return get_samples(0x0001, period.start, samples_in(period, 86400, 0xFFFF));
}

/// The whole log, whatever the period (GCS18: EarliestSampleTime 1, 41 samples).
Bytes network_data_log(const Reading& body, const Situation&) {
    read_log_period(body);
    return get_samples(0x0002, 1, 41);
}

/// 41 samples, one every 360 seconds, from now.
Bytes start_network_data_log(const Reading&, const Situation& situation) {
    return one_command(metering, 0x07,
                       Zcl().u32(issuer_event_id(situation)).u32(kNow).u8(0).u16(0x0168).u16(0x0029));
}

// Top-ups and debts
// ---------------------------------------------------------------------------------------------

Bytes debt_repayment_log(const Reading& body, const Situation&) {
    constexpr std::uint8_t entries = 10, payment_based = 0x02;
    const Period period = read_log_period(body);
    return Components()
        .command_from(prepayment, 0x0A, period.start, Zcl().u32(period.end).u8(entries).u8(payment_based))
        .octets();
}

Bytes top_up_log(const Reading& body, const Situation&) {
    constexpr std::uint8_t entries = 5;
    const Period period = read_log_period(body);
    return Components()
        .command_from(prepayment, 0x08, period.start, Zcl().u32(period.end).u8(entries))
        .octets();
}

// Events
// --------------------------------------------------------------------------------------------------------

/// Event Control / Log ID of Get Event Log: high digit full information, low digit the log. The GPF keeps
/// copies of the GSME's logs beside its own.
constexpr Word<std::uint8_t> kEventLogs[] = {{"Event", 0x13}, {"GSMEEvent", 0x16}};
constexpr Word<std::uint8_t> kSecurityLogs[] = {{"Security", 0x04}, {"GSMESecurity", 0x07}};

template <std::size_t N>
bool names_log_of(const Reading& body, const Word<std::uint8_t> (&logs)[N]) {
    return std::ranges::any_of(logs, [&](const auto& word) { return body.has("LogToRead", word.word); });
}
bool is_event_log(const Reading& body, const Situation&) { return names_log_of(body, kEventLogs); }
bool is_security_log(const Reading& body, const Situation&) { return names_log_of(body, kSecurityLogs); }

Bytes get_event_log(const Reading& body, std::uint8_t log) {
    const Period period = read_log_period(body);
    return one_command(events, 0x00, Zcl().u8(log).u16(0).u32(period.start).u32(period.end).u8(0).u16(0));
}

Bytes event_log(const Reading& body, const Situation&) {
    return get_event_log(body, body.child("LogToRead").one_of(kEventLogs));
}

Bytes security_log(const Reading& body, const Situation&) {
    return get_event_log(body, body.child("LogToRead").one_of(kSecurityLogs));
}

Bytes clear_event_log(const Reading&, const Situation&) {
    constexpr std::uint8_t general_event_log = 0x03;
    return one_command(events, 0x01, Zcl().u8(general_event_log));
}

constexpr std::array kRows{
    Row{"3.3", "ClearEventLog", {gSME, GPF}, 0x0015, clear_event_log},
    Row{"4.4.2",
        "RetrieveCoMOrTariffTriggeredBillingDataLog",
        {gSME, GPF},
        0x00C3,
        change_triggered_billing_log},
    Row{"4.4.3",
        "RetrieveBillingCalendarTriggeredBillingDataLog",
        {gSME, GPF},
        0x0076,
        calendar_triggered_billing_log},
    Row{"4.4.4",
        "RetrieveBillingDataLogDebtPayments",
        {gSME, GPF},
        0x00C4,
        debt_repayment_log,
        nullptr,
        Fits::any,
        Origin::acb_for_user},  // [R] though the GSME holds the Supplier's certificates
    Row{"4.4.5", "RetrieveBillingDataLogPrepaymentCredits", {gSME, GPF}, 0x00C5, top_up_log},
    Row{"4.6.1", "RetrieveImportDailyReadLog", {gSME, GPF}, 0x0077, daily_read_log},
    Row{"4.8.1", "ReadActiveImportProfileData", {gSME, GPF}, 0x0078, profile_data_log},
    Row{"4.10", "ReadNetworkData", {gSME}, 0x0079, network_data_log},
    Row{"4.14", "ReadPrepaymentDailyReadLog", {gSME, GPF}, 0x0096, prepayment_daily_read_log},
    Row{"4.17", "RetrieveDailyConsumptionLog", {GPF}, 0x00A0, daily_consumption_log},
    Row{"6.13", "ReadEventOrSecurityLog", {gSME, GPF}, 0x0014, event_log, is_event_log},
    Row{"6.13", "ReadEventOrSecurityLog", {gSME, GPF}, 0x00A1, security_log, is_security_log},
    Row{"14.1", "RecordNetworkDataGAS", {gSME}, 0x0080, start_network_data_log},
};

}  // namespace

std::span<const Row> gas_log_rows() { return kRows; }

}  // namespace meterbed::duis
