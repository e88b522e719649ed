#include "sim/metrics/prepayments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "devices/top_up.h"
#include "sim/prepayment/customer.h"
#include "sim/prepayment/records.h"

namespace meterbed {
namespace {

enum class Kind : std::uint8_t {
    other,
    pays,
    told,
    added,
    refused,
    called,
    visited,
    supply,
    price_changed,
    mode_asked,
    mode_changed,
    held,
    late,
    dropped
};

struct KindRow {
    std::string_view what;
    Kind kind;
};
constexpr std::array kKinds{
    KindRow{prepay::customer_pays, Kind::pays},
    KindRow{prepay::code_told, Kind::told},
    KindRow{prepay::credit_added, Kind::added},
    KindRow{prepay::credit_refused, Kind::refused},
    KindRow{prepay::help_line_called, Kind::called},
    KindRow{prepay::supply_state, Kind::supply},
    KindRow{prepay::price_changed, Kind::price_changed},
    KindRow{prepay::credit_mode_asked, Kind::mode_asked},
    KindRow{prepay::mode_changed, Kind::mode_changed},
    KindRow{prepay::engineer_visit, Kind::visited},
    KindRow{prepay::report_held, Kind::held},
    KindRow{prepay::report_late, Kind::late},
    KindRow{prepay::report_dropped, Kind::dropped},
};

/// What each word of the records means here, so that a row costs no comparison of texts.
struct Meaning {
    explicit Meaning(const Records& records)
        : kind(records.words.size()),
          channel(records.words.size()),
          way(records.words.size(), kNeverTold),
          refusal(records.words.size()) {
        const auto mark = [&records](auto& column, std::string_view text, auto value) {
            if (const std::int32_t word = records.word(text); word >= 0)
                column[static_cast<std::size_t>(word)] = value;
        };
        for (const KindRow& row : kKinds) mark(kind, row.what, row.kind);
        for (std::size_t i = 0; i < kChannelNames.size(); ++i)
            mark(channel, kChannelNames[i], static_cast<std::uint8_t>(i));
        for (std::size_t i = 0; i < kWayNames.size(); ++i)
            mark(way, kWayNames[i], static_cast<std::uint8_t>(i));
        for (std::size_t i = 0; i < top_up_refusals().size(); ++i)
            mark(refusal, top_up_refusals()[i].name, static_cast<std::uint8_t>(i + 1));
        keypad = records.word(prepay::keypad);
        enabled = records.word(name(SupplyState::Enabled));
        duplicate = records.word(refusals::duplicate);
        wrong_digits = records.word(refusals::wrong_digits);
        suspended = records.word(refusals::suspended);
    }
    std::vector<Kind> kind;
    std::vector<std::uint8_t> channel, way, refusal;
    std::int32_t keypad, enabled, duplicate, wrong_digits, suspended;
};

void count(std::uint8_t& number) {
    if (number < std::numeric_limits<std::uint8_t>::max()) ++number;
}

std::uint8_t as_byte(Harm harm) { return static_cast<std::uint8_t>(harm); }

constexpr std::int32_t kNone = -1;

/// Of one meter while the records are read.
struct HomeState {
    std::int32_t top_up = kNone;                                  ///< latest row
    std::int32_t spell = kNone;                                   ///< row of the present one
    std::int64_t longest = 0;                                     ///< wait of one top-up in the present spell
    std::array<std::int32_t, kNoticeKinds> notice{kNone, kNone};  ///< rows
};

class Fold {
  public:
    Fold(const Records& records, const PrepayFacts& facts)
        : records_(records), facts_(facts), meaning_(records), state_(facts.homes.size()) {
        out_.homes = facts.homes;
        out_.counted_from = facts.counted_from.time_since_epoch().count();
        out_.end = facts.end.time_since_epoch().count();
        out_.unbalanced = static_cast<std::int64_t>(facts.unbalanced.size());
        if (!facts.unbalanced.empty()) {
            out_.first_unbalanced = *std::min_element(facts.unbalanced.begin(), facts.unbalanced.end());
        }
        if (facts.homes.empty()) return;
        first_ = facts.homes.front().home;
        index_.assign(static_cast<std::size_t>(facts.homes.back().home - first_) + 1, kNone);
        for (std::size_t i = 0; i < facts.homes.size(); ++i)
            index_[static_cast<std::size_t>(facts.homes[i].home - first_)] = static_cast<std::int32_t>(i);
        if (!facts.price_change || *facts.price_change >= facts.end) return;
        const std::int64_t since = facts.price_change->time_since_epoch().count();
        for (std::size_t i = 0; i < facts.homes.size(); ++i) decided(i, NoticeKind::price, since);
    }

    Prepayments finish() {
        for (std::size_t i = 0; i < records_.size(); ++i) take(i);
        for (std::size_t home = 0; home < state_.size(); ++home) close_spell(home, 0);
        for (TopUpRow& row : out_.top_ups) row.harm = as_byte(harm_of(row));
        out_.reports = reports_.finish();
        leave_out_warm_up_and_sort();
        return std::move(out_);
    }

