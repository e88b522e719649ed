// Top-up by UTRN: 2.2 (CS01a on the ESME, CS01b on the GSME).
#include <array>

#include "sim/duis/dlms_writer.h"
#include "sim/duis/gbz_writer.h"

namespace meterbed::duis {
namespace {

using enum DeviceType;

/// Whether its check digit and its MAC are right is for the meter to find.
std::string read_utrn(const Reading& body) {
    const Reading from = body.child("UTRN");
    std::string digits = from.text(20);
    if (digits.size() != 20 || digits.find_first_not_of("0123456789") != std::string::npos)
        from.mistake("is not 20 digits");
    return digits;
}

/// Token gateway (class 115), method enter.
Bytes top_up_electricity(const Reading& body, const Situation& situation) {
    constexpr dlms::Attribute enter{115, {0, 0, 19, 40, 0, 255}, 1};
    const std::string utrn = read_utrn(body);
    return AccessList()
        .action(enter, dlms::Value::octet_string({utrn.begin(), utrn.end()}))
        .octets(situation);
}

Bytes top_up_gas(const Reading& body, const Situation&) {
    constexpr std::uint8_t remote = 0x00;  // Originating Device: none in the home
    return one_command(Cluster::prepayment, 0x04, Zcl().u8(remote).text(read_utrn(body)));
}

constexpr std::array kRows{
    Row{"2.2", "TopUpDevice", {eSME}, 0x0007, top_up_electricity},
    Row{"2.2", "TopUpDevice", {gSME}, 0x0097, top_up_gas},
};

}  // namespace

std::span<const Row> top_up_rows() { return kRows; }

}  // namespace meterbed::duis
