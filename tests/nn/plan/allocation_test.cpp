// A running plan allocates nothing of ours, and nothing large.

#include <atomic>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "nn/cases.hpp"
#include "nn/plan/plan.hpp"

namespace {

constexpr std::size_t large = 4096;  // oneDNN makes a few small allocations per call
std::atomic<bool> counting{false};
std::atomic<int> large_allocations{0};

void* allocate(std::size_t bytes, std::size_t alignment) {
  if (counting && bytes > large) ++large_allocations;
  void* memory =
      alignment <= alignof(std::max_align_t)
          ? std::malloc(bytes)
          : std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  if (!memory) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t bytes) {
  return allocate(bytes, 1);
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return allocate(bytes, static_cast<std::size_t>(alignment));
}
// Not inlined: GCC would take malloc and free behind our operators for a mismatched pair.
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

namespace showergan::nn {
namespace {

TEST(Allocation, TheCounterCounts) {
  large_allocations = 0;
  counting = true;
  auto* memory = new std::vector<char>(2 * large);
  counting = false;
  delete memory;
  EXPECT_EQ(large_allocations, 1);
}

TEST(Allocation, RunningAllocatesNothingLarge) {
  for (const Case& c : all_cases()) {
    Plan plan = compile(c.graph, {Mode::train_both, c.batch});
    const auto weights = plan.prepare(random_parameters(c, 1));
    const Tensors inputs = random_inputs(c, 2);
    const Tensors output_gradients = random_output_gradients(c, 3);
    std::vector<float> gradients(static_cast<std::size_t>(c.graph.trainable_count()));
    for (const auto& [name, values] : inputs) plan.set_input(name, values);
    const auto step = [&] {
      plan.forward(*weights, DropoutKey{1, {}, 0});
      for (const auto& [name, values] : output_gradients) plan.set_output_gradient(name, values);
      plan.backward(*weights, gradients);
    };
    step();  // oneDNN sets up per-thread state in the first run
    large_allocations = 0;
    counting = true;
    step();
    counting = false;
    EXPECT_EQ(large_allocations, 0) << c.name;
  }
}

}  // namespace
}  // namespace showergan::nn
