// British clocks, against the calendar of the library.
#include <gtest/gtest.h>

#include <chrono>

#include "devices/prepayment/timetable.h"

namespace meterbed::prepayment {
namespace {

using namespace std::chrono;

TEST(GbOffset, ChangesOnTheLastSundaysOfMarchAndOctober) {
    for (int y = 1970; y < 2106; ++y) {
        const sys_seconds forward = sys_days{year{y} / March / Sunday[last]} + hours{1};
        const sys_seconds back = sys_days{year{y} / October / Sunday[last]} + hours{1};
        const auto at = [](sys_seconds time) { return gb_offset(time.time_since_epoch().count()); };
        EXPECT_EQ(at(forward - seconds{1}), 0) << y;
        EXPECT_EQ(at(forward), 3'600) << y;
        EXPECT_EQ(at(back - seconds{1}), 3'600) << y;
        EXPECT_EQ(at(back), 0) << y;
        for (sys_seconds time = sys_days{year{y} / January / 1}; time < sys_days{year{y + 1} / January / 1};
             time += hours{23})
            ASSERT_EQ(at(time), time >= forward && time < back ? 3'600 : 0);
    }
}

}  // namespace
}  // namespace meterbed::prepayment
