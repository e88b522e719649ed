// What testers and customers do at the meters of a world: UTRNs, payments, loads, supply.
#include "devices/prepayment/advance.h"
#include "sim/errors.h"
#include "sim/world.h"

namespace meterbed {

const SharedSecret& World::top_up_secret(std::uint16_t user, Eui64 id) {
    alive();
    const Party& supplier = directory_.users.at(user);
    const auto& key = supplier.credentials.back().top_up;
    if (!key) throw BadRequest(supplier.name + " is no Supplier and has no key for top-ups");
    const Device* meter = device(id);
    if (meter == nullptr) throw BadRequest("a SMETS1 meter takes no UTRN of GBCS");
    return secrets_.of(*key, meter->identity().agreement);
}

std::string World::make_utrn(std::uint16_t user, Eui64 id, const utrn::Value& value) {
    static_cast<void>(top_up_secret(user, id));  // refuses whoever has none
    const Home& place = home_of(id);
    std::uint64_t counter = users_->next_utrn_counter(user, id);
    if (prepaid(place.number) != nullptr && id == place.esme) {
        // It takes the number of a payment, which is the counter of the UTRN.
        if (value.value_class != utrn::ValueClass::pounds)
            throw BadRequest("the customer of home " + std::to_string(place.number) + " pays whole pounds");
        counter = homes_of(place).count_payment(place.number, value.amount);
    }
    return users_->make_utrn(user, id, counter, value).value();
}

std::uint32_t World::pay(std::int32_t number, std::uint16_t pounds) {
    alive();
    const Home& place = home(number);
    if (prepaid(number) == nullptr)
        throw BadRequest("home " + std::to_string(number) + " has no prepayment customer");
    constexpr std::uint16_t kMost = 999;  // of the digits of a SMETS1 meter
    if (pounds == 0 || pounds > kMost) throw BadRequest("a payment is 1 to 999 pounds");
    return homes_of(place).pay(number, pounds, now());
}

const PrepaidHome* World::prepaid(std::int32_t number) const {
    const Home& place = home(number);
    return homes_of(place).prepaid(number);
}

Smets1Meter* World::smets1(Eui64 id) {
    const Home& place = home_of(id);
    return place.generation == Generation::SMETS1 ? homes_of(place).smets1(place.number) : nullptr;
}

namespace {

/// SMETS1 homes have no other device.
void must_meter(const Home& place, const Device* device, std::string_view what) {
    if (place.generation == Generation::SMETS1) return;
    if (device == nullptr || (device->type() != DeviceType::eSME && device->type() != DeviceType::gSME))
        throw BadRequest("only an electricity or gas meter " + std::string(what));
}

}  // namespace

void World::enter_utrn_at_ppmid(Eui64 ppmid, Eui64 id, std::string code) {
    alive();
    const Home& place = home_of(ppmid);
    if (place.ppmid != ppmid) throw BadRequest("only a PPMID hands a UTRN on");
    if (home_of(id).number != place.number) throw BadRequest("a PPMID tops up meters of its own home");
    must_meter(place, device(id), "takes a UTRN");
    homes_of(place).enter_utrn_at_ppmid(place.number, id, std::move(code), now());
}

std::optional<UtrnOutcome> World::enter_utrn(Eui64 id, std::string_view code) {
    alive();
    const Home& place = home_of(id);
    must_meter(place, device(id), "takes a UTRN");
    return homes_of(place).enter_utrn(place.number, id, code, now());
}

void World::set_load(Eui64 id, std::uint32_t watts) {
    alive();
    const Home& place = home_of(id);
    must_meter(place, device(id), "has a load and a supply to switch");
    if (prepaid(place.number) != nullptr && id == place.esme)
        throw BadRequest("the customer of home " + std::to_string(place.number) +
                         " decides what it uses: its load is not to be set");
    if (watts > prepayment::kMostLoad) throw BadRequest("a load is at most 100,000 W");
    homes_of(place).set_load(place.number, id, watts, now());
}

void World::settle(Eui64 id) {
    const Home& place = home_of(id);
    if (kernel_ && (device(id) != nullptr || place.generation == Generation::SMETS1))
        homes_of(place).settle(place.number, id, now());
}

void World::enable_supply(Eui64 id) {
    alive();
    const Home& place = home_of(id);
    must_meter(place, device(id), "has a load and a supply to switch");
    homes_of(place).enable_supply(place.number, id, now());
}

bool World::activate_emergency_credit(Eui64 id) {
    alive();
    const Home& place = home_of(id);
    must_meter(place, device(id), "has a load and a supply to switch");
    return homes_of(place).activate_emergency_credit(place.number, id, now());
}

}  // namespace meterbed
