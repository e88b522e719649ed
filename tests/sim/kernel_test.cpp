#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "sim/errors.h"
#include "sim/kernel.h"
#include "sim/systemc/systemc_kernel.h"

namespace meterbed {
namespace {

const Time kStart = std::chrono::sys_days{std::chrono::year{2020} / 1 / 1};

struct Seen {
    Time at;
    std::uint64_t tag;
    auto operator<=>(const Seen&) const = default;
};

/// Writes down what it gets and answers some of it.
class Scribe final : public Station {
  public:
    std::string_view name() const override { return "scribe"; }
    void handle(Parcel parcel, Time now) override {
        const auto alarm = std::get<Alarm>(parcel);
        seen.push_back({now, alarm.a});
        if (alarm.kind == 1) kernel->post(id, peer, now + Duration{alarm.b}, Alarm{0, alarm.a + 1000, 0});
        if (alarm.kind == 2) throw SimulationError("as asked");
    }
    Kernel* kernel = nullptr;
    StationId id = 0, peer = 0;
    std::vector<Seen> seen;
};

using Maker = std::unique_ptr<Kernel> (*)(Time);

class AnyKernel : public ::testing::TestWithParam<Maker> {
  protected:
    AnyKernel() : kernel(GetParam()(kStart)) {
        for (Scribe* scribe : {&a, &b}) {
            scribe->kernel = kernel.get();
            scribe->id = kernel->add(*scribe);
        }
        a.peer = b.id;
        b.peer = a.id;
    }
    Scribe a, b;
    std::unique_ptr<Kernel> kernel;
};

TEST_P(AnyKernel, HandlesParcelsByTimeThenSenderThenOrderOfSending) {
    kernel->post(b.id, a.id, kStart + Duration{10}, Alarm{0, 3, 0});
    kernel->post(a.id, a.id, kStart + Duration{10}, Alarm{0, 1, 0});
    kernel->post(a.id, a.id, kStart + Duration{10}, Alarm{0, 2, 0});
    kernel->post(b.id, a.id, kStart + Duration{5}, Alarm{0, 0, 0});
    kernel->run_until(kStart + Duration{10});
    const Time ten = kStart + Duration{10};
    EXPECT_EQ(a.seen, (std::vector<Seen>{{kStart + Duration{5}, 0}, {ten, 1}, {ten, 2}, {ten, 3}}));
}

TEST_P(AnyKernel, APresentDeliveryTakesAMicrosecond) {
    kernel->run_until(kStart + Duration{100});
    kernel->post(a.id, b.id, kStart, Alarm{0, 7, 0});
    kernel->run_until(kStart + Duration{101});
    EXPECT_EQ(b.seen, (std::vector<Seen>{{kStart + Duration{101}, 7}}));
}

TEST_P(AnyKernel, AnswersWithinOneSliceAreHandledInIt) {
    kernel->post(a.id, b.id, kStart + Duration{1}, Alarm{1, 1, 3});
    kernel->run_until(kStart + Duration{4});
    EXPECT_EQ(a.seen, (std::vector<Seen>{{kStart + Duration{4}, 1001}}));
}

TEST_P(AnyKernel, SlicesDoNotMatter) {
    for (std::uint64_t i = 0; i < 50; ++i) {
        kernel->post(a.id, b.id, kStart + Duration{1 + 7 * (i % 13)},
                     Alarm{1, i, static_cast<std::uint64_t>(i % 5)});
    }
    for (int i = 1; i <= 200; ++i) kernel->run_until(kStart + Duration{i});
    const auto other = GetParam() == &make_plain_kernel ? make_plain_kernel(kStart) : nullptr;
    ASSERT_EQ(b.seen.size(), 50U);
    ASSERT_EQ(a.seen.size(), 50U);
    if (!other) return;  // only one SystemC kernel may live
    Scribe c, d;
    for (Scribe* scribe : {&c, &d}) {
        scribe->kernel = other.get();
        scribe->id = other->add(*scribe);
    }
    c.peer = d.id;
    d.peer = c.id;
    for (std::uint64_t i = 0; i < 50; ++i) {
        other->post(c.id, d.id, kStart + Duration{1 + 7 * (i % 13)},
                    Alarm{1, i, static_cast<std::uint64_t>(i % 5)});
    }
    other->run_until(kStart + Duration{200});
    EXPECT_EQ(a.seen, c.seen);
    EXPECT_EQ(b.seen, d.seen);
}

TEST_P(AnyKernel, TellsWhenTheNextParcelIsDue) {
    EXPECT_EQ(kernel->next_event(), std::nullopt);
    kernel->post(a.id, b.id, kStart + Duration{40}, Alarm{});
    kernel->post(a.id, b.id, kStart + Duration{20}, Alarm{});
    EXPECT_EQ(kernel->next_event(), kStart + Duration{20});
    kernel->run_until(kStart + Duration{20});
    EXPECT_EQ(kernel->next_event(), kStart + Duration{40});
    EXPECT_EQ(kernel->now(), kStart + Duration{20});
}

TEST_P(AnyKernel, AStationAtWorkSeesWhatIsDueNextAndWhereTheRunEnds) {
    struct Watcher final : Station {
        std::string_view name() const override { return "watcher"; }
        void handle(Parcel, Time) override {
            next.push_back(kernel->next_event());
            ends.push_back(kernel->until());
        }
        Kernel* kernel = nullptr;
        std::vector<std::optional<Time>> next;
        std::vector<Time> ends;
    } watcher;
    watcher.kernel = kernel.get();
    const StationId own = kernel->add(watcher);
    for (const int at : {10, 10, 30}) kernel->post(own, own, kStart + Duration{at}, Alarm{});
    kernel->post(own, a.id, kStart + Duration{20}, Alarm{});
    kernel->run_until(kStart + Duration{15});
    kernel->run_until(kStart + Duration{50});
    const Time first = kStart + Duration{15}, second = kStart + Duration{50};
    EXPECT_EQ(watcher.ends, (std::vector<Time>{first, first, second}));
    EXPECT_EQ(watcher.next,
              (std::vector<std::optional<Time>>{kStart + Duration{10}, kStart + Duration{20}, std::nullopt}));
}

TEST_P(AnyKernel, RefusesToGoBack) {
    kernel->run_until(kStart + Duration{10});
    EXPECT_THROW(kernel->run_until(kStart + Duration{9}), BadRequest);
}

TEST_P(AnyKernel, AMistakeInAStationComesOutOfTheSlice) {
    kernel->post(a.id, b.id, kStart + Duration{5}, Alarm{2, 0, 0});
    EXPECT_THROW(kernel->run_until(kStart + Duration{10}), SimulationError);
}

INSTANTIATE_TEST_SUITE_P(Kernels, AnyKernel, ::testing::Values(&make_plain_kernel, &make_systemc_kernel),
                         [](const auto& kernel) {
                             return kernel.param == &make_plain_kernel ? "Plain" : "SystemC";
                         });

TEST(SystemC, RefusesASecondLiveWorldWithASentence) {
    const auto first = make_systemc_kernel(kStart);
    try {
        make_systemc_kernel(kStart);
        FAIL() << "two SystemC worlds at once";
    } catch (const SimulationError& error) {
        EXPECT_NE(std::string(error.what()).find("another process"), std::string::npos);
    }
}

TEST(SystemC, ManyKernelsOneAfterAnotherEvenAfterAMistake) {
    for (int i = 0; i < 50; ++i) {
        Scribe scribe;
        const auto kernel = make_systemc_kernel(kStart);
        scribe.kernel = kernel.get();
        scribe.id = scribe.peer = kernel->add(scribe);
        kernel->post(scribe.id, scribe.id, kStart + Duration{1}, Alarm{i % 2 == 0 ? 2U : 0U, 1, 0});
        if (i % 2 == 0) {
            EXPECT_THROW(kernel->run_until(kStart + Duration{2}), SimulationError);
        } else {
            kernel->run_until(kStart +
                              std::chrono::hours{24 * 4000});  // past the 106 days where doubles fail
            EXPECT_EQ(scribe.seen, (std::vector<Seen>{{kStart + Duration{1}, 1}}));
            EXPECT_EQ(kernel->now(), kStart + std::chrono::hours{24 * 4000});
        }
    }
}

}  // namespace
}  // namespace meterbed
