// Keys and certificates of a new device, as its maker and the device CA make them.
#include "devices/device.h"
#include "pki/authority.h"

namespace meterbed {

DeviceIdentity provision(Eui64 id, Authority& authority, Random& random, Time from) {
    const KeyPair signing = KeyPair::generate(random);
    const KeyPair agreement = KeyPair::generate(random);
    const auto certificate = [&](KeyUsage usage, const PublicKey& key) {
        DeviceRequest request;
        request.subject = id;
        request.usage = usage;
        request.key = key;
        request.from = from;
        return authority.issue(request);
    };
    return {id,
            signing,
            agreement.public_key(),
            agreement,
            certificate(KeyUsage::digitalSignature, signing.public_key()),
            certificate(KeyUsage::keyAgreement, agreement.public_key())};
}

}  // namespace meterbed
