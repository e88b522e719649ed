// What the stations hand each other.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "devices/smets1_meter.h"
#include "pki/bytes.h"
#include "pki/key_pair.h"
#include "sim/network/outage_attempt.h"
#include "sim/prepayment/customer.h"
#include "sim/prepayment/notice.h"
#include "sim/services/service_request.h"
#include "sim/supply/power_cut.h"

namespace meterbed {

// User <-> DCC
// -----------------------------------------------------------------------------------------------

/// A Service Request with the user's signature over `request_octets` under its XML signing key, and for a
/// critical SMETS1 request a second one under the device-facing key that the S1SP and the DCO check.
struct RequestSubmitted {
    RequestRef request;
    Signature signature;
    std::optional<Signature> device_facing;
};
/// The Transform step: an unsigned Pre-Command goes back to the user.
struct PreCommandReturned {
    RequestRef request;
    Bytes pre_command;
};
/// The user's signed Pre-Command.
struct PreCommandSigned {
    RequestRef request;
    Bytes signed_pre_command;
};
/// An acknowledgement (I99), a refusal or the Service Response (I0).
struct ResponseReturned {
    RequestRef request;
    std::string_view code;
    std::string_view detail;  ///< gate that refused, empty otherwise
    Bytes payload;
    std::shared_ptr<const duis::Element> data = nullptr;  ///< what the DCC answered by itself
};
struct AlertReturned {
    std::uint16_t user = 0;
    std::int32_t home = kNoHome;
    Bytes alert;
};
/// N42: the credentials on a device changed, sent to the party that now stands there.
struct CredentialsChanged {
    std::uint16_t user = 0;
    std::int32_t home = kNoHome;
    Eui64 device;
    Bytes key_identifier;  ///< of the digital signature certificate that was placed
};
struct DccAlertReturned {
    std::uint16_t user = 0;
    std::int32_t home = kNoHome;
    std::string_view code;
    std::uint32_t request = 0;
    std::uint16_t loss = 0;  ///< AD1: number of the loss of this hub ...
    Time started{};          ///< ... and since when it lasts
};

// Customers <-> their supplier
// ------------------------------------------------------------------------------------

struct CustomerPays {
    std::int32_t home = kNoHome;
    std::uint32_t payment = 0;
    std::uint16_t pounds = 0;
    Channel channel = Channel::shop;
};
struct HelpLineCalled {
    std::int32_t home = kNoHome;
    std::uint32_t payment = 0;
};
/// An engineer in the home wants the digits of a payment.
struct EngineerAsks {
    std::int32_t home = kNoHome;
    std::uint32_t payment = 0;
};
/// The supplier is to tell a meter another price or mode from now on (sim/prepayment/notice.h).
struct NoticeDecided {
    std::int32_t home = kNoHome;
    NoticeKind kind = NoticeKind::price;
};
/// The digits of a payment; empty when the help line has none yet.
struct CodeTold {
    std::int32_t home = kNoHome;
    std::uint32_t payment = 0;
    Way way = Way::receipt;
    std::string code;
};

// DCC <-> WAN <-> homes
// --------------------------------------------------------------------------------------

struct Downlink {
    std::int32_t home = kNoHome;
    Eui64 device;
    std::uint32_t request = 0;
    Bytes message;
};
struct Uplink {
    std::int32_t home = kNoHome;
    Eui64 device;
    Bytes message;
};
/// The WAN could not reach the hub.
struct NotDelivered {
    std::uint32_t request = 0;
};
/// A hub reports that it lost power; becomes AD1.
struct PowerOutageEvent {
    OutageAttempt attempt;
};
/// What the hub learns of its report.
struct ReportAnswered {
    std::int32_t home = kNoHome;
    std::uint16_t loss = 0;
    bool heard = false;
};

// DCC <-> S1SP <-> WAN <-> SMETS1 meters
// -----------------------------------------------------------------------

/// A Service Request, the user's signature under its device-facing key, and the DCC's countersignature.
struct Countersigned {
    RequestRef request;
    std::optional<Signature> device_facing;
    Signature dcc_signature;
};
/// DCC recovery inside the DCC: the S1SP is told to correct its certificate record, signed with the recovery
/// key.
struct RecordCorrection {
    RequestRef request;
    Signature recovery_signature;
};
struct S1spAnswer {
    RequestRef request;
    std::string_view code;
    std::string_view detail;
    Bytes data;
};
/// The code of a top-up of a SMETS1 meter, on its way to the supplier.
struct CodeMade {
    std::int32_t home = kNoHome;
    std::uint32_t payment = 0;
    std::string code;
};
/// To the stand-in outside the DSP, which holds the same keys as the S1SP.
struct StandInOrder {
    std::int32_t home = kNoHome;
    std::uint32_t payment = 0;
    std::uint16_t pounds = 0;
    Time paid_at{};
};
struct InstructionCarried {
    std::int32_t home = kNoHome;
    std::uint32_t request = 0;
    MakerInstruction instruction;
};
struct InstructionAnswered {
    std::int32_t home = kNoHome;
    std::uint32_t request = 0;
    MakerAnswer answer;
};

// From the story
// -----------------------------------------------------------------------------------------------

/// The users' desk sends this request now.
struct SendRequest {
    RequestRef request;
};
struct RepairOrder {
    std::uint32_t repair = 0;  ///< index at the users' desk
};
struct RecoveryOrder {
    RequestRef request;  ///< what recovery shall place, and where
};
struct RegistrationChange {
    std::int32_t home = kNoHome;
    std::uint16_t network_operator = 0;
};
/// The supply of one home, switched by hand.
struct PowerChange {
    std::int32_t home = kNoHome;
    bool on = false;
    std::uint32_t cut = 0;  ///< number
};
struct CutChange {
    std::shared_ptr<const PowerCut> cut;
    bool begins = false;
};
struct OutageChange {
    bool begins = false;
    Word name = 0;
};

/// A station's note to itself.
struct Alarm {
    std::uint32_t kind = 0;
    std::uint64_t a = 0;
    std::uint64_t b = 0;
};
/// A message inside the home, from the hub to a device or back.
struct HanCarried {
    std::int32_t home = kNoHome;
    Eui64 device;
    bool to_device = true;
    std::uint32_t request = 0;
    Bytes message;
};

/// A UTRN that a PPMID hands on to a meter.
struct CodeCarried {
    std::int32_t home = kNoHome;
    Eui64 meter;
    std::string code;
};

using Parcel =
    std::variant<Alarm, RequestSubmitted, PreCommandReturned, PreCommandSigned, ResponseReturned,
                 AlertReturned, CredentialsChanged, DccAlertReturned, Downlink, Uplink, NotDelivered,
                 PowerOutageEvent, Countersigned, RecordCorrection, S1spAnswer, InstructionCarried,
                 InstructionAnswered, SendRequest, RepairOrder, RecoveryOrder, RegistrationChange,
                 PowerChange, OutageChange, HanCarried, CodeCarried, ReportAnswered, CutChange, FirmwareJob,
                 CustomerPays, HelpLineCalled, EngineerAsks, CodeTold, CodeMade, StandInOrder, NoticeDecided>;

}  // namespace meterbed
