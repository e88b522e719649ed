// The inside of the outage model: columns, and what each event does to them.
#pragma once

#include <tuple>
#include <unordered_map>
#include <vector>

#include "sim/fleet/calendar.h"
#include "sim/fleet/huge_pages.h"
#include "sim/fleet/outage_columns.h"
#include "sim/fleet/outage_model.h"
#include "sim/fleet/outage_records.h"
#include "sim/fleet/touched_homes.h"
#include "sim/network/directory.h"

namespace meterbed::fleet {

/// A cut begins or ends.
struct CutChange {
    Time at;
    std::uint32_t cut = 0;  ///< position in the story
    bool ends = false;

    bool operator<(const CutChange& other) const {
        return std::tuple(at, cut, ends) < std::tuple(other.at, other.cut, other.ends);
    }
};

struct OutageModel::State {
    State(Part part, const Settings& settings, const Streams& streams, Time start);

    bool is_to_come(const CutChange& change) const {
        return next_change < changes.size() && !(change < changes[next_change]);
    }

    // outage_homes.cpp: what happens in the homes
    void change(const CutChange& change);
    void lose(HomeRow& row, std::uint32_t cut, Time at);
    void lose_supply(HomeRow& row, Time at);
    void restore(HomeRow& row, const PowerCut& cut, Time at);
    void mains(Word what, const HomeRow& row, Time at);
    void report(std::uint32_t number, Time at);
    void not_reported(const HomeRow& row, Time at, std::string_view reason);
    void meter_ready(HomeRow& row, MeterAlert alert, Time at);
    void alert_at_hub(HomeRow& row, MeterAlert alert, Time at);

    // outage_wan.cpp: what the cells of the WAN do with what the hubs send
    void report_at_cell(std::uint32_t number, Time at);
    void alert_at_cell(HomeRow& row, MeterAlert alert, Time at);
    void waited(const HomeRow& row, Time at, const CellFate& fate);
    void lost_in_wan(const HomeRow& row, Time at, Word what, std::string_view why);

    // outage_dcc.cpp: what reaches the DCC and the users
    void report_at_dcc(std::uint32_t number, Time at);
    void report_admitted(std::uint32_t number, Time at);
    void report_at_users(std::uint32_t number, Time at);
    void alert_at_dcc(HomeRow& row, MeterAlert alert, Time at);
    void alert_admitted(HomeRow& row, MeterAlert alert, Time at);
    void alert_at_users(const HomeRow& row, MeterAlert alert, Time at);
    void withhold(const HomeRow& row, Time at, DevicePlace place, Word alert, std::string_view why,
                  std::uint16_t loss);
    Time admitted(Time at);
    AlertCount& alert_count(const HomeRow& row, std::uint16_t code);
    Time job_until(const HomeRow& row, Time at) const;

    // outage_model.cpp
    void handle(const Event& event);
    void operator()(const Event& event) { handle(event); }
    void prefetch(const Event& event) const { __builtin_prefetch(&rows[event.entity], 1); }
    void push(Time at, std::uint32_t rank, Kind kind, std::uint32_t number) {
        calendar.push({us(at), rank, static_cast<std::uint32_t>(kind) << kKindShift | number});
    }
    std::uint32_t rank_of(const HomeRow& row) const { return static_cast<std::uint32_t>(&row - rows.data()); }
    std::uint64_t us(Time at) const { return static_cast<std::uint64_t>((at - start).count()); }
    Time time(std::uint64_t us) const { return start + Duration{static_cast<std::int64_t>(us)}; }

    Part part;
    Settings settings;
    HubRules rules;
    DccAlertRules dcc_rules;
    OutageDraws draws;
    Time start;

    TouchedHomes touched;
    Column<HomeRow> rows;          ///< by rank
    Column<LossRow> losses;        ///< in the order in which they happen
    std::vector<RadioCell> cells;  ///< of the world
    RadioCell dcc;                 ///< what the DCC can take in
    std::unordered_map<std::uint64_t, AlertCount>
        alert_counts;               ///< by rank and code, where storms are counted
    std::vector<FirmwareJob> jobs;  ///< of touched homes, by (home, start)
    std::vector<CutChange> changes;
    std::size_t next_change = 0;
    Calendar calendar;
    OutageRecords records;
    std::uint64_t handled = 0;
};

}  // namespace meterbed::fleet
