// The DCC's Transform (DUIS 2.6): a Service Request becomes the GBCS command it stands for.
#pragma once

#include "sim/duis/table.h"

namespace meterbed::duis {

struct TransformOptions {
    DeviceProfile device;
    std::optional<RemotePartyRole>
        role;               ///< the user's; without it the use case's first organisation is assumed
    Sender acb, cos_party;  ///< counter 0: the user's own counter is taken
    Knowledge dcc;
    std::string use_case;  ///< "ECS26k": this one of those that fit; empty: the device's kind decides
};

struct Transformed {
    gbcs::Message message;  ///< without signature and MAC
    const gbcs::UseCase* use_case = nullptr;
    gbcs::Protection protection{};    ///< of the finished command
    bool pre_command = false;         ///< the user signs; otherwise the DCC finishes it (`seal`)
    std::vector<std::string> others;  ///< use cases that the same request means on another kind of device
};

struct Refusal {
    bool dcc_only = false;  ///< no mistake: the DCC answers this request itself
    std::vector<Mistake> mistakes;
};

tl::expected<Transformed, Refusal> transform(const Request& request, const TransformOptions& options);

/// Keys that turn what `transform` made into a finished command; null where not needed.
struct SealingKeys {
    const KeyPair* signer =
        nullptr;  ///< the originator's digital signature key, for critical commands the DCC sends
    const KeyPair* acb = nullptr;       ///< the ACB's key agreement key
    const PublicKey* device = nullptr;  ///< the device's key agreement key
};

/// Adds signature and MAC as the use case asks; the error names the missing key.
tl::expected<gbcs::Message, std::string> seal(const Transformed& transformed, const SealingKeys& keys);

}  // namespace meterbed::duis
