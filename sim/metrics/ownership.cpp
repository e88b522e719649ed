#include <map>
#include <set>
#include <unordered_map>

#include "sim/metrics/folds.h"

namespace meterbed::folds {

namespace {

/// What the records say of one home while they are read in order.
struct HomeState {
    std::uint64_t holder = 0;
    bool shut_out = false;  ///< a sender whom the DCC let through was refused for not being the holder
    bool holder_tried = false;
    bool holder_refused = false;
    bool put_right = false;  ///< by an ordinary request: somebody could still command the meter
};

/// Network operator alerts: supply restored (8F35 to 8F3C) and the 80xx family (GBCS 16).
bool is_operator_alert(const std::string& code) {
    return code.size() == 4 && (code.starts_with("80") || (code >= "8F35" && code <= "8F3C"));
}

}  // namespace

/// Homes where a party that passes the DCC fails at the holder test, and the holder fails at the DCC. Both
/// facts are taken from requests that were really sent: when somebody was shut out, the holder never tried
/// and no other request helped, there is no answer. A cell that the DCC itself still holds is such a case:
/// the supplier has it handed over (6.21).
std::optional<double> devices_nobody_can_command(const Records& records) {
    const std::int32_t recorded = records.word("holder recorded"), replaced = records.word("cell replaced");
    const std::int32_t sent = records.word("request sent"), refused = records.word("request refused");
    const std::int32_t dropped = records.word("command dropped");
    const std::int32_t not_holder = records.word("not the notified critical party");
    const std::int32_t unknown = records.word("unknown originator"), not_registered = records.word("E4");
    const std::int32_t update = records.word("6.15.1");
    const std::int32_t repaired = records.word("repaired"), recovery = records.word("DCC recovery");
    std::unordered_map<std::int32_t, HomeState> homes;
    std::unordered_map<std::uint32_t, std::int32_t> by_holder;  // requests sent by the holder of that moment
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records.home[i] == kNoHome) continue;
        HomeState& home = homes[records.home[i]];
        const std::int32_t what = records.what[i];
        if (what == recorded || what == replaced) home.holder = records.party[i];
        if (what == sent && records.service[i] == update && records.party[i] == home.holder) {
            by_holder[records.request[i]] = records.home[i];
            if (home.shut_out) home.holder_tried = true;
        }
        if (what == refused && records.code[i] == not_holder && not_holder >= 0) home.shut_out = true;
        if (what == dropped && records.code[i] == unknown && records.request[i] != 0) home.shut_out = true;
        if (what == refused && records.code[i] == not_registered && by_holder.contains(records.request[i])) {
            home.holder_refused = true;
        }
        if (what == repaired && records.detail[i] != recovery) home.put_right = true;
    }
    double n = 0;
    for (const auto& [number, home] : homes) {
        if (home.shut_out && !home.holder_tried && !home.put_right) return std::nullopt;
        n += home.shut_out && home.holder_refused ? 1 : 0;
    }
    return n;
}

std::optional<double> alerts_to_the_wrong_operator(const Records& records) {
    const std::int32_t registered = records.word("premises registered"),
                       changed = records.word("registration changed");
    const std::int32_t received = records.word("alert received");
    std::unordered_map<std::int32_t, std::uint64_t> right;
    double n = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records.what[i] == registered || records.what[i] == changed)
            right[records.home[i]] = records.party[i];
        if (records.what[i] != received || !is_operator_alert(records.text(records.detail[i]))) continue;
        n += records.party[i] != right[records.home[i]] ? 1 : 0;
    }
    return n;
}

std::optional<std::string> one_holder_per_cell(const Records& records, const RunEnd&) {
    std::map<std::int32_t, std::map<std::int32_t, std::uint64_t>> holders;  // home -> cell -> party
    std::map<std::int32_t, std::int64_t> last;
    const auto split = [&](std::int32_t home) -> std::optional<std::string> {
        std::set<std::uint64_t> parties;
        for (const auto& [cell, party] : holders[home]) {
            if (records.text(cell).starts_with("networkOperator")) parties.insert(party);
        }
        if (parties.size() < 2) return std::nullopt;
        return "the network operator cells of home " + std::to_string(home) + " name " +
               std::to_string(parties.size()) + " parties";
    };
    for_each(records, "cell replaced", [&](std::size_t i) {
        holders[records.home[i]][records.detail[i]] = records.party[i];
        last[records.home[i]] = records.time[i];
    });
    for (const auto& [home, time] : last) {
        if (auto breach = split(home)) return breach;
    }
    return std::nullopt;
}

}  // namespace meterbed::folds
