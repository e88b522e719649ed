// Message framing (GBCS 7.2), the payload behind it, and the tree of plain values that Python shows.
#include "devices/gbcs/message.h"

#include "devices/gbcs/tree.h"
#include "fuzz/property.h"

using namespace meterbed;
using namespace meterbed::gbcs;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    const auto message = parse(input);
    if (!message) return 0;
    fuzz::must_equal(encode(*message), input, "a message is written as it was read");
    static_cast<void>(signed_octets(*message));
    static_cast<void>(mac_additional_data(*message));
    if (const auto body = parse_body(*message))
        fuzz::must_equal(encode_body(*body), message->payload, "a payload is written as it was read");
    const auto again = message_from_tree(to_tree(*message));
    fuzz::must(again.has_value(), "the tree of a message is read again");
    fuzz::must(*again == *message, "the tree of a message is whole");
    return 0;
}
