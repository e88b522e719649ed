// The cells of each type of device, and what may stand in them (GBCS 4.3.2.5, 13).
#include "pki/trust_anchors.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/pki/smki.h"
#include "tests/places.h"

namespace meterbed {
namespace {

using Cells = std::set<std::string>;

/// gbcs.md 6.2 as words: R shown by a reference message, K expected.
struct Row {
    DeviceType device;
    Cells cells;
};

const std::vector<Row>& table() {
    static const Cells everybody{"root keyCertSign management", "recovery digitalSignature management",
                                 "accessControlBroker keyAgreement management"};
    static const Cells supplier{"supplier digitalSignature management", "supplier keyAgreement management",
                                "transitionalCoS digitalSignature management"};
    static const Cells top_up{"supplier keyAgreement prePaymentTopUp"};
    static const Cells network{"networkOperator digitalSignature management",
                               "networkOperator keyAgreement management"};
    static const Cells broker{"accessControlBroker digitalSignature management"};
    static const Cells load{"loadController digitalSignature management",
                            "loadController keyAgreement management"};
    static const Cells wan{"wanProvider digitalSignature management"};
    const auto sum = [](std::initializer_list<Cells> parts) {
        Cells out;
        for (const Cells& part : parts) out.insert(part.begin(), part.end());
        return out;
    };
    static const std::vector<Row> rows{
        {DeviceType::eSME, sum({everybody, supplier, top_up, network, load})},
        {DeviceType::gSME, sum({everybody, supplier, top_up})},  // a gas meter knows no network operator
        {DeviceType::GPF, sum({everybody, supplier, top_up, network})},
        {DeviceType::CHF, sum({everybody, broker, wan})},
        {DeviceType::PPMID, sum({everybody, broker})},
        {DeviceType::HCALCS, sum({everybody, supplier})},
        {DeviceType::SAPC, sum({everybody, supplier, network, load})},
        {DeviceType::type2, {}},
    };
    return rows;
}

Cells texts(std::span<const Cell> cells) {
    Cells out;
    for (const Cell& cell : cells) out.insert(cell.text());
    return out;
}

TEST(TrustAnchorCells, AreThoseOfTheTableForEachDevice) {
    for (const Row& row : table()) {
        EXPECT_EQ(texts(cells_of(row.device)), row.cells) << name(row.device);
        EXPECT_EQ(cells_of(row.device).size(), row.cells.size()) << "none twice";
    }
}

TEST(TrustAnchorCells, OfAnEsmeStandInTheOrderInWhichItReportsThem) {
    std::string order;
    for (const Cell& cell : cells_of(DeviceType::eSME)) order += cell.text() + "; ";
    EXPECT_EQ(order,
              "root keyCertSign management; recovery digitalSignature management; supplier digitalSignature "
              "management; "
              "supplier keyAgreement management; supplier keyAgreement prePaymentTopUp; "
              "networkOperator digitalSignature management; networkOperator keyAgreement management; "
              "accessControlBroker keyAgreement management; transitionalCoS digitalSignature management; "
              "loadController digitalSignature management; loadController keyAgreement management; ");
}

TEST(TrustAnchorCells, AgreeWithTheReferenceTable) {
    const std::filesystem::path file = testing::shared_dir() / "reference/device_trust_anchors.csv";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "the reference table is not beside the checkout";
    std::ifstream input(file);
    std::map<std::string, Cells> wanted;
    std::string line;
    std::getline(input, line);  // header
    while (std::getline(input, line)) {
        std::istringstream fields(line);
        std::string device, role, key, use;
        std::getline(fields, device, ','), std::getline(fields, role, ','), std::getline(fields, key, ',');
        std::getline(fields, use, ',');
        // Held by the S1SP; type 2 devices hold none.
        if (device.starts_with("S1 ") || role == "none") continue;
        wanted[device].insert(role + " " + key + " " + use);
    }
    EXPECT_EQ(wanted.size(), 7U);
    for (const auto& [device, cells] : wanted)
        EXPECT_EQ(texts(cells_of(*device_type(device))), cells) << device;
}

constexpr Cell kOperatorSign{RemotePartyRole::networkOperator, KeyUsage::digitalSignature,
                             CellUsage::management};
constexpr Cell kOperatorAgree{RemotePartyRole::networkOperator, KeyUsage::keyAgreement,
                              CellUsage::management};

TEST(TrustAnchors, HoldWhatWasPlacedLast) {
    TrustAnchors anchors(DeviceType::eSME);
    EXPECT_EQ(anchors.at(kOperatorSign), nullptr);
    const CertificateRef first = smki::authority().issue(smki::organisation());
    const CertificateRef second = smki::authority().issue(smki::organisation());
    anchors.place(kOperatorSign, first);
    EXPECT_EQ(anchors.at(kOperatorSign), first);
    EXPECT_EQ(anchors.at(kOperatorAgree), nullptr) << "the neighbour is untouched";
    anchors.place(kOperatorSign, second);
    EXPECT_EQ(anchors.at(kOperatorSign), second);
}

TEST(TrustAnchors, WithoutTheCellPlaceNothing) {
    TrustAnchors gas(DeviceType::gSME);
    EXPECT_FALSE(gas.has(kOperatorSign));
    EXPECT_EQ(gas.at(kOperatorSign), nullptr);
    EXPECT_THROW(gas.place(kOperatorSign, nullptr), std::out_of_range);
    EXPECT_TRUE(TrustAnchors(DeviceType::type2).cells().empty());
}

TEST(TrustAnchors, KnowAPartyByEveryRoleItHolds) {
    TrustAnchors anchors(DeviceType::eSME);
    EXPECT_TRUE(anchors.roles_of(smki::kParty).empty()) << "an unknown remote party";
    anchors.place(kOperatorSign, smki::authority().issue(smki::organisation()));
    anchors.place(kOperatorAgree, smki::authority().issue(smki::organisation()));
    EXPECT_EQ(anchors.roles_of(smki::kParty), std::vector{RemotePartyRole::networkOperator});
    anchors.place({RemotePartyRole::supplier, KeyUsage::digitalSignature, CellUsage::management},
                  smki::authority().issue(smki::organisation(RemotePartyRole::supplier)));
    EXPECT_EQ(anchors.roles_of(smki::kParty),
              (std::vector{RemotePartyRole::supplier, RemotePartyRole::networkOperator}));
    anchors.place({RemotePartyRole::root, KeyUsage::keyCertSign, CellUsage::management},
                  smki::authority().root());
    EXPECT_TRUE(anchors.roles_of(Eui64{}).empty())
        << "eight zero octets are nobody, although the root has them";
}

}  // namespace
}  // namespace meterbed