  private:
    void take(std::size_t i) {
        const Kind kind = meaning_.kind[static_cast<std::size_t>(records_.what[i])];
        if (kind == Kind::other) return;
        const std::int64_t place = std::int64_t{records_.home[i]} - first_;
        if (place < 0 || place >= static_cast<std::int64_t>(index_.size())) return;
        const std::int32_t home = index_[static_cast<std::size_t>(place)];
        if (home == kNone) return;
        const auto at = static_cast<std::size_t>(home);
        if (kind == Kind::pays) return pays(at, i);
        if (kind == Kind::supply) return supply(at, i);
        if (kind == Kind::price_changed) return taken(at, NoticeKind::price, i);
        if (kind == Kind::mode_asked) return decided(at, NoticeKind::credit_mode, records_.time[i]);
        if (kind == Kind::mode_changed) return taken(at, NoticeKind::credit_mode, i);
        if (kind >= Kind::held) return report(kind, i);
        TopUpRow* row = payment_of(at, records_.counter[i]);
        if (row == nullptr) return;  // paid before the records begin
        if (kind == Kind::told) told(*row, i);
        if (kind == Kind::added) added(at, *row, i);
        if (kind == Kind::refused) refused(*row, i);
        if (kind == Kind::called) count(row->calls);
        if (kind == Kind::visited) count(row->visits);
    }

    void decided(std::size_t home, NoticeKind kind, std::int64_t since) {
        const auto number = static_cast<std::uint8_t>(kind);
        state_[home].notice[number] = static_cast<std::int32_t>(out_.notices.size());
        out_.notices.push_back({since, 0, facts_.homes[home].home, number});
    }

    /// The first time; a meter may be changed by hand too.
    void taken(std::size_t home, NoticeKind kind, std::size_t i) {
        const std::int32_t at = state_[home].notice[static_cast<std::size_t>(kind)];
        if (at == kNone) return;
        std::int64_t& taken_at = out_.notices[static_cast<std::size_t>(at)].taken_at;
        if (taken_at == 0) taken_at = records_.time[i];
    }

    void report(Kind kind, std::size_t i) {
        const std::string& code = records_.text(records_.code[i]);
        if (kind == Kind::held) return reports_.held(records_.time[i], records_.home[i], code);
        const ReportFate fate = kind == Kind::late ? ReportFate::late : ReportFate::dropped;
        reports_.left(records_.time[i], records_.home[i], code, records_.value[i], fate);
    }

    void pays(std::size_t home, std::size_t i) {
        TopUpRow row;
        row.paid_at = records_.time[i];
        row.home = records_.home[i];
        row.payment = static_cast<std::uint32_t>(records_.counter[i]);
        row.pounds = static_cast<std::uint16_t>(std::lround(records_.value[i]));
        row.channel = meaning_.channel[static_cast<std::size_t>(records_.detail[i])];
        previous_.push_back(state_[home].top_up);
        state_[home].top_up = static_cast<std::int32_t>(out_.top_ups.size());
        out_.top_ups.push_back(row);
    }

    /// Mostly the latest.
    TopUpRow* payment_of(std::size_t home, std::uint64_t payment) {
        std::int32_t at = state_[home].top_up;
        while (at != kNone && out_.top_ups[static_cast<std::size_t>(at)].payment != payment)
            at = previous_[static_cast<std::size_t>(at)];
        return at == kNone ? nullptr : &out_.top_ups[static_cast<std::size_t>(at)];
    }

    void told(TopUpRow& row, std::size_t i) {
        if (row.told_at != 0) return;
        row.told_at = records_.time[i];
        row.told_by = meaning_.way[static_cast<std::size_t>(records_.detail[i])];
    }

    void added(std::size_t home, TopUpRow& row, std::size_t i) {
        if (row.added_at != 0) {
            count(row.added_twice);
            return;
        }
        row.added_at = records_.time[i];
        row.way = records_.detail[i] == meaning_.keypad ? 2 : 1;
        row.refused = 0;
        if (state_[home].spell != kNone) waited_in_spell(home, row, row.added_at);
    }

    void refused(TopUpRow& row, std::size_t i) {
        const std::int32_t code = records_.code[i];
        if (code == meaning_.duplicate) return count(row.duplicates);
        if (code == meaning_.wrong_digits) return count(row.wrong_digits);
        if (code == meaning_.suspended || row.added_at != 0) return;
        row.refused = meaning_.refusal[static_cast<std::size_t>(code)];
    }

    void supply(std::size_t home, std::size_t i) {
        // A home may have a gas meter too.
        if (records_.device[i] != device_id(records_.home[i], DevicePlace::esme).value) return;
        const bool enabled = records_.code[i] == meaning_.enabled;
        if (enabled) return close_spell(home, records_.time[i]);
        if (state_[home].spell != kNone) return;  // armed is not enabled
        SpellRow row;
        row.off_at = records_.time[i];
        row.home = records_.home[i];
        state_[home].spell = static_cast<std::int32_t>(out_.spells.size());
        state_[home].longest = 0;
        out_.spells.push_back(row);
    }

