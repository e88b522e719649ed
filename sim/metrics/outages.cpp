#include "sim/metrics/outages.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "sim/network/directory.h"

namespace meterbed {
namespace {

enum class Kind : std::uint8_t {
    other,
    power_cut,
    mains_lost,
    mains_restored,
    reported,
    not_reported,
    received,
    withheld,
    dcc_alert,
    alert_sent,
    alert_received,
    registration_changed,
    outage_begun,
    outage_ended
};

struct KindRow {
    std::string_view what;
    Kind kind;
};
constexpr std::array kKinds{
    KindRow{"power cut", Kind::power_cut},
    KindRow{"mains lost", Kind::mains_lost},
    KindRow{"mains restored", Kind::mains_restored},
    KindRow{"power outage reported", Kind::reported},
    KindRow{"power outage not reported", Kind::not_reported},
    KindRow{"power outage received", Kind::received},
    KindRow{"alert withheld", Kind::withheld},
    KindRow{"DCC alert", Kind::dcc_alert},
    KindRow{"alert sent", Kind::alert_sent},
    KindRow{"alert received", Kind::alert_received},
    KindRow{"registration changed", Kind::registration_changed},
    KindRow{"outage begun", Kind::outage_begun},
    KindRow{"outage ended", Kind::outage_ended},
};

/// What each word of the records means here, so that a row costs no comparison of texts.
struct Meaning {
    explicit Meaning(const Records& records)
        : kind(records.words.size()), reason(records.words.size()), code(records.words.size()) {
        const auto mark = [&records](auto& column, std::string_view text, auto value) {
            if (const std::int32_t word = records.word(text); word >= 0)
                column[static_cast<std::size_t>(word)] = value;
        };
        for (const KindRow& row : kKinds) mark(kind, row.what, row.kind);
        for (std::size_t i = 0; i < kOutageReasons.size(); ++i)
            mark(reason, kOutageReasons[i], static_cast<std::uint8_t>(i));
        constexpr std::array<std::string_view, 8> kCodes{"8F35", "8F36", "8F37", "8F38",
                                                         "8F39", "8F3A", "8F3B", "8F3C"};
        for (std::size_t i = 0; i < kCodes.size(); ++i)
            mark(code, kCodes[i], static_cast<std::uint16_t>(0x8F35 + i));
        ad1 = records.word("AD1");
        dcc = records.word("DCC");
        firmware = records.word(kCutCauseNames[static_cast<std::size_t>(CutCause::firmware)]);
    }
    std::vector<Kind> kind;
    std::vector<std::uint8_t> reason;
    std::vector<std::uint16_t> code;
    std::int32_t ad1, dcc, firmware;
};

class Fold {
  public:
    Fold(const Records& records, const OutageHomes& homes)
        : records_(records), homes_(homes), meaning_(records), last_(homes.sites.size(), kNone) {}

    Outages finish(Time end) {
        for (std::size_t i = 0; i < records_.size(); ++i) take(i);
        for (OutageRow& row : out_.rows) row.size = row.cut < sizes_.size() ? sizes_[row.cut] : 0;
        const auto order = [](const OutageRow& a, const OutageRow& b) {
            return std::tuple(a.lost_at, a.home) < std::tuple(b.lost_at, b.home);
        };
        if (!std::is_sorted(out_.rows.begin(), out_.rows.end(), order)) {
            std::sort(out_.rows.begin(), out_.rows.end(), order);
        }
        out_.end = end.time_since_epoch().count();
        if (dcc_down_) out_.dcc_works_from = out_.end;
        return std::move(out_);
    }

  private:
    static constexpr std::int32_t kNone = -1;

    std::int32_t& last(std::int32_t home) { return last_[static_cast<std::size_t>(home - homes_.first)]; }

    void take(std::size_t i) {
        switch (meaning_.kind[static_cast<std::size_t>(records_.what[i])]) {
            case Kind::other:
                return;
            case Kind::power_cut:
                return note_size(i);
            case Kind::mains_lost:
                return begin(i);
            case Kind::mains_restored:
                latest(i).restored_at = records_.time[i];
                return;
            case Kind::reported:
                return reported(loss_of(i), i);
            case Kind::not_reported:
                loss_of(i).reason = meaning_.reason[static_cast<std::size_t>(records_.code[i])];
                return;
            case Kind::received:
                loss_of(i).received_at = records_.time[i];
                return;
            case Kind::withheld:
                if (records_.detail[i] != meaning_.ad1) return;
                loss_of(i).reason = meaning_.reason[static_cast<std::size_t>(records_.code[i])];
                return;
            case Kind::dcc_alert:
                if (records_.code[i] == meaning_.ad1) informed(loss_of(i), i);
                return;
            case Kind::alert_sent:
                return restoration_sent(i);
            case Kind::alert_received:
                return restoration_received(i);
            case Kind::registration_changed:
                registered_[records_.home[i]] = records_.party[i];
                return;
            case Kind::outage_begun:
                if (records_.detail[i] == meaning_.dcc) dcc_down_ = true;
                return;
            case Kind::outage_ended:
                if (records_.detail[i] != meaning_.dcc) return;
                dcc_down_ = false;
                out_.dcc_works_from = records_.time[i];
                return;
        }
    }

