// A SMETS1 meter: it speaks its maker's protocol to its S1SP, holds no SMKI certificate, and trusts whoever
// has its symmetric key (SEC Appendix AM; devices.md 9). Certificates are held for it by the S1SP and the
// DCO.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "devices/context.h"
#include "devices/gbcs/protection.h"
#include "devices/outage_clock.h"
#include "devices/supply_state.h"

namespace meterbed {

/// One instruction in the maker's protocol, authenticated under the meter's key.
struct MakerInstruction {
    Eui64 meter;
    std::uint64_t sequence = 0;  ///< strictly rising
    std::string service;         ///< SRV it stands for, "7.2"
    gbcs::Mac tag{};
};

struct MakerAnswer {
    Eui64 meter;
    std::uint64_t sequence = 0;
    bool success = false;
    Bytes data;  ///< what was read
    gbcs::Mac tag{};
};

class Smets1Meter {
  public:
    Smets1Meter(Eui64 id, gbcs::SymmetricKey key);

    Eui64 id() const { return id_; }
    /// Nothing when the tag is wrong or the sequence is old: the meter stays silent.
    std::optional<MakerAnswer> execute(const MakerInstruction& instruction, Context& context);
    void power(bool on, Context& context);
    SupplyState supply() const { return supply_; }

  private:
    Eui64 id_;
    gbcs::SymmetricKey key_;
    std::uint64_t sequence_ = 0;
    SupplyState supply_ = SupplyState::Enabled;
    OutageClock outage_;
};

/// Tags as the S1SP makes them and the meter checks them.
gbcs::Mac maker_tag(const gbcs::SymmetricKey& key, const MakerInstruction& instruction);
gbcs::Mac maker_tag(const gbcs::SymmetricKey& key, const MakerAnswer& answer);

}  // namespace meterbed
