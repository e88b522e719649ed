// ASN.1 payloads (GBCS 13). Two octets choose the message code, one command, response or alert.
#include "fuzz/property.h"

#include "devices/gbcs/tree.h"

using namespace meterbed;
using namespace meterbed::gbcs;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteView input(data, size);
    const auto code = static_cast<MessageCode>(fuzz::chosen<2>(input));
    const auto cra = static_cast<CraFlag>(1 + fuzz::chosen<1>(input) % 3);
    if (is_cs02(code))
        if (const auto payload = parse_cs02(code, cra, input)) {
            fuzz::must_equal(encode_cs02(*payload), input, "a CS02 payload is written as it was read");
            static_cast<void>(to_tree(Body(*payload)));
        }
    if (is_asn1(code))
        if (const auto payload = parse_asn1(code, cra, input)) {
            fuzz::must_equal(encode_asn1(*payload), input, "an ASN.1 payload is written as it was read");
            static_cast<void>(to_tree(Body(*payload)));
        }
    return 0;
}
