// Consumption as a table gives it: half-hours by the clock on the wall, day after day.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "devices/prepayment/advance.h"
#include "devices/prepayment/timetable.h"
#include "sim/scenario/parts.h"
#include "sim/scenario/table_reader.h"

namespace meterbed::scenario {
namespace {

using std::chrono::seconds;

constexpr std::array<TableColumn, 3> kColumns{{{"profile", true}, {"start", true}, {"wh", true}}};
constexpr std::int64_t kHour = 3'600, kHalfHour = 1'800, kDay = 86'400;
constexpr double kMostWh = prepayment::kMostLoad / 2.0;

/// As the table writes it; `wall` in seconds since 1970 by the clock on the wall.
std::string wall_text(std::int64_t wall) {
    std::string text = to_text(Time{seconds{wall}}).substr(0, 16);
    text[10] = ' ';
    return text;
}
std::int64_t wall_of(std::int64_t utc) { return utc + prepayment::gb_offset(utc); }
std::int64_t day_of(std::int64_t wall) { return wall / kDay - (wall % kDay < 0 ? 1 : 0); }

struct HalfHour {
    std::int64_t utc = 0;  ///< start
    std::uint32_t watts = 0;
    std::size_t row = 0;
};
struct Rows {
    std::string name;
    std::vector<HalfHour> half_hours;  ///< ascending
};

class ProfileReader {
  public:
    ProfileReader(TableReader& table, const Scenario& scenario) : table_(table), scenario_(scenario) {}

    std::shared_ptr<const Profiles> read() {
        for (std::size_t row = 0; row < table_.rows(); ++row) read_row(row);
        auto profiles = std::make_shared<Profiles>();
        for (const Rows& rows : profiles_) {
            if (rows.half_hours.empty()) continue;  // its mistakes are told
            check_ends(rows);
            profiles->push_back(profile_of(rows));
        }
        return profiles;
    }

  private:
    void read_row(std::size_t row) {
        const std::string_view name = table_.cell("profile", row);
        const auto wall = start_of(row);
        const auto watts = watts_of(row);
        if (name.empty() || !wall) return;
        const auto [found, fresh] = numbers_.emplace(name, profiles_.size());
        if (fresh) profiles_.push_back({std::string(name), {}});
        // A bad energy is told; its half-hour is there.
        place(profiles_[found->second].half_hours, *wall, watts.value_or(0), row);
    }

    std::optional<std::int64_t> start_of(std::size_t row) {
        const std::string_view text = table_.cell("start", row);
        if (text.empty()) return std::nullopt;  // reported already
        const auto time = parse_time(text);
        if (!time) {
            table_.add(row, "start " + in_quotes(text) + " is no time",
                       "write it as '2020-03-29 00:30', by the clock on the wall");
            return std::nullopt;
        }
        const auto since_1970 = time->time_since_epoch();
        if (since_1970 % seconds{kHalfHour} != Duration{}) {
            table_.add(row, "start " + in_quotes(text) + " is not that of a half-hour",
                       "half-hours start at :00 and :30");
            return std::nullopt;
        }
        return since_1970 / seconds{1};
    }

    std::optional<std::uint32_t> watts_of(std::size_t row) {
        const std::string_view text = table_.cell("wh", row);
        if (text.empty()) return std::nullopt;
        double wh = 0;
        const char* end = text.data() + text.size();
        const auto [rest, error] = std::from_chars(text.data(), end, wh);
        if (error != std::errc{} || rest != end || !std::isfinite(wh)) {
            table_.add(row, "wh " + in_quotes(text) + " is no number", "write Wh of the half-hour as 312.5");
        } else if (wh < 0) {
            table_.add(row, "negative energy: " + std::string(text) + " Wh",
                       "what is sent to the grid does not lower what prepayment charges: write 0");
        } else if (wh > kMostWh) {
            table_.add(row, std::string(text) + " Wh in half an hour are above 100,000 W",
                       "wh is in Wh, not in Ws or of a street");
        } else {
            return static_cast<std::uint32_t>(std::lround(wh * 2));
        }
        return std::nullopt;
    }

