// Digests against published values; random streams that depend on seed and name only.
#include "pki/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "pki/digest.h"

namespace meterbed {
namespace {

ByteView octets(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

TEST(Sha256, GivesThePublishedValues) {  // FIPS 180-2, appendix B
    EXPECT_EQ(to_hex(sha256({})), "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855");
    EXPECT_EQ(to_hex(sha256(octets("abc"))),
              "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
    EXPECT_EQ(to_hex(sha256(octets("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
              "248D6A61D20638B8E5C026930C3E6039A33CE45964FF2167F6ECEDD419DB06C1");
}

TEST(Sha256, IsTheSameInOnePieceAndInMany) {
    Sha256 pieces;
    for (const char* part : {"a", "", "b", "c"}) pieces.add(octets(part));
    EXPECT_EQ(pieces.finish(), sha256(octets("abc")));
}

std::vector<std::uint64_t> draws(Random random, int count = 64) {
    std::vector<std::uint64_t> out;
    for (int i = 0; i < count; ++i) out.push_back(random.next());
    return out;
}

TEST(Random, IsAFunctionOfSeedAndName) {
    EXPECT_EQ(draws({1, "wan"}), draws({1, "wan"}));
    EXPECT_NE(draws({1, "wan"}), draws({2, "wan"}));
    EXPECT_NE(draws({1, "wan"}), draws({1, "han"}));
    // Pinned: another value here means that every run of every scenario has changed.
    EXPECT_EQ(Random(1, "pinned").next(), 0x77DFA00168988355U);
}

TEST(Random, ChildrenDependOnTheirNameOnlyAndLeaveTheParentAlone) {
    Random parent(5, "parent");
    const auto before = draws(parent.child("a"));
    parent.next();
    EXPECT_EQ(draws(parent.child("a")), before) << "draws of the parent change no child";
    EXPECT_NE(draws(parent.child("b")), before);
    Random untouched(5, "parent");
    untouched.next();
    EXPECT_EQ(untouched.next(), parent.next());
}

TEST(Random, StreamsOfNeighbouringNamesShareNoDraws) {
    std::set<std::uint64_t> seen;
    for (int name = 0; name < 200; ++name) {
        for (const std::uint64_t draw : draws({7, "home/" + std::to_string(name)}, 20)) seen.insert(draw);
    }
    EXPECT_EQ(seen.size(), 4000U);
}

TEST(Random, StreamsOfTwoNamesAreUncorrelated) {
    Random a(7, "home/1"), b(7, "home/2");
    constexpr int kDraws = 20000;
    double sum = 0;
    for (int i = 0; i < kDraws; ++i) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5);
    EXPECT_LT(std::abs(sum / kDraws), 5.0 / 12.0 / std::sqrt(kDraws));  // five standard errors
}

TEST(Random, BelowIsEvenAndBounded) {
    Random random(3, "below");
    std::array<int, 7> counts{};
    for (int i = 0; i < 70000; ++i) ++counts.at(random.below(7));
    for (const int count : counts) EXPECT_NEAR(count, 10000, 500);
    EXPECT_EQ(random.below(1), 0U);
    for (int i = 0; i < 100; ++i) EXPECT_LT(random.below(UINT64_MAX), UINT64_MAX);
}

TEST(Random, UniformNormalAndChanceHaveTheirMoments) {
    Random random(3, "moments");
    constexpr int kDraws = 50000;
    double uniform = 0, normal = 0, squares = 0;
    int heads = 0;
    for (int i = 0; i < kDraws; ++i) {
        const double u = random.uniform();
        EXPECT_TRUE(u >= 0 && u < 1);
        const double n = random.normal();
        uniform += u, normal += n, squares += n * n;
        heads += random.chance(0.25) ? 1 : 0;
    }
    EXPECT_NEAR(uniform / kDraws, 0.5, 0.01);
    EXPECT_NEAR(normal / kDraws, 0, 0.03);
    EXPECT_NEAR(squares / kDraws, 1, 0.05);
    EXPECT_NEAR(heads, kDraws / 4, 600);
    EXPECT_FALSE(random.chance(0));
    EXPECT_TRUE(random.chance(1));
}

TEST(Random, FillsOctetsOfAnyLength) {
    for (const std::size_t size : {0U, 1U, 7U, 8U, 9U, 33U}) {
        Bytes a(size), b(size);
        Random(9, "fill").fill(a);
        Random(9, "fill").fill(b);
        EXPECT_EQ(a, b);
    }
    Bytes lot(4096);
    Random(9, "lot").fill(lot);
    EXPECT_EQ(std::set<std::uint8_t>(lot.begin(), lot.end()).size(), 256U);
}

}  // namespace
}  // namespace meterbed
