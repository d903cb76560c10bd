#pragma once

#include <cstddef>
#include <vector>

namespace showergan::nn {

/// A piece of memory that is needed from step `first` to step `last`, both included.
struct Lifetime {
  std::size_t bytes = 0;
  int first = 0;
  int last = 0;
};

struct MemoryPlan {
  std::vector<std::size_t> offsets;  ///< one per Lifetime, multiples of 64 bytes
  std::size_t total = 0;             ///< bytes of the arena
};

/// Places buffers in one arena so that two that live at the same time never overlap: the largest
/// first, each into the lowest gap that holds it.
MemoryPlan plan_memory(const std::vector<Lifetime>& buffers);

}  // namespace showergan::nn
