#include "sim/scenario/promote.h"

#include "sim/errors.h"
#include "sim/network/dcc_identity.h"
#include "sim/scenario/fleet_run.h"
#include "sim/scenario/prepayment.h"
#include "sim/scenario/story.h"

namespace meterbed::scenario {

Fleet::Fleet(const Scenario& scenario, const Variant& variant, std::uint64_t repeat)
    : scenario_(scenario), settings_(variant.settings), repeat_(repeat), now_(scenario.start) {
    if (scenario.scale != Scale::fleet) throw BadRequest("a fleet needs a scenario with run: {scale: fleet}");
    if (prepays(scenario)) throw BadRequest("a fleet of prepayment meters cannot be stepped by hand");
    const Streams streams{scenario.seed, repeat};
    model_ = std::make_unique<fleet::OutageModel>(fleet_part(scenario_, settings_, streams, std::nullopt),
                                                  settings_, streams, scenario.start);
}

void Fleet::run_until(Time until) {
    if (until < now_)
        throw BadRequest("cannot run to " + to_text(until) + ": it is already " + to_text(now_));
    model_->run_until(until);
    now_ = until;
}

std::unique_ptr<World> Fleet::promote(std::int32_t number, KernelMaker kernel) const {
    const HomeState state = model_->state_of(number);
    const fleet::HomeParties parties = model_->parties_of(number);
    WorldOptions options;
    options.seed = scenario_.seed;
    options.run = repeat_;
    options.start = now_;
    options.settings = settings_;
    options.kernel = kernel;
    options.first_home = number;
    auto world = std::make_unique<World>(options);
    add_users(scenario_, *world);
    HomeOptions home;
    home.site = model_->network().site(number);
    home.supplier = parties.supplier;
    home.network_operator = parties.network_operator;
    home.dcc_controlled = parties.holder == kAccessControlBroker;
    if (!home.dcc_controlled)
        home.wrong_operator = static_cast<std::uint16_t>(parties.holder.value - organisation_id(0).value);
    world->add_home(home);
    world->resume(number, state);
    return world;
}

}  // namespace meterbed::scenario
