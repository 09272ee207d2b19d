#include "cli/serve/spare_memory.hpp"

#include <malloc.h>

#if __has_include(<mimalloc.h>)
#include <mimalloc.h>
// They are there where the command is linked with it.
#pragma weak mi_collect
#pragma weak mi_option_set
#endif

namespace shinsa::cli {

namespace {

constexpr std::size_t kCrowd = 100;  // connections, whose end is worth looking for memory
constexpr int kSweeps = 10;  // so often it is looked for: those who leave last leave some too

/// mimalloc gives a page back some time after it became free, but only while others become free
/// around it. With those that stay behind it would wait for the next crowd.
void give_back_at_once() {
#ifdef MIMALLOC_H
  if (mi_option_set) mi_option_set(mi_option_decommit_delay, 0);
#endif
}

void give_back() {
  malloc_trim(0);
#ifdef MIMALLOC_H
  if (mi_collect) mi_collect(true);
#endif
}

}  // namespace

SpareMemory::SpareMemory() { give_back_at_once(); }

void SpareMemory::look(std::size_t open, std::size_t most) {
  if (open + kCrowd < most) sweeps_ = kSweeps;
  if (sweeps_ == 0) return;
  --sweeps_;
  give_back();
}

}  // namespace shinsa::cli
