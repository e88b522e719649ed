// Tables of half-hours: what they become, and what is refused.
#include <gtest/gtest.h>

#include "tests/sim/scenario/files.h"

namespace meterbed::scenario {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;

std::string story_of(const std::string& run) {
    return story(
        {{"run", "{seed: 1, " + run + "}"},
         {"population",
          "{street: {premises: 3, supplier: a, network operator: east-midlands, payment: prepayment, "
          "consumption: {table: use.csv}}}"},
         {"timeline", "[]"}});
}
constexpr const char* kMonday = "start: 2020-02-03 06:00, length: 10 h";
constexpr const char* kSpring = "start: 2020-03-28 12:00, length: 2 days";
constexpr const char* kAutumn = "start: 2020-10-24 12:00, length: 2 days";

std::string two(std::size_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// Half-hours of a date by the clock on the wall, without those between.
std::string rows_of(const std::string& date, std::size_t from = 0, std::size_t to = 48,
                    const std::string& wh = "100") {
    std::string text;
    for (std::size_t i = from; i < to; ++i)
        text += "flat," + date + " " + two(i / 2) + (i % 2 == 0 ? ":00," : ":30,") + wh + "\n";
    return text;
}
const std::string kHeading = "profile,start,wh\n";

std::vector<std::string> told(const std::string& rows, const std::string& run = kMonday) {
    return mistakes_with(story_of(run), {{"use.csv", kHeading + rows}});
}
using Told = std::vector<std::string>;

Profiles read(const std::string& rows, const std::string& run) {
    const Loaded loaded =
        load_text(story_of(run), "story.yaml", {}, words(), files({{"use.csv", kHeading + rows}}));
    EXPECT_TRUE(loaded.scenario) << told(rows, run).front();
    return *loaded.scenario->populations.front().profiles;
}

TEST(TableOfProfiles, BecomesDaysOfWatts) {
    const std::string other = "two," + std::string("2020-02-03T00:00,0.4\n");
    std::string second;
    for (std::size_t i = 1; i < 48; ++i)
        second += "two,2020-02-03 " + two(i / 2) + (i % 2 == 0 ? ":00,50000\n" : ":30,0\n");
    const Profiles profiles = read(rows_of("2020-02-03", 0, 48, "156.25") + other + second, kMonday);
    ASSERT_EQ(profiles.size(), 2U);
    EXPECT_EQ(profiles[0].name, "flat");
    EXPECT_EQ(profiles[0].first_day, (sys_days{year{2020} / 2 / 3}.time_since_epoch() / days{1}));
    ASSERT_EQ(profiles[0].days.size(), 1U);
    EXPECT_EQ(profiles[0].days[0].watts, std::vector<std::uint32_t>(48, 313));  // 312.5 W
    EXPECT_EQ(profiles[1].days[0].watts[0], 1U);
    EXPECT_EQ(profiles[1].days[0].watts[46], 100'000U);
}

TEST(TableOfProfiles, DaysOfAClockChangeHave46And50HalfHours) {
    const Profiles spring = read(rows_of("2020-03-28") + rows_of("2020-03-29", 0, 2, "1") +
                                     rows_of("2020-03-29", 4, 48, "2") + rows_of("2020-03-30"),
                                 kSpring);
    ASSERT_EQ(spring[0].days.size(), 3U);
    ASSERT_EQ(spring[0].days[1].watts.size(), 46U);
    EXPECT_EQ(spring[0].days[1].watts[1], 2U);
    EXPECT_EQ(spring[0].days[1].watts[2], 4U);

    const Profiles autumn = read(rows_of("2020-10-24") + rows_of("2020-10-25", 0, 4, "1") +
                                     rows_of("2020-10-25", 2, 48, "2") + rows_of("2020-10-26"),
                                 kAutumn);
    ASSERT_EQ(autumn[0].days[1].watts.size(), 50U);
    EXPECT_EQ(autumn[0].days[1].watts[3], 2U);
    EXPECT_EQ(autumn[0].days[1].watts[4], 4U);
}

TEST(TableOfProfiles, A48HalfHourDayIsWrongWhenClocksChange) {
    EXPECT_EQ(told(rows_of("2020-03-28") + rows_of("2020-03-29") + rows_of("2020-03-30"), kSpring),
              (Told{"'use.csv' row 51: there is no 2020-03-29 01:00: clocks go forward from 01:00 to 02:00 "
                    "[a spring day has 46 half-hours]",
                    "'use.csv' row 52: there is no 2020-03-29 01:30: clocks go forward from 01:00 to 02:00 "
                    "[a spring day has 46 half-hours]"}));
    EXPECT_EQ(told(rows_of("2020-10-24") + rows_of("2020-10-25") + rows_of("2020-10-26"), kAutumn),
              (Told{"'use.csv' row 53: a gap: 2 half-hours from 2020-10-25 01:00 on are missing "
                    "[an autumn day has 50 half-hours: 01:00 and 01:30 come a second time]"}));
    // On any other day no hour comes twice, and in autumn none three times.
    EXPECT_EQ(told(rows_of("2020-02-03", 0, 4) + rows_of("2020-02-03", 2)),
              (Told{"'use.csv' rows 3 and 5: both are the half-hour 2020-02-03 01:00",
                    "'use.csv' rows 4 and 6: both are the half-hour 2020-02-03 01:30"}));
    EXPECT_EQ(told(rows_of("2020-10-24") + rows_of("2020-10-25", 0, 4) + rows_of("2020-10-25", 2, 4) +
                       rows_of("2020-10-25", 2) + rows_of("2020-10-26"),
                   kAutumn)
                  .front(),
              "'use.csv' rows 53 and 55: both are the half-hour 2020-10-25 01:00");
}

TEST(TableOfProfiles, NamesEveryBadRowAtOnce) {
    const std::string good = rows_of("2020-02-03", 0, 10) + rows_of("2020-02-03", 13, 40);
    EXPECT_EQ(told(good +
                   "flat,2020-02-03 20:00,-3\nflat,soon,1\nflat,2020-02-03 20:45,1\n"
                   "flat,2020-02-03 20:30,much\nflat,2020-02-03 21:00,50000.5\nflat,2020-02-03 05:30,1\n"
                   ",2020-02-03 21:30,1\n" +
                   rows_of("2020-02-03", 43) + "flat,2020-02-04 00:00,nan\n"),
              (Told{"'use.csv' row 44: no profile",
                    "'use.csv' row 11: a gap: 3 half-hours from 2020-02-03 05:00 on are missing "
                    "[a profile has every half-hour from its first day to its last]",
                    "'use.csv' row 38: negative energy: -3 Wh "
                    "[what is sent to the grid does not lower what prepayment charges: write 0]",
                    "'use.csv' row 39: start 'soon' is no time "
                    "[write it as '2020-03-29 00:30', by the clock on the wall]",
                    "'use.csv' row 40: start '2020-02-03 20:45' is not that of a half-hour "
                    "[half-hours start at :00 and :30]",
                    "'use.csv' row 41: wh 'much' is no number [write Wh of the half-hour as 312.5]",
                    "'use.csv' row 42: 50000.5 Wh in half an hour are above 100,000 W "
                    "[wh is in Wh, not in Ws or of a street]",
                    "'use.csv' row 43: 2020-02-03 05:30 comes after 2020-02-03 21:00 "
                    "[rows of a profile go in the order of time]",
                    "'use.csv' row 50: wh 'nan' is no number [write Wh of the half-hour as 312.5]",
                    "'use.csv' row 50: the profile 'flat' ends within a day "
                    "[its last half-hour is that of 23:30]"}));
}

TEST(TableOfProfiles, CoversTheRunInWholeDays) {
    EXPECT_EQ(told(rows_of("2020-02-03", 1)), (Told{"'use.csv' row 1: the profile 'flat' begins within a day "
                                                    "[its first half-hour is that of 00:00]"}));
    EXPECT_EQ(told(rows_of("2020-02-02")),
              (Told{"'use.csv' row 48: the profile 'flat' ends before the run, which goes on until "
                    "2020-02-03T16:00:00.000000Z"}));
    EXPECT_EQ(told(rows_of("2020-02-04")).front(),
              "'use.csv' row 1: the profile 'flat' begins after the run, which starts at "
              "2020-02-03T06:00:00.000000Z");
    // Days are those of the clock on the wall: in summer a run until midnight UTC needs one more.
    EXPECT_EQ(told(rows_of("2020-07-06"), "start: 2020-07-06 00:00, length: 1 day").size(), 1U);
    EXPECT_EQ(told(rows_of("2020-02-03"), "start: 2020-02-03 00:00, length: 1 day"), Told{});
}

TEST(TableOfProfiles, TellsWhatIsWrongWithTheFileItself) {
    EXPECT_EQ(mistakes_with(story_of(kMonday), {{"use.csv", "profile,start,kwh\na,b,c\n"}}),
              (Told{"'use.csv': unknown column 'kwh' [did you mean 'wh'?]",
                    "'use.csv': the column 'wh' is missing"}));
    EXPECT_EQ(mistakes_with(story_of(kMonday), {}), Told{"'use.csv': there is no such file"});
    EXPECT_EQ(told(""), Told{"'use.csv': there is no row"});
}

}  // namespace
}  // namespace meterbed::scenario
