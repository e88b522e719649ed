#include "sim/fleet/huge_pages.h"

#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace meterbed::fleet {

namespace {

bool is_large(std::size_t bytes) { return bytes >= kHugePage; }

}  // namespace

void* allocate_huge(std::size_t bytes) {
    if (!is_large(bytes)) return ::operator new (bytes, std::align_val_t{64});
    void* memory = ::operator new (bytes, std::align_val_t{kHugePage});
#ifdef __linux__
    // Advice only: where the system has no huge pages to give, ordinary ones do.
    static_cast<void>(madvise(memory, bytes, MADV_HUGEPAGE));
#endif
    return memory;
}

void free_huge(void* memory, std::size_t bytes) {
    ::operator delete (memory, std::align_val_t{is_large(bytes) ? kHugePage : 64});
}

}  // namespace meterbed::fleet
