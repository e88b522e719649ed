// The way of one top-up, or of one notice, between a supplier's desk and a meter, as times and draws: what
// the stations of a bench and the columns of a fleet must have in common, so that both carry it to the same
// microsecond.
//
// SMETS2 (SRV 2.2), from the wake of a vend at the desk on:
//   desk -> kUserLink -> DCC, turn of the DSP -> `dcc processing` -> WAN: draw `command`, cover, latency
//   -> hub (a HAN fault ends it) -> `HAN latency` -> meter. A top-up is no matter of counters of commands: a
//   repeated one is executed, and answered as a duplicate (GBCS 9.2, 14).
//   meter -> `HAN latency` -> hub -> kHubToWan -> WAN: draw `answer`, cover, latency -> DCC, turn
//   -> `dcc processing` -> desk.
//   From each transmission the DCC waits `retry interval`; then it takes its turn as a message would,
//   transmits again or gives up: -> `dcc processing` -> desk.
//
// SMETS1: desk -> kUserLink -> DCC, turn -> `dcc processing` -> S1SP. There the code is made
//   -> `S1SP processing` -> DCC, turn -> `dcc processing` -> desk
// and the meter instructed
//   -> `S1SP processing` -> WAN: draw `instruction`, cover, latency -> meter (a HAN fault ends it)
//   -> `HAN latency` -> WAN: draw `instruction_answer`, cover, latency -> S1SP -> `S1SP processing` -> DCC,
//   turn -> `dcc processing` -> desk. The S1SP repeats it by its own timer, which no DSP stops, each time
//   with a new sequence: a meter drops an older one, executes a newer one, and refuses a code that it has
//   used.
//
// Another price or mode (SRV 1.2.1, 1.6) is critical. SMETS2: desk -> kUserLink -> DCC, turn
//   -> `dcc processing` -> desk, which signs the Pre-Command -> `user processing`, kUserLink -> DCC, turn ->
//   as above. The counter of commands rises by request: a meter drops one that it has seen, or that a newer
//   one overtook. SMETS1: as above, without the code. Only top-ups have priority in the turns of the DSP.
//
// Where the WAN may not reach a hub that holds messages (sim/prepayment/hub_buffer.h), its cover is asked at
// the hub, too, kHubToWan before the WAN (`to_hub`): what finds no WAN there waits in the hub until there is
// some, and has its draw when it leaves. So do the alerts of a SMETS2 meter; a SMETS1 meter sends none.
//
// The cover of a home is asked when a message is at the WAN, after its draw. A count of draws belongs to the
// home and to what is carried, and rises whether the message gets through or not. What arrives nowhere is
// lost; every step takes at least a microsecond.
#pragma once

#include <array>
#include <cstdint>

#include "pki/draws.h"
#include "pki/time.h"
#include "sim/network/directory.h"
#include "sim/network/outage_rules.h"
#include "sim/prepayment/cover.h"
#include "sim/streams.h"

namespace meterbed {

/// User to DCC gateway, one way (ASSUMPTION).
inline constexpr Duration kUserLink = std::chrono::milliseconds{50};
/// From a hub to the WAN of its region.
inline constexpr Duration kHubToWan{1};

/// From a meter to its hub, where the hub looks for WAN: an answer is at the WAN when it would be anyway.
Duration to_hub(const Settings& settings, Generation generation);

/// What crosses the WAN of a home. Alerts have draws of their own beside these (`OutageDraws::message`).
enum class Carried : std::uint8_t { command, answer, instruction, instruction_answer };
inline constexpr std::size_t kCarriedKinds = 4;

/// How much of each kind has crossed the WAN of one home, lost or not.
using CarriedCounts = std::array<std::uint16_t, kCarriedKinds>;

/// The fate of the n-th message of a kind at a home, n from 0: none shifts the draws of another.
class CarriageDraws {
  public:
    explicit CarriageDraws(const Streams& streams);
    MessageDraw draw(std::int32_t home, Carried kind, std::uint32_t n) const {
        const Draws& draws = draws_[static_cast<std::size_t>(kind)];
        const auto entity = static_cast<std::uint64_t>(home);
        return {draws.uniform(entity, 4 * std::uint64_t{n}), draws.normal(entity, 2 * std::uint64_t{n} + 1)};
    }

  private:
    std::array<Draws, kCarriedKinds> draws_;
};

/// Whether the code of a top-up is made in the DSP: at meters of this kind.
bool code_needs_dsp(const Settings& settings, Generation generation);
/// Whether the WAN reaches the hub of a home now; asked in the order of time.
bool wan_reaches(const CoverDraws& draws, WanCover& cover, const Settings& settings, std::int32_t home,
                 Time now);

}  // namespace meterbed
