// Which devices know each other: joins and unjoins (CS03, CS04), reading and restoring device logs (CS07,
// GCS59).
#include <array>

#include "devices/gbcs/asn1_payloads.h"
#include "sim/duis/table.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;
using gbcs::JoinDevice;

/// joinMethodAndRole (gbcs.md 6.7).
enum class Join : std::uint8_t { a_initiator = 0, a_responder = 1, b = 2, c = 3 };

/// ASSUMPTION: the type of the other device where the inventory does not know it.
DeviceType usual_partner(DeviceType of) {
    switch (of) {
        case gSME:
            return GPF;
        case GPF:
            return gSME;
        case eSME:
            return type2;
        default:
            return eSME;
    }
}

DeviceType other_type(const Situation& situation, DeviceType otherwise) {
    return situation.dcc.other_device.type.value_or(otherwise);
}

Bytes join(Join method, DeviceType other, const Reading& body, Bytes certificate) {
    JoinDevice command;
    command.method_and_role = static_cast<std::uint64_t>(method);
    command.other_device = body.child("OtherDeviceID").eui();
    command.device_type = static_cast<std::uint64_t>(other);
    command.certificate = std::move(certificate);
    return gbcs::encode_asn1(command);
}

Bytes join_as_meter(const Reading& body, const Situation& situation) {
    return join(Join::a_initiator, other_type(situation, PPMID), body, {});
}

Bytes join_meter(const Reading& body, const Situation& situation) {
    return join(Join::a_responder, other_type(situation, eSME), body, {});
}

Bytes join_by_method_b(const Reading& body, const Situation& situation) {
    return join(Join::b, other_type(situation, usual_partner(situation.device.type)), body, {});
}

/// GSME and PPMID: each needs the other's key agreement certificate.
Bytes join_by_method_c(const Reading& body, const Situation& situation) {
    const OtherDevice& other = situation.dcc.other_device;
    if (other.certificate.empty())
        body.child("OtherDeviceID")
            .mistake("has no key agreement certificate at hand, which the join carries");
    const DeviceType type = other_type(situation, situation.device.type == gSME ? PPMID : gSME);
    return join(Join::c, type, body, other.certificate);
}

/// Whether the other device is of this type, as far as is known: where it is not, several use cases may be
/// meant.
template <DeviceType type>
bool other_may_be(const Reading&, const Situation& situation) {
    return situation.dcc.other_device.type.value_or(type) == type;
}
/// A PPMID joins a GSME by method C, all others by method A.
bool other_may_be_no_gas_meter(const Reading&, const Situation& situation) {
    return situation.dcc.other_device.type != gSME;
}

Bytes unjoin(const Reading& body, const Situation&) {
    return gbcs::encode_asn1(gbcs::UnjoinDevice{body.child("OtherDeviceID").eui()});
}

Bytes no_parameters(const Reading&, const Situation&) { return gbcs::encode_asn1(gbcs::NoParameters{}); }

/// The DCC holds the log that the old Gas Proxy Function last sent (GCS62).
Bytes restore_device_log(const Reading& body, const Situation& situation) {
    body.child("OldGPFID").eui();
    return gbcs::encode_asn1(gbcs::RestoreDeviceLog{situation.dcc.device_log});
}

constexpr std::array kRows{
    Row{"8.7.1", "JoinServiceCritical", {gSME}, 0x00AF, join_by_method_c, other_may_be<PPMID>},
    Row{"8.7.1", "JoinServiceCritical", {eSME, gSME}, 0x000D, join_as_meter},
    Row{"8.7.1", "JoinServiceCritical", {PPMID, HCALCS, SAPC}, 0x00AB, join_meter, other_may_be_no_gas_meter},
    Row{"8.7.1", "JoinServiceCritical", {PPMID}, 0x00AF, join_by_method_c, other_may_be<gSME>},
    Row{"8.7.2",
        "JoinServiceNonCritical",
        {PPMID, HCALCS, SAPC},
        0x00AB,
        join_meter,
        other_may_be_no_gas_meter},
    Row{"8.7.2", "JoinServiceNonCritical", {PPMID}, 0x00AF, join_by_method_c, other_may_be<gSME>},
    Row{"8.7.2", "JoinServiceNonCritical", {eSME, gSME, GPF}, 0x000E, join_by_method_b},
    Row{"8.8.1", "UnjoinServiceCritical", {eSME, gSME, HCALCS, PPMID, SAPC}, 0x000F, unjoin},
    Row{"8.8.2", "UnjoinServiceNonCritical", {HCALCS, PPMID, SAPC}, 0x000F, unjoin},
    Row{"8.8.2", "UnjoinServiceNonCritical", {eSME, gSME, GPF}, 0x0010, unjoin},
    Row{"8.9", "ReadDeviceLog", {eSME, gSME, GPF, HCALCS, PPMID, SAPC}, 0x0013, no_parameters},
    Row{"8.12.2", "RestoreGPFDeviceLog", {GPF}, 0x008C, restore_device_log},
    Row{"11.2", "ReadFirmwareVersion", {PPMID, HCALCS}, 0x0129, no_parameters},
};

}  // namespace

std::span<const Row> join_rows() { return kRows; }

}  // namespace meterbed::duis
