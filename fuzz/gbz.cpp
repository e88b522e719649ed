// GBZ payloads (GBCS 18.1) and the ZCL fields in their components. The first octet chooses command, response
// or alert.
#include "devices/gbcs/gbz.h"

#include "devices/gbcs/zcl.h"
#include "fuzz/property.h"

using namespace meterbed;
using namespace meterbed::gbcs;

namespace {

void read_fields(const gbz::Component& component) {
    const auto fields = gbz::fields_of(component);
    if (fields)
        fuzz::must_equal(gbz::payload_of(*fields), component.payload,
                         "ZCL fields are written as they were read");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteView input(data, size);
    const auto cra = static_cast<CraFlag>(1 + fuzz::chosen<1>(input) % 3);
    const auto payload = gbz::parse(cra, input);
    if (!payload) return 0;
    fuzz::must_equal(gbz::encode(*payload), input, "a GBZ payload is written as it was read");
    if (const auto* frame = std::get_if<gbz::Frame>(&*payload))
        for (const gbz::Component& component : frame->components)
            if (!component.encrypted) read_fields(component);
    return 0;
}
