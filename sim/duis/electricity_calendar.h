// Calendars of the ESME: dates with wildcards, special days, weekly schedules (DLMS classes 10, 11, 20).
#pragma once

#include "sim/duis/dlms_values.h"

namespace meterbed::duis {

/// Year, Month, DayOfMonth, DayOfWeek, each specified or not: five octets, FF for what is not specified.
dlms::Value date_with_wildcards(const Reading& date);
/// The same as a date-time at midnight (seasons).
dlms::Value date_time_with_wildcards(const Reading& date);
/// xs:date as five octets; year 65535 means every year.
dlms::Value plain_date(const Reading& date);
/// Hour, minute, second, hundredths.
dlms::Value switch_time(const Reading& time);

/// Entries { index, date, day identifier } of a special days table.
struct SpecialDays {
    std::vector<dlms::Value> entries;
    void add(std::int64_t index, dlms::Value date, std::int64_t day);
    std::int64_t count() const { return static_cast<std::int64_t>(entries.size()); }
};

/// One line of a schedule (class 10).
struct ScheduleEntry {
    std::int64_t index = 0;
    Bytes script_table;
    std::int64_t script = 0;
    dlms::Value time;
    dlms::Value weekdays;      ///< `weekdays_of`
    dlms::Value special_days;  ///< `special_days_of`
    dlms::Value begin, end;
    dlms::Value value() const;
};

/// Seven bits, Monday first; all clear when DaysOfWeekApplicability is absent.
dlms::Value weekdays_of(const Reading& entry);
dlms::Value every_day();
dlms::Value any_date();
/// One bit per special day that the calendar defines, set for those in `applying` (counted from 1).
dlms::Value special_days_of(const std::vector<std::int64_t>& applying, std::int64_t defined);

}  // namespace meterbed::duis
