// The calendar cluster's five tables: tariff switching and the prepayment non-disablement calendar of a GSME
// (GBCS use cases GCS01a and GCS05).
#pragma once

#include "sim/duis/gbz_writer.h"

namespace meterbed::duis {

/// Calendar Type of PublishCalendar and of the tables that repeat it.
enum class CalendarType : std::uint8_t { tariff = 0x00, non_disablement = 0x03 };

/// One day profile: its ID and what switches when.
struct DayProfile {
    std::int64_t id = 0;
    std::int64_t entries = 0;
    Zcl schedule;
};

struct Calendar {
    CalendarType type{};
    std::vector<DayProfile> days;
    Reading weeks;         ///< holds WeekProfile
    Reading seasons;       ///< holds Season
    Reading special_days;  ///< holds SpecialDay
    std::int64_t highest_day = 0;
};

/// Start Time of PublishCalendar, PublishSpecialDays, PublishBlockThresholds and PublishPriceMatrix: these
/// cancel with FFFFFFFE where all else takes FFFFFFFF [R].
std::uint32_t start_of_published(std::uint32_t execution);

/// PublishCalendar, PublishDayProfile for each day, PublishWeekProfile for each week, PublishSeasons,
/// PublishSpecialDays.
void publish_calendar(Components& to, const Calendar& from, std::uint32_t execution,
                      const Situation& situation);

}  // namespace meterbed::duis
