// Prepayment meters of a part of a country: ledger, customer, cover and vends of DP094, a row a meter, told
// by the same rules as a bench of whole devices (sim/prepayment, sim/network/carriage.h), with the same
// records.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "pki/time.h"
#include "sim/fleet/station.h"
#include "sim/metrics/prepayments.h"
#include "sim/network/directory.h"
#include "sim/prepayment/consumption.h"
#include "sim/record.h"
#include "sim/settings.h"
#include "sim/streams.h"
#include "sim/supply/site.h"

namespace meterbed::fleet {

/// An electricity meter in prepayment mode, with a customer.
struct PrepaymentHome {
    std::int32_t home = 0;
    Site site;
    Generation generation = Generation::SMETS2;
};

/// One part of a world. Nothing that happens to one home changes another, so any homes make a part.
struct PrepaymentPart {
    std::vector<PrepaymentHome> homes;               ///< ascending
    std::vector<std::pair<Time, Time>> dcc_outages;  ///< begin and end, one after the other
    std::shared_ptr<const Profiles> profiles;        ///< null: drawn consumption
};

/// The clock is that of each meter: it is played alone up to the end of a slice, then the next one. At equal
/// times the ledger comes first, then the load, then the cover, then what is decided of prices and modes,
/// then messages in the order in which they were sent, then the vends in the order of their payments, then
/// the notices, then the customer. Records are put in the order of (time, home) within a slice, so that its
/// length does not show.
class PrepaymentModel final : public FleetModel {
  public:
    /// `start` is a whole second. The longer a slice, the fewer times the rows pass through the cache; a day
    /// is a good one.
    PrepaymentModel(const PrepaymentPart& part, const Settings& settings, const Streams& streams, Time start,
                    Duration length);
    ~PrepaymentModel() override;

    std::optional<Time> next() const override;
    /// Lets everything happen that is due up to and including `until`, at most to the end of the run.
    void run_until(Time until);
    /// Nothing leaves this fleet, so any slice will do.
    void run_until(Time until, FleetStation&) override { run_until(until); }
    /// Nothing is sent to it either.
    void receive(Parcel parcel, Time now, FleetStation& station) override;

    /// Of what happened so far; none are left after.
    Records take_records();
    /// One a home, ascending.
    std::vector<PrepayHomeRow> homes() const;
    /// Homes whose money is not conserved to the last part, ascending (sim/prepayment/audit.h).
    std::vector<std::int32_t> unbalanced() const;
    std::uint64_t events() const;  ///< handled so far: of ledgers, loads, messages, vends, customers
    std::size_t bytes() const;     ///< of columns; records apart

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace meterbed::fleet
