// The records of a fleet's outages, in the words of the stations of a bench.
#pragma once

#include <array>
#include <string_view>

#include "sim/fleet/record_writer.h"
#include "sim/supply/site.h"

namespace meterbed::fleet {

/// A record is filled in by hand from this beginning and added to `writer`.
class OutageRecords {
  public:
    OutageRecords();

    Record homes(Region region, Word what, Time at, std::int32_t home) const {
        return row(homes_[static_cast<std::size_t>(region)], what, at, home);
    }
    Record wan(Region region, Word what, Time at, std::int32_t home) const {
        return row(wan_[static_cast<std::size_t>(region)], what, at, home);
    }
    Record dcc(Word what, Time at, std::int32_t home) const { return row(dcc_, what, at, home); }
    Record users(Word what, Time at, std::int32_t home) const { return row(users_, what, at, home); }

    Word word(std::string_view text) { return writer.word(text); }

    RecordWriter writer;
    Word power_cut, mains_lost, mains_restored, reported, not_reported, received, lost, waited, withheld,
        dcc_alert, alert_sent, alert_received, alert_undeliverable;
    Word outage_event, answer, alert, ad1;

  private:
    static Record row(Word station, Word what, Time at, std::int32_t home) {
        Record out;
        out.time = at;
        out.station = station;
        out.what = what;
        out.home = home;
        return out;
    }
    std::array<Word, kRegionNames.size()> homes_{}, wan_{};
    Word dcc_, users_;
};

}  // namespace meterbed::fleet
