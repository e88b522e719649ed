// Memory for the columns and events of large fleets. On huge pages they fill faster and miss the TLB less.
#pragma once

#include <cstddef>
#include <vector>

namespace meterbed::fleet {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

/// Aligned to a huge page when that large, and then asking for huge pages. Throws std::bad_alloc.
void* allocate_huge(std::size_t bytes);
void free_huge(void* memory, std::size_t bytes);

template <typename T>
struct HugePages {
    using value_type = T;
    HugePages() = default;
    template <typename U>
    HugePages(const HugePages<U>&) {}  // NOLINT(google-explicit-constructor): allocators convert
    T* allocate(std::size_t count) { return static_cast<T*>(allocate_huge(count * sizeof(T))); }
    void deallocate(T* memory, std::size_t count) { free_huge(memory, count * sizeof(T)); }
    bool operator==(const HugePages&) const { return true; }
};

/// A column of a fleet: one row an entity.
template <typename T>
using Column = std::vector<T, HugePages<T>>;

}  // namespace meterbed::fleet
