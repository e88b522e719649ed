// A world: alive from its start to its end. Everything in it is made and asked for here.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pki/authority.h"
#include "sim/home_state.h"
#include "sim/kernel.h"
#include "sim/metrics/prepayments.h"
#include "sim/network/dcc.h"
#include "sim/network/homes.h"
#include "sim/network/network.h"
#include "sim/network/s1sp.h"
#include "sim/network/user_desk.h"
#include "sim/network/wan.h"
#include "sim/record.h"
#include "sim/settings.h"

namespace meterbed {

/// Makes the kernel a world runs on, standing at the given time.
using KernelMaker = std::unique_ptr<Kernel> (*)(Time start);

struct WorldOptions {
    std::uint64_t seed = 0;
    std::uint64_t run = 0;  ///< number of the repeat: streams are drawn per (seed, run, name)
    Time start;
    Settings settings;
    KernelMaker kernel = make_plain_kernel;
    std::int32_t first_home = 0;  ///< number of the first home
    /// Of the run as planned: homes that lose their WAN lose it within. Matters to prepayment only.
    Duration length = std::chrono::days{28};
};

struct HomeOptions {
    Generation generation = Generation::SMETS2;
    Site site;
    std::uint16_t supplier = 0;
    std::uint16_t network_operator = 0;
    bool gas = false;
    bool ppmid = false;
    bool dcc_controlled = false;                  ///< network operator cells hold the ACB's certificates
    std::optional<std::uint16_t> wrong_operator;  ///< network operator cells hold this user's from the start
    /// A customer who prepays lives there (sim/prepayment), from this moment on.
    bool prepayment = false;
    std::shared_ptr<const Profiles> profiles = nullptr;  ///< of consumption; null: drawn
};

/// Whose certificates a request shall carry, and what the story calls that choice.
struct CertificatesOf {
    std::uint16_t owner = 0;
    RemotePartyRole role = RemotePartyRole::networkOperator;
    std::string_view choice;  ///< a constant: "right", "wrong", "transfer" or empty
};

struct RequestOptions {
    std::uint16_t user = 0;
    std::string service;
    Eui64 device;
    std::string step;
    std::optional<CertificatesOf> certificates;           ///< 6.15.1, 6.21
    std::vector<RemotePartyRole> roles;                   ///< 6.24.1; empty: the sender's own role
    std::shared_ptr<const duis::Element> body = nullptr;  ///< of DUIS; services without parameters need none
    /// Instead of the owner's own: for signing, key agreement, top-up, and the path. Without an owner they
    /// are the sender's.
    std::vector<CertificateRef> replacements{}, path{};
};

struct RepairOptions {
    std::int32_t home = kNoHome;
    std::uint16_t right = 0;
    std::vector<std::string> routes;
    std::string step;
};

class World {
  public:
    explicit World(const WorldOptions& options);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    // What there is. Throws BadRequest for a name that is taken or unknown, WorldEnded after `finish`.
    std::uint16_t add_user(const std::string& name, gbcs::EnumSet<UserRole> roles);
    const Home& add_home(const HomeOptions& options);
    /// Fresh keys and certificates for the user; later requests place these.
    void renew(std::uint16_t user);
    const Directory& directory() const { return directory_; }
    std::uint16_t user(std::string_view name) const;
    const Home& home(std::int32_t number) const;
    const Home& home_of(Eui64 device) const;

    // What happens. `at` must not lie before the present.
    std::uint32_t request(const RequestOptions& options, Time at);
    std::uint32_t repair(const RepairOptions& options, Time at);
    /// The supply of one home, switched by hand: a cut of its own.
    void power(std::int32_t home, bool on, Time at);
    /// Its homes exist already. Cuts are numbered from 1 in the order of their start.
    void cut(PowerCut cut);
    /// Carries on with a SMETS2 home that has just been added, from a state of this moment.
    void resume(std::int32_t home, const HomeState& state);
    /// The DCC knows of it from its start on. What a meter does to its hub's power is a cut.
    void firmware_job(const FirmwareJob& job);
    /// "DCC" or the name of a region.
    void outage(const std::string& what, bool begins, Time at);
    void change_registration(std::int32_t home, std::uint16_t network_operator, Time at);

    /// The test SMKI of this world. What it issues on request stands in no repository until it is published.
    Authority& authority() { return authority_; }
    /// Enters a certificate in the SMKI repository as In use.
    void publish(const CertificateRef& certificate);
    /// The command a request would become, signed and with its MACs. It is not sent, and no gate looks at it.
    Bytes make_command(const RequestOptions& options);

