// Update Security Credentials (CS02b): which certificates a device takes, and who commands it afterwards.
#include "devices/verification.h"
#include "pki/path.h"
#include "tests/devices/bench.h"

namespace meterbed {
namespace {

using bench::Bench;
using bench::kOperatorAgree;
using bench::kOperatorSign;
using bench::kSupplierAgree;
using bench::kSupplierSign;
using bench::market;
using bench::Party;
using bench::Shape;
using gbcs::StatusCode;
using Mode = ReplacementMode;
using namespace std::chrono_literals;

using Certificates = std::vector<std::pair<Cell, CertificateRef>>;

class UpdateCredentials : public ::testing::Test {
  protected:
    gbcs::Message message(Mode mode, gbcs::UpdateSecurityCredentials update, const Party& by, Shape shape) {
        auto out = bench.draft(update_code(mode), {}, by);
        update.authorising_counter = out.header.counter;
        out.payload = gbcs::encode_cs02(update);
        bench.protect(out, by, shape);
        return out;
    }
    std::optional<gbcs::Message> send(Mode mode, const gbcs::UpdateSecurityCredentials& update,
                                      const Party& by, Shape shape = Shape::both) {
        return bench.deliver(message(mode, update, by, shape));
    }
    /// Mode 3 by the rightful operator.
    std::optional<gbcs::Message> by_operator(const Certificates& replacements) {
        return send(Mode::networkOperatorByNetworkOperator,
                    bench::update(Mode::networkOperatorByNetworkOperator, replacements),
                    market().east_midlands);
    }
    static gbcs::UpdateSecurityCredentialsResponse read(const std::optional<gbcs::Message>& response) {
        EXPECT_TRUE(response);
        if (!response) return {};
        auto payload = gbcs::parse_cs02(response->code(), gbcs::CraFlag::response, response->payload);
        EXPECT_TRUE(payload);
        return std::get<gbcs::UpdateSecurityCredentialsResponse>(*payload);
    }
    static std::vector<StatusCode> statuses(const std::optional<gbcs::Message>& response) {
        std::vector<StatusCode> out;
        const auto outcome = read(response).outcome;
        if (!outcome) return out;
        for (const auto& one : outcome->replacements) out.push_back(one.status);
        return out;
    }
    Eui64 holder(const Cell& cell) const { return bench.device->trust_anchors().at(cell)->subject; }
    bool obeys_read(const Party& party) {
        return bench.deliver(bench.command(bench::code::read_switch, bench::read_switch(), party, Shape::mac))
            .has_value();
    }
    static CertificateRef flawed(const Party& party, KeyUsage usage, Misbehaviour misbehaviour) {
        const auto& key = usage == KeyUsage::digitalSignature ? party.signing : party.agreement;
        return bench::issue(market().authority, party, usage, key.public_key(), misbehaviour);
    }
    /// One signing certificate offered to the operator's signing cell.
    StatusCode offered(const CertificateRef& certificate) {
        const auto outcome = statuses(by_operator({{kOperatorSign, certificate}}));
        return outcome.empty() ? StatusCode::other : outcome.at(0);
    }
    Bench bench;
};

TEST_F(UpdateCredentials, TakesTheGenuineCertificatesOfAnotherOperator) {
    const auto response =
        by_operator({{kOperatorSign, market().eastern.sign}, {kOperatorAgree, market().eastern.agree}});
    const auto outcome = read(response).outcome.value();
    EXPECT_EQ(statuses(response), std::vector(2, StatusCode::success));
    // The response goes to the old identity and reports both.
    EXPECT_EQ(response->header.recipient, market().east_midlands.id);
    const auto old_id = market().east_midlands.id.octets(), new_id = market().eastern.id.octets();
    EXPECT_EQ(outcome.replacements[0].existing_subject, Bytes(old_id.begin(), old_id.end()));
    EXPECT_EQ(outcome.replacements[0].replacing_subject, Bytes(new_id.begin(), new_id.end()));
    EXPECT_EQ(outcome.replacements[0].replacing_key_identifier, market().eastern.sign->key_identifier);
    const auto replaced = bench.context.notes_of(notes::cell_replaced);
    ASSERT_EQ(replaced.size(), 2U);
    EXPECT_EQ(replaced[0].party, market().eastern.id);
    EXPECT_EQ(replaced[0].detail, "networkOperator digitalSignature management");
    EXPECT_EQ(bench.device->log(Log::event).back().event, 0x8F70);

    EXPECT_FALSE(obeys_read(market().east_midlands));
    EXPECT_EQ(bench.dropped_as(), command_codes::unknown_originator);
    EXPECT_TRUE(obeys_read(market().eastern));
}

TEST_F(UpdateCredentials, TheWrongOperatorCanRepairIt) {
    by_operator({{kOperatorSign, market().eastern.sign}, {kOperatorAgree, market().eastern.agree}});
    const auto mode = Mode::networkOperatorByNetworkOperator;
    const auto repair = bench::update(
        mode, {{kOperatorSign, market().east_midlands.sign}, {kOperatorAgree, market().east_midlands.agree}});
    EXPECT_FALSE(send(mode, repair, market().east_midlands));
    EXPECT_EQ(bench.dropped_as(), command_codes::unknown_originator);
    EXPECT_EQ(statuses(send(mode, repair, market().eastern)), std::vector(2, StatusCode::success));
    EXPECT_TRUE(obeys_read(market().east_midlands));
}

TEST_F(UpdateCredentials, RecoveryCanRepairIt) {
    by_operator({{kOperatorSign, market().eastern.sign}, {kOperatorAgree, market().eastern.agree}});
    const auto mode = Mode::anyExceptAbnormalRootByRecovery;
    const auto repair = bench::update(
        mode, {{kOperatorSign, market().east_midlands.sign}, {kOperatorAgree, market().east_midlands.agree}});
    // Recovery signs; its command carries no MAC.
    EXPECT_FALSE(send(mode, repair, market().recovery, Shape::both));
    EXPECT_EQ(bench.dropped_as(), command_codes::unexpected_mac);
    EXPECT_EQ(statuses(send(mode, repair, market().recovery, Shape::signed_only)),
              std::vector(2, StatusCode::success));
    EXPECT_EQ(holder(kOperatorSign), market().east_midlands.id);
    EXPECT_TRUE(obeys_read(market().east_midlands));
}

TEST_F(UpdateCredentials, KeepsTheCellForACertificateOfAnotherRole) {
    EXPECT_EQ(offered(market().supplier.sign), StatusCode::badCertificate);
    EXPECT_EQ(offered(flawed(market().east_midlands, KeyUsage::digitalSignature, Misbehaviour::wrong_role)),
              StatusCode::badCertificate);
    EXPECT_EQ(holder(kOperatorSign), market().east_midlands.id);
    EXPECT_EQ(bench.context.notes_of(notes::cell_kept).at(0).verdict, certificate_codes::wrong_role);
    EXPECT_EQ(bench.context.notes_of(notes::command_failed).at(0).verdict, "badCertificate");
}

TEST_F(UpdateCredentials, KeepsTheCellForAnotherUsage) {
    EXPECT_EQ(offered(market().east_midlands.agree), StatusCode::badCertificate);
    EXPECT_EQ(statuses(by_operator({{kOperatorAgree, market().east_midlands.sign}})).at(0),
              StatusCode::badCertificate);
}

TEST_F(UpdateCredentials, KeepsTheCellForAnotherTree) {
    const Party& party = market().east_midlands;
    const auto foreign =
        bench::issue(market().other_tree, party, KeyUsage::digitalSignature, party.signing.public_key());
    EXPECT_EQ(offered(foreign), StatusCode::noTrustAnchor);
    auto update = bench::update(Mode::networkOperatorByNetworkOperator, {{kOperatorSign, foreign}});
    update.path_certificates = {market().other_tree.issuing()->der, market().other_tree.root()->der};
    EXPECT_EQ(statuses(send(Mode::networkOperatorByNetworkOperator, update, party)).at(0),
              StatusCode::noTrustAnchor);
    EXPECT_EQ(offered(flawed(party, KeyUsage::digitalSignature, Misbehaviour::wrong_issuer)),
              StatusCode::noTrustAnchor);
    EXPECT_EQ(offered(flawed(party, KeyUsage::digitalSignature, Misbehaviour::bad_signature)),
              StatusCode::noTrustAnchor);
    EXPECT_EQ(bench.device->trust_anchors().at(kOperatorSign), party.sign);
}

TEST_F(UpdateCredentials, KeepsTheCellWithoutAPath) {
    auto update =
        bench::update(Mode::networkOperatorByNetworkOperator, {{kOperatorSign, market().eastern.sign}});
    update.path_certificates.clear();
    EXPECT_EQ(statuses(send(Mode::networkOperatorByNetworkOperator, update, market().east_midlands)).at(0),
              StatusCode::noTrustAnchor);
}

TEST_F(UpdateCredentials, KeepsTheCellForWhatIsNoCertificate) {
    auto update =
        bench::update(Mode::networkOperatorByNetworkOperator, {{kOperatorSign, market().eastern.sign}});
    update.replacements[0].certificate = {0x30, 0x03, 0x02, 0x01, 0x00};
    EXPECT_EQ(statuses(send(Mode::networkOperatorByNetworkOperator, update, market().east_midlands)).at(0),
              StatusCode::badCertificate);
    EXPECT_EQ(offered(flawed(market().eastern, KeyUsage::digitalSignature, Misbehaviour::oversize)),
              StatusCode::badCertificate);
}

TEST_F(UpdateCredentials, LooksAtValidityUnlessToldNotTo) {
    const auto expired = flawed(market().east_midlands, KeyUsage::digitalSignature, Misbehaviour::expired);
    EXPECT_EQ(offered(expired), StatusCode::badCertificate);
    const auto not_yet =
        bench::issue(market().authority, market().east_midlands, KeyUsage::digitalSignature,
                     market().east_midlands.signing.public_key(), Misbehaviour::none, bench::kStart + 24h);
    EXPECT_EQ(offered(not_yet), StatusCode::badCertificate);

    auto update = bench::update(Mode::networkOperatorByNetworkOperator, {{kOperatorSign, expired}});
    update.disapply_time_checks = true;
    EXPECT_EQ(statuses(send(Mode::networkOperatorByNetworkOperator, update, market().east_midlands)).at(0),
              StatusCode::success);
}

TEST_F(UpdateCredentials, WithoutReliableTimeValidityIsNotLookedAt) {
    bench.device->time_status = TimeStatus::unreliable;
    EXPECT_EQ(offered(flawed(market().east_midlands, KeyUsage::digitalSignature, Misbehaviour::expired)),
              StatusCode::success);
}

TEST_F(UpdateCredentials, ReplacesWhatItCanAndReportsTheRest) {
    const auto response =
        by_operator({{kOperatorSign, market().eastern.sign}, {kOperatorAgree, market().supplier.agree}});
    EXPECT_EQ(statuses(response), (std::vector{StatusCode::success, StatusCode::badCertificate}));
    const auto failed = read(response).outcome->replacements.at(1);
    EXPECT_EQ(failed.replacing_subject, failed.existing_subject);
    EXPECT_EQ(failed.replacing_key_identifier, market().east_midlands.agree->key_identifier);
    // A split identity: both names are known, each cell to its own.
    EXPECT_EQ(holder(kOperatorSign), market().eastern.id);
    EXPECT_EQ(holder(kOperatorAgree), market().east_midlands.id);
    EXPECT_TRUE(obeys_read(market().eastern));
    EXPECT_TRUE(obeys_read(market().east_midlands));
}

TEST_F(UpdateCredentials, TheAcbCanNotReplaceAnOperator) {
    auto update = bench::update(Mode::accessControlBrokerByACB, {{kOperatorSign, market().eastern.sign}});
    EXPECT_FALSE(send(Mode::accessControlBrokerByACB, update, market().acb, Shape::mac));
    EXPECT_EQ(bench.dropped_as(), certificate_codes::cell_not_allowed);
    update = bench::update(Mode::networkOperatorByNetworkOperator, {{kOperatorSign, market().eastern.sign}});
    EXPECT_FALSE(send(Mode::networkOperatorByNetworkOperator, update, market().acb));
    EXPECT_EQ(bench.dropped_as(), command_codes::role_not_permitted);
    EXPECT_EQ(holder(kOperatorSign), market().east_midlands.id);
}

TEST_F(UpdateCredentials, TheSupplierCanNotReplaceAnOperator) {
    const auto update =
        bench::update(Mode::supplierBySupplier, {{kOperatorSign, market().east_midlands.sign}});
    EXPECT_FALSE(send(Mode::supplierBySupplier, update, market().supplier));
    EXPECT_EQ(bench.dropped_as(), certificate_codes::cell_not_allowed);
}

TEST_F(UpdateCredentials, TheAcbReplacesItselfByItsMac) {
    Random random(3, "new ACB");
    Party renewed = market().acb;
    renewed.agreement = KeyPair::generate(random);
    renewed.agree =
        bench::issue(market().authority, renewed, KeyUsage::keyAgreement, renewed.agreement.public_key());
    const Cell cell{RemotePartyRole::accessControlBroker, KeyUsage::keyAgreement};
    auto update = bench::update(Mode::accessControlBrokerByACB, {{cell, renewed.agree}});
    update.new_floor = 0;
    const auto response = send(Mode::accessControlBrokerByACB, update, market().acb, Shape::mac);
    EXPECT_EQ(statuses(response).at(0), StatusCode::success);
    EXPECT_TRUE(response->signature);
    EXPECT_FALSE(obeys_read(market().supplier));
    EXPECT_EQ(bench.dropped_as(), command_codes::bad_mac);
}

TEST_F(UpdateCredentials, RefusesControlFieldsThatContradictTheHeader) {
    const auto mode = Mode::networkOperatorByNetworkOperator;
    const auto good = bench::update(mode, {{kOperatorSign, market().eastern.sign}});
    auto sent = message(mode, good, market().east_midlands, Shape::both);
    auto update = good;
    update.authorising_counter = sent.header.counter + 1;
    sent.payload = gbcs::encode_cs02(update);
    bench.protect(sent, market().east_midlands, Shape::both);
    EXPECT_FALSE(bench.deliver(sent));
    EXPECT_EQ(bench.dropped_as(), command_codes::inconsistent_control);

    update = good;
    update.mode = static_cast<std::uint64_t>(Mode::supplierBySupplier);
    EXPECT_FALSE(send(mode, update, market().east_midlands));
    EXPECT_EQ(bench.dropped_as(), command_codes::inconsistent_control);
    update = good;
    update.authorising_cell.reset();
    EXPECT_FALSE(send(mode, update, market().east_midlands));
    EXPECT_EQ(bench.dropped_as(), command_codes::inconsistent_control);
    update = good;
    update.replacements.push_back(update.replacements[0]);
    EXPECT_FALSE(send(mode, update, market().east_midlands));
    EXPECT_EQ(bench.dropped_as(), command_codes::duplicate_target);
    EXPECT_EQ(holder(kOperatorSign), market().east_midlands.id);
}

TEST_F(UpdateCredentials, ContingencyIsNotHeldByTestRoots) {
    auto update = bench::update(Mode::anyByContingency, {{kOperatorSign, market().eastern.sign}});
    update.plaintext_symmetric_key = Bytes(16, 1);
    EXPECT_FALSE(send(Mode::anyByContingency, update, market().recovery, Shape::signed_only));
    EXPECT_EQ(bench.dropped_as(), command_codes::contingency);
}

TEST_F(UpdateCredentials, FloorsReplaceCounters) {
    auto update =
        bench::update(Mode::networkOperatorByNetworkOperator,
                      {{kOperatorSign, market().eastern.sign}, {kOperatorAgree, market().eastern.agree}});
    update.new_floor = 40;
    const auto response = send(Mode::networkOperatorByNetworkOperator, update, market().east_midlands);
    const auto changes = read(response).outcome->floor_changes;
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].role, RemotePartyRole::networkOperator);
    EXPECT_EQ(current(bench.device->replay_counters(), RemotePartyRole::networkOperator), 40);
}

