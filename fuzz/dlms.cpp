// DLMS payloads and single A-XDR values (GBCS 7.2, 18).
#include "devices/gbcs/dlms.h"

#include "devices/gbcs/tree.h"
#include "fuzz/property.h"

using namespace meterbed;
using namespace meterbed::gbcs;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    if (const auto payload = dlms::parse(input)) {
        fuzz::must_equal(dlms::encode(*payload), input, "a DLMS payload is written as it was read");
        static_cast<void>(to_tree(Body(*payload)));
    }
    if (const auto value = dlms::parse_value(input)) {
        fuzz::must_equal(dlms::encode_value(*value), input, "an A-XDR value is written as it was read");
        static_cast<void>(to_tree(*value));
    }
    return 0;
}
