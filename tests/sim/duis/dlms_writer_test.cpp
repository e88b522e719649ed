// Shapes that several electricity commands share.
#include <gtest/gtest.h>

#include "sim/duis/electricity_calendar.h"

namespace meterbed::duis {
namespace {

Element leaf(std::string name, std::string text = {}) {
    return {std::move(name), std::move(text), {}, {}, 1};
}
Element parent(std::string name, std::vector<Element> children) {
    return {std::move(name), "", {}, std::move(children), 1};
}
std::string hex(const dlms::Value& value) { return to_hex(dlms::encode_value(value)); }

/// DUIS writes a date as four choices.
Element date(Element year, Element month, Element day, Element weekday) {
    return parent("Date",
                  {parent("Year", {std::move(year)}), parent("Month", {std::move(month)}),
                   parent("DayOfMonth", {std::move(day)}), parent("DayOfWeek", {std::move(weekday)})});
}

std::string date_octets(const Element& element) {
    Journal journal;
    const std::string octets = hex(date_with_wildcards(Reading(element, journal, "Date")));
    EXPECT_TRUE(journal.mistakes().empty());
    journal.note_unread(element, "Date");
    EXPECT_TRUE(journal.mistakes().empty());
    return octets;
}

TEST(DlmsWriter, what_a_date_leaves_open_is_ff) {
    EXPECT_EQ(date_octets(date(leaf("SpecifiedYear", "2015"), leaf("SpecifiedMonth", "04"),
                               leaf("SpecifiedDayOfMonth", "03"), leaf("NonSpecifiedDayOfWeek"))),
              "090507DF0403FF");
    EXPECT_EQ(date_octets(date(leaf("NonSpecifiedYear"), leaf("NonSpecifiedMonth"), leaf("LastDayOfMonth"),
                               leaf("SpecifiedDayOfWeek", "7"))),
              "0905FFFFFFFE07");
    EXPECT_EQ(date_octets(date(leaf("NonSpecifiedYear"), leaf("SpecifiedMonth", "2"),
                               leaf("SecondLastDayOfMonth"), leaf("NonSpecifiedDayOfWeek"))),
              "0905FFFF02FDFF");
}

TEST(DlmsWriter, year_65535_is_every_year) {
    Journal journal;
    const Element written = leaf("StartDate", "65535-04-29Z"), wrong = leaf("StartDate", "65535-13-29Z");
    EXPECT_EQ(hex(plain_date(Reading(written, journal, "StartDate"))), "0905FFFF041DFF");
    EXPECT_TRUE(journal.mistakes().empty());
    plain_date(Reading(wrong, journal, "StartDate"));
    EXPECT_EQ(journal.mistakes().size(), 1U);
}

TEST(DlmsWriter, days_are_bits_from_the_left) {
    Element entry = parent("Schedule", {parent("DaysOfWeekApplicability", {})});
    for (const char* day : {"Saturday", "Sunday"})
        entry.children[0].children.push_back(parent("DayOfWeekApplicability", {leaf("DayOfWeekID", day)}));
    Journal journal;
    EXPECT_EQ(hex(weekdays_of(Reading(entry, journal, "Schedule"))), "040706");
    EXPECT_EQ(hex(every_day()), "0407FE");
    EXPECT_EQ(hex(special_days_of({1, 2, 5}, 5)), "0405C8");
    EXPECT_EQ(hex(special_days_of({}, 0)), "0400");
    // One that the calendar does not define is not representable.
    EXPECT_EQ(hex(special_days_of({7}, 5)), "040500");
}

TEST(DlmsWriter, passive_values_wait_for_now_a_time_or_never) {
    const auto at = parse_time("2030-01-15 09:00");
    EXPECT_EQ(hex(axdr::activation({})), "090C0000000000000000008000FF");
    EXPECT_EQ(hex(axdr::activation({ExecutionTime::Kind::cancel, {}})), "090CFFFFFFFFFFFFFFFFFF8000FF");
    EXPECT_EQ(hex(axdr::activation({ExecutionTime::Kind::at, *at})), "090C07EE010FFF090000008000FF");
}

TEST(DlmsWriter, the_year_3000_cancels) {
    const Element body = parent("Body", {leaf("ExecutionDateTime", "3000-12-31T00:00:00.00Z")});
    Journal journal;
    EXPECT_EQ(execution_time(Reading(body, journal, "Body")).kind, ExecutionTime::Kind::cancel);
}

TEST(DlmsWriter, log_ranges_are_seconds_since_2000_and_do_not_wrap) {
    const auto value = range_descriptor(*parse_time("1999-01-01"), *parse_time("2015-01-01"));
    EXPECT_EQ(value.elements[1].number, 0);
    EXPECT_EQ(value.elements[2].number, 473385600);
}

}  // namespace
}  // namespace meterbed::duis
