#include "sim/prepayment/lognormal.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace meterbed {
namespace {

double below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

/// Where the standard normal has this share below, by halving.
double quantile(double share) {
    double low = -10, high = 10;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (below(middle) < share ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace

LognormalTable::LognormalTable(double sigma) : values_(std::size_t{1} << kBits) {
    // The mean of each part of equal share: exp(sigma z - sigma^2 / 2) weighs the normal like one that is
    // moved by sigma. So the mean of all is 1 as exactly as doubles add.
    const auto count = static_cast<double>(values_.size());
    double before = 0;
    for (std::size_t i = 0; i < values_.size(); ++i) {
        const double edge = i + 1 == values_.size() ? std::numeric_limits<double>::infinity()
                                                    : quantile(static_cast<double>(i + 1) / count);
        const double up_to = below(edge - sigma);
        values_[i] = count * (up_to - before);
        before = up_to;
    }
}

}  // namespace meterbed
