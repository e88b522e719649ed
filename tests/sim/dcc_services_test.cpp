// Requests that the DCC answers alone (command variant 8): who may send them, what the inventory learns, and
// that nothing goes to a home.
#include <gtest/gtest.h>

#include "sim/errors.h"
#include "sim/services/dcc_services.h"
#include "tests/sim/town.h"

namespace meterbed {
namespace {

using duis::Element;
using testing::quiet;
using testing::Town;

std::string text_at(const Element& element, std::string_view name) {
    for (const Element& child : element.children)
        if (child.name == name) return child.text;
    return "(none)";
}

/// What the inventory says of a device, as service 8.2 tells.
std::string status_of(Town& town, Eui64 device) {
    const Ticket& ticket = town.ask(town.supplier, "8.2", device);
    if (!ticket.answer) return "(no answer)";
    for (const Element& row : ticket.answer->children)
        if (text_at(row, "DeviceID") == device.text()) return text_at(row, "DeviceStatus");
    return "(not there)";
}

/// Details of a record of this kind, in order.
std::vector<std::string> details(const Town& town, std::string_view what) {
    const Records records = town.world.records();
    std::vector<std::string> out;
    for (std::size_t i = 0; i < records.size(); ++i)
        if (records.text(records.what[i]) == what)
            out.push_back(records.text(records.code[i]) + ", " + records.text(records.detail[i]));
    return out;
}

WorldOptions without_wan(Duration repair = std::chrono::days{200}) {
    WorldOptions options = quiet();
    options.settings.no_wan_share = 1;
    options.settings.no_wan_never_part = 1;
    options.settings.coverage_repair = repair;
    return options;
}

Home prepaying_home(Town& town, Generation generation = Generation::SMETS2) {
    HomeOptions options;
    options.generation = generation;
    options.supplier = town.supplier;
    options.network_operator = town.right;
    options.prepayment = true;
    return town.world.add_home(options);
}

TEST(DccServices, the_dcc_answers_in_one_exchange_and_nothing_goes_to_the_home) {
    Town town;
    const Home home = town.home();
    const Ticket& ticket = town.ask(town.supplier, "8.14.2", home.chf);
    EXPECT_EQ(ticket.code, "I99");  // success without data (response_codes.csv)
    EXPECT_TRUE(ticket.succeeded());
    EXPECT_LT(*ticket.done_at - ticket.sent_at, std::chrono::seconds{3});
    EXPECT_EQ(town.count("request answered", "I99"), 1U);
    EXPECT_EQ(town.count("command sent"), 0U);
    EXPECT_EQ(town.count("command delivered"), 0U);
}

TEST(DccServices, a_role_that_the_table_does_not_name_is_refused) {
    Town town;
    const Home home = town.home();
    EXPECT_EQ(town.ask(town.right, "8.14.2", home.chf).code, "E2");
    EXPECT_EQ(town.count("inventory changed"), 0U);
    EXPECT_EQ(town.ask(town.right, "12.1", home.chf).code, "I0");  // open to operators, too
}

TEST(DccServices, a_device_that_is_not_in_the_inventory_is_refused_by_the_dcc) {
    Town town;
    town.home();
    EXPECT_EQ(town.ask(town.supplier, "8.14.1", Eui64{0x1234}).code, "E19");
}

TEST(DccServices, hub_services_are_for_hubs) {
    Town town;
    const Home home = town.home();
    EXPECT_EQ(town.ask(town.supplier, "8.14.2", home.esme).code, "E11");
}

TEST(DccServices, a_decommissioned_device_takes_nothing_but_questions) {
    Town town;
    const Home home = town.home();
    EXPECT_EQ(town.ask(town.supplier, "8.3", home.chf).code, "I99");
    EXPECT_EQ(town.ask(town.supplier, "8.14.2", home.chf).code, "E5");
    EXPECT_EQ(town.ask(town.supplier, "8.3", home.chf).code, "E5");
    EXPECT_EQ(status_of(town, home.chf), "Decommissioned");
    EXPECT_EQ(status_of(town, home.esme), "Commissioned");
}

TEST(DccServices, only_the_registered_supplier_may_where_the_gate_is_on) {
    WorldOptions options = quiet();
    options.settings.gates.emplace_back("caller is registered");
    Town town(options);
    const std::uint16_t other = town.world.add_user("supplier-b", {UserRole::IS});
    const Home home = town.home();
    EXPECT_EQ(town.ask(other, "8.14.1", home.chf).code, "E4");
    EXPECT_EQ(town.ask(town.supplier, "8.14.1", home.chf).code, "I99");
    EXPECT_EQ(town.ask(other, "8.2", home.chf).code, "I0");  // a future supplier asks as well
}

TEST(DccServices, a_smets1_meter_stands_in_the_inventory_and_goes_by_no_s1sp) {
    Town town;
    const Home home = town.home(Generation::SMETS1);
    EXPECT_EQ(status_of(town, home.esme), "Commissioned");
    EXPECT_EQ(town.count("countersigned"), 0U);
}

TEST(DccServices, a_body_is_read_to_the_last_element) {
    Town town;
    const Home home = town.home();
    RequestOptions options{town.supplier, "8.14.2", home.chf, "", {}, {}};
    const auto problem = [&](const Element& body) -> std::string {
        options.body = std::make_shared<const Element>(body);
        try {
            town.world.request(options, town.world.now());
        } catch (const BadRequest& error) {
            return error.what();
        }
        return "";
    };
    ServiceRequest request;
    request.service = find_service("8.14.2");
    request.target = home.chf;
    request.home = home.number;
    const Element good = plain_dcc_body(request);
    EXPECT_EQ(problem(good), "");
    Element bad = good;
    bad.children[0].text = home.esme.text();
    EXPECT_NE(problem(bad).find("DeviceID is not the device that the request is about"), std::string::npos);
    bad = good;
    bad.children[1].text = "Old CHF Install";
    bad.children.pop_back();
    bad.children.push_back({"Stray", "", {}, {}, 0});
    const std::string all = problem(bad);
    EXPECT_NE(all.find("CHFInstallType 'Old CHF Install' is not one of New CHF Install"), std::string::npos);
    EXPECT_NE(all.find("SharedObstructionCheck is missing"), std::string::npos);
    EXPECT_NE(all.find("Stray is not expected here"), std::string::npos);
    options.service = "12.1";
    const Element elsewhere{"UPRN", std::to_string(home.number + 1), {}, {}, 0};
    EXPECT_NE(
        problem({"RequestWANMatrix", "", {}, {elsewhere}, 0}).find("UPRN is not the home of the request"),
        std::string::npos);
    options.service = "8.14.2";
    EXPECT_NE(problem({"ReadInventory", "", {}, {}, 0}).find("is not the body of service 8.14.2"),
              std::string::npos);
}

TEST(DccServices, services_that_need_more_than_the_inventory_are_refused_with_those_there_are) {
    Town town;
    const Home home = town.home();
    try {
        town.world.request({town.supplier, "5.1", home.esme, "", {}, {}}, town.world.now());
        FAIL();
    } catch (const BadRequest& error) {
        EXPECT_STREQ(error.what(),
                     "Service Request 5.1 is one that the DCC answers alone, and not simulated; of those "
                     "there are 8.2, 8.3, 8.14.1, 8.14.2, 12.1");
    }
    EXPECT_THROW(town.world.make_command({town.supplier, "8.2", home.esme, "", {}, {}}), BadRequest);
}

TEST(DccServices, a_home_installed_without_wan_is_told_of_at_the_start) {
    Town town(without_wan());
    const Home home = prepaying_home(town);
    EXPECT_EQ(town.ask(town.supplier, "8.3", home.chf).code, "E5");  // it is not commissioned
    EXPECT_EQ(details(town, "inventory changed"),
              (std::vector<std::string>{"InstalledNotCommissioned, installed without WAN"}));
    EXPECT_EQ(status_of(town, home.chf), "InstalledNotCommissioned");
    EXPECT_EQ(town.count("installed without WAN"), 1U);  // the record of both scales, as ever
}

TEST(DccServices, a_smets1_home_without_wan_has_no_hub_to_tell_of) {
    Town town(without_wan());
    prepaying_home(town, Generation::SMETS1);
    town.world.run_until(town.world.now() + std::chrono::minutes{1});
    EXPECT_EQ(town.count("request sent"), 0U);
    EXPECT_EQ(town.count("installed without WAN"), 1U);
}

TEST(DccServices, the_wan_matrix_names_the_day_of_the_promise_counted_from_the_installation) {
    Town town(without_wan());
    const Home home = prepaying_home(town);
    const Home other = town.home();
    town.world.run_until(town.world.now() + std::chrono::minutes{1});
    const auto region = [&](const Home& of) {
        return town.ask(town.supplier, "12.1", of.chf).answer->children.at(1);
    };
    const Time repaired = town.world.prepaid(home.number)->cover.down_until;
    EXPECT_EQ(text_at(region(home), "CoverageAvailability"), "false");
    EXPECT_EQ(text_at(region(home), "AnticipatedCoverageDate"), to_text(repaired).substr(0, 10));
    EXPECT_EQ(text_at(region(home), "ConnectivityLikelihood"), "Low");
    EXPECT_EQ(text_at(region(other), "CoverageAvailability"), "true");
    EXPECT_EQ(text_at(region(other), "AnticipatedCoverageDate"), "(none)");
}

TEST(DccServices, a_hub_is_commissioned_when_it_is_first_heard) {
    Town town(without_wan(std::chrono::days{91}));  // so that it is repaired within 91 days of the start
    const Home home = prepaying_home(town);
    const Time repaired = town.world.prepaid(home.number)->cover.down_until;
    town.world.run_until(repaired - std::chrono::minutes{1});
    EXPECT_EQ(details(town, "inventory changed").size(), 1U);
    town.world.run_until(repaired + std::chrono::days{40});  // the next top-up is answered
    EXPECT_EQ(details(town, "inventory changed"),
              (std::vector<std::string>{"InstalledNotCommissioned, installed without WAN",
                                        "Commissioned, heard over the WAN"}));
    EXPECT_EQ(
        text_at(town.ask(town.supplier, "12.1", home.chf).answer->children.at(1), "CoverageAvailability"),
        "true");
}

}  // namespace
}  // namespace meterbed
