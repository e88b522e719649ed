// The users: they send requests, correlate and sign Pre-Commands, check what comes back, and try to repair.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "devices/utrn.h"
#include "sim/network/network.h"
#include "sim/prepayment/vend.h"

namespace meterbed {

/// How far a request has come.
struct Ticket {
    RequestRef request;
    Time sent_at;
    std::optional<Time> done_at;
    std::string_view code;    ///< response code once done: I0 (I99 by the DCC alone), or an error
    std::string_view detail;  ///< gate that refused, or the status code of a replacement that failed
    Bytes response;           ///< the device's message
    std::shared_ptr<const duis::Element> answer = nullptr;  ///< of the DCC, where it answers alone with data
    bool done() const { return done_at.has_value(); }
    /// A response came and reports no failure.
    bool succeeded() const { return done() && (code == "I0" || code == "I99") && detail.empty(); }
};

/// One home whose cells somebody tries to put right.
struct Repair {
    std::int32_t home = kNoHome;
    Eui64 device;
    RemotePartyRole role = RemotePartyRole::networkOperator;
    std::uint16_t right = 0;              ///< user who should hold the cells
    std::optional<std::uint16_t> holder;  ///< user whose certificates stand there
    std::uint16_t supplier = 0;
    std::vector<std::string> routes;  ///< in the order in which they are tried
    Word step = 0;
    Time began{};
    std::size_t tried = 0;  ///< routes tried so far
    bool done = false;
};

/// What the supplier of a home asks of one of its devices, without a body yet.
ServiceRequest of_supplier(const Directory& directory, std::string_view service, const Home& home,
                           Eui64 target);

class UserDesk final : public RecordingStation {
  public:
    explicit UserDesk(Network& network)
        : RecordingStation("users", network), customers_(network.settings, network.streams) {}

    void handle(Parcel parcel, Time now) override;

    /// Gives the request its number and counter. It is sent when the `SendRequest` parcel comes.
    RequestRef open(ServiceRequest request);
    /// The user's signature under a command, with the keys by which the device knows the user.
    void sign(const ServiceRequest& request, gbcs::Message& message) const;
    std::uint32_t open(Repair repair);
    const Ticket& ticket(std::uint32_t number) const { return tickets_.at(number - 1); }
    const std::deque<Ticket>& tickets() const { return tickets_; }
    const std::vector<Repair>& repairs() const { return repairs_; }

    /// A UTRN of this user, a Supplier, for a device: with its own top-up key. Nothing when it has none.
    std::optional<std::string> make_utrn(std::uint16_t user, Eui64 device, std::uint64_t counter,
                                         const utrn::Value& value);
    /// The counter after the last one of this Supplier for this device.
    std::uint64_t next_utrn_counter(std::uint16_t user, Eui64 device) const;
    /// Only for suppliers that make the codes of SMETS1 meters by themselves, which is a fault.
    void hold_key(Eui64 meter, const gbcs::SymmetricKey& key) { maker_keys_.emplace(meter, key); }

    void on(SendRequest part);
    void on(PreCommandReturned part);
    void on(ResponseReturned part);
    void on(AlertReturned part);
    void on(CredentialsChanged part);
    void on(DccAlertReturned part);
    void on(RepairOrder part);
    void on(CustomerPays part);
    void on(HelpLineCalled part);
    void on(EngineerAsks part);
    void on(CodeMade part);
    void on(NoticeDecided part);
    void on(Alarm part);

  private:
    Party& sender(const ServiceRequest& request) { return network_.directory.users[request.user]; }
    /// The keys under which the device knows the party, as far as the party knows.
    const CredentialSet& keys_on_device(std::uint16_t user, Eui64 device) const;
    bool made_for(const ServiceRequest& request, const gbcs::Message& message,
                  const DeviceEntry& device) const;
    std::string_view outcome(const ServiceRequest& request, const Bytes& payload) const;
    void complete(Ticket& ticket, std::string_view code, std::string_view detail);
    void next_route(std::uint32_t repair);
    void route_ended(std::uint32_t repair, bool succeeded);

    // user_desk_vends.cpp
    enum AlarmKind : std::uint32_t { vend_due, help_line_due, notice_due };
    /// A payment of a customer, until the end.
    struct VendCase {
        Vend vend;
        Channel channel = Channel::shop;
        std::string code;            ///< empty while there is none
        Time planned = Time::max();  ///< of its alarm ...
        std::uint64_t alarm = 0;     ///< ... and its number: older ones are overtaken
    };
    using VendKey = std::pair<std::int32_t, std::uint32_t>;  ///< home, payment
    void plan(const VendKey& key, VendCase& vend);
    void send_top_up(const VendKey& key, VendCase& vend);
    void tell_code(const VendKey& key, Way way, std::string code, Duration delay);
    void vend_ended(std::uint32_t request, bool answered);

    // user_desk_notices.cpp
    using NoticeKey = std::pair<std::int32_t, NoticeKind>;
    void plan(const NoticeKey& key);
    void send_notice(const NoticeKey& key);
    void notice_ended(std::uint32_t request, bool succeeded);

    CustomerRules customers_;
    std::map<VendKey, VendCase> vends_;
    std::unordered_map<std::uint32_t, VendKey> vend_of_request_;
    std::map<NoticeKey, Notice> notices_;
    std::unordered_map<std::uint32_t, NoticeKey> notice_of_request_;
    std::map<std::pair<std::uint16_t, Eui64>, std::uint64_t> utrn_counters_;  ///< the last ones
    std::unordered_map<Eui64, gbcs::SymmetricKey> maker_keys_;

    std::deque<Ticket> tickets_;  // a ticket stays where it is while others are opened
    std::vector<Repair> repairs_;
    std::unordered_map<std::uint32_t, std::uint32_t> repair_of_request_;
    /// (user, device) -> credential set that stands on the device; absent means the first.
    std::unordered_map<std::uint16_t, std::unordered_map<Eui64, std::size_t>> placed_;
};

}  // namespace meterbed
