#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "nn/graph/final_products.hpp"
#include "nn/kernel/aligned_buffer.hpp"
#include "nn/kernel/kernel.hpp"
#include "nn/plan/arena.hpp"
#include "nn/plan/memory_plan.hpp"
#include "nn/plan/plan.hpp"
#include "nn/plan/prepared_weights.hpp"

namespace showergan::nn {

inline constexpr int no_buffer = -1;

/// Where the gradient that a node sends to one of its inputs goes.
struct GradientEdge {
  bool wanted = false;
  int extra = no_buffer;  ///< buffer to add from; none: written straight to the input's gradient
};

struct NodeState {
  std::unique_ptr<kernel::Kernel> kernel;
  int value = no_buffer;  ///< buffers, by number
  int gradient = no_buffer;
  int saved = no_buffer;
  int forward_scratch = no_buffer;
  int backward_scratch = no_buffer;
  bool alias = false;     ///< the value is the input's, under another shape
  bool in_place = false;  ///< the value takes the place of the input's
  bool backward = false;
  std::vector<GradientEdge> edges;
};

class HookAdapter : public kernel::StatisticsHook {
 public:
  explicit HookAdapter(Hooks& hooks) : hooks_(hooks) {}
  void sums_ready(std::span<double> sums, double& samples) override {
    hooks_.sums_ready(sums, samples);
  }

 private:
  Hooks& hooks_;
};

/// Copies between (batch, shape) in row-major order and the plan's own layout.
void to_physical(const float* from, float* to, const Shape& shape, std::int64_t batch);
void to_row_major(const float* from, float* to, const Shape& shape, std::int64_t batch);

/// The state behind a Plan. compilation.cpp fills it: kernels, lifetimes, one arena; execution.cpp
/// runs it.
class Plan::Implementation {
 public:
  Implementation(Graph graph, const CompileOptions& options)
      : options_(options), graph_(std::move(graph)), states_(graph_.nodes().size()) {
    find_gradient_paths();
    find_constants();
    final_product_ = final_products(graph_);
    make_kernels();
    lay_out_memory();
    fill_constants();
  }

  bool training() const { return options_.mode != Mode::infer; }
  bool parameter_gradients() const {
    return options_.mode == Mode::train_weights || options_.mode == Mode::train_both;
  }
  bool input_gradients() const {
    return options_.mode == Mode::train_inputs || options_.mode == Mode::train_both;
  }

  std::size_t size() const { return states_.size(); }
  const Node& node(std::size_t i) const { return graph_.nodes()[i]; }
  std::int64_t elements(std::size_t i) const {
    return options_.batch * element_count(node(i).shape);
  }
  int backward_step(std::size_t i) const { return static_cast<int>(2 * size() - 1 - i); }
  int last_step() const { return static_cast<int>(2 * size()); }

  float* floats(int buffer) {
    return buffer == no_buffer ? nullptr : reinterpret_cast<float*>(bytes(buffer));
  }
  std::byte* bytes(int buffer) {
    return buffer == no_buffer ? nullptr
                               : arena_->data() + memory_.offsets[static_cast<std::size_t>(buffer)];
  }
  bool is_constant(std::size_t i) const {
    return std::holds_alternative<Constant>(node(i).operation);
  }
  float* value(NodeId id) {
    const auto i = static_cast<std::size_t>(id);
    if (!is_constant(i)) return floats(states_[i].value);
    return reinterpret_cast<float*>(constants_.data() + constant_offsets_[i]);
  }
  float* gradient(NodeId id) { return floats(states_[static_cast<std::size_t>(id)].gradient); }

  NodeId input(std::string_view name) const {
    for (const NodeId id : graph_.inputs()) {
      if (graph_.node(id).name == name) return id;
    }
    throw InputError(fmt::format("the network has no input '{}'", name));
  }
  NodeId output(std::string_view name) const {
    for (const Output& output : graph_.outputs()) {
      if (output.name == name) return output.node;
    }
    throw InputError(fmt::format("the network has no output '{}'", name));
  }

  // compilation.cpp, in the order of the calls

  /// A gradient flows through a node if something below it wants one and something above it is an
  /// output.
  void find_gradient_paths();
  /// Constants are stored once for the whole batch, except those that go where only whole batches
  /// can be read: into oneDNN's primitives, into statistics and out of the network.
  void find_constants();
  void make_kernels();
  kernel::NumberFormat format_of(std::size_t i) const;
  int add_buffer(std::size_t bytes, int first, int last) {
    lifetimes_.push_back({bytes, first, last});
    return static_cast<int>(lifetimes_.size() - 1);
  }
  void extend(int buffer, int step) {
    if (buffer == no_buffer) return;  // a constant, which stays for ever
    int& last = lifetimes_[static_cast<std::size_t>(buffer)].last;
    last = std::max(last, step);
  }

  void lay_out_memory();
  void lay_out_constants();
  /// Whether a node's result may take the place of its input's value, which nothing needs any more.
  bool can_run_in_place(std::size_t i, const std::vector<int>& uses) const;
  void lay_out_values();
  void lay_out_gradients();
  void fill_constants();

  // execution.cpp

  void forward(const PreparedWeights& weights, std::int64_t samples, const DropoutKey& dropout,
               Hooks* hooks);
  bool runs_forward(std::size_t i) const { return states_[i].kernel && !states_[i].alias; }
  void forward_node(std::size_t i, const PreparedWeights& weights, std::int64_t samples,
                    const DropoutKey& dropout, HookAdapter* hook);
  void backward(const PreparedWeights& weights, std::span<float> gradients, Hooks* hooks);
  void backward_node(std::size_t i, const PreparedWeights& weights, std::span<float> gradients,
                     Hooks* hooks, std::optional<HookAdapter>& adapter);

  CompileOptions options_;
  double compile_seconds_ = 0;
  Graph graph_;
  std::vector<NodeState> states_;
  std::vector<bool> final_product_;  ///< see final_products()
  std::vector<bool> single_;         ///< constants with one sample for the whole batch
  std::vector<bool> wants_;          ///< nodes whose gradient is computed
  std::vector<bool> is_output_;      ///< … and set from outside
  std::vector<bool> set_;            ///< … and was, since the last backward()
  std::vector<Lifetime> lifetimes_;
  MemoryPlan memory_;
  std::shared_ptr<Arena> arena_;
  std::vector<std::size_t> constant_offsets_;
  AlignedBuffer constants_;  ///< not in the arena, which other plans may use
  std::vector<std::size_t> prepared_offsets_;
  std::size_t prepared_bytes_ = 0;
  std::vector<const float*> input_pointers_;  ///< reused, so that running allocates nothing
  std::vector<float*> gradient_pointers_;
};

}  // namespace showergan::nn
