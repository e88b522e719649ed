#include "sim/fleet/chunks.h"

#include <algorithm>

namespace meterbed::fleet {

void ChunkPool::grow() {
    slabs_.emplace_back(next_slab_);
    next_slab_ = std::min(2 * next_slab_, kHugePage / sizeof(Chunk));
    // The first of a slab is taken first, so that its memory is used in order.
    Column<Chunk>& slab = slabs_.back();
    for (auto chunk = slab.rbegin(); chunk != slab.rend(); ++chunk) give_back(&*chunk);
}

}  // namespace meterbed::fleet