TEST_F(UpdateCredentials, NoFloorChangesWhenNothingIsReplaced) {
    auto update =
        bench::update(Mode::networkOperatorByNetworkOperator, {{kOperatorSign, market().supplier.sign}});
    update.new_floor = 40;
    const auto response = send(Mode::networkOperatorByNetworkOperator, update, market().east_midlands);
    EXPECT_TRUE(read(response).outcome->floor_changes.empty());
    EXPECT_EQ(current(bench.device->replay_counters(), RemotePartyRole::networkOperator), bench.counter);
}

// Later times.

class FutureDated : public UpdateCredentials {
  protected:
    static constexpr auto mode = Mode::networkOperatorByNetworkOperator;
    gbcs::UpdateSecurityCredentials dated(const CertificateRef& certificate, std::optional<Time> at) {
        auto update = bench::update(mode, {{kOperatorSign, certificate}});
        update.execute_at = at;
        return update;
    }
    gbcs::UpdateSecurityCredentialsAlert alert() const {
        const auto alerts = bench.sent_alerts();
        EXPECT_EQ(alerts.size(), 1U);
        if (alerts.empty()) return {};
        EXPECT_EQ(alerts[0].code(), gbcs::MessageCode{0x00CB});
        EXPECT_TRUE(gbcs::signature_is_valid(alerts[0], bench.device->identity().signing.public_key()));
        EXPECT_EQ(alerts[0].header.recipient, market().east_midlands.id);
        return std::get<gbcs::UpdateSecurityCredentialsAlert>(
            *gbcs::parse_cs02(alerts[0].code(), gbcs::CraFlag::alert, alerts[0].payload));
    }
    const Time due = bench::kStart + 48h;
};

