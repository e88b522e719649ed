// The plainest ledger that could be right: it does nothing but go from one second to the next and look at
// everything again. The oracle of the property tests; it shares the plan and the names of codes with the real
// one, and no rule.
#pragma once

#include <algorithm>
#include <vector>

#include "devices/prepayment/ledger.h"

namespace meterbed::prepayment {

class SecondStepper {
  public:
    SecondStepper(const Plan& plan, const Ledger& from) : plan_(plan), l_(from) {}

    /// One second with this load.
    void step(std::uint32_t load) {
        const Settings& s = plan_.settings;
        const bool prepay = l_.mode == Mode::prepayment;
        const std::int64_t off = parts(s.disablement);
        const bool is_off = l_.supply != SupplyState::Enabled;
        const bool lent = prepay && l_.emergency == EmergencyCredit::active;
        const bool by_off = prepay && s.suspend_debt_disabled && is_off;
        const bool by_emergency = lent && s.suspend_debt_emergency && l_.balance <= off;
        const bool lets_off = by_off && !s.accumulate_while_disabled;

        const std::int64_t watt_seconds = is_off ? 0 : load;
        const unsigned line = value_at(plan_.tariff.times, l_.at);
        // 10^-5 GBP a kWh, times watt seconds, over 3,600,000 watt seconds a kWh.
        charge(watt_seconds * price(line) * (kParts / 3'600'000));
        use(watt_seconds, line);

        for (unsigned debt = 0; prepay && debt < 2; ++debt) {
            const DebtRate rate = debt_rate(l_, debt);
            const std::int64_t second =
                parts(rate.amount) / (rate.period == RatePeriod::hourly ? 3600 : 86400);
            const std::int64_t due = std::min(second, l_.time_debt[debt]);
            if (due <= 0 || lets_off) continue;
            l_.time_debt[debt] -= due;
            if (by_off || by_emergency)
                l_.accumulated_debt += due;
            else
                charge(due);
            if (l_.time_debt[debt] == 0) later_.push_back(static_cast<std::uint16_t>(0x81A7 + debt));
        }
        ++l_.at;
        for (const std::uint16_t code : later_) told.push_back({time_of(l_), code});
        later_.clear();
        // What a second brings about is judged by the rules it began under; then a day may begin, then
        // others.
        look(l_.at - 1);
        if (l_.at % 86'400 == 0) new_day();
        look(l_.at);
    }

    const Ledger& ledger() const { return l_; }
    Happenings told;

  private:
    /// The wall clock's day, searched from its start.
    static unsigned value_at(const Timetable& t, std::int64_t second) {
        if (t.days.empty()) return 0;
        using namespace std::chrono;
        std::int64_t wall = second;
        if (t.clock == Clock::gb_local && summer(second)) wall += 3600;
        const sys_days day{days{wall / 86'400}};
        const year_month_day date{day};
        std::size_t profile = t.days.size();
        for (const SpecialDay& special : t.special_days)
            if (profile == t.days.size() && (special.year == 0 || year{special.year} == date.year()) &&
                (special.month == 0 || month{special.month} == date.month()) &&
                (special.day == 0 || std::chrono::day{special.day} == date.day()))
                profile = special.profile;
        if (profile == t.days.size()) {
            std::size_t week = t.seasons.empty() ? 0 : t.seasons.back().week;
            for (const Season& season : t.seasons)
                if (month_day{month{season.month}, std::chrono::day{season.day}} <=
                    month_day{date.month(), date.day()})
                    week = season.week;
            profile = t.weeks[week][(weekday{day}.c_encoding() + 6) % 7];
        }
        unsigned value = 0;
        for (const Switch& each : t.days[profile])
            if (each.second <= wall % 86'400) value = each.value;
        return value;
    }
    static bool summer(std::int64_t second) {
        using namespace std::chrono;
        const sys_seconds at{seconds{second}};
        const auto y = year_month_day{floor<days>(at)}.year();
        return at >= sys_days{y / March / Sunday[last]} + hours{1} &&
               at < sys_days{y / October / Sunday[last]} + hours{1};
    }

    std::int64_t price(unsigned line) const {
        if (line < kTouRegisters) return plan_.tariff.prices[line];
        const unsigned set = line - kTouRegisters;
        unsigned block = 0;
        for (const std::uint32_t threshold : plan_.tariff.block_thresholds[set])
            if (l_.block_used[set] >= threshold) ++block;
        return plan_.tariff.block_prices[set][block];
    }

    /// Wh by Wh.
    void use(std::int64_t watt_seconds, unsigned line) {
        std::int64_t below = l_.below_wh + watt_seconds;
        for (; below >= 3600; below -= 3600) {
            ++l_.energy;
            if (line >= kTouRegisters) ++l_.block_used[line - kTouRegisters];
        }
        l_.below_wh = static_cast<std::uint16_t>(below);
    }

    std::int64_t left() const {
        if (l_.emergency != EmergencyCredit::active) return 0;
        return std::max<std::int64_t>(0, parts(plan_.settings.emergency_limit) - l_.emergency_used);
    }

    void charge(std::int64_t due) {
        const bool lent = l_.mode == Mode::prepayment && l_.emergency == EmergencyCredit::active;
        if (lent) {
            const std::int64_t room = l_.balance - parts(plan_.settings.disablement);
            if (room > 0) {
                const std::int64_t own = std::min(room, due);
                l_.balance -= own;
                due -= own;
            }
            const std::int64_t borrowed = std::min(due, left());
            l_.emergency_used += borrowed;
            due -= borrowed;
        }
        l_.balance -= due;
    }

    void new_day() {
        const Settings& s = plan_.settings;
        const bool prepay = l_.mode == Mode::prepayment;
        const bool by_off = prepay && s.suspend_debt_disabled && l_.supply != SupplyState::Enabled;
        const bool by_emergency = prepay && s.suspend_debt_emergency &&
                                  l_.emergency == EmergencyCredit::active &&
                                  l_.balance <= parts(s.disablement);
        const std::int64_t standing = parts(plan_.tariff.standing_charge);
        if (!by_off && !by_emergency) charge(standing);
        if (by_off ? s.accumulate_while_disabled : by_emergency) l_.accumulated_debt += standing;
        if ((l_.at / 86'400 + 3) % 7 == 0) l_.taken_this_week = 0;  // 1 January 1970 was a Thursday
        if (plan_.tariff.blocks_start_anew_daily) l_.block_used = {};
    }

    void tell(std::uint16_t code) { told.push_back({time_of(l_), code}); }

    void look(std::int64_t second) {
        const Settings& s = plan_.settings;
        if (l_.mode != Mode::prepayment) return;
        const std::int64_t all = l_.balance + left();
        if (all <= parts(s.low_credit) && !l_.low_credit) tell(0x810D);
        l_.low_credit = all <= parts(s.low_credit);
        if (l_.emergency == EmergencyCredit::active) {
            if (left() == 0 && !l_.emergency_exhausted) tell(0x81AA);
            l_.emergency_exhausted = left() == 0;
        } else if (l_.balance <= parts(s.emergency_threshold) && s.emergency_limit > 0) {
            if (l_.emergency == EmergencyCredit::none) tell(0x8119);
            l_.emergency = EmergencyCredit::available;
        } else {
            l_.emergency = EmergencyCredit::none;
        }
        if (l_.supply != SupplyState::Disabled) l_.off_for_credit = false;
        if (all > parts(s.disablement)) {
            if (l_.off_for_credit) {
                l_.supply = SupplyState::Armed;
                tell(0x8F32);
            }
            l_.off_for_credit = false;
            l_.disablement = Disablement::in_credit;
        } else if (l_.disablement != Disablement::disabled) {
            if (value_at(plan_.non_disablement, second) != 0) {
                if (l_.disablement == Disablement::in_credit) tell(0x8F83);
                l_.disablement = Disablement::reprieved;
            } else {
                tell(0x8F0F);
                l_.off_for_credit = l_.supply != SupplyState::Disabled;
                l_.disablement = Disablement::disabled;
                l_.supply = SupplyState::Disabled;
            }
        }
    }

    const Plan& plan_;
    Ledger l_;
    std::vector<std::uint16_t> later_;
};

}  // namespace meterbed::prepayment
