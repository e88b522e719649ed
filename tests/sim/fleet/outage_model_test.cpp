// Outages of a county in columns.
#include "sim/fleet/outage_model.h"

#include <gtest/gtest.h>

#include "sim/fleet/record_writer.h"
#include "tests/sim/fleet/county.h"

namespace meterbed {
namespace {

using fleet::OutageModel;
using testing::count;
using testing::County;
using testing::cut_of;
using testing::kNight;
using namespace std::chrono_literals;

Records run(const County& county) {
    OutageModel model = county.model();
    model.run_until(kNight + 24h);
    EXPECT_FALSE(model.next());
    return model.take_records();
}

/// Nothing gets lost on the way.
County clear(std::int32_t premises = 2000) {
    County county(premises);
    county.settings.wan_loss = 0;
    county.settings.outage_alert_delivery_central = 1;
    return county;
}

TEST(OutageModel, AShortCutGivesRestorationAlertsOnly) {
    County county = clear();
    county.steps.push_back({"short", cut_of(CutUnit::feeder, 2, 10min, 170s)});
    const Records records = run(county);
    EXPECT_EQ(count(records, "power cut"), 2U);
    EXPECT_EQ(count(records, "mains lost"), 200U);
    EXPECT_EQ(count(records, "mains restored"), 200U);
    EXPECT_EQ(count(records, "power outage reported"), 0U);
    EXPECT_EQ(count(records, "DCC alert"), 0U);
    EXPECT_EQ(count(records, "alert received"), 200U);
    EXPECT_GE(records.word("8F35"), 0);
    EXPECT_EQ(records.word("8F36"), -1);
}

TEST(OutageModel, ALongCutReachesSupplierAndOperator) {
    County county = clear();
    county.steps.push_back({"long", cut_of(CutUnit::premises, 10, 10min, 15min)});
    const Records records = run(county);
    EXPECT_EQ(count(records, "power outage reported"), 10U);
    EXPECT_EQ(count(records, "power outage received"), 10U);
    EXPECT_EQ(count(records, "DCC alert", "AD1"), 20U);
    EXPECT_GE(records.word("8F36"), 0);
    EXPECT_EQ(records.word("8F35"), -1);
}

TEST(OutageModel, ACrowdedCellMakesHubsWaitUntilTheirStoresEnd) {
    County county = clear();
    county.settings.cell_capacity_cellular =
        1;  // 300 hubs a cell report within 30 s, and live for 240 s more
    county.steps.push_back({"all", cut_of(CutUnit::population, 1, 10min, 2h)});
    const Records records = run(county);
    EXPECT_GT(count(records, "waited for radio"), 1000U);
    const std::size_t lost = count(records, "message lost", "hub without power");
    EXPECT_GT(lost, 200U);
    EXPECT_EQ(count(records, "power outage not reported", "hub without power"), lost);
    EXPECT_EQ(count(records, "power outage received"), 2000U - lost);
}

TEST(OutageModel, TheMetersWordGoesToWhomItsCertificateNames) {
    County county = clear();
    county.steps.push_back({"all", cut_of(CutUnit::population, 1, 10min, 4min)});
    fleet::Part part = county.part();
    part.users = 2;  // nobody knows the third one, who stands on every fiftieth meter
    OutageModel model(std::move(part), county.settings, county.streams, kNight);
    model.run_until(kNight + 24h);
    const Records records = model.take_records();
    EXPECT_EQ(count(records, "alert undeliverable"), 40U);
    EXPECT_EQ(count(records, "alert received"), 1960U);
}

TEST(OutageModel, SlicesChangeNothing) {
    County county;
    county.steps.push_back({"feeders", cut_of(CutUnit::feeder, 5, 10min, 20min)});
    county.steps.push_back({"again", cut_of(CutUnit::primary, 1, 32min, 10min)});
    const std::string whole = run(county).sha256();
    OutageModel model = county.model();
    Random lot(1, "slices");
    Time now = kNight;
    while (model.next()) {
        now += Duration{static_cast<std::int64_t>(lot.below(90'000'000))};
        model.run_until(now);
    }
    EXPECT_EQ(model.take_records().sha256(), whole);
}

TEST(OutageModel, OnlyHomesThatACutReachesNeedMoreThanTheirSite) {
    County county(100'000);
    const std::size_t quiet = county.model().bytes();
    EXPECT_LE(quiet, 100'000 * (sizeof(Site) + 1));
    county.steps.push_back({"feeders", cut_of(CutUnit::feeder, 10, 10min, 20min)});
    EXPECT_LE(county.model().bytes(), quiet + 1000 * 128 + 1000);
}

TEST(RecordWriter, MakesTheColumnsOfRows) {
    Words words;
    fleet::RecordWriter writer;
    std::vector<Record> rows;
    std::vector<std::uint32_t> next(8);
    Random lot(1, "rows");
    for (const std::string_view text : {"WAN", "users", "DCC", "lost", "sent"}) {
        ASSERT_EQ(words.of(text), writer.word(text));
    }
    for (int i = 0; i < 1000; ++i) {
        Record row;
        row.time = kNight + Duration{i / 10};
        row.station = static_cast<Word>(1 + lot.below(3));
        row.what = static_cast<Word>(4 + lot.below(2));
        row.home = i;
        row.counter = lot.below(1000);
        writer.add(row);
        row.sequence = next[row.station]++;
        rows.push_back(row);
    }
    EXPECT_EQ(writer.finish().sha256(), to_columns(rows, words).sha256());
}

}  // namespace
}  // namespace meterbed