TEST_F(FutureDated, IsStoredExecutedAndReported) {
    const auto response = send(mode, dated(market().eastern.sign, due), market().east_midlands);
    EXPECT_EQ(response->payload, (Bytes{0x30, 0x02, 0x05, 0x00}));
    EXPECT_EQ(bench.context.notes_of(notes::command_stored).size(), 1U);
    EXPECT_EQ(holder(kOperatorSign), market().east_midlands.id);
    bench.context.forget();
    bench.context.run_until(due - 1s, *bench.device);
    EXPECT_TRUE(bench.context.sent.empty());
    bench.context.run_until(due, *bench.device);
    EXPECT_EQ(holder(kOperatorSign), market().eastern.id);
    EXPECT_EQ(alert().alert_code, 0x8F66);
    EXPECT_EQ(alert().executed_at, due);
    EXPECT_TRUE(bench.device->pending_updates().commands.empty());
}

TEST_F(FutureDated, ReportsFailure) {
    send(mode, dated(market().supplier.sign, due), market().east_midlands);
    bench.context.forget();
    bench.context.run_until(due, *bench.device);
    EXPECT_EQ(alert().alert_code, 0x8F67);
    EXPECT_EQ(holder(kOperatorSign), market().east_midlands.id);
}

TEST_F(FutureDated, IsCancelled) {
    send(mode, dated(market().eastern.sign, due), market().east_midlands);
    const auto response = send(mode, dated(market().eastern.sign, kForever), market().east_midlands);
    EXPECT_EQ(response->payload, (Bytes{0x30, 0x02, 0x05, 0x00}));
    EXPECT_TRUE(bench.context.timers.empty());
    bench.context.run_until(due + 24h, *bench.device);
    EXPECT_EQ(holder(kOperatorSign), market().east_midlands.id);
}

