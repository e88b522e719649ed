// A SMETS1 meter: it speaks its maker's protocol to its S1SP, holds no SMKI certificate, and trusts whoever
// has its symmetric key (SEC Appendix AM; devices.md 9). Certificates are held for it by the S1SP and the
// DCO.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "devices/context.h"
#include "devices/enter_utrn.h"
#include "devices/gbcs/protection.h"
#include "devices/outage_clock.h"
#include "devices/prepayment/ledger.h"
#include "devices/supply_state.h"
#include "devices/top_up.h"

namespace meterbed {

/// One instruction in the maker's protocol, authenticated under the meter's key.
struct MakerInstruction {
    Eui64 meter;
    std::uint64_t sequence = 0;  ///< strictly rising
    std::string service;         ///< SRV it stands for, "7.2"
    gbcs::Mac tag{};
    std::string code{};  ///< 2.2: the digits to take (devices/maker_code.h)
    /// 1.2.1: price of a kWh and standing charge of a day, 10^-5 GBP; 1.6: prepayment::Mode.
    std::vector<std::int64_t> values{};
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
    void on_timer(std::uint64_t tag, Context& context);

    // Prepayment: the same ledger as behind an ESME. It begins with `arrange`, or in credit mode with a load.

    void arrange(prepayment::Plan plan, prepayment::Mode mode, std::int64_t balance, Context& context);
    void set_mode(prepayment::Mode mode, Context& context);
    /// 10^-5 GBP: of a kWh at all times, and a day; false when it charges nothing.
    bool set_prices(std::int32_t unit, std::int64_t standing_charge, Context& context);
    /// W; the meter is settled before.
    void set_load(std::uint32_t watts, Context& context);
    void settle(Context& context);
    UtrnOutcome enter_code(std::string_view code, UtrnOrigin origin, Context& context);
    void enable_locally(Context& context);
    bool activate_emergency_credit(Context& context);
    /// W; nothing before it meters.
    std::optional<std::uint32_t> load() const {
        return account_ ? std::optional(account_->load) : std::nullopt;
    }
    TopUps& top_ups() { return top_ups_; }
    /// Null before the first load or arrangement.
    const prepayment::Ledger* ledger() const { return account_ ? &account_->ledger : nullptr; }
    const prepayment::Plan& plan() const { return account_->plan; }

  private:
    struct Account {
        prepayment::Plan plan;
        prepayment::Ledger ledger;
        std::uint32_t load = 0;
        bool has_power = true;
        TimerId timer = 0;
        Time due{};  ///< of the timer
    };

    void act(SupplyEvent event, Context& context);
    bool configure(const MakerInstruction& instruction, Context& context);
    void go_to(SupplyState state, Context& context);
    void charge(std::uint32_t load, Context& context);
    void wait(Context& context);
    std::string_view refusal_of(std::string_view digits, UtrnOrigin origin, UtrnOutcome& outcome,
                                Context& context);
    void take_credit(UtrnOutcome& outcome, UtrnOrigin origin, Context& context);

    Eui64 id_;
    gbcs::SymmetricKey key_;
    std::uint64_t sequence_ = 0;
    SupplyState supply_ = SupplyState::Enabled;
    OutageClock outage_;
    std::optional<Account> account_;
    TopUps top_ups_;
};

/// Tags as the S1SP makes them and the meter checks them.
gbcs::Mac maker_tag(const gbcs::SymmetricKey& key, const MakerInstruction& instruction);
gbcs::Mac maker_tag(const gbcs::SymmetricKey& key, const MakerAnswer& answer);

}  // namespace meterbed
