// Unordered bags of events in chunks from one pool: adding is a store, emptying reads memory in order, and
// ten thousands of bags waste half a chunk each at most.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/fleet/event.h"
#include "sim/fleet/huge_pages.h"

namespace meterbed::fleet {

struct Chunk {
    static constexpr std::uint32_t kEvents = 63;  ///< with the link: 1 KiB
    Chunk* older = nullptr;
    std::uint64_t unused = 0;
    std::array<Event, kEvents> events;
};
static_assert(sizeof(Chunk) == 1024);

/// Chunks are never given back to the system: a fleet needs as many again soon.
class ChunkPool {
  public:
    ChunkPool() = default;
    ChunkPool(const ChunkPool&) = delete;
    ChunkPool& operator=(const ChunkPool&) = delete;

    Chunk* take() {
        if (free_ == nullptr) grow();
        Chunk* chunk = free_;
        free_ = chunk->older;
        return chunk;
    }
    void give_back(Chunk* chunk) {
        chunk->older = free_;
        free_ = chunk;
    }

  private:
    void grow();

    Chunk* free_ = nullptr;
    std::size_t chunks_ = 0;  ///< in all slabs
    std::vector<Column<Chunk>> slabs_;
};

/// The chunks before the newest are full, so that adding touches no header.
class Bag {
  public:
    bool empty() const { return newest_ == nullptr; }

    void add(Event event, ChunkPool& pool) {
        if (used_ == Chunk::kEvents) {
            Chunk* chunk = pool.take();
            chunk->older = newest_;
            newest_ = chunk;
            used_ = 0;
        }
        newest_->events[used_++] = event;
    }

    /// `see(events, count)` for each chunk.
    template <typename See>
    void look(See&& see) const {
        std::uint32_t count = used_;
        for (const Chunk* chunk = newest_; chunk != nullptr; chunk = chunk->older) {
            see(chunk->events.data(), count);
            count = Chunk::kEvents;
        }
    }

    /// As `look`; each chunk goes back to the pool when `see` returns. The bag is empty from the start.
    template <typename See>
    void drain(ChunkPool& pool, See&& see) {
        Bag taken;
        std::swap(*this, taken);
        std::uint32_t count = taken.used_;
        for (Chunk* chunk = taken.newest_; chunk != nullptr;) {
            see(static_cast<const Event*>(chunk->events.data()), count);
            Chunk* older = chunk->older;
            pool.give_back(chunk);
            chunk = older;
            count = Chunk::kEvents;
        }
    }

  private:
    Chunk* newest_ = nullptr;
    std::uint32_t used_ = Chunk::kEvents;
};

}  // namespace meterbed::fleet
