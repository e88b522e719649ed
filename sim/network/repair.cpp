// Repair routes: who might put a cell right, tried one after another with real requests.
#include <array>

#include "sim/network/repair.h"
#include "sim/network/user_desk.h"

namespace meterbed {

namespace {

/// The route's request; recovery is not a request of a user and has none.
struct RouteRow {
    std::string_view name;
    std::string_view meaning;
    std::string_view srv;
    std::optional<std::uint16_t> (*sender)(const Repair& repair);
};

std::optional<std::uint16_t> rightful(const Repair& repair) { return repair.right; }
std::optional<std::uint16_t> holder(const Repair& repair) { return repair.holder; }
std::optional<std::uint16_t> supplier(const Repair& repair) { return repair.supplier; }

constexpr std::array kRoutes{
    RouteRow{"rightful operator", "6.15.1 by the party that should hold the cell", "6.15.1", rightful},
    RouteRow{"holder", "6.15.1 by the party whose certificates stand in the cell", "6.15.1", holder},
    RouteRow{"supplier", "6.21 by the responsible supplier", "6.21", supplier},
    RouteRow{"DCC recovery", "recovery method 3 after a decision of the SMKI PMA", "", nullptr},
};

const RouteRow& row_of(std::string_view name) {
    for (const RouteRow& row : kRoutes) {
        if (row.name == name) return row;
    }
    throw BadRequest("there is no repair route '" + std::string(name) + "'");
}

}  // namespace

std::vector<NamedMeaning> repair_routes() {
    std::vector<NamedMeaning> out;
    for (const RouteRow& row : kRoutes) out.push_back({row.name, row.meaning});
    return out;
}

void UserDesk::on(RepairOrder part) {
    Repair& repair = repairs_[part.repair];
    repair.began = now_;
    Record& row = record("repair begun");
    row.home = repair.home;
    row.device = repair.device;
    row.step = repair.step;
    row.party = network_.directory.users[repair.right].id;
    next_route(part.repair);
}

void UserDesk::next_route(std::uint32_t number) {
    const Repair& repair = repairs_[number];
    const RouteRow& route = row_of(repair.routes.at(repair.tried));
    const Party& right = network_.directory.users[repair.right];

    ServiceRequest request;
    request.user = repair.right;
    request.target = repair.device;
    request.home = repair.home;
    request.step = repair.step;
    request.credentials = CredentialsUpdate{repair.role,
                                            right.certificates(right.credentials.size() - 1),
                                            network_.directory.path,
                                            right.id,
                                            std::nullopt,
                                            {}};

    Record& row = record("repair tried");
    row.home = repair.home;
    row.device = repair.device;
    row.step = repair.step;
    row.detail = word(route.name);

    if (route.srv.empty()) {
        request.service = find_service("6.15.1");
        const RequestRef opened = open(std::move(request));
        tickets_[opened->number - 1].sent_at = now_;
        repair_of_request_[opened->number] = number;
        post(network_.dcc, network_.settings.recovery_decision, RecoveryOrder{opened});
        return;
    }
    const auto sender = route.sender(repair);
    if (!sender) {  // nobody we know stands in the cell
        route_ended(number, false);
        return;
    }
    request.user = *sender;
    request.originator = network_.directory.users[*sender].id;
    request.service = find_service(route.srv);
    request.by_exception = route.name == "holder" && network_.settings.holder_exception;
    const RequestRef opened = open(std::move(request));
    repair_of_request_[opened->number] = number;
    post(id_, Duration{1}, SendRequest{opened});
}

void UserDesk::route_ended(std::uint32_t number, bool succeeded) {
    Repair& repair = repairs_[number];
    const std::string& route = repair.routes[repair.tried++];
    const bool last = repair.tried == repair.routes.size();
    if (succeeded || last) {
        repair.done = true;
        Record& row = record(succeeded ? "repaired" : "repair failed");
        row.home = repair.home;
        row.device = repair.device;
        row.step = repair.step;
        row.detail = word(succeeded ? std::string_view(route) : std::string_view("every route"));
        row.value = std::chrono::duration<double>(now_ - repair.began).count();
        return;
    }
    next_route(number);
}

}  // namespace meterbed
