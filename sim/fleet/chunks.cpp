#include "sim/fleet/chunks.h"

#include <algorithm>

namespace meterbed::fleet {

void ChunkPool::grow() {
    // By an eighth, up to a huge page: little is taken in vain.
    const std::size_t count = std::clamp(chunks_ / 8, std::size_t{64}, kHugePage / sizeof(Chunk));
    slabs_.emplace_back(count);
    chunks_ += count;
    // The first of a slab is taken first, so that its memory is used in order.
    Column<Chunk>& slab = slabs_.back();
    for (auto chunk = slab.rbegin(); chunk != slab.rend(); ++chunk) give_back(&*chunk);
}

}  // namespace meterbed::fleet
