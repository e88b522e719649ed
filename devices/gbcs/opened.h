// Encrypted parts of responses and alerts (GBCS 8), opened with the keys at hand.
#pragma once

#include "devices/gbcs/key_ring.h"
#include "devices/gbcs/tree.h"

namespace meterbed::gbcs {

/// One ciphered block and what was in it.
struct Opened {
    Bytes block;
    std::optional<Bytes> plaintext;           ///< nothing without the key, or when it does not authenticate
    std::optional<gbz::Component> component;  ///< GBZ: the component, its payload opened
    std::optional<dlms::Value> value;         ///< DLMS: the value
};

/// In the order of `ciphered_blocks`.
std::vector<Opened> open_blocks(const Message& message, const Body& body, const KeyRing& ring);
/// to_tree(message), and `decrypted`: what each block holds, null where it stays closed.
Tree to_tree(const Message& message, const KeyRing& ring);

/// How a message fares: `decoded` when its payload is typed to the last field, opened blocks included;
/// `identical` when it is written from the typed values to the same octets, and blocks are encrypted to the
/// same octets.
struct MessageCheck {
    bool decoded = false;
    bool identical = false;
    ProtectionCheck protection;
    std::string failure;  ///< what is wrong, in words; empty when nothing is
};
MessageCheck check_message(ByteView octets, const KeyRing& ring);

}  // namespace meterbed::gbcs
