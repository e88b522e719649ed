// The table as a whole: every row can be reached.
#include "sim/duis/table.h"

#include <gtest/gtest.h>

namespace meterbed::duis {
namespace {

/// Whether a request that means `later` always meets `earlier` first.
bool hides(const Row& earlier, const Row& later) {
    const bool same_request = earlier.srv == later.srv && earlier.body == later.body;
    const bool same_kind = earlier.fits == Fits::any || earlier.fits == later.fits;
    const bool all_devices = (later.devices.bits & ~earlier.devices.bits) == 0;
    const bool same_use_case = earlier.code == later.code;  // else it may be asked for by name
    return same_request && same_kind && all_devices && same_use_case && !earlier.applies;
}

TEST(DuisTable, no_row_hides_another) {
    const std::vector<const Row*> rows = all_rows();
    for (std::size_t later = 0; later < rows.size(); ++later) {
        for (std::size_t earlier = 0; earlier < later; ++earlier)
            EXPECT_FALSE(hides(*rows[earlier], *rows[later])) << rows[later]->srv << " " << rows[later]->body;
    }
}

TEST(DuisTable, a_service_has_one_body) {
    const std::vector<const Row*> rows = all_rows();
    for (const Row* one : rows) {
        for (const Row* other : rows)
            EXPECT_TRUE(one->srv != other->srv || one->body == other->body) << one->srv;
    }
}

}  // namespace
}  // namespace meterbed::duis