    /// `on_at`: 0 when the run ends before.
    void close_spell(std::size_t home, std::int64_t on_at) {
        HomeState& state = state_[home];
        if (state.spell == kNone) return;
        const std::int64_t until = on_at != 0 ? on_at : out_.end;
        for (std::int32_t at = state.top_up; at != kNone; at = previous_[static_cast<std::size_t>(at)]) {
            const TopUpRow& row = out_.top_ups[static_cast<std::size_t>(at)];
            if (row.added_at == 0) waited_in_spell(home, row, until);
        }
        SpellRow& spell = out_.spells[static_cast<std::size_t>(state.spell)];
        spell.on_at = on_at;
        // Two top-ups may have been waited for at once.
        spell.waited = std::min(spell.waited, until - std::max(spell.off_at, out_.counted_from));
        state.spell = kNone;
    }

    void waited_in_spell(std::size_t home, const TopUpRow& row, std::int64_t until) {
        HomeState& state = state_[home];
        SpellRow& spell = out_.spells[static_cast<std::size_t>(state.spell)];
        const std::int64_t from = std::max({row.paid_at, spell.off_at, out_.counted_from});
        const std::int64_t waited = until - from;
        if (waited <= 0) return;
        spell.waited += waited;
        if (waited <= state.longest) return;
        state.longest = waited;
        TopUpRow ended = row;
        if (ended.added_at == 0) ended.added_at = until;
        spell.harm = as_byte(harm_of(ended));
    }

    Harm harm_of(const TopUpRow& row) const {
        const auto home = static_cast<std::size_t>(index_[static_cast<std::size_t>(row.home - first_)]);
        const bool is_faulty = static_cast<HomeFault>(facts_.homes[home].fault) != HomeFault::none;
        if (is_faulty && !facts_.blames_dcc) return Harm::home_fault;
        const Time from{Duration{row.paid_at}};
        const Time until = row.added_at != 0 ? Time{Duration{row.added_at}} : from + facts_.patience;
        const bool disturbed =
            std::any_of(facts_.dsp_outages.begin(), facts_.dsp_outages.end(),
                        [&](const auto& outage) { return from < outage.second && until >= outage.first; });
        return disturbed ? Harm::dcc_outage : Harm::carriage;
    }

    void leave_out_warm_up_and_sort() {
        const auto over = [this](std::int64_t ended) { return ended != 0 && ended < out_.counted_from; };
        // What must never happen is kept whenever it was.
        std::erase_if(out_.top_ups,
                      [&](const TopUpRow& row) { return over(row.added_at) && row.added_twice == 0; });
        std::erase_if(out_.spells, [&](const SpellRow& row) { return over(row.on_at); });
        std::erase_if(out_.reports, [&](const ReportRow& row) { return over(row.left_at); });
        std::sort(out_.top_ups.begin(), out_.top_ups.end(), [](const TopUpRow& a, const TopUpRow& b) {
            return std::tuple(a.paid_at, a.home, a.payment) < std::tuple(b.paid_at, b.home, b.payment);
        });
        std::sort(out_.notices.begin(), out_.notices.end(), [](const NoticeRow& a, const NoticeRow& b) {
            return std::tuple(a.kind, a.home) < std::tuple(b.kind, b.home);
        });
        std::sort(out_.spells.begin(), out_.spells.end(), [](const SpellRow& a, const SpellRow& b) {
            return std::tuple(a.off_at, a.home) < std::tuple(b.off_at, b.home);
        });
    }

    const Records& records_;
    const PrepayFacts& facts_;
    Meaning meaning_;
    Prepayments out_;
    HubReports reports_;
    std::int32_t first_ = 0;              ///< number of the first home
    std::vector<std::int32_t> index_;     ///< of each home from there, into the rows of homes
    std::vector<HomeState> state_;        ///< by row of homes
    std::vector<std::int32_t> previous_;  ///< row of the same home before each top-up
};

}  // namespace

Duration patience(const Settings& settings) {
    const Duration request = settings.retry_interval * (settings.retries + 1);
    const Duration requests = (request + settings.vend_resend_interval) * (settings.vend_resends + 1);
    return requests + settings.utrn_text_after + std::chrono::hours{72};
}

Prepayments prepayments(const Records& records, const PrepayFacts& facts) {
    return Fold(records, facts).finish();
}

void append(Prepayments& all, const Prepayments& part) {
    const auto add = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    if (part.unbalanced > 0) {
        const bool first = all.unbalanced == 0;
        all.first_unbalanced =
            first ? part.first_unbalanced : std::min(all.first_unbalanced, part.first_unbalanced);
    }
    add(all.top_ups, part.top_ups);
    add(all.spells, part.spells);
    add(all.homes, part.homes);
    add(all.notices, part.notices);
    add(all.reports, part.reports);
    all.counted_from = std::max(all.counted_from, part.counted_from);
    all.end = std::max(all.end, part.end);
    all.unbalanced += part.unbalanced;
}

}  // namespace meterbed