    void note_size(std::size_t i) {
        const std::uint64_t number = records_.counter[i];
        if (number >= sizes_.size()) sizes_.resize(number + 1);
        sizes_[number] = static_cast<std::uint32_t>(records_.value[i]);
    }

    void begin(std::size_t i) {
        const std::int32_t home = records_.home[i];
        const Site& site = homes_.sites[static_cast<std::size_t>(home - homes_.first)];
        std::int32_t& before = last(home);
        OutageRow row;
        row.lost_at = records_.time[i];
        row.home = home;
        row.cut = static_cast<std::uint32_t>(records_.counter[i]);
        row.feeder = site.feeder;
        row.cell = site.cell;
        row.loss = static_cast<std::uint16_t>(
            before == kNone ? 1 : out_.rows[static_cast<std::size_t>(before)].loss + 1);
        const bool firmware = records_.detail[i] == meaning_.firmware;
        row.cause = static_cast<std::uint8_t>(firmware ? CutCause::firmware : CutCause::network);
        row.region = static_cast<std::uint8_t>(site.region);
        row.gsp_group = site.gsp_group;
        row.technology = static_cast<std::uint8_t>(site.technology);
        row.mpxn_known = site.mpxn_known ? 1 : 0;
        row.polyphase = site.polyphase ? 1 : 0;
        previous_.push_back(before);
        alerts_.push_back(0);
        before = static_cast<std::int32_t>(out_.rows.size());
        out_.rows.push_back(row);
    }

    OutageRow& latest(std::size_t i) { return out_.rows[static_cast<std::size_t>(last(records_.home[i]))]; }

    /// The loss whose number the record carries: mostly the latest, unless an event was long on its way.
    OutageRow& loss_of(std::size_t i) {
        auto at = static_cast<std::size_t>(last(records_.home[i]));
        while (out_.rows[at].loss != records_.counter[i]) at = static_cast<std::size_t>(previous_[at]);
        return out_.rows[at];
    }

    void reported(OutageRow& row, std::size_t i) {
        if (row.sent_at == 0) row.sent_at = records_.time[i];
        row.attempts = static_cast<std::uint8_t>(records_.value[i]);
    }

    void informed(OutageRow& row, std::size_t i) {
        if (row.informed_at == 0) row.informed_at = records_.time[i];
        if (right(i)) row.informed_right = 1;
    }

    /// Whether the record's party is the network operator registered at that moment.
    bool right(std::size_t i) const {
        const auto changed = registered_.find(records_.home[i]);
        if (changed != registered_.end()) return records_.party[i] == changed->second;
        return records_.party[i] == organisation_id(homes_.network_operator(records_.home[i])).value;
    }

    /// Alerts that nothing before them explains were raised by hand.
    void restoration_sent(std::size_t i) {
        const std::uint16_t code = meaning_.code[static_cast<std::size_t>(records_.detail[i])];
        if (code == 0 || last(records_.home[i]) == kNone) return;
        OutageRow& row = latest(i);
        if (row.restoration != 0) return;
        row.restoration = code;
        row.restoration_sent = records_.time[i];
        alerts_[static_cast<std::size_t>(last(records_.home[i]))] = records_.counter[i];
    }

    void restoration_received(std::size_t i) {
        if (meaning_.code[static_cast<std::size_t>(records_.detail[i])] == 0) return;
        std::int32_t at = last(records_.home[i]);
        while (at != kNone && alerts_[static_cast<std::size_t>(at)] != records_.counter[i]) {
            at = previous_[static_cast<std::size_t>(at)];
        }
        if (at == kNone) return;
        OutageRow& row = out_.rows[static_cast<std::size_t>(at)];
        row.restoration_informed = records_.time[i];
        row.restoration_right = right(i) ? 1 : 0;
    }

    const Records& records_;
    const OutageHomes& homes_;
    Meaning meaning_;
    Outages out_;
    std::vector<std::int32_t> last_;      ///< latest row of each home
    std::vector<std::int32_t> previous_;  ///< row of the same home before each row
    std::vector<std::uint64_t> alerts_;   ///< counter of the restoration alert of each row
    std::vector<std::uint32_t> sizes_;    ///< by number of the cut
    std::unordered_map<std::int32_t, std::uint64_t> registered_;  ///< where it changed
    bool dcc_down_ = false;
};

}  // namespace

Outages outages(const Records& records, const OutageHomes& homes, Time end) {
    return Fold(records, homes).finish(end);
}

void append(Outages& all, const Outages& part) {
    all.rows.insert(all.rows.end(), part.rows.begin(), part.rows.end());
    all.end = std::max(all.end, part.end);
    all.dcc_works_from = std::max(all.dcc_works_from, part.dcc_works_from);
}

}  // namespace meterbed