TEST_F(FutureDated, IsReplacedByANewerOne) {
    send(mode, dated(market().supplier.sign, due), market().east_midlands);
    send(mode, dated(market().eastern.sign, due + 1h), market().east_midlands);
    EXPECT_EQ(bench.context.timers.size(), 1U);
    bench.context.run_until(due + 1h, *bench.device);
    EXPECT_EQ(holder(kOperatorSign), market().eastern.id);
}

TEST_F(FutureDated, WaitsForReliableTime) {
    send(mode, dated(market().eastern.sign, due), market().east_midlands);
    bench.device->time_status = TimeStatus::unreliable;
    bench.context.run_until(due + 1h, *bench.device);
    EXPECT_EQ(holder(kOperatorSign), market().east_midlands.id);
    bench.device->time_status = TimeStatus::reliable;
    bench.context.run_until(due + 2h, *bench.device);
    EXPECT_EQ(holder(kOperatorSign), market().eastern.id);
}

TEST_F(FutureDated, AChangeOfSupplierCancelsTheOldSuppliersCommands) {
    auto waiting = bench::update(Mode::supplierBySupplier, {{kSupplierSign, market().supplier.sign}});
    waiting.execute_at = due;
    send(Mode::supplierBySupplier, waiting, market().supplier);
    ASSERT_EQ(bench.context.timers.size(), 1U);
    const Cell top_up{RemotePartyRole::supplier, KeyUsage::keyAgreement, CellUsage::prePaymentTopUp};
    auto change = bench::update(Mode::supplierByTransCoS, {{kSupplierSign, market().other_supplier.sign},
                                                           {kSupplierAgree, market().other_supplier.agree},
                                                           {top_up, market().other_supplier.pay}});
    change.other_floors = {{{RemotePartyRole::supplier, 0, {{{0, 9ULL << 32}}}}}};
    EXPECT_EQ(statuses(send(Mode::supplierByTransCoS, change, market().cos)),
              std::vector(3, StatusCode::success));
    EXPECT_TRUE(bench.context.timers.empty());
    EXPECT_EQ(bench.device->top_ups().counters.floor, 9);
    EXPECT_TRUE(obeys_read(market().other_supplier));
    EXPECT_FALSE(obeys_read(market().supplier));
}

