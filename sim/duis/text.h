// The simple types of the DUIS XML schema, read from their text. Nothing when the text is not of the type.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "pki/bytes.h"
#include "pki/time.h"

namespace meterbed::duis {

/// xs:integer that fits.
std::optional<std::int64_t> read_integer(std::string_view text);
std::optional<std::uint64_t> read_unsigned(std::string_view text);
/// xs:decimal times 10^digits, exactly: "1.02264" with 5 digits is 102264; more digits than that are refused.
std::optional<std::int64_t> read_decimal(std::string_view text, int digits);
/// xs:boolean: true, false, 1, 0.
std::optional<bool> read_boolean(std::string_view text);
/// xs:base64Binary, white space skipped.
std::optional<Bytes> read_base64(std::string_view text);
/// xs:hexBinary.
std::optional<Bytes> read_hex_binary(std::string_view text);
/// xs:dateTime; a fraction of a second is dropped, no zone means UTC.
std::optional<Time> read_date_time(std::string_view text);
/// xs:date, midnight UTC.
std::optional<Time> read_date(std::string_view text);
/// xs:date as it is written; years up to 65535, which stands for every year (observed in public requests).
struct CalendarDate {
    int year = 0, month = 0, day = 0;
    bool operator==(const CalendarDate&) const = default;
};
std::optional<CalendarDate> read_calendar_date(std::string_view text);
/// xs:time.
std::optional<Duration> read_time_of_day(std::string_view text);

}  // namespace meterbed::duis
