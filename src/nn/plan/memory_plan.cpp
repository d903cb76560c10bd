#include "nn/plan/memory_plan.hpp"

#include <algorithm>
#include <numeric>

namespace showergan::nn {
namespace {

constexpr std::size_t alignment = 64;  // a cache line, and the widest vector

std::size_t round_up(std::size_t bytes) {
  return (bytes + alignment - 1) / alignment * alignment;
}

bool overlap_in_time(const Lifetime& a, const Lifetime& b) {
  return a.first <= b.last && b.first <= a.last;
}

}  // namespace

MemoryPlan plan_memory(const std::vector<Lifetime>& buffers) {
  std::vector<std::size_t> order(buffers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return buffers[a].bytes > buffers[b].bytes;
  });

  MemoryPlan plan;
  plan.offsets.assign(buffers.size(), 0);
  std::vector<std::size_t> placed;  // by offset
  for (const std::size_t index : order) {
    const std::size_t bytes = round_up(buffers[index].bytes);
    std::size_t offset = 0;
    for (const std::size_t other : placed) {
      if (!overlap_in_time(buffers[index], buffers[other])) continue;
      if (offset + bytes <= plan.offsets[other]) break;  // fits before it
      offset = std::max(offset, plan.offsets[other] + round_up(buffers[other].bytes));
    }
    plan.offsets[index] = offset;
    plan.total = std::max(plan.total, offset + bytes);
    const auto position = std::upper_bound(
        placed.begin(), placed.end(), index,
        [&](std::size_t a, std::size_t b) { return plan.offsets[a] < plan.offsets[b]; });
    placed.insert(position, index);
  }
  return plan;
}

}  // namespace showergan::nn