// Other devices.

TEST(GasProxyHandover, TheAcbHandsOverInTheNameOfTheRolesItHolds) {
    Bench bench(DeviceType::GPF);
    Party acb = market().acb;
    for (const Cell& cell : bench.device->trust_anchors().cells())
        if (cell.role == RemotePartyRole::supplier || cell.role == RemotePartyRole::networkOperator)
            bench.device->trust_anchors().place(cell, bench::for_cell(acb, cell));
    const auto hand_over = [&](Mode mode, const Certificates& certificates) {
        auto message = bench.draft(update_code(mode), {}, acb);
        auto update = bench::update(mode, certificates);
        update.authorising_counter = message.header.counter;
        message.payload = gbcs::encode_cs02(update);
        bench.protect(message, acb, Shape::both);
        return bench.deliver(message).has_value();
    };
    EXPECT_TRUE(hand_over(Mode::supplierBySupplier, {{kSupplierSign, market().supplier.sign},
                                                     {kSupplierAgree, market().supplier.agree}}));
    EXPECT_TRUE(
        hand_over(Mode::networkOperatorByNetworkOperator,
                  {{kOperatorSign, market().eastern.sign}, {kOperatorAgree, market().eastern.agree}}));
    EXPECT_EQ(bench.device->trust_anchors().at(kSupplierSign)->subject, market().supplier.id);
    EXPECT_EQ(bench.device->trust_anchors().at(kOperatorSign)->subject, market().eastern.id);
    // What it has handed over is no longer its own.
    EXPECT_FALSE(
        hand_over(Mode::networkOperatorByNetworkOperator, {{kOperatorSign, market().east_midlands.sign}}));
    EXPECT_EQ(bench.dropped_as(), command_codes::role_not_permitted);
}

