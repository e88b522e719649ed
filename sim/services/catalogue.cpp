#include "sim/services/catalogue.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "sim/csv.h"
#include "sim/embedded.h"
#include "sim/services/dcc_services.h"
#include "sim/services/transform.h"

namespace meterbed {

namespace {

constexpr std::array<std::string_view, 7> kRoleNames{"IS", "ES", "GS", "ED", "GT", "RSA", "OU"};

template <typename E>
gbcs::EnumSet<E> with(gbcs::EnumSet<E> set, E item) {
    set.bits = static_cast<std::uint16_t>(set.bits | gbcs::EnumSet<E>{item}.bits);
    return set;
}

std::vector<std::string> split(std::string_view list, char separator) {
    std::vector<std::string> out;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(separator), list.size());
        out.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return out;
}

}  // namespace

std::string_view name(UserRole role) { return kRoleNames[static_cast<std::size_t>(role)]; }

std::optional<UserRole> user_role(std::string_view name) {
    const auto* at = std::find(kRoleNames.begin(), kRoleNames.end(), name);
    if (at == kRoleNames.end()) return std::nullopt;
    return static_cast<UserRole>(at - kRoleNames.begin());
}

namespace {

gbcs::EnumSet<UserRole> roles_of(const std::string& list) {
    gbcs::EnumSet<UserRole> out;
    for (const std::string& text : split(list, '|')) {
        if (const auto role = user_role(text)) out = with(out, *role);
    }
    return out;
}

gbcs::EnumSet<DeviceType> devices_of(const std::string& list) {
    gbcs::EnumSet<DeviceType> out;
    for (const std::string& text : split(list, '|')) {
        if (const auto type = device_type(text)) out = with(out, *type);
    }
    return out;
}

std::vector<Service> read_table() {
    const CsvTable table = parse_csv(service_requests_csv());
    std::vector<Service> out;
    for (const auto& row : table.rows) {
        const auto cell = [&](std::string_view column) -> const std::string& {
            return row[table.column(column)];
        };
        Service service;
        service.srv = cell("srv");
        service.name = cell("name");
        service.critical = cell("critical") == "yes";
        service.roles = roles_of(cell("eligible_user_roles"));
        service.devices = devices_of(cell("device_types"));
        if (cell("gbcs_use_cases").find('(') == std::string::npos) {
            service.use_cases = split(cell("gbcs_use_cases"), '|');
        }
        if (!cell("trt_on_demand_s").empty()) {
            service.target_response = std::chrono::seconds{std::stoi(cell("trt_on_demand_s"))};
        }
        service.dcc_only = cell("dcc_only") == "yes";
        service.simulated = has_transform(service.srv) || is_answered_by_dcc(service.srv);
        out.push_back(std::move(service));
    }
    return out;
}

}  // namespace

std::span<const Service> services() {
    static const std::vector<Service> table = read_table();
    return table;
}

const Service* find_service(std::string_view srv) {
    for (const Service& service : services()) {
        if (service.srv == srv) return &service;
    }
    return nullptr;
}

}  // namespace meterbed
