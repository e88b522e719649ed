#include "sim/duis/table.h"

#include <array>
#include <map>

namespace meterbed::duis {
namespace {

constexpr std::array kFamilies{
    electricity_supply_rows,      // 7.1 to 7.3
    electricity_read_rows,        // 4.x, 6.2.x, 6.13, 7.x, 8.9, 11.2 and more
    electricity_tariff_rows,      // 1.1.x, 1.2.x, 1.7, 6.26
    electricity_prepayment_rows,  // 1.5 to 2.5
    electricity_setting_rows,     // 3.x, 6.x, 8.1.1
    electricity_voltage_rows,     // 6.5, 6.27
    electricity_alert_rows,       // 6.22
    electricity_auxiliary_rows,   // 6.14.x, 7.5 to 7.16
    gas_tariff_rows,              // 1.1.1, 1.2.1
    gas_prepayment_rows,          // 1.5 to 2.5
    gas_read_rows,                // 4.x, 6.2.x, 7.4, 11.2
    gas_log_rows,                 // 3.3, 4.4.x to 4.17, 6.13, 14.1
    gas_setting_rows,             // 3.x, 6.6 to 6.8, 6.20.1, 7.2, 7.3, 9.1
    gas_alert_rows,               // 6.22
    credentials_update_rows,      // 6.15.1, 6.21, 6.23, 8.5
    credentials_device_rows,      // 6.15.2, 6.17, 6.24.x
    hub_rows,                     // 6.28, 6.29, 8.11, 8.12.1
    join_rows,                    // 8.7.x, 8.8.x, 8.9, 8.12.2, 11.2
    firmware_and_clock_rows,      // 6.11, 8.1.1, 11.3
    top_up_rows,                  // 2.2
};

}  // namespace

const std::vector<const Row*>& all_rows() {
    static const std::vector<const Row*> all = [] {
        std::vector<const Row*> gathered;
        for (auto family : kFamilies) {
            for (const Row& row : family()) gathered.push_back(&row);
        }
        return gathered;
    }();
    return all;
}

const std::vector<const Row*>& rows_of(std::string_view srv) {
    using Rows = std::map<std::string_view, std::vector<const Row*>>;
    static const Rows by_service = [] {
        Rows rows;
        for (const Row* row : all_rows()) rows[row->srv].push_back(row);
        return rows;
    }();
    static const std::vector<const Row*> none;
    const auto found = by_service.find(srv);
    return found != by_service.end() ? found->second : none;
}

}  // namespace meterbed::duis
