// Methods of DLMS objects that act, and what follows from setting some attributes. Named in the tables of
// dlms_rows.cpp; private to use_cases.
#pragma once

#include "devices/use_cases/dlms_rows.h"

namespace meterbed {

Accessed reset_register(AccessItem& item);           ///< class 3: counters
Accessed reset_maximum_demand(AccessItem& item);     ///< class 4
Accessed clear_log(AccessItem& item);                ///< class 7
Accessed reset_tariff_blocks(AccessItem& item);      ///< ECS05
Accessed set_controller_state(AccessItem& item);     ///< ECS47, ECS47a
Accessed limit_controller(AccessItem& item);         ///< ECS47e
Accessed adjust_credit(AccessItem& item);            ///< class 112, method 1
Accessed set_credit(AccessItem& item);               ///< method 2
Accessed select_emergency_credit(AccessItem& item);  ///< method 3
Accessed activate_charge(AccessItem& item);          ///< class 113, method 2
Accessed adjust_debt(AccessItem& item);              ///< method 4
Accessed add_to_device_log(AccessItem& item);        ///< class 104, method 1
Accessed remove_from_device_log(AccessItem& item);   ///< method 2
Accessed back_up_device_log(AccessItem& item);       ///< method 4
Accessed restore_device_log(AccessItem& item);       ///< method 5

gbcs::dlms::Result activation_time_set(AccessItem& item);
gbcs::dlms::Result alert_mask_set(AccessItem& item);
gbcs::dlms::Result sub_ghz_configured(AccessItem& item);
gbcs::dlms::Result sub_ghz_scan_requested(AccessItem& item);

}  // namespace meterbed
