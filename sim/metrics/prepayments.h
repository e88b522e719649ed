// What became of every top-up, of every spell without supply and of what hubs held (DP094): a fold over the
// records of a bench or of a fleet, and the source of all metrics and report sections of prepayment.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pki/time.h"
#include "sim/metrics/hub_reports.h"
#include "sim/network/directory.h"
#include "sim/prepayment/cover.h"
#include "sim/prepayment/notice.h"
#include "sim/record.h"
#include "sim/supply/site.h"

namespace meterbed {

/// What kept a paid top-up from the meter, and so a customer off supply.
enum class Harm : std::uint8_t {
    not_paid,    ///< nothing was paid that had not arrived: the customer's own time
    home_fault,  ///< the home has a fault (HomeFault)
    dcc_outage,  ///< no fault, and the DSP was down or behind while the payment was on its way
    carriage,    ///< neither: latency, loss, typing
};
inline constexpr std::array<std::string_view, 4> kHarmNames{"not paid", "home fault", "DCC outage",
                                                            "carriage"};

inline constexpr std::uint8_t kNeverTold = 255;

// Times in microseconds since the epoch, 0 when it did not happen. Plain data, so that it crosses to Python
// and between processes as it lies. Rows that ended before `counted_from` (the warm-up) are left out.

struct TopUpRow {
    std::int64_t paid_at = 0;
    std::int64_t told_at = 0;   ///< the customer has the UTRN in hand
    std::int64_t added_at = 0;  ///< credit at the meter
    std::int32_t home = 0;
    std::uint32_t payment = 0;  ///< number at its customer
    std::uint16_t pounds = 0;
    std::uint8_t channel = 0;           ///< Channel
    std::uint8_t way = 0;               ///< 0 not added, 1 over the air, 2 keypad
    std::uint8_t told_by = kNeverTold;  ///< Way
    std::uint8_t duplicates = 0;        ///< refused as used before
    std::uint8_t wrong_digits = 0;      ///< entries
    std::uint8_t calls = 0;             ///< of the help line
    std::uint8_t visits = 0;            ///< of engineers
    std::uint8_t harm = 0;              ///< Harm: what delayed it, were it late
    std::uint8_t added_twice = 0;       ///< must be 0
    std::uint8_t refused = 0;  ///< why the meter would not have it, from 1 in `top_up_refusals()`; 0 it would
};

struct SpellRow {
    std::int64_t off_at = 0;
    std::int64_t on_at = 0;  ///< enabled again
    /// Microseconds of it, warm-up apart, in which a paid top-up was not at the meter.
    std::int64_t waited = 0;
    std::int32_t home = 0;
    std::uint8_t harm = 0;  ///< of `waited`; the rest of the spell is `not_paid`
};

/// One meter.
struct PrepayHomeRow {
    std::int32_t home = 0;
    std::uint8_t region = 0, gsp_group = 0, generation = 0,
                 fault = 0;  ///< Region, ..., Generation, HomeFault
};

/// A price or mode that the supplier was to change at a meter.
struct NoticeRow {
    std::int64_t decided_at = 0;
    std::int64_t taken_at = 0;  ///< the meter goes by it
    std::int32_t home = 0;
    std::uint8_t kind = 0;  ///< NoticeKind
};

struct Prepayments {
    std::vector<TopUpRow> top_ups;     ///< by (paid_at, home)
    std::vector<SpellRow> spells;      ///< by (off_at, home)
    std::vector<PrepayHomeRow> homes;  ///< by home
    std::vector<NoticeRow> notices;    ///< by (kind, home)
    std::vector<ReportRow> reports;    ///< by held_at
    std::int64_t counted_from = 0, end = 0;
    std::int64_t unbalanced = 0;        ///< meters whose money is not conserved to the last part
    std::int32_t first_unbalanced = 0;  ///< the first of them
};

/// What the fold must know beside the records.
struct PrepayFacts {
    std::vector<PrepayHomeRow> homes;
    /// (begin, end) of outages of the DSP, what piled up meanwhile included.
    std::vector<std::pair<Time, Time>> dsp_outages;
    Time counted_from, end;
    Duration patience = std::chrono::hours{72};  ///< see `patience`; of payments that never arrive
    bool blames_dcc = false;               ///< a fault: what a home fault does counts as if the home had none
    std::optional<Time> price_change;      ///< of all meters
    std::vector<std::int32_t> unbalanced;  ///< homes
};

Prepayments prepayments(const Records& records, const PrepayFacts& facts);
/// By then a payment without a fault of the home or the DSP has arrived: over the air, or by the customer's
/// hand, who waits, calls while the line is open, and types.
Duration patience(const Settings& settings);
/// The parts of one world together.
void append(Prepayments& all, const Prepayments& part);

}  // namespace meterbed
