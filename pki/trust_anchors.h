// The trust anchor cells of one device: whom the device obeys (GBCS 4.3.2.5, 13).
#pragma once

#include <compare>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pki/certificate.h"
#include "pki/roles.h"

namespace meterbed {

/// TrustAnchorCellIdentifier.
struct Cell {
    RemotePartyRole role = RemotePartyRole::root;
    KeyUsage key_usage = KeyUsage::digitalSignature;
    CellUsage cell_usage = CellUsage::management;

    auto operator<=>(const Cell&) const = default;
    /// "networkOperator digitalSignature management"
    std::string text() const;
};

/// The cells a device of this type has, in the order devices report them. Empty for type 2 devices.
std::span<const Cell> cells_of(DeviceType type);

class TrustAnchors {
  public:
    explicit TrustAnchors(DeviceType type);

    std::span<const Cell> cells() const { return cells_; }
    bool has(const Cell& cell) const;
    /// Null when the device has no such cell or nothing was placed in it yet.
    const CertificateRef& at(const Cell& cell) const;
    /// Replaces what the cell holds; throws std::out_of_range when the device has no such cell.
    void place(const Cell& cell, CertificateRef certificate);
    /// The roles whose cells name this party, in cell order; empty for an unknown remote party.
    std::vector<RemotePartyRole> roles_of(Eui64 party) const;

  private:
    std::span<const Cell> cells_;
    std::vector<CertificateRef> held_;
};

}  // namespace meterbed
