// Payments of prepayment customers at their supplier: the code, the request, the text, the help line.
#include "devices/maker_code.h"
#include "sim/network/carriage.h"
#include "sim/network/user_desk.h"

namespace meterbed {
namespace {

constexpr std::string_view kTopUpService = "2.2";
constexpr std::uint32_t kPencePerPound = 100;

std::uint64_t packed(const std::pair<std::int32_t, std::uint32_t>& key) {
    return static_cast<std::uint64_t>(key.first) << 32 | key.second;
}
std::pair<std::int32_t, std::uint32_t> unpacked(std::uint64_t key) {
    return {static_cast<std::int32_t>(key >> 32), static_cast<std::uint32_t>(key & 0xFFFF'FFFF)};
}

}  // namespace

std::uint64_t UserDesk::next_utrn_counter(std::uint16_t user, Eui64 device) const {
    const auto last = utrn_counters_.find({user, device});
    return last == utrn_counters_.end() ? 1 : last->second + 1;
}

std::optional<std::string> UserDesk::make_utrn(std::uint16_t user, Eui64 device, std::uint64_t counter,
                                               const utrn::Value& value) {
    const Party& supplier = network_.directory.users.at(user);
    const auto& key = supplier.credentials.back().top_up;
    const DeviceEntry& meter = network_.directory.devices.at(device);
    if (!key || !meter.agreement_certificate) return std::nullopt;
    std::uint64_t& last = utrn_counters_[{user, device}];
    last = std::max(last, counter);
    const utrn::Binding binding{supplier.id, device, utrn::originator_counter(counter)};
    const SharedSecret& secret = network_.secrets.of(*key, meter.agreement_certificate->public_key);
    return utrn::write(utrn::make(binding, value, secret));
}

void UserDesk::plan(const VendKey& key, VendCase& vend) {
    if (vend.vend.wakes == vend.planned) return;
    vend.planned = vend.vend.wakes;
    ++vend.alarm;
    if (vend.planned != Time::max()) post(id_, vend.planned - now_, Alarm{vend_due, packed(key), vend.alarm});
}

void UserDesk::on(CustomerPays part) {
    const VendKey key{part.home, part.payment};
    const Home& home = network_.home(part.home);
    const Settings& settings = network_.settings;
    VendCase& vend = vends_[key];
    vend.channel = part.channel;
    vend.vend = begin_vend(settings, part.payment, part.pounds, code_needs_dsp(settings, home.generation),
                           settings.user_processing, now_);
    if (home.generation == Generation::SMETS2) {
        const utrn::Value value{utrn::ValueClass::pounds, part.pounds};
        vend.code = make_utrn(home.supplier, home.esme, part.payment, value).value();
    } else if (vend.vend.has_code) {
        vend.code = maker_code::make(maker_keys_.at(home.esme), home.esme, part.payment,
                                     part.pounds * kPencePerPound);
    } else if (settings.smets1_stand_in) {
        post(network_.s1sp, Duration{1}, StandInOrder{part.home, part.payment, part.pounds, now_});
    }
    if (is_on_receipt(vend.vend, vend.channel, now_)) tell_code(key, Way::receipt, vend.code, kFromDesk);
    plan(key, vend);
}

/// Of a SMETS1 meter: by way of the DSP, or from the stand-in; the same digits from both.
void UserDesk::on(CodeMade part) {
    const VendKey key{part.home, part.payment};
    const auto found = vends_.find(key);
    if (found == vends_.end() || found->second.vend.has_code) return;
    VendCase& vend = found->second;
    vend.code = std::move(part.code);
    code_made(vend.vend, network_.settings, now_);
    if (is_on_receipt(vend.vend, vend.channel, now_)) tell_code(key, Way::receipt, vend.code, kFromDesk);
    plan(key, vend);
}

void UserDesk::tell_code(const VendKey& key, Way way, std::string code, Duration delay) {
    post(network_.homes_of(key.first), delay, CodeTold{key.first, key.second, way, std::move(code)});
}

void UserDesk::on(HelpLineCalled part) {
    const Time answers = customers_.help_line_answers(part.home, part.payment, now_);
    post(id_, answers - now_, Alarm{help_line_due, packed({part.home, part.payment}), 0});
}

/// Who has none to tell says nothing, and the visit was in vain.
void UserDesk::on(EngineerAsks part) {
    const VendKey key{part.home, part.payment};
    if (const std::string& code = vends_.at(key).code; !code.empty())
        tell_code(key, Way::engineer, code, kFromDesk);
}

void UserDesk::on(Alarm part) {
    if (part.kind == notice_due)
        return send_notice({static_cast<std::int32_t>(part.a), static_cast<NoticeKind>(part.b)});
    const VendKey key = unpacked(part.a);
    VendCase& vend = vends_.at(key);
    if (part.kind == help_line_due) return tell_code(key, Way::help_line, vend.code, kFromDesk);
    if (part.b != vend.alarm) return;  // overtaken
    vend.planned = Time::max();
    const VendAct done = act(vend.vend, network_.settings, now_);
    if (done == VendAct::send_request) send_top_up(key, vend);
    if (done == VendAct::send_text) {
        Record& row = record("text sent");
        row.home = key.first;
        row.counter = key.second;
        tell_code(key, Way::text, vend.code, kTextDelivery);
    }
    plan(key, vend);
}

/// SRV 2.2: with the UTRN, the same each time, or for a SMETS1 meter with the amount.
void UserDesk::send_top_up(const VendKey& key, VendCase& vend) {
    const Home& home = network_.home(key.first);
    ServiceRequest request = of_supplier(network_.directory, kTopUpService, home, home.esme);
    if (home.generation == Generation::SMETS2) {
        request.body = std::make_shared<const duis::Element>(
            duis::branch("TopUpDevice", {duis::leaf("UTRN", vend.code)}));
    } else {
        request.top_up = TopUpOrder{key.second, vend.vend.pounds};
    }
    const RequestRef opened = open(std::move(request));
    vend_of_request_.emplace(opened->number, key);
    on(SendRequest{opened});
}

void UserDesk::vend_ended(std::uint32_t request, bool has_answer) {
    const auto found = vend_of_request_.find(request);
    if (found == vend_of_request_.end()) return;
    VendCase& vend = vends_.at(found->second);
    if (has_answer) {
        answered(vend.vend, now_);
    } else {
        timed_out(vend.vend, network_.settings, now_);
    }
    plan(found->second, vend);
}

}  // namespace meterbed