    /// Puts a half-hour behind those before it; an hour that clocks show twice has its second turn then.
    void place(std::vector<HalfHour>& rows, std::int64_t wall, std::uint32_t watts, std::size_t row) {
        std::optional<std::int64_t> utc, latest;
        for (const std::int64_t candidate : {wall - kHour, wall}) {
            if (wall_of(candidate) != wall) continue;
            latest = candidate;
            if (!utc && (rows.empty() || candidate > rows.back().utc)) utc = candidate;
        }
        if (!latest) {
            table_.add(row, "there is no " + wall_text(wall) + ": clocks go forward from 01:00 to 02:00",
                       "a spring day has 46 half-hours");
        } else if (!utc) {
            tell_not_after(rows, *latest, row);
        } else {
            if (!rows.empty() && *utc > rows.back().utc + kHalfHour) tell_gap(rows.back(), *utc, row);
            rows.push_back({*utc, watts, row});
        }
    }

    void tell_not_after(const std::vector<HalfHour>& rows, std::int64_t utc, std::size_t row) {
        const auto same =
            std::lower_bound(rows.begin(), rows.end(), utc,
                             [](const HalfHour& at, std::int64_t time) { return at.utc < time; });
        if (same != rows.end() && same->utc == utc) {
            table_.add(same->row, row, "both are the half-hour " + wall_text(wall_of(utc)));
        } else {
            table_.add(row, wall_text(wall_of(utc)) + " comes after " + wall_text(wall_of(rows.back().utc)),
                       "rows of a profile go in the order of time");
        }
    }

    void tell_gap(const HalfHour& before, std::int64_t utc, std::size_t row) {
        const std::int64_t missing = (utc - before.utc) / kHalfHour - 1;
        const std::int64_t first = before.utc + kHalfHour;
        // By the clock on the wall nothing is missing where an hour was not given its second turn.
        const bool second_turn = wall_of(first) <= wall_of(before.utc);
        table_.add(row,
                   "a gap: " + std::to_string(missing) + " half-hour" + (missing == 1 ? "" : "s") + " from " +
                       wall_text(wall_of(first)) + " on " + (missing == 1 ? "is" : "are") + " missing",
                   second_turn ? "an autumn day has 50 half-hours: 01:00 and 01:30 come a second time"
                               : "a profile has every half-hour from its first day to its last");
    }

    /// Whole days, and at least those of the run.
    void check_ends(const Rows& rows) {
        const HalfHour& first = rows.half_hours.front();
        const HalfHour& last = rows.half_hours.back();
        const std::int64_t end = last.utc + kHalfHour;
        if (wall_of(first.utc) % kDay != 0)
            table_.add(first.row, "the profile " + in_quotes(rows.name) + " begins within a day",
                       "its first half-hour is that of 00:00");
        if (wall_of(end) % kDay != 0)
            table_.add(last.row, "the profile " + in_quotes(rows.name) + " ends within a day",
                       "its last half-hour is that of 23:30");
        if (scenario_.length <= Duration{}) return;  // `run` has mistakes of its own
        const Time from = scenario_.start, until = scenario_.start + scenario_.length;
        if (Time{seconds{first.utc}} > from)
            table_.add(first.row, "the profile " + in_quotes(rows.name) +
                                      " begins after the run, which starts at " + to_text(from));
        if (Time{seconds{end}} < until)
            table_.add(last.row, "the profile " + in_quotes(rows.name) +
                                     " ends before the run, which goes on until " + to_text(until));
    }

    static Profile profile_of(const Rows& rows) {
        Profile profile{rows.name, day_of(wall_of(rows.half_hours.front().utc)), {}};
        const std::int64_t span = rows.half_hours.back().utc - rows.half_hours.front().utc;
        if (span / kHalfHour + 1 != static_cast<std::int64_t>(rows.half_hours.size()))
            return profile;  // gaps
        for (const HalfHour& each : rows.half_hours) {
            const std::int64_t day = day_of(wall_of(each.utc)) - profile.first_day;
            profile.days.resize(static_cast<std::size_t>(day + 1));
            profile.days.back().watts.push_back(each.watts);
        }
        return profile;
    }

    TableReader& table_;
    const Scenario& scenario_;
    std::map<std::string_view, std::size_t> numbers_;
    std::vector<Rows> profiles_;  ///< in the order in which the table names them
};

}  // namespace

std::shared_ptr<const Profiles> read_profiles(const Node& file, const Scenario& scenario, Reading& reading) {
    TableReader table(file, reading);
    if (!table.open(kColumns)) return nullptr;
    return ProfileReader(table, scenario).read();
}

}  // namespace meterbed::scenario
