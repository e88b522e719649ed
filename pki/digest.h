// SHA-256 of octets, in one piece or in many.
#pragma once

#include <array>
#include <memory>

#include "pki/bytes.h"

namespace meterbed {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(ByteView octets);

class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(ByteView octets);
    /// The digest of everything added; may be called once.
    Digest finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace meterbed
