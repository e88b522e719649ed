// Reading request elements: typed, every part accounted for, all mistakes at once.
#include "sim/duis/reading.h"

#include <gtest/gtest.h>

#include "sim/duis/text.h"

namespace meterbed::duis {
namespace {

Element leaf(std::string name, std::string text, int line = 1) {
    return {std::move(name), std::move(text), {}, {}, line};
}

std::vector<std::string> messages(const Journal& journal) {
    std::vector<std::string> all;
    for (const Mistake& mistake : journal.mistakes()) all.push_back(mistake.path + " " + mistake.message);
    return all;
}

TEST(Reading, all_mistakes_come_at_once_with_their_paths) {
    const Element debt{"UpdateDebt", "", {}, {leaf("Register", "1.5", 3), leaf("Rate", "70000", 4)}, 2};
    Journal journal;
    const Reading body(debt, journal, "Body/UpdateDebt");
    body.child("Register").integer(-10, 10);
    body.child("Rate").integer(0, 65535);
    body.child("Period").one_of<int>({{"HOURLY", 0}, {"DAILY", 1}});
    EXPECT_EQ(messages(journal),
              (std::vector<std::string>{"Body/UpdateDebt/Register '1.5' is not a whole number from -10 to 10",
                                        "Body/UpdateDebt/Rate '70000' is not a whole number from 0 to 65535",
                                        "Body/UpdateDebt Period is missing"}));
    EXPECT_EQ(journal.mistakes()[1].line, 4);
}

TEST(Reading, what_nobody_read_is_a_mistake) {
    Element debt{"UpdateDebt", "stray", {{"note", "x"}}, {leaf("Known", "1"), leaf("Extra", "1")}, 2};
    Journal journal;
    const Reading body(debt, journal, "Body/UpdateDebt");
    EXPECT_EQ(body.child("Known").integer(0, 1), 1);
    journal.note_unread(debt, body.path());
    EXPECT_EQ(messages(journal), (std::vector<std::string>{"Body/UpdateDebt holds text, none is expected",
                                                           "Body/UpdateDebt/@note is not expected here",
                                                           "Body/UpdateDebt/Extra is not expected here"}));
}

TEST(Reading, asking_whether_a_form_is_there_does_not_count_as_reading_it) {
    const Element mode{"UpdatePaymentMode", "", {}, {leaf("Credit", "")}, 1};
    Journal journal;
    const Reading body(mode, journal, "Body");
    EXPECT_TRUE(body.has("Credit"));
    journal.note_unread(mode, "Body");
    EXPECT_EQ(journal.mistakes().size(), 1U);
}

TEST(Reading, an_absent_element_is_one_mistake_not_one_for_each_of_its_parts) {
    const Element empty{"A", "", {}, {}, 1};
    Journal journal;
    const Reading body(empty, journal, "A");
    EXPECT_EQ(body.child("B").child("C").integer(5, 9), 5);
    EXPECT_TRUE(body.child("B").children("D", 1, 4).empty());
    EXPECT_EQ(messages(journal), (std::vector<std::string>{"A B is missing", "A B is missing"}));
}

TEST(Reading, repeated_elements_are_counted_and_named_by_their_place) {
    const Element list{"L", "", {}, {leaf("P", "1"), leaf("P", "x"), leaf("P", "3")}, 1};
    Journal journal;
    const Reading body(list, journal, "L");
    EXPECT_EQ(body.children("P", 1, 2).size(), 2U);
    body.children("P", 0, 9)[1].integer(0, 9);
    EXPECT_EQ(messages(journal)[0], "L P stands here 3 times, not 1 to 2");
    EXPECT_EQ(journal.mistakes()[1].path, "L/P[2]");
}

TEST(DuisText, numbers_are_read_whole_or_not_at_all) {
    EXPECT_EQ(read_integer("-32768"), -32768);
    EXPECT_EQ(read_integer("+7"), 7);
    for (const char* bad : {"", " 1", "1 ", "0x10", "1e3", "99999999999999999999"})
        EXPECT_EQ(read_integer(bad), std::nullopt) << bad;
    EXPECT_EQ(read_decimal("1.02264", 5), 102264);
    EXPECT_EQ(read_decimal("-0.5", 2), -50);
    EXPECT_EQ(read_decimal("39.10", 1), 391);
    EXPECT_EQ(read_decimal("39.15", 1), std::nullopt);
    EXPECT_EQ(read_decimal("1.-5", 2), std::nullopt);
}

TEST(DuisText, times_are_utc_whole_seconds) {
    EXPECT_EQ(read_date_time("2030-01-15T09:00:00.00Z"), parse_time("2030-01-15 09:00"));
    EXPECT_EQ(read_date_time("2030-01-15T09:00:00+01:00"), parse_time("2030-01-15 08:00"));
    EXPECT_EQ(read_date_time("2030-02-30T09:00:00Z"), std::nullopt);
    EXPECT_EQ(read_date_time("2030-01-15T24:00:00Z"), std::nullopt);
    EXPECT_EQ(read_date_time("2030-01-15T09:00:00."), std::nullopt);
    EXPECT_EQ(read_time_of_day("06:30:00Z"), std::chrono::minutes(390));
}

TEST(DuisText, base64_refuses_what_is_cut_or_padded_wrong) {
    EXPECT_EQ(read_base64("AAEC"), (Bytes{0, 1, 2}));
    EXPECT_EQ(read_base64("AA\n =="), Bytes{0});
    for (const char* bad : {"A", "AA=", "A===", "AAEC=", "AB==", "A*=="})
        EXPECT_EQ(read_base64(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace meterbed::duis
