// What the supplier tells prepayment meters besides top-ups: the request, and its repetition.
#include "devices/prepayment/ledger.h"
#include "sim/network/carriage.h"
#include "sim/network/user_desk.h"
#include "sim/prepayment/tariff.h"

namespace meterbed {
namespace {

using duis::branch;
using duis::Element;

Element number(std::string name, std::int64_t value) {
    return duis::leaf(std::move(name), std::to_string(value));
}

/// One price at all times, from now on: register 1, as the meter was made with.
Element price_body(const ToldPrices& prices) {
    Element price = number("TOUPrice", prices.unit.amount);
    price.attributes = {{"index", "1"}};
    return branch("UpdatePricePrimaryElement",
                  {branch("PriceElements", {branch("ElectricityPriceElements",
                                                   {number("StandingCharge", prices.standing.amount),
                                                    number("StandingChargeScale", prices.standing.scale),
                                                    number("PriceScale", prices.unit.scale),
                                                    branch("TOUTariff", {std::move(price)})})})});
}

Element body_of(NoticeKind kind, const Settings& settings) {
    if (kind == NoticeKind::price) return price_body(told_prices(settings));
    return branch("UpdatePaymentMode", {branch("Credit", {})});
}

std::vector<std::int64_t> values_of(NoticeKind kind, const Settings& settings) {
    if (kind == NoticeKind::credit_mode) return {static_cast<std::int64_t>(prepayment::Mode::credit)};
    const ToldPrices prices = told_prices(settings);
    return {prices.unit.units(), prices.standing.units()};
}

}  // namespace

void UserDesk::on(NoticeDecided part) {
    const NoticeKey key{part.home, part.kind};
    notices_[key] = begin_notice(network_.settings, part.kind, now_);
    plan(key);
}

void UserDesk::plan(const NoticeKey& key) {
    const Time wakes = notices_.at(key).wakes;
    if (wakes == Time::max()) return;
    post(id_, wakes - now_,
         Alarm{notice_due, static_cast<std::uint64_t>(key.first), static_cast<std::uint64_t>(key.second)});
}

void UserDesk::send_notice(const NoticeKey& key) {
    const auto& [number, kind] = key;
    const Home& home = network_.home(number);
    ServiceRequest request =
        of_supplier(network_.directory, kNoticeServices[static_cast<std::size_t>(kind)], home, home.esme);
    if (home.generation == Generation::SMETS2) {
        request.body = std::make_shared<const Element>(body_of(kind, network_.settings));
    } else {
        request.values = values_of(kind, network_.settings);
    }
    request_sent(notices_.at(key));
    const RequestRef opened = open(std::move(request));
    notice_of_request_.emplace(opened->number, key);
    on(SendRequest{opened});
}

void UserDesk::notice_ended(std::uint32_t request, bool succeeded) {
    const auto found = notice_of_request_.find(request);
    if (found == notice_of_request_.end()) return;
    Notice& notice = notices_.at(found->second);
    if (succeeded) {
        confirmed(notice);
    } else {
        not_confirmed(notice, network_.settings, now_);
    }
    plan(found->second);
}

}  // namespace meterbed
