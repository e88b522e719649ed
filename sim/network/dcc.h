// The DCC: admission, Transform, the Access Control Broker's MAC, delivery with retries, routing of answers
// and alerts.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "sim/network/network.h"
#include "sim/network/outage_rules.h"
#include "sim/prepayment/dsp_turns.h"
#include "sim/services/gates.h"

namespace meterbed {

class Dcc final : public RecordingStation {
  public:
    explicit Dcc(Network& network)
        : RecordingStation("DCC", network),
          dsp_(network.settings),
          alert_rules_(dcc_alert_rules(network.settings)) {}

    void handle(Parcel parcel, Time now) override;

    Registration registration;
    Inventory inventory;
    /// Whom the DCC believes to stand in the network operator cells of a device: from responses, never from
    /// the device.
    const std::unordered_map<Eui64, Eui64>& recorded_network_operator() const { return recorded_operator_; }
    /// A home joins: registration data name its parties, and the DCC notes whose certificates its meter was
    /// installed with.
    void enlist(const Home& home, Eui64 cell_holder, Time at);

    /// The command of a request that is on its way, as sent; empty when none is.
    Bytes command_of(std::uint32_t request) const;

    /// The command of a request with what the DCC adds: in the user's name, or signed by the ACB (6.21).
    /// Nothing when this type of device has none.
    std::optional<gbcs::Message> command_for(const ServiceRequest& request);
    /// The octets with the ACB's MAC.
    Bytes sealed(gbcs::Message message);

    void on(RequestSubmitted part);
    void on(PreCommandSigned part);
    void on(Uplink part);
    void on(NotDelivered part);
    void on(PowerOutageEvent part);
    void on(S1spAnswer part);
    void on(CodeMade part);
    void on(RecoveryOrder part);
    void on(RegistrationChange part);
    void on(OutageChange part);
    void on(FirmwareJob part);
    void on(Alarm part);

  private:
    enum AlarmKind : std::uint32_t { retry_due, turn_due, alert_due };

    /// A command on its way to a device, until an answer comes or the attempts are used up.
    struct Pending {
        RequestRef request;
        gbcs::GroupingHeader header;
        Bytes message;
        int attempts = 0;
        bool by_dcc = false;  ///< made in the name of the ACB or of recovery
    };

    void admit(RequestSubmitted& part);
    void refuse(const RequestRef& request, Refusal refusal);
    void acknowledge(const RequestRef& request);
    void return_pre_command(const RequestRef& request, DeviceType type);
    void send_own_command(const RequestRef& request);
    void answer_by_itself(const RequestRef& request);
    void hear_hub_of(std::int32_t home);
    void countersign(const RequestSubmitted& part);
    gbcs::Mac acb_mac(const gbcs::Message& message);
    void take_turn(Parcel parcel, Time arrived);
    bool is_top_up(const Parcel& parcel) const;
    bool is_top_up(std::uint32_t request) const;
    void launch(const RequestRef& request, gbcs::Message message, bool by_dcc);
    Duration patience(Eui64 device) const;
    void transmit(std::uint32_t request);
    void give_up(std::uint32_t request, std::string_view code, std::string_view alert);
    void answer(const gbcs::Message& message, Bytes octets, std::int32_t home);
    void note_outcome(const Pending& pending, const gbcs::Message& message);
    void credentials_changed(const ServiceRequest& request);
    void believe(Eui64 device, Eui64 network_operator) { recorded_operator_[device] = network_operator; }
    /// An alert that waits for its turn: of a device, or a power outage event.
    struct WaitingAlert {
        std::int32_t home = kNoHome;
        Bytes octets{};
        std::optional<OutageAttempt> outage{};
    };
    void line_up(WaitingAlert alert);
    void pass_on(WaitingAlert alert);
    void route_alert(const gbcs::Message& message, Bytes octets, std::int32_t home);
    void report_outage(const OutageAttempt& outage);
    void withhold(std::int32_t home, Eui64 device, std::string_view alert, std::string_view why,
                  std::uint64_t loss);

    struct AnswerKey {
        Eui64 device, originator;
        std::uint64_t counter;
        auto operator<=>(const AnswerKey&) const = default;
    };
    std::map<std::uint32_t, Pending> pending_;
    std::map<AnswerKey, std::uint32_t> awaited_;
    std::unordered_map<Eui64, Eui64> recorded_operator_;
    std::uint64_t own_counter_ = 1;
    /// What waits for the end of an outage, in the order of its arrival, and what waits for its turn after
    /// one.
    struct Held {
        Time arrived;
        Parcel parcel;
    };
    DspTurns dsp_;
    std::deque<Held> held_;
    std::map<std::uint64_t, Parcel> in_line_;
    std::uint64_t last_in_line_ = 0;

    // dcc_alerts.cpp
    DccAlertRules alert_rules_;
    RadioCell turns_;  ///< of alerts through the DSP
    std::deque<WaitingAlert> waiting_;
    std::map<std::pair<Eui64, std::uint16_t>, AlertCount> device_alerts_;
    std::unordered_map<std::int32_t, AlertCount> outage_alerts_;
    std::unordered_map<std::int32_t, Time> firmware_until_;
};

}  // namespace meterbed