TEST(HubCredentials, OnAHubTheAcbSignsItsOwnReplacement) {
    Bench bench(DeviceType::CHF);
    const Cell sign{RemotePartyRole::accessControlBroker, KeyUsage::digitalSignature};
    const auto mode = Mode::accessControlBrokerByACB;
    auto update = bench::update(mode, {{sign, market().acb.sign}});
    update.authorising_cell = sign;
    auto message = bench.draft(update_code(mode), {}, market().acb);
    update.authorising_counter = message.header.counter;
    message.payload = gbcs::encode_cs02(update);
    bench.protect(message, market().acb, Shape::mac);
    EXPECT_FALSE(bench.deliver(message));
    EXPECT_EQ(bench.dropped_as(), command_codes::signature_missing);
    bench.protect(message, market().acb, Shape::both);
    EXPECT_TRUE(bench.deliver(message));
}

TEST(GasMeterCredentials, HasNoOperatorCells) {
    Bench bench(DeviceType::gSME);
    const auto mode = Mode::anyExceptAbnormalRootByRecovery;
    auto message = bench.draft(update_code(mode), {}, market().recovery);
    auto update = bench::update(mode, {{kOperatorSign, market().eastern.sign}});
    update.authorising_counter = message.header.counter;
    message.payload = gbcs::encode_cs02(update);
    bench.protect(message, market().recovery, Shape::signed_only);
    EXPECT_FALSE(bench.deliver(message));
    EXPECT_EQ(bench.dropped_as(), certificate_codes::no_such_cell);
}

}  // namespace
}  // namespace meterbed
