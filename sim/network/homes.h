// The homes of one CSP region: hubs, HAN, devices, mains power.
#pragma once

#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "devices/enter_utrn.h"
#include "devices/smets1_meter.h"
#include "sim/home_state.h"
#include "sim/network/network.h"
#include "sim/network/outage_rules.h"
#include "sim/network/prepaid_home.h"
#include "sim/prepayment/notice.h"

namespace meterbed {

/// What is recorded of a cut at each of its homes.
struct CutTag {
    std::uint32_t number = 0;
    CutCause cause = CutCause::network;
    Word step = 0;
};

/// What stands in one home.
struct HomeEquipment {
    std::vector<std::unique_ptr<Device>> devices;  ///< CHF first
    std::unique_ptr<Smets1Meter> smets1;
    HubSupply hub;
    Duration gsme_wake_phase{};
    Random random;
    CutDepth cuts{};
    CutTag first_cut{};         ///< of those that last
    bool switched_off = false;  ///< by hand
    std::unique_ptr<PrepaidHome> prepaid{};
};

class Homes final : public RecordingStation {
  public:
    Homes(Region region, Network& network);

    void handle(Parcel parcel, Time now) override;
    void add(std::int32_t home, HomeEquipment equipment) {
        equipment.hub = full(hub_rules_);
        equipment_.emplace(home, std::move(equipment));
    }
    /// Null when the home has no such GBCS device.
    Device* device(std::int32_t home, Eui64 id);
    const Device* device(std::int32_t home, Eui64 id) const;

    /// Hands octets to a device at this moment, as if a hub had; what comes of it is in the records.
    void deliver(std::int32_t home, Eui64 device, ByteView message, Time now);

    /// Types a UTRN at the keypad of a meter. Nothing when the meter has no power.
    std::optional<UtrnOutcome> enter_utrn(std::int32_t home, Eui64 device, std::string_view code, Time now);
    /// Consumption at a meter from now on, W. Its ledger begins with the first
    /// (devices/prepayment/metering.h).
    void set_load(std::int32_t home, Eui64 device, std::uint32_t watts, Time now);
    /// Brings the registers of a meter that meters to now.
    void settle(std::int32_t home, Eui64 device, Time now);
    /// A customer at the meter: switches an armed supply on; takes emergency credit that is on offer.
    void enable_supply(std::int32_t home, Eui64 device, Time now);
    bool activate_emergency_credit(std::int32_t home, Eui64 device, Time now);

    /// A UTRN typed at a PPMID sets out for the meter over the HAN; a gas meter takes it when it wakes.
    void enter_utrn_at_ppmid(std::int32_t home, Eui64 meter, std::string code, Time now);

    /// From now on there is a customer behind the electricity meter, which is set up for prepayment.
    void begin_prepayment(std::int32_t home, std::unique_ptr<PrepaidHome> prepaid, Time now);
    /// Null for homes whose electricity meter has no customer.
    const PrepaidHome* prepaid(std::int32_t home) const;
    /// The customer pays now; the number of the payment.
    std::uint32_t pay(std::int32_t home, std::uint16_t pounds, Time now);
    /// Takes the number of a payment for a top-up that somebody else makes.
    std::uint32_t count_payment(std::int32_t home, std::uint16_t pounds);
    /// Whether its money is conserved: settled and audited now.
    bool balances(std::int32_t home, Time now);
    /// Null for GBCS meters.
    Smets1Meter* smets1(std::int32_t home) { return at(home).smets1.get(); }

    /// Makes an event of GBCS 16 happen on a device; false when there is no such code.
    bool raise(std::int32_t home, Eui64 device, std::uint16_t code, Time now);

    /// Carries on with a home from a state of this moment.
    void resume(std::int32_t home, const HomeState& state, Time now);

