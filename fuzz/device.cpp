// Devices that execute what passes their checks: the first octets choose device and use case, the rest is the
// payload of a command with a right signature and a right MAC.
#include "devices/gbcs/body.h"
#include "fuzz/property.h"
#include "tests/devices/bench.h"

using namespace meterbed;

namespace {

constexpr DeviceType kTypes[] = {DeviceType::eSME,  DeviceType::gSME,   DeviceType::CHF, DeviceType::GPF,
                                 DeviceType::PPMID, DeviceType::HCALCS, DeviceType::SAPC};
constexpr Eui64 kDevice{0x00DB123456789001};

/// Keys and certificates are made once: they never change.
const DeviceIdentity& identity() {
    static const DeviceIdentity made = [] {
        Random random(11, "device");
        return provision(kDevice, bench::market().authority, random, bench::kFounded);
    }();
    return made;
}

gbcs::SharedSecrets& secrets() {
    static gbcs::SharedSecrets shared;
    return shared;
}

const bench::Party& sender_of(const gbcs::UseCase& use_case) {
    for (unsigned number = 0; number < 16; ++number) {
        const auto role = static_cast<RemotePartyRole>(number);
        if (!use_case.originators.has(role)) continue;
        if (const bench::Party* party = bench::party_of(role)) return *party;
    }
    return bench::market().acb;
}

gbcs::Message command(const gbcs::UseCase& use_case, ByteView payload) {
    using gbcs::Protection;
    const bench::Party& sender = sender_of(use_case);
    const Protection shape = use_case.command_protection;
    gbcs::Message message;
    message.header.counter = 1000;
    message.header.originator = sender.id;
    message.header.recipient = kDevice;
    message.header.other.code = use_case.code;
    message.payload.assign(payload.begin(), payload.end());
    if (shape == Protection::signature || shape == Protection::signature_and_mac)
        message.signature = gbcs::make_signature(message, sender.signing);
    if (shape != Protection::signature)
        message.mac =
            gbcs::make_mac(message, secrets().of(bench::market().acb.agreement, identity().agreement));
    return message;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteView input(data, size);
    const DeviceType type = kTypes[fuzz::chosen<1>(input) % std::size(kTypes)];
    const gbcs::UseCase* use_case =
        gbcs::find_use_case(static_cast<gbcs::MessageCode>(fuzz::chosen<2>(input)));
    if (use_case == nullptr || use_case->kind != gbcs::UseCaseKind::command_response) return 0;
    const auto device = make_device(type, identity(), secrets());
    bench::install(*device);
    bench::FakeContext context(bench::kStart);
    device->receive(gbcs::encode(command(*use_case, input)), context);
    context.run_until(bench::kStart + std::chrono::hours{48}, *device);
    for (const Bytes& sent : context.sent) {
        const auto message = gbcs::parse(sent);
        fuzz::must(message.has_value(), "what a device sends is a message");
        fuzz::must(gbcs::parse_body(*message).has_value(),
                   "what a device sends has the payload of its use case");
    }
    return 0;
}
