// Writing DLMS access-requests from request bodies (gbcs.md 9).
#pragma once

#include "devices/gbcs/dlms.h"
#include "sim/duis/table.h"

namespace meterbed::duis {

namespace dlms = gbcs::dlms;

/// Items of one access-request in order; `octets` adds the invoke id of the command's counter.
class AccessList {
  public:
    AccessList& get(dlms::Attribute attribute);
    AccessList& get_range(dlms::Attribute attribute, std::uint8_t selector, dlms::Value parameter);
    AccessList& set(dlms::Attribute attribute, dlms::Value value);
    AccessList& action(dlms::Attribute method, dlms::Value parameter);
    Bytes octets(const Situation& situation) const;

  private:
    dlms::AccessRequest request_;
};

/// 12 octets with day of week FF, as `dlms::date_time`.
dlms::Value date_time_value(Time time);

}  // namespace meterbed::duis
