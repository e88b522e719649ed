// The users: they send requests, correlate and sign Pre-Commands, check what comes back, and try to repair.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/network/network.h"

namespace meterbed {

/// How far a request has come.
struct Ticket {
    RequestRef request;
    Time sent_at;
    std::optional<Time> done_at;
    std::string_view code;    ///< response code once done: I0, or an error
    std::string_view detail;  ///< gate that refused, or the status code of a replacement that failed
    Bytes response;           ///< the device's message
    bool done() const { return done_at.has_value(); }
    /// A response came and reports no failure.
    bool succeeded() const { return done() && code == "I0" && detail.empty(); }
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

class UserDesk final : public RecordingStation {
  public:
    explicit UserDesk(Network& network) : RecordingStation("users", network) {}

    void handle(Parcel parcel, Time now) override;

    /// Gives the request its number and counter. It is sent when the `SendRequest` parcel comes.
    RequestRef open(ServiceRequest request);
    /// The user's signature under a command, with the keys by which the device knows the user.
    void sign(const ServiceRequest& request, gbcs::Message& message) const;
    std::uint32_t open(Repair repair);
    const Ticket& ticket(std::uint32_t number) const { return tickets_.at(number - 1); }
    const std::deque<Ticket>& tickets() const { return tickets_; }
    const std::vector<Repair>& repairs() const { return repairs_; }

    void on(SendRequest part);
    void on(PreCommandReturned part);
    void on(ResponseReturned part);
    void on(AlertReturned part);
    void on(CredentialsChanged part);
    void on(DccAlertReturned part);
    void on(RepairOrder part);

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

    std::deque<Ticket> tickets_;  // a ticket stays where it is while others are opened
    std::vector<Repair> repairs_;
    std::unordered_map<std::uint32_t, std::uint32_t> repair_of_request_;
    /// (user, device) -> credential set that stands on the device; absent means the first.
    std::unordered_map<std::uint16_t, std::unordered_map<Eui64, std::size_t>> placed_;
};

}  // namespace meterbed