    void on(Downlink part);
    void on(HanCarried part);
    void on(CodeCarried part);
    void on(InstructionCarried part);
    void on(InstructionAnswered part);
    void on(PowerChange part);
    void on(CutChange part);
    void on(ReportAnswered part);
    void on(CodeTold part);
    void on(Alarm part);

  private:
    friend class HomeContext;

    HomeEquipment& at(std::int32_t home) { return equipment_.at(home); }
    /// Why the hub carries nothing now; empty when it does.
    std::string_view hub_silent(const HomeEquipment& equipment) const;
    Duration han_delay(std::int32_t home, const HomeEquipment& equipment, Eui64 device) const;
    void lose(std::int32_t home, Eui64 device, std::string_view what, std::string_view why,
              std::uint32_t request);
    void keep(const Note& note, std::int32_t home, std::uint32_t request);
    void carry_out(HanCarried part);
    void supply(std::int32_t home, bool on);

    // homes_supply.cpp
    void note_cut(const CutTag& cut, double premises);
    void cut_off(std::int32_t home, const CutTag& cut);
    void bring_back(std::int32_t home, const CutTag& cut);
    Record& hub_record(std::string_view what, std::int32_t home);
    void note_mains(std::string_view what, std::int32_t home, const CutTag& cut);
    void note_unreported(std::int32_t home, std::string_view why);
    void report(std::int32_t home, std::uint16_t loss);

    // homes_prepayment.cpp
    Eui64 meter_of(std::int32_t home) const { return network_.home(home).esme; }
    bool is_cut_off_by_han(std::int32_t home, Eui64 device);
    prepayment::Ledger ledger_of(std::int32_t home);
    const prepayment::Plan& plan_of(std::int32_t home);
    void settle_meter(std::int32_t home);
    MeterView look_at_meter(std::int32_t home);
    void plan_customer(std::int32_t home);
    void customer_wakes(std::int32_t home);
    void perform(Act act, std::int32_t home);
    void pay_in(std::int32_t home);
    void let_engineer_in(std::int32_t home);
    void type_code(std::int32_t home);
    void next_load(std::int32_t home);
    void look_for_wan(std::int32_t home);
    void set_mode(std::int32_t home, prepayment::Mode mode);
    void tell_customer(const Note& note, std::int32_t home, UtrnOrigin origin);
    void top_up_noted(const Note& note, std::int32_t home, UtrnOrigin origin);
    // homes_notices.cpp
    void wait_for_decision(std::int32_t home);
    void decide(std::int32_t home);
    prepayment::Plan held_plan(std::int32_t home);
    void look_at_prices(std::int32_t home);
    void told_mode(std::int32_t home, prepayment::Mode mode);
    void command_noted(gbcs::MessageCode code, std::int32_t home);
    void instruction_done(const MakerInstruction& instruction, std::int32_t home);
    Record& customer_record(std::string_view what, std::int32_t home);

    // homes_buffer.cpp
    bool may_hold(std::int32_t home);
    void leave(std::int32_t home, Outgoing message);
    void send_out(std::int32_t home, Outgoing message);
    void note_report(std::string_view what, std::int32_t home, const Held<Outgoing>& report);
    void look_for_release(std::int32_t home);

    enum AlarmKind : std::uint32_t {
        device_timer,
        report_due_alarm,
        customer_alarm,
        load_alarm,
        fallback_alarm,
        notice_alarm,
        release_alarm
    };

    std::unordered_map<std::int32_t, HomeEquipment> equipment_;
    struct Timer {
        std::int32_t home;
        Eui64 device;
        std::uint64_t tag;
    };
    std::unordered_map<TimerId, Timer> timers_;
    TimerId next_timer_ = 1;
    OutageDraws draws_;
    HubRules hub_rules_;
    CustomerRules customers_;
    CoverDraws cover_draws_;
    NoticeRules notices_;
    UtrnOrigin origin_ = UtrnOrigin::remote;  ///< of what is entered now
};

}  // namespace meterbed
