// A test SMKI for the tests of this layer: one Authority, keys, requests with defaults.
#pragma once

#include <gtest/gtest.h>

#include "pki/authority.h"

namespace meterbed::smki {

inline const Time kFounded = *parse_time("2016-01-01");
inline const Time kIssued = *parse_time("2018-04-06");
inline const Time kNow = *parse_time("2020-03-02 06:00");
constexpr Eui64 kParty{0x90B3D51F30020000};
constexpr Eui64 kDevice{0x00DB1234567890A0};

inline const KeyPair& key() {
    static const KeyPair made = [] {
        Random random(4, "key");
        return KeyPair::generate(random);
    }();
    return made;
}

inline Authority& authority() {
    static Authority made(Random(4, "authority"), kFounded);
    return made;
}

inline OrganisationRequest organisation(RemotePartyRole role = RemotePartyRole::networkOperator,
                                        KeyUsage usage = KeyUsage::digitalSignature) {
    OrganisationRequest request;
    request.subject = kParty;
    request.role = role;
    request.usage = usage;
    request.key = key().public_key();
    request.from = kIssued;
    return request;
}

inline DeviceRequest device(KeyUsage usage = KeyUsage::digitalSignature) {
    DeviceRequest request;
    request.subject = kDevice;
    request.usage = usage;
    request.key = key().public_key();
    request.from = kIssued;
    return request;
}

/// What a reader makes of the octets, not what the Authority remembers of them.
inline Certificate read(const Certificate& issued) {
    auto certificate = Certificate::parse(issued.der);
    EXPECT_TRUE(certificate) << certificate.error();
    return certificate ? *std::move(certificate) : Certificate{};
}

}  // namespace meterbed::smki
