// The folds, one a metric; table.cpp lists them.
#pragma once

#include "sim/metrics/metrics.h"

namespace meterbed::folds {

// counts.cpp
std::optional<double> wrong_choices(const Records& records);
std::optional<double> repairs(const Records& records);
std::optional<double> time_to_repair(const Records& records);
std::optional<double> requests_refused(const Records& records);
std::optional<double> requests_refused_at_dcc(const Records& records);
std::optional<double> requests_answered(const Records& records);
std::optional<double> requests_without_answer(const Records& records);
std::optional<double> commands_dropped(const Records& records);
std::optional<double> renewals_refused_in_error(const Records& records);
std::vector<NamedValue> repairs_by_route(const Records& records);

// ownership.cpp
std::optional<double> devices_nobody_can_command(const Records& records);
std::optional<double> alerts_to_the_wrong_operator(const Records& records);
std::optional<std::string> one_holder_per_cell(const Records& records, const RunEnd& end);

// accounting.cpp
std::optional<std::string> every_message_accounted_for(const Records& records, const RunEnd& end);

// outage_invariants.cpp
std::optional<std::string> no_alert_for_short_cuts(const Records& records, const RunEnd& end);
std::optional<std::string> no_alert_without_mpxn(const Records& records, const RunEnd& end);
std::optional<std::string> restoration_codes_right(const Records& records, const RunEnd& end);
std::optional<std::string> every_outage_accounted_for(const Records& records, const RunEnd& end);

// prepay_invariants.cpp
std::optional<std::string> money_is_conserved(const Records& records, const RunEnd& end);
std::optional<std::string> no_duplicate_credit(const Records& records, const RunEnd& end);
std::optional<std::string> every_payment_accounted_for(const Records& records, const RunEnd& end);

/// Rows whose `what` (and, when given, `detail`) is this, in order.
template <typename Use>
void for_each(const Records& records, std::string_view what, Use use) {
    const std::int32_t word = records.word(what);
    if (word < 0) return;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records.what[i] == word) use(i);
    }
}

}  // namespace meterbed::folds