    /// Hands octets to a GBCS device at this moment, as if its hub had. What it did with them: its new
    /// records.
    std::vector<std::pair<std::string, std::string>> deliver(Eui64 device, ByteView message);
    /// A UTRN of this user, a Supplier, for a device: made with its own top-up key, with a counter higher
    /// than before.
    std::string make_utrn(std::uint16_t user, Eui64 device, const utrn::Value& value);
    /// The prepayment customer of a home pays now, whatever the habit; the number of the payment.
    std::uint32_t pay(std::int32_t home, std::uint16_t pounds);
    /// Null when no customer prepays there.
    const PrepaidHome* prepaid(std::int32_t home) const;
    /// Types a UTRN at the keypad of an ESME or GSME now. Nothing when the meter has no power.
    std::optional<UtrnOutcome> enter_utrn(Eui64 device, std::string_view code);
    /// Types a UTRN at a PPMID now, for a meter of its home. What the meter does with it, its records tell.
    void enter_utrn_at_ppmid(Eui64 ppmid, Eui64 meter, std::string code);
    /// The secret of this user's top-up key, a Supplier's, and the key of a device: what UTRNs are made with.
    const SharedSecret& top_up_secret(std::uint16_t user, Eui64 device);
    /// Consumption at an ESME or GSME from now on, W, while its supply is enabled; its prepayment ledger
    /// begins with the first.
    void set_load(Eui64 device, std::uint32_t watts);
    /// Brings the registers of a meter that meters to now; does nothing for other devices.
    void settle(Eui64 device);
    /// The customer at an ESME or GSME, now: switches an armed supply on; takes emergency credit, false when
    /// none is on offer.
    void enable_supply(Eui64 device);
    bool activate_emergency_credit(Eui64 device);
    /// Makes an event of GBCS 16 happen on a GBCS device now; false when there is no such code.
    bool raise(Eui64 device, std::uint16_t code);
    /// The GBCS command of a request while it is on its way to the device; empty before and after.
    Bytes command(std::uint32_t ticket) const;

    // Time.
    Time now() const { return kernel_ ? kernel_->now() : ended_at_; }
    void run_until(Time until);
    /// Runs to the next parcel that is due, at most to `limit`; false when none was due by then.
    bool step(Time limit);
    bool run_until_done(std::uint32_t ticket, Time limit);

    // What came of it.
    const Ticket& ticket(std::uint32_t number) const;
    const UserDesk& desk() const { return *users_; }
    const Settings& settings() const { return settings_; }
    const Streams& streams() const { return network_.streams; }
    const Registration& registration() const { return dcc_->registration; }
    /// Null for SMETS1 meters and unknown devices.
    Device* device(Eui64 id);
    /// Who stands in the network operator signing cell (or the S1SP's record): the truth of the device, not a
    /// view of it.
    Eui64 network_operator_of(std::int32_t home) const;
    /// By number of the home.
    std::vector<Site> sites() const;
    /// Those with a prepayment customer, ascending.
    std::vector<PrepayHomeRow> prepay_homes() const;
    /// Those of them whose money is not conserved to the last part (sim/prepayment/audit.h), ascending.
    std::vector<std::int32_t> unbalanced();
    /// Null for GBCS meters.
    Smets1Meter* smets1(Eui64 id);
    /// Everything that happened so far.
    Records records() const;
    /// Ends the world, lets its kernel go and hands over its records.
    Records finish();

  private:
    void add_dcc_parties();
    Party make_party(const std::string& name, RemotePartyRole role, std::uint64_t id);
    void add_devices(const HomeOptions& options, Home& home);
    void fill_cells(Device& device, const HomeOptions& options);
    const CertificateRef& certificate_for(const Cell& cell, const HomeOptions& options) const;
    void begin_prepayment(const HomeOptions& options, const Home& home);
    void tell_no_wan(const Home& home, Time installed);
    std::shared_ptr<const Consumption> consumption_of(const std::shared_ptr<const Profiles>& profiles);
    Homes& homes_of(const Home& home) { return *homes_[static_cast<std::size_t>(home.site.region)]; }
    const Homes& homes_of(const Home& home) const {
        return *homes_[static_cast<std::size_t>(home.site.region)];
    }
    ServiceRequest service_request(const RequestOptions& options);
    void in_future(Time at) const;
    void alive() const;

    Settings settings_;
    Time start_;
    Words words_;
    Directory directory_;
    gbcs::SharedSecrets secrets_;
    std::unique_ptr<Kernel> kernel_;
    Network network_;
    Authority authority_;
    std::unique_ptr<UserDesk> users_;
    std::unique_ptr<Dcc> dcc_;
    std::unique_ptr<S1sp> s1sp_;
    std::array<std::unique_ptr<Wan>, 3> wan_;
    std::array<std::unique_ptr<Homes>, 3> homes_;
    Duration length_;
    /// One of each table of half-hours, and one without.
    std::vector<std::pair<std::shared_ptr<const Profiles>, std::shared_ptr<const Consumption>>> consumptions_;
    std::uint32_t last_cut_ = 0;
    Time ended_at_{};
};

}  // namespace meterbed
