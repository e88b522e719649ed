// Everything a gas device keeps beside its attributes. A scenario or a test may set any of it.
#pragma once

#include <memory>
#include <string_view>

#include "devices/gas/records.h"
#include "devices/gbcs/gbz.h"
#include "pki/eui64.h"
#include "pki/roles.h"

namespace meterbed::gas {

/// Components of a future dated command that wait for their time (GBCS 9.2).
struct PendingCommand {
    std::uint64_t tag = 0;  ///< of its timer
    std::uint64_t timer = 0;
    Seconds time = 0;  ///< at which it is carried out
    Eui64 originator;  ///< who is told the result
    RemotePartyRole role{};
    gbcs::MessageCode code{};
    std::uint64_t counter = 0;
    std::vector<gbcs::gbz::Component> components;
};

struct GasData {
    std::vector<Calendar> calendars;                         ///< in force, one a type
    std::vector<Calendar> passive_calendars;                 ///< wait for their time, one a type
    std::vector<ConsumptionSnapshot> consumption_snapshots;  ///< oldest first, like every log here
    std::vector<CreditSnapshot> credit_snapshots;
    std::vector<SampledLog> sampled_logs;
    std::vector<DebtPayment> debt_payments;
    std::vector<TopUp> top_ups;
    std::vector<EventSetting> event_settings;
    std::optional<BillingPeriod> billing_period;
    std::optional<BlockPeriod> block_period;
    std::optional<PublishedPrice> price;
    std::uint8_t friendly_credit = 0;  ///< bit 0: a friendly credit period is on
    std::uint32_t friendly_credit_calendar = 2;
    std::vector<DisplayMessage> messages;
    SupplierContact contact;
    Bytes customer_identification;             ///< CIN (GCS36)
    std::optional<Seconds> change_of_tenancy;  ///< data before it is not for new parties (GCS09)
    std::uint16_t network_sample_id = sample_log::network_data;  ///< that sampling is started under
    bool time_of_meter = false;                                  ///< of a GPF: times are by the meter's clock
    bool privacy_pin = true;
    bool emergency_credit_active = false;
    std::vector<PendingCommand> pending;
    std::uint64_t billing_tag = 0,
                  billing_timer = 0;  ///< of the end of the billing period, 0 when none is awaited
    std::uint32_t next_snapshot = 0;

    SampledLog* sampled_log(std::uint16_t id);
    const SampledLog* sampled_log(std::uint16_t id) const;
    Calendar* calendar_of(std::uint8_t type);
    const Calendar* calendar_of(std::uint8_t type) const;
};

/// What every gas device starts with: the events of its type and their configuration.
const GasData& default_gas_data();

/// A copy of the common data, made when it is first changed: a fleet of meters shares one.
class OwnGasData {
  public:
    const GasData& read() const { return own_ ? *own_ : default_gas_data(); }
    GasData& write() {
        if (!own_) own_ = std::make_unique<GasData>(default_gas_data());
        return *own_;
    }

  private:
    std::unique_ptr<GasData> own_;
};

}  // namespace meterbed::gas
