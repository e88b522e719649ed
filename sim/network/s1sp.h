// The SMETS1 Service Provider and the Dual Control Organisation: they hold the certificates of meters that
// hold none (smki.md 9, SEC Appendix AM as far as known).
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "sim/network/network.h"
#include "sim/services/gates.h"

namespace meterbed {

/// What is recorded on behalf of one SMETS1 meter: the notified critical parties and their signing keys.
struct CertificateRecord {
    CertificateRef network_operator;
    CertificateRef supplier;
};

class S1sp final : public RecordingStation {
  public:
    explicit S1sp(Network& network) : RecordingStation("S1SP", network) {}

    void handle(Parcel parcel, Time now) override;
    /// Enrolment: the meter's symmetric key and whose certificates are notified. The DCO gets a record of its
    /// own.
    void enrol(Eui64 meter, gbcs::SymmetricKey key, CertificateRecord record);
    /// Null when the meter is not enrolled.
    const CertificateRecord* record_of(Eui64 meter) const;

    void on(Countersigned part);
    void on(RecordCorrection part);
    void on(InstructionAnswered part);
    void on(StandInOrder part);
    void on(Alarm part);

  private:
    struct Meter {
        gbcs::SymmetricKey key{};
        CertificateRecord s1sp, dco;
        std::uint64_t sequence = 0;
    };
    struct Pending {
        RequestRef request;
        MakerInstruction instruction;
        int attempts = 0;
    };

    void refuse(const RequestRef& request, Refusal refusal);
    std::optional<Refusal> check_critical(const Countersigned& part, const Meter& meter) const;
    bool dual_control(const Countersigned& part, const Meter& meter);
    std::string make_code(std::int32_t home, const TopUpOrder& order) const;
    std::string code_for(const ServiceRequest& request);
    void update_record(const RequestRef& request, Meter& meter);
    void instruct(const RequestRef& request, Meter& meter);
    void transmit(std::uint32_t request);

    std::unordered_map<Eui64, Meter> meters_;
    std::unordered_map<std::uint32_t, Pending> pending_;
};

}  // namespace meterbed
