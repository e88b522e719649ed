#include "sim/services/service_request.h"

#include "pki/der.h"

namespace meterbed {

Bytes request_octets(const ServiceRequest& request) {
    der::Writer out;
    out.begin(der::kSequence);
    out.text(request.service->srv, der::kUtf8String);
    out.octets(request.originator.octets());
    out.octets(request.target.octets());
    out.integer(request.counter);
    if (request.credentials) {
        out.begin(der::kSequence).integer(static_cast<std::uint64_t>(request.credentials->role));
        for (const CertificateRef& certificate : request.credentials->replacements) out.raw(certificate->der);
        for (const CertificateRef& certificate : request.credentials->path) out.raw(certificate->der);
        out.end();
    }
    for (const RemotePartyRole role : request.roles)
        out.integer(static_cast<std::uint64_t>(role), der::kEnumerated);
    if (request.top_up) out.integer(request.top_up->payment).integer(request.top_up->pounds);
    for (const std::int64_t value : request.values) out.integer(static_cast<std::uint64_t>(value));
    out.end();
    return out.take();
}

}  // namespace meterbed
