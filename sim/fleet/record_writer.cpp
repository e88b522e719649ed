#include "sim/fleet/record_writer.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "sim/errors.h"

namespace meterbed::fleet {
namespace {

/// Moves the rows of [begin, end) so that row i becomes what row order[i] was.
template <typename T>
void permute(std::vector<T>& column, std::size_t begin, const std::vector<std::size_t>& order) {
    std::vector<T> moved;
    moved.reserve(order.size());
    for (const std::size_t row : order) moved.push_back(column[row]);
    std::copy(moved.begin(), moved.end(), column.begin() + static_cast<std::ptrdiff_t>(begin));
}

template <typename Use>
void for_each_column(Records& records, Use use) {
    use(records.time);
    use(records.sequence);
    use(records.request);
    use(records.bytes);
    use(records.home);
    use(records.device);
    use(records.party);
    use(records.counter);
    use(records.value);
    use(records.message);
    use(records.station);
    use(records.what);
    use(records.step);
    use(records.service);
    use(records.code);
    use(records.detail);
}

/// Orders the rows of one microsecond by (station, sequence).
void order_run(Records& records, std::size_t begin, std::size_t end) {
    const auto place = [&](std::size_t row) {
        return std::tuple(records.station[row], records.sequence[row]);
    };
    std::vector<std::size_t> order(end - begin);
    std::iota(order.begin(), order.end(), begin);
    const auto earlier = [&](std::size_t a, std::size_t b) { return place(a) < place(b); };
    if (std::is_sorted(order.begin(), order.end(), earlier)) return;
    std::sort(order.begin(), order.end(), earlier);
    for_each_column(records, [&](auto& column) { permute(column, begin, order); });
}

void order_runs(Records& records) {
    for (std::size_t begin = 0; begin < records.size();) {
        std::size_t end = begin + 1;
        while (end < records.size() && records.time[end] == records.time[begin]) ++end;
        if (end - begin > 1) order_run(records, begin, end);
        begin = end;
    }
}

}  // namespace

void RecordWriter::add(const Record& row) {
    const std::int64_t time = row.time.time_since_epoch().count();
    if (!columns_.time.empty() && time < columns_.time.back())
        throw SimulationError("a fleet wrote '" + words_.text(row.what) + "' of home " +
                              std::to_string(row.home) + " for " + to_text(row.time) + " too late");
    if (next_.size() <= row.station) next_.resize(row.station + std::size_t{1});
    columns_.time.push_back(time);
    columns_.sequence.push_back(next_[row.station]++);
    columns_.home.push_back(row.home);
    columns_.device.push_back(row.device.value);
    columns_.party.push_back(row.party.value);
    columns_.counter.push_back(row.counter);
    columns_.value.push_back(row.value);
    columns_.message.push_back(row.message);
    columns_.station.push_back(row.station);
    columns_.what.push_back(row.what);
    columns_.step.push_back(row.step);
    columns_.code.push_back(row.code);
    columns_.detail.push_back(row.detail);
}

Records RecordWriter::finish() {
    Records out = std::move(columns_);
    columns_ = {};
    next_.clear();
    out.request.resize(out.size());
    out.bytes.resize(out.size());
    out.service.resize(out.size());
    Alphabet sorted = alphabet(words_);
    for (auto* column : {&out.station, &out.what, &out.step, &out.service, &out.code, &out.detail}) {
        for (std::int32_t& word : *column) word = sorted.rank[static_cast<std::size_t>(word)];
    }
    out.words = std::move(sorted.words);
    order_runs(out);
    return out;
}

}  // namespace meterbed::fleet
