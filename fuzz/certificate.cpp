// X.509 certificates in the SMKI profiles, and what is done with one that could be read.
#include "pki/certificate.h"

#include "fuzz/property.h"
#include "pki/path.h"

using namespace meterbed;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    static_cast<void>(Certificate::parse_pem({reinterpret_cast<const char*>(data), size}));
    const auto certificate = Certificate::parse(input);
    if (!certificate) return 0;
    fuzz::must_equal(certificate->der, input, "a certificate keeps its octets");
    const auto again = Certificate::parse_pem(certificate->to_pem());
    fuzz::must(again && again->der == certificate->der, "a certificate comes back from PEM");
    static_cast<void>(validate_path(*certificate, {}, *certificate, certificate->not_before));
    return 0;
}
