// What must hold of prepayment at the end of every run.
#include <algorithm>

#include "sim/metrics/folds.h"

namespace meterbed::folds {
namespace {

std::string words_for(const TopUpRow& row) {
    return "home " + std::to_string(row.home) + ", payment " + std::to_string(row.payment) + " of " +
           to_text(Time{Duration{row.paid_at}});
}

}  // namespace

std::optional<std::string> money_is_conserved(const Records&, const RunEnd& end) {
    const Prepayments& all = end.prepayments;
    if (all.unbalanced == 0) return std::nullopt;
    return std::to_string(all.unbalanced) +
           " meters whose balance is not what was put in less what was used; "
           "the first is in home " +
           std::to_string(all.first_unbalanced);
}

std::optional<std::string> no_duplicate_credit(const Records&, const RunEnd& end) {
    const auto& rows = end.prepayments.top_ups;
    const auto found =
        std::find_if(rows.begin(), rows.end(), [](const TopUpRow& row) { return row.added_twice != 0; });
    if (found == rows.end()) return std::nullopt;
    return words_for(*found) + ": credited more than once";
}

std::optional<std::string> every_payment_accounted_for(const Records&, const RunEnd& end) {
    const Prepayments& all = end.prepayments;
    const Duration patient = patience(end.settings);
    const auto found = std::find_if(all.top_ups.begin(), all.top_ups.end(), [&](const TopUpRow& row) {
        const bool late = Duration{all.end - row.paid_at} > patient;
        return row.added_at == 0 && row.refused == 0 && late && static_cast<Harm>(row.harm) == Harm::carriage;
    });
    if (found == all.top_ups.end()) return std::nullopt;
    return words_for(*found) + ": never credited, and nothing tells why";
}

}  // namespace meterbed::folds
