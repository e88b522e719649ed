// The whole rule of who may replace which cell: every mode on every device, cell by cell (GBCS 13;
// gbcs.md 6.3).
#include "pki/replacement.h"

#include <algorithm>
#include <set>

#include "pki/path.h"
#include "tests/pki/smki.h"

namespace meterbed {
namespace {

using Mode = ReplacementMode;
using Role = RemotePartyRole;
namespace codes = certificate_codes;

struct Row {
    std::uint64_t code;
    const char* name;
    std::optional<Role> by;
    std::optional<Role> target;     ///< nothing: any cell the device has
    std::set<std::string> devices;  ///< that know the mode: they have a cell of the role that authorises it
};

const std::set<std::string> kWithSupplier{"ESME", "GSME", "GPF", "HCALCS", "SAPC"};
const std::set<std::string> kEverybody{"ESME", "GSME", "GPF", "HCALCS", "SAPC", "CHF", "PPMID"};

const std::vector<Row>& table() {
    static const std::vector<Row> rows{
        {0, "rootBySupplier", Role::supplier, Role::root, kWithSupplier},
        {1, "rootByWanProvider", Role::wanProvider, Role::root, {"CHF"}},
        {2, "supplierBySupplier", Role::supplier, Role::supplier, kWithSupplier},
        {3,
         "networkOperatorByNetworkOperator",
         Role::networkOperator,
         Role::networkOperator,
         {"ESME", "GPF", "SAPC"}},
        {4, "accessControlBrokerByACB", Role::accessControlBroker, Role::accessControlBroker, kEverybody},
        {5, "wanProviderByWanProvider", Role::wanProvider, Role::wanProvider, {"CHF"}},
        {6, "transCoSByTransCoS", Role::transitionalCoS, Role::transitionalCoS, kWithSupplier},
        {7, "supplierByTransCoS", Role::transitionalCoS, Role::supplier, kWithSupplier},
        {8, "anyExceptAbnormalRootByRecovery", Role::recovery, {}, kEverybody},
        {9, "anyByContingency", {}, {}, kEverybody},
        {10, "loadControllerByLoadController", Role::loadController, Role::loadController, {"ESME", "SAPC"}},
        {11, "loadControllerBySupplier", Role::supplier, Role::loadController, kWithSupplier},
    };
    return rows;
}

constexpr DeviceType kDevices[]{DeviceType::gSME,   DeviceType::eSME,  DeviceType::CHF,   DeviceType::GPF,
                                DeviceType::HCALCS, DeviceType::PPMID, DeviceType::type2, DeviceType::SAPC};

std::vector<Cell> every_cell() {
    std::vector<Cell> out;
    for (unsigned role = 0; role <= 8; ++role)
        for (const KeyUsage key : {KeyUsage::digitalSignature, KeyUsage::keyAgreement, KeyUsage::keyCertSign})
            for (const CellUsage use : {CellUsage::management, CellUsage::prePaymentTopUp})
                out.push_back({static_cast<Role>(role), key, use});
    return out;
}

bool held_by(DeviceType device, const Cell& cell) {
    return std::ranges::find(cells_of(device), cell) != cells_of(device).end();
}

TEST(ReplacementModes, AreNumberedAndNamedAsGbcsDoes) {
    for (const Row& row : table()) {
        const auto mode = replacement_mode(row.code);
        ASSERT_TRUE(mode) << row.code;
        EXPECT_EQ(static_cast<std::uint64_t>(*mode), row.code);
        EXPECT_EQ(name(*mode), row.name);
        EXPECT_EQ(authorising_role(*mode), row.by) << row.name;
    }
    EXPECT_FALSE(replacement_mode(table().size()));
    EXPECT_FALSE(replacement_mode(UINT64_MAX));
}

TEST(ReplacementRule, HoldsForEveryModeDeviceAndCell) {
    int allowed = 0, refused = 0;
    for (const Row& row : table()) {
        for (const DeviceType device : kDevices) {
            const bool knows_mode = row.devices.contains(std::string(name(device)));
            for (const Cell& cell : every_cell()) {
                const Verdict verdict = may_replace(*replacement_mode(row.code), device, cell);
                const bool may =
                    knows_mode && held_by(device, cell) && (!row.target || *row.target == cell.role);
                EXPECT_EQ(static_cast<bool>(verdict), may)
                    << row.name << " on " << name(device) << ": " << cell.text();
                EXPECT_TRUE(verdict || !verdict.text.empty()) << "a refusal says why";
                ++(may ? allowed : refused);
            }
        }
    }
    EXPECT_EQ(allowed + refused, 12 * 8 * 54);
    EXPECT_GT(allowed, 100);
}

TEST(ReplacementRule, SaysWhichPartOfItRefused) {
    constexpr Cell sign{Role::networkOperator, KeyUsage::digitalSignature};
    constexpr Cell supplier{Role::supplier, KeyUsage::digitalSignature};
    EXPECT_EQ(may_replace(Mode::networkOperatorByNetworkOperator, DeviceType::gSME, sign).code,
              codes::mode_not_allowed);
    EXPECT_EQ(may_replace(Mode::supplierBySupplier, DeviceType::PPMID, supplier).code,
              codes::mode_not_allowed);
    EXPECT_EQ(may_replace(Mode::anyExceptAbnormalRootByRecovery, DeviceType::gSME, sign).code,
              codes::no_such_cell);
    EXPECT_EQ(may_replace(Mode::supplierBySupplier, DeviceType::eSME, sign).code, codes::cell_not_allowed)
        << "a supplier never replaces the network operator's certificate";
    EXPECT_EQ(may_replace(Mode::networkOperatorByNetworkOperator, DeviceType::eSME, supplier).code,
              codes::cell_not_allowed);
}

TEST(Fitting, AsksForTheUsageAndRoleOfTheCell) {
    constexpr Cell sign{Role::networkOperator, KeyUsage::digitalSignature};
    constexpr Cell agree{Role::networkOperator, KeyUsage::keyAgreement};
    constexpr auto mode = Mode::networkOperatorByNetworkOperator;
    const auto issue = [](Role role, KeyUsage usage) {
        return smki::authority().issue(smki::organisation(role, usage));
    };
    EXPECT_TRUE(fits(*issue(Role::networkOperator, KeyUsage::digitalSignature), sign, mode));
    EXPECT_TRUE(fits(*issue(Role::networkOperator, KeyUsage::keyAgreement), agree, mode));
    EXPECT_EQ(fits(*issue(Role::networkOperator, KeyUsage::keyAgreement), sign, mode).code,
              codes::wrong_usage);
    for (const Role role : {Role::recovery, Role::supplier, Role::accessControlBroker, Role::transitionalCoS,
                            Role::wanProvider, Role::loadController, Role::other, Role::xmlSign}) {
        EXPECT_EQ(fits(*issue(role, KeyUsage::digitalSignature), sign, mode).code, codes::wrong_role)
            << name(role);
    }
    EXPECT_EQ(fits(*smki::authority().issue(smki::device()), sign, mode).code, codes::wrong_role)
        << "a device certificate names no role";
}

TEST(Fitting, HasThreeExceptions) {
    const auto issue = [](Role role) { return smki::authority().issue(smki::organisation(role)); };
    constexpr Cell load{Role::loadController, KeyUsage::digitalSignature};
    EXPECT_TRUE(fits(*issue(Role::supplier), load, Mode::loadControllerBySupplier))
        << "seen in reference messages";
    EXPECT_TRUE(fits(*issue(Role::supplier), load, Mode::loadControllerByLoadController));
    EXPECT_FALSE(fits(*issue(Role::supplier), load, Mode::anyExceptAbnormalRootByRecovery));
    constexpr Cell operator_cell{Role::networkOperator, KeyUsage::digitalSignature};
    EXPECT_TRUE(fits(*issue(Role::accessControlBroker), operator_cell, Mode::anyExceptAbnormalRootByRecovery))
        << "recovery method 2";
    EXPECT_FALSE(
        fits(*issue(Role::accessControlBroker), operator_cell, Mode::networkOperatorByNetworkOperator));
    constexpr Cell root{Role::root, KeyUsage::keyCertSign};
    EXPECT_TRUE(fits(*smki::authority().root(), root, Mode::rootBySupplier));
    EXPECT_TRUE(fits(*smki::authority().issuing(), root, Mode::rootBySupplier));
    EXPECT_FALSE(fits(*issue(Role::supplier), root, Mode::rootBySupplier));
}

}  // namespace
}  // namespace meterbed
