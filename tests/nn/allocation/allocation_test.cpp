// A running plan allocates nothing of ours, and nothing large.

#include <atomic>
#include <cstdlib>
#include <new>

#include <dlfcn.h>
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

/// oneDNN takes its memory here, not from operator new; this definition goes before the library's.
extern "C" int posix_memalign(void** memory, std::size_t alignment, std::size_t bytes) {
  using Function = int (*)(void**, std::size_t, std::size_t);
  static const auto original = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "posix_memalign"));
  if (counting && bytes > large) ++large_allocations;
  return original(memory, alignment, bytes);
}

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

TEST(Allocation, TheCounterSeesOneDnn) {
  large_allocations = 0;
  counting = true;
  void* memory = nullptr;
  ASSERT_EQ(posix_memalign(&memory, 64, 2 * large), 0);
  counting = false;
  std::free(memory);
  EXPECT_EQ(large_allocations, 1);
}

/// Large enough for oneDNN to want scratchpads of megabytes.
Case large_case() {
  Case c;
  c.name = "large";
  c.batch = 4;
  NodeId node = c.graph.add("in", Input{{1, 25, 25, 25}});
  for (const std::int64_t filters : {32, 8, 16}) {
    Conv3d conv;
    conv.filters = filters;
    conv.kernel = {5, 5, 5};
    conv.padding = same_padding(conv.kernel);
    const std::string name = std::to_string(filters);
    node = c.graph.add("conv" + name, conv, {node});
    node = c.graph.add("act" + name, Activation{Function::leaky_relu, 0.3}, {node});
    node = c.graph.add("norm" + name, BatchNormalization{}, {node});
    node = c.graph.add("drop" + name, Dropout{0.2}, {node});
  }
  node = c.graph.add("pool", AveragePooling{{2, 2, 2}}, {node});
  node = c.graph.add("flat", Reshape{{-1}}, {node});
  c.graph.set_output("out", c.graph.add("dense", Dense{300}, {node}));
  return c;
}

/// Where oneDNN has no direct kernel for a (small, odd) convolution it uses its matrix product,
/// which takes 74 kB of its own in each call.
bool falls_back_to_gemm(const Plan& plan) {
  for (const auto& node : plan.describe()) {
    if (node.implementation.find("x64:gemm") != std::string::npos) return true;
  }
  return false;
}

/// Large allocations of `run` the second time: oneDNN sets up per-thread state in the first.
template <class Run>
int large_allocations_of(const Run& run) {
  run();
  large_allocations = 0;
  counting = true;
  run();
  counting = false;
  return large_allocations;
}

class RunningAllocatesNothingLarge : public testing::TestWithParam<Precision> {
 protected:
  void SetUp() override {
    if (!has_instructions(GetParam())) GTEST_SKIP() << "this processor has no instructions for it";
  }
};

TEST_P(RunningAllocatesNothingLarge, InTraining) {
  if (GetParam() == Precision::int8) GTEST_SKIP() << "int8 is for inference";
  std::vector<Case> cases = all_cases();
  cases.push_back(large_case());
  for (const Case& c : cases) {
    CompileOptions options;
    options.mode = Mode::train_both;
    options.batch = c.batch;
    options.precision = GetParam();
    Plan plan = compile(c.graph, options);
    const auto weights = plan.prepare(random_parameters(c, 1));
    const Tensors inputs = random_inputs(c, 2);
    const Tensors output_gradients = random_output_gradients(c, 3);
    std::vector<float> gradients(static_cast<std::size_t>(c.graph.trainable_count()));
    for (const auto& [name, values] : inputs) plan.set_input(name, values);
    const int found = large_allocations_of([&] {
      plan.forward(*weights, DropoutKey{1, {}, 0});
      for (const auto& [name, values] : output_gradients) plan.set_output_gradient(name, values);
      plan.backward(*weights, gradients);
    });
    if (falls_back_to_gemm(plan)) {
      EXPECT_NE(c.name, "large");
    } else {
      EXPECT_EQ(found, 0) << c.name;
    }
  }
}

TEST_P(RunningAllocatesNothingLarge, InInference) {
  const Case c = large_case();
  CompileOptions options;
  options.batch = c.batch;
  options.precision = GetParam();
  options.ranges = {{"conv32", {}}, {"conv8", {0.9f, std::vector<float>(32, 0.5f)}}};
  Plan plan = compile(c.graph, options);
  const auto weights = plan.prepare(random_parameters(c, 1));
  for (const auto& [name, values] : random_inputs(c, 2)) plan.set_input(name, values);
  EXPECT_EQ(large_allocations_of([&] { plan.forward(*weights); }), 0);
}

INSTANTIATE_TEST_SUITE_P(All, RunningAllocatesNothingLarge,
                         testing::Values(Precision::f32, Precision::bf16, Precision::int8),
                         [](const auto& info) { return std::string(name_of(info.param)); });

}  // namespace
}  // namespace showergan::nn
