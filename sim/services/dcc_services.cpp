#include "sim/services/dcc_services.h"

#include <algorithm>
#include <array>

#include "sim/duis/reading.h"

namespace meterbed {
namespace {

using duis::branch;
using duis::Element;
using duis::leaf;
using duis::Reading;

/// What a body says that the DCC acts on.
struct Asked {
    Eui64 device;
    std::optional<Time> installed_at;
    std::optional<std::int64_t> premises;
};

std::string region_name(const Home& home) {
    return std::string(kRegionNames[static_cast<std::size_t>(home.site.region)]);
}

// 8.14.1, 8.14.2
// --------------------------------------------------------------------------------------------------

constexpr duis::Word<int> kInstallTypes[] = {
    {"New CHF Install", 0}, {"Replacement CHF Install", 1}, {"CHF Install - no SM WAN", 2}};
constexpr duis::Word<int> kLocations[] = {
    {"Outside Premises", 0}, {"Indoors on external wall", 1}, {"Deep indoors", 2}, {"Basement or Cellar", 3}};
constexpr duis::Word<int> kPremises[] = {{"Detached / Semi Detached", 0},
                                         {"Terraced", 1},
                                         {"Low Rise Apartment (MDU <= 5 floors)", 2},
                                         {"High Rise Apartment (MDU > 5 floors)", 3}};

void read_text(const Reading& body, std::string_view name, std::size_t longest) {
    if (const auto text = body.optional(name)) text->text(longest);
}

Asked read_installation(const Reading& body) {
    Asked asked;
    asked.device = body.child("DeviceID").eui();
    body.child("CHFInstallType").one_of(kInstallTypes);
    if (const auto at = body.optional("InstallDateTime")) asked.installed_at = at->date_time();
    read_text(body, "UserRefID", 25);
    body.child("MPxN").text(13);
    read_text(body, "GISData", 25);
    body.child("AerialInstall").boolean();
    body.child("CHFLocation").one_of(kLocations);
    read_text(body, "AdditionalInformation", 200);
    return asked;
}

Asked read_installation_without_wan(const Reading& body) {
    body.child("PremiseType").one_of(kPremises);
    for (const char* check :
         {"MetalObstructionCheck", "ConnectivityObstructionCheck", "SharedObstructionCheck"})
        body.child(check).boolean();
    return read_installation(body);
}

Element plain_installation(const ServiceRequest& request) {
    return branch("CHFInstallSuccessSMWAN",
                  {leaf("DeviceID", request.target.text()), leaf("CHFInstallType", "New CHF Install"),
                   leaf("MPxN", std::to_string(request.home)), leaf("AerialInstall", "false"),
                   leaf("CHFLocation", "Indoors on external wall")});
}

Element plain_installation_without_wan(const ServiceRequest& request) {
    Element body = plain_installation(request);
    body.name = "CHFInstallSuccessNoSMWAN";
    body.children[1].text = "CHF Install - no SM WAN";
    body.children.push_back(leaf("PremiseType", "Terraced"));
    for (const char* check :
         {"MetalObstructionCheck", "ConnectivityObstructionCheck", "SharedObstructionCheck"})
        body.children.push_back(leaf(check, "false"));
    return body;
}

/// A hub that nobody had told of yet stands there now (smki.md 5.1, step 3).
InventoryRow& installed(const Asked& asked, const DccDesk& desk) {
    InventoryRow& row = desk.inventory.rows.at(asked.device);
    if (row.status == DeviceStatus::Pending || row.status == DeviceStatus::Whitelisted)
        row.status = DeviceStatus::InstalledNotCommissioned;
    return row;
}

DccAnswer note_installation(const ServiceRequest&, const Asked& asked, const DccDesk& desk) {
    installed(asked, desk).no_wan_since.reset();
    return {"I99", nullptr, inventory_changes::installed};
}

DccAnswer note_installation_without_wan(const ServiceRequest&, const Asked& asked, const DccDesk& desk) {
    installed(asked, desk).no_wan_since = asked.installed_at.value_or(desk.now);
    return {"I99", nullptr, inventory_changes::installed_without_wan};
}

// 8.2, 8.3
// --------------------------------------------------------------------------------------------------------

Asked read_device(const Reading& body) { return {body.child("DeviceID").eui(), {}, {}}; }

template <const auto& kBody>
Element plain_device(const ServiceRequest& request) {
    return branch(std::string(kBody), {leaf("DeviceID", request.target.text())});
}
constexpr std::string_view kReadInventory = "ReadInventory", kDecommission = "DecommissionDevice";

/// Of all devices of the premises, in the order of their identifiers. Maker, model and versions are left out:
/// nothing here has them.
DccAnswer read_inventory(const ServiceRequest& request, const Asked&, const DccDesk& desk) {
    const Home& home = desk.directory.homes.at(static_cast<std::size_t>(request.home));
    auto data = std::make_shared<Element>(branch("DSPInventory", {}));
    for (const DevicePlace place :
         {DevicePlace::chf, DevicePlace::gpf, DevicePlace::esme, DevicePlace::gsme, DevicePlace::ppmid}) {
        const Eui64 id = device_id(home.number, place);
        const auto row = desk.inventory.find(id);
        if (!row) continue;
        data->children.push_back(branch(
            "Device",
            {leaf("DeviceID", id.text()), leaf("DeviceType", std::string(name(row->type))),
             leaf("DeviceStatus", std::string(name(row->status))), leaf("CSPRegion", region_name(home))}));
    }
    return {"I0", data, {}};
}

/// Commands on their way to the device are not called back (ASSUMPTION: N1, N3 and N5 are not simulated).
DccAnswer decommission(const ServiceRequest&, const Asked& asked, const DccDesk& desk) {
    desk.inventory.rows.at(asked.device).status = DeviceStatus::Decommissioned;
    return {"I99", nullptr, inventory_changes::decommissioned};
}

// 12.1
// ------------------------------------------------------------------------------------------------------------

Asked read_coverage(const Reading& body) {
    return {.device = {}, .installed_at = {}, .premises = body.child("UPRN").integer(0, 999'999'999'999)};
}

Element plain_coverage(const ServiceRequest& request) {
    return branch("RequestWANMatrix", {leaf("UPRN", std::to_string(request.home))});
}

std::string date_text(Time time) { return to_text(time).substr(0, sizeof "2020-01-01" - 1); }

/// The DCC knows what it was told: no coverage where a hub was installed without WAN, until the day it
/// promised (ASSUMPTION: High elsewhere).
DccAnswer tell_coverage(const ServiceRequest& request, const Asked&, const DccDesk& desk) {
    const Home& home = desk.directory.homes.at(static_cast<std::size_t>(request.home));
    const auto hub = desk.inventory.find(home.chf);
    const bool covered = !hub || !hub->no_wan_since;
    Element region = branch("DSPWANMatrixResponse",
                            {leaf("CSPRegion", region_name(home)), leaf("CSPRegionResponseCode", "I0"),
                             leaf("CoverageAvailability", covered ? "true" : "false")});
    if (!covered)
        region.children.push_back(
            leaf("AnticipatedCoverageDate", date_text(*hub->no_wan_since + desk.coverage_repair)));
    const bool cellular = home.site.technology == Technology::cellular;
    region.children.push_back(leaf("WANTechnology", cellular ? "Cellular" : "Long Range Radio"));
    region.children.push_back(leaf("ConnectivityLikelihood", covered ? "High" : "Low"));
    const Element asked = request.body ? *request.body : plain_coverage(request);
    return {"I0",
            std::make_shared<const Element>(
                branch("DSPWANMatrix", {branch("Request", asked.children), std::move(region)})),
            {}};
}

// The table
// -------------------------------------------------------------------------------------------------------

struct Row {
    std::string_view srv, body;  ///< name of the element inside Body
    bool names_device;           ///< by DeviceID
    Asked (*read)(const Reading& body);
    Element (*plain)(const ServiceRequest& request);
    DccAnswer (*answer)(const ServiceRequest& request, const Asked& asked, const DccDesk& desk);
};

constexpr std::array kRows{
    Row{"8.2", kReadInventory, true, read_device, plain_device<kReadInventory>, read_inventory},
    Row{"8.3", kDecommission, true, read_device, plain_device<kDecommission>, decommission},
    Row{"8.14.1", "CHFInstallSuccessSMWAN", true, read_installation, plain_installation, note_installation},
    Row{"8.14.2", "CHFInstallSuccessNoSMWAN", true, read_installation_without_wan,
        plain_installation_without_wan, note_installation_without_wan},
    Row{"12.1", "RequestWANMatrix", false, read_coverage, plain_coverage, tell_coverage},
};

const Row* row_of(std::string_view srv) {
    const auto* found = std::ranges::find(kRows, srv, &Row::srv);
    return found == kRows.end() ? nullptr : found;
}

Asked read(const Row& row, const ServiceRequest& request, const Element& root, duis::Journal& journal) {
    const Reading body(root, journal, "Body/" + root.name);
    if (root.name != row.body) {
        body.mistake("is not the body of service " + std::string(row.srv) + ", which is " +
                     std::string(row.body));
        return {};
    }
    const Asked asked = row.read(body);
    if (row.names_device && asked.device != request.target && !body.peek("DeviceID").empty())
        body.child("DeviceID")
            .mistake("is not the device that the request is about, " + request.target.text());
    if (asked.premises && *asked.premises != request.home)
        body.child("UPRN").mistake("is not the home of the request, " + std::to_string(request.home));
    journal.note_unread(root, body.path());
    return asked;
}

}  // namespace

bool is_answered_by_dcc(std::string_view srv) { return row_of(srv) != nullptr; }

std::string services_answered_by_dcc() {
    std::string all;
    for (const Row& row : kRows) all += (all.empty() ? "" : ", ") + std::string(row.srv);
    return all;
}

bool only_asks(std::string_view srv) { return srv == "8.2" || srv == "12.1"; }

duis::Element plain_dcc_body(const ServiceRequest& request) {
    return row_of(request.service->srv)->plain(request);
}

std::string mistakes_of_dcc_request(const ServiceRequest& request) {
    duis::Journal journal;
    read(*row_of(request.service->srv), request, *request.body, journal);
    std::string all;
    for (const duis::Mistake& mistake : journal.mistakes())
        all += (all.empty() ? "" : "\n") + mistake.path + " " + mistake.message;
    return all;
}

DccAnswer answer_alone(const ServiceRequest& request, const DccDesk& desk) {
    const Row& row = *row_of(request.service->srv);
    duis::Journal journal;
    const Element body = request.body ? *request.body : row.plain(request);
    return row.answer(request, read(row, request, body, journal), desk);
}

bool hub_is_heard(Inventory& inventory, Eui64 hub) {
    const auto found = inventory.rows.find(hub);
    if (found == inventory.rows.end()) return false;
    InventoryRow& row = found->second;
    if (row.status != DeviceStatus::InstalledNotCommissioned && !row.no_wan_since) return false;
    if (row.status == DeviceStatus::InstalledNotCommissioned) row.status = DeviceStatus::Commissioned;
    row.no_wan_since.reset();
    return true;
}

}  // namespace meterbed
