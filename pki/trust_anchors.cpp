#include "pki/trust_anchors.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace meterbed {

namespace {

using enum RemotePartyRole;
constexpr auto kSign = KeyUsage::digitalSignature;
constexpr auto kAgree = KeyUsage::keyAgreement;
constexpr auto kManage = CellUsage::management;

constexpr Cell kRoot{root, KeyUsage::keyCertSign, kManage};
constexpr Cell kRecovery{recovery, kSign, kManage};
constexpr Cell kSupplierSign{supplier, kSign, kManage};
constexpr Cell kSupplierAgree{supplier, kAgree, kManage};
constexpr Cell kSupplierTopUp{supplier, kAgree, CellUsage::prePaymentTopUp};
constexpr Cell kOperatorSign{networkOperator, kSign, kManage};
constexpr Cell kOperatorAgree{networkOperator, kAgree, kManage};
constexpr Cell kBrokerAgree{accessControlBroker, kAgree, kManage};
constexpr Cell kBrokerSign{accessControlBroker, kSign, kManage};
constexpr Cell kCoS{transitionalCoS, kSign, kManage};
constexpr Cell kWanProvider{wanProvider, kSign, kManage};
constexpr Cell kLoadSign{loadController, kSign, kManage};
constexpr Cell kLoadAgree{loadController, kAgree, kManage};

// GBCS 4.3.2.5 as shown by the reference messages (gbcs.md 6.2); the ESME in the order in which it reports
// its cells. Its Load Controller cells are newer than the others and may stay empty.
constexpr std::array kEsme{kRoot,          kRecovery,     kSupplierSign,  kSupplierAgree,
                           kSupplierTopUp, kOperatorSign, kOperatorAgree, kBrokerAgree,
                           kCoS,           kLoadSign,     kLoadAgree};
constexpr std::array kGsme{kRoot,          kRecovery,    kSupplierSign, kSupplierAgree,
                           kSupplierTopUp, kBrokerAgree, kCoS};
constexpr std::array kGpf{kRoot,          kRecovery,      kSupplierSign,
                          kSupplierAgree, kSupplierTopUp, kOperatorSign,
                          kOperatorAgree, kBrokerAgree,   kCoS};
constexpr std::array kChf{kRoot, kRecovery, kBrokerSign, kBrokerAgree, kWanProvider};
constexpr std::array kPpmid{kRoot, kRecovery, kBrokerSign, kBrokerAgree};
constexpr std::array kHcalcs{kRoot, kRecovery, kSupplierSign, kSupplierAgree, kBrokerAgree, kCoS};
constexpr std::array kSapc{kRoot,          kRecovery,    kSupplierSign, kSupplierAgree, kOperatorSign,
                           kOperatorAgree, kBrokerAgree, kCoS,          kLoadSign,      kLoadAgree};

const CertificateRef kNothing;

}  // namespace

std::string Cell::text() const {
    return std::string(name(role)) + " " + std::string(name(key_usage)) + " " + std::string(name(cell_usage));
}

std::span<const Cell> cells_of(DeviceType type) {
    switch (type) {
        case DeviceType::eSME:
            return kEsme;
        case DeviceType::gSME:
            return kGsme;
        case DeviceType::GPF:
            return kGpf;
        case DeviceType::CHF:
            return kChf;
        case DeviceType::PPMID:
            return kPpmid;
        case DeviceType::HCALCS:
            return kHcalcs;
        case DeviceType::SAPC:
            return kSapc;
        case DeviceType::type2:
            return {};
    }
    return {};
}

TrustAnchors::TrustAnchors(DeviceType type) : cells_(cells_of(type)), held_(cells_.size()) {}

bool TrustAnchors::has(const Cell& cell) const { return std::ranges::find(cells_, cell) != cells_.end(); }

const CertificateRef& TrustAnchors::at(const Cell& cell) const {
    const auto found = std::ranges::find(cells_, cell);
    if (found == cells_.end()) return kNothing;
    return held_[static_cast<std::size_t>(found - cells_.begin())];
}

void TrustAnchors::place(const Cell& cell, CertificateRef certificate) {
    const auto found = std::ranges::find(cells_, cell);
    if (found == cells_.end()) throw std::out_of_range("the device has no cell " + cell.text());
    held_[static_cast<std::size_t>(found - cells_.begin())] = std::move(certificate);
}

std::vector<RemotePartyRole> TrustAnchors::roles_of(Eui64 party) const {
    std::vector<RemotePartyRole> out;
    for (std::size_t i = 0; i < held_.size(); ++i) {
        const bool names_it = held_[i] && held_[i]->subject == party && party.value != 0;
        if (names_it && std::ranges::find(out, cells_[i].role) == out.end()) out.push_back(cells_[i].role);
    }
    return out;
}

}  // namespace meterbed
