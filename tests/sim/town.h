// A small town for tests: a supplier, two network operators, homes.
#pragma once

#include "sim/systemc/systemc_kernel.h"
#include "sim/world.h"

namespace meterbed::testing {

inline constexpr Time kStart = std::chrono::sys_days{std::chrono::year{2020} / 3 / 2} + std::chrono::hours{6};

/// No loss unless a test asks for it, so that every count is exact.
inline WorldOptions quiet(std::uint64_t seed = 1) {
    WorldOptions options;
    options.seed = seed;
    options.start = kStart;
    options.settings.wan_loss = 0;
    options.settings.outage_alert_delivery_north = 1;
    options.settings.outage_alert_delivery_central = 1;
    options.settings.outage_alert_delivery_south = 1;
    return options;
}

struct Town {
    explicit Town(const WorldOptions& options = quiet()) : world(options) {
        supplier = world.add_user("supplier-a", {UserRole::IS, UserRole::GS});
        right = world.add_user("east-midlands", {UserRole::ED, UserRole::GT});
        wrong = world.add_user("eastern", {UserRole::ED, UserRole::GT});
    }

    Home home(Generation generation = Generation::SMETS2) {
        HomeOptions options;
        options.generation = generation;
        options.supplier = supplier;
        options.network_operator = right;
        options.gas = generation == Generation::SMETS2;
        return world.add_home(options);
    }

    /// Homes that differ from others by their site.
    Home home(const Site& site) {
        HomeOptions options;
        options.site = site;
        options.supplier = supplier;
        options.network_operator = right;
        return world.add_home(options);
    }

    /// A new home whose cells the DCC still holds.
    Home dcc_controlled_home() {
        HomeOptions options;
        options.supplier = supplier;
        options.network_operator = right;
        options.dcc_controlled = true;
        return world.add_home(options);
    }

    /// Sends, and runs until it is done or a day has passed.
    const Ticket& ask(std::uint16_t user, const std::string& service, Eui64 device,
                      std::optional<CertificatesOf> certificates = {}) {
        const std::uint32_t number =
            world.request({user, service, device, "", certificates, {}}, world.now());
        world.run_until_done(number, world.now() + std::chrono::hours{24});
        return world.ticket(number);
    }

    const Ticket& place(std::uint16_t by, std::uint16_t owner, Eui64 device,
                        const std::string& service = "6.15.1") {
        return ask(by, service, device, CertificatesOf{owner, RemotePartyRole::networkOperator, {}});
    }

    Eui64 id(std::uint16_t user) const { return world.directory().users[user].id; }

    /// Records of this kind so far.
    std::size_t count(std::string_view what, std::string_view code = "*") const {
        const Records records = world.records();
        std::size_t n = 0;
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (records.text(records.what[i]) == what &&
                (code == "*" || records.text(records.code[i]) == code))
                ++n;
        }
        return n;
    }

    World world;
    std::uint16_t supplier = 0, right = 0, wrong = 0;
};

}  // namespace meterbed::testing
