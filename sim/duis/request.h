// A Service Request as DUIS carries it: the header's fields and the body's one element (DUIS XML schema,
// Request).
#pragma once

#include <tl/expected.hpp>

#include "sim/duis/reading.h"

namespace meterbed::duis {

struct Request {
    Eui64 originator;               ///< BusinessOriginatorID, the user
    Eui64 target;                   ///< BusinessTargetID, the device; the DCC where no device is meant
    std::uint64_t counter = 0;      ///< OriginatorCounter
    int command_variant = 0;        ///< 1..8
    std::string service_reference;  ///< "6.15"
    std::string srv;                ///< ServiceReferenceVariant, "6.15.1"
    Element body;                   ///< the one element inside Body
};

/// From the whole document's root element; all mistakes of header and shape at once. The body's content is
/// read by the transform of its service.
tl::expected<Request, std::vector<Mistake>> read_request(const Element& root);

}  // namespace meterbed::duis
