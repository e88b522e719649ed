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

/// Selector 1 of a buffer: entries whose clock column lies between two times (seconds since 2000-01-01,
/// GBCS 18.2).
dlms::Value range_descriptor(Time from, Time to);

/// 12 octets with day of week FF, as `dlms::date_time`.
dlms::Value date_time_value(Time time);

}  // namespace meterbed::duis
