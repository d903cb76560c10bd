#include "nn/plan/plan.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "nn/kernel/kernel.hpp"
#include "nn/kernel/layout.hpp"
#include "nn/kernel/single_thread.hpp"
#include "nn/kernel/strided_copy.hpp"
#include "nn/kernel/vector.hpp"
#include "nn/lowering/pass.hpp"
#include "nn/plan/aligned_buffer.hpp"
#include "nn/plan/memory_plan.hpp"
#include "nn/plan/prepared_weights.hpp"

namespace showergan::nn {
namespace {

constexpr int no_buffer = -1;

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
  bool alias = false;  ///< the value is the input's, under another shape
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
void to_physical(const float* from, float* to, const Shape& shape, std::int64_t batch) {
  const kernel::Layout outside = kernel::row_major_layout(shape, batch);
  const kernel::Layout inside = kernel::physical_layout(shape, batch);
  kernel::copy_tensor(from, outside.strides, to, inside.strides, inside.extents);
}

void to_row_major(const float* from, float* to, const Shape& shape, std::int64_t batch) {
  const kernel::Layout outside = kernel::row_major_layout(shape, batch);
  const kernel::Layout inside = kernel::physical_layout(shape, batch);
  kernel::copy_tensor(from, inside.strides, to, outside.strides, outside.extents);
}

}  // namespace

void Hooks::sums_ready(std::span<double>, double&) {}
void Hooks::gradients_ready(std::int64_t, std::int64_t) {}

class Plan::Implementation {
 public:
  Implementation(Graph graph, const CompileOptions& options)
      : options_(options), graph_(std::move(graph)), states_(graph_.nodes().size()) {
    find_gradient_paths();
    find_constants();
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
                               : arena_.data() + memory_.offsets[static_cast<std::size_t>(buffer)];
  }
  float* value(NodeId id) { return floats(states_[static_cast<std::size_t>(id)].value); }
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

  /// A gradient flows through a node if something below it wants one and something above it is an
  /// output.
  void find_gradient_paths() {
    wants_.assign(size(), false);
    if (!training()) return;
    for (std::size_t i = 0; i < size(); ++i) {
      bool wants = input_gradients() && std::holds_alternative<Input>(node(i).operation);
      for (const NodeId id : node(i).inputs) wants = wants || wants_[static_cast<std::size_t>(id)];
      for (const std::int32_t p : node(i).parameters) {
        const Parameter& parameter = graph_.parameters()[static_cast<std::size_t>(p)];
        wants = wants || (parameter_gradients() && parameter.trainable);
      }
      wants_[i] = wants;
    }
    std::vector<bool> reaches(size(), false);
    for (const Output& output : graph_.outputs()) {
      reaches[static_cast<std::size_t>(output.node)] = true;
    }
    for (std::size_t i = size(); i-- > 0;) {
      if (!reaches[i]) continue;
      for (const NodeId id : node(i).inputs) reaches[static_cast<std::size_t>(id)] = true;
    }
    for (std::size_t i = 0; i < size(); ++i) wants_[i] = wants_[i] && reaches[i];
  }

  /// Constants are stored once for the whole batch, except those that go where only whole batches
  /// can be read: into oneDNN's primitives, into statistics and out of the network.
  void find_constants() {
    single_.assign(size(), false);
    for (std::size_t i = 0; i < size(); ++i) {
      single_[i] = std::holds_alternative<Constant>(node(i).operation);
      const bool whole_batches = std::holds_alternative<Dense>(node(i).operation) ||
                                 std::holds_alternative<Conv3d>(node(i).operation) ||
                                 std::holds_alternative<Conv3dTranspose>(node(i).operation) ||
                                 std::holds_alternative<BatchNormalization>(node(i).operation);
      if (!whole_batches) continue;
      for (const NodeId id : node(i).inputs) single_[static_cast<std::size_t>(id)] = false;
    }
    for (const Output& output : graph_.outputs()) {
      single_[static_cast<std::size_t>(output.node)] = false;
    }
  }

  void make_kernels() {
    const kernel::SingleThread single;
    for (std::size_t i = 0; i < size(); ++i) {
      kernel::Request request{graph_, node(i), options_.batch, training(), false, {}, {}};
      for (const NodeId id : node(i).inputs) {
        request.input_gradients.push_back(wants_[static_cast<std::size_t>(id)]);
        request.constant_inputs.push_back(single_[static_cast<std::size_t>(id)]);
      }
      request.parameter_gradients =
          wants_[i] && parameter_gradients() && !node(i).parameters.empty();
      states_[i].kernel = kernel::make_kernel(request);
      states_[i].backward = wants_[i] && states_[i].kernel != nullptr;
      states_[i].alias = std::holds_alternative<Reshape>(node(i).operation) &&
                         !request.input_is_constant(0) &&
                         kernel::same_physical_order(request.input_shape(0), node(i).shape);
      prepared_offsets_.push_back(prepared_bytes_);
      if (states_[i].kernel) {
        prepared_bytes_ += (states_[i].kernel->prepared_bytes() + 63) / 64 * 64;
      }
    }
  }

  int add_buffer(std::size_t bytes, int first, int last) {
    lifetimes_.push_back({bytes, first, last});
    return static_cast<int>(lifetimes_.size() - 1);
  }
  void extend(int buffer, int step) {
    int& last = lifetimes_[static_cast<std::size_t>(buffer)].last;
    last = std::max(last, step);
  }

  void lay_out_memory() {
    lay_out_values();
    if (training()) lay_out_gradients();
    for (std::size_t i = 0; i < size(); ++i) {
      NodeState& state = states_[i];
      if (!state.kernel) continue;
      const int forward = static_cast<int>(i);
      if (const std::size_t bytes = state.kernel->forward_scratch_bytes()) {
        state.forward_scratch = add_buffer(bytes, forward, forward);
      }
      if (const std::size_t bytes = state.kernel->saved_bytes()) {
        const int last = state.kernel->keeps_statistics() ? last_step() : backward_step(i);
        state.saved = add_buffer(bytes, forward, last);
      }
      if (!state.backward) continue;
      if (const std::size_t bytes = state.kernel->backward_scratch_bytes()) {
        state.backward_scratch = add_buffer(bytes, backward_step(i), backward_step(i));
      }
    }
    memory_ = plan_memory(lifetimes_);
    arena_ = AlignedBuffer(std::max<std::size_t>(memory_.total, 64));
  }

  void lay_out_values() {
    for (std::size_t i = 0; i < size(); ++i) {
      NodeState& state = states_[i];
      const int step = static_cast<int>(i);
      if (state.alias) {
        state.value = states_[static_cast<std::size_t>(node(i).inputs[0])].value;
      } else {
        // Inputs and constants are set before the first step and stay for the next run.
        const bool lasting = !state.kernel;
        const auto count =
            static_cast<std::size_t>(single_[i] ? element_count(node(i).shape) : elements(i));
        state.value =
            add_buffer(count * sizeof(float), lasting ? 0 : step, lasting ? last_step() : step);
      }
      for (const NodeId id : node(i).inputs) {
        const int used = states_[static_cast<std::size_t>(id)].value;
        extend(used, step);
        if (state.backward && state.kernel->backward_reads_inputs()) extend(used, backward_step(i));
      }
      if (state.backward && state.kernel->backward_reads_output()) {
        extend(state.value, backward_step(i));
      }
    }
    for (const Output& output : graph_.outputs()) {
      extend(states_[static_cast<std::size_t>(output.node)].value, last_step());
    }
  }

  void lay_out_gradients() {
    // Gradients of outputs are set by the caller before the first backward step.
    std::vector<bool> written(size(), false);
    set_.assign(size(), false);
    is_output_.assign(size(), false);
    for (const Output& output : graph_.outputs()) {
      const auto i = static_cast<std::size_t>(output.node);
      if (!wants_[i] || is_output_[i]) continue;
      is_output_[i] = written[i] = true;
      states_[i].gradient = add_buffer(static_cast<std::size_t>(elements(i)) * sizeof(float),
                                       static_cast<int>(size()), backward_step(i));
    }
    for (std::size_t i = size(); i-- > 0;) {
      if (!wants_[i]) continue;
      const int step = backward_step(i);
      if (!states_[i].kernel) {
        extend(states_[i].gradient, last_step());  // an input's: the caller reads it
        continue;
      }
      for (const NodeId id : node(i).inputs) {
        const auto from = static_cast<std::size_t>(id);
        GradientEdge edge;
        edge.wanted = wants_[from];
        if (edge.wanted) {
          const std::size_t bytes = static_cast<std::size_t>(elements(from)) * sizeof(float);
          if (!written[from]) {
            states_[from].gradient = add_buffer(bytes, step, backward_step(from));
            written[from] = true;
          } else {
            edge.extra = add_buffer(bytes, step, step);
          }
        }
        states_[i].edges.push_back(edge);
      }
    }
  }

  void fill_constants() {
    for (std::size_t i = 0; i < size(); ++i) {
      const auto* constant = std::get_if<Constant>(&node(i).operation);
      if (!constant) continue;
      float* values = floats(states_[i].value);
      const std::int64_t count = element_count(constant->shape);
      to_physical(constant->values.data(), values, constant->shape, 1);
      for (std::int64_t n = 1; n < (single_[i] ? 1 : options_.batch); ++n) {
        std::copy_n(values, count, values + n * count);
      }
    }
  }

  void forward(const PreparedWeights& weights, const DropoutKey& dropout, Hooks* hooks) {
    SHOWERGAN_EXPECT(weights.nodes() == size());
    const kernel::SingleThread single;
    std::optional<HookAdapter> adapter;
    if (hooks) adapter.emplace(*hooks);
    for (std::size_t i = 0; i < size(); ++i) {
      if (runs_forward(i)) forward_node(i, weights, dropout, adapter ? &*adapter : nullptr);
    }
  }

  bool runs_forward(std::size_t i) const { return states_[i].kernel && !states_[i].alias; }

  void forward_node(std::size_t i, const PreparedWeights& weights, const DropoutKey& dropout,
                    HookAdapter* hook) {
    NodeState& state = states_[i];
    input_pointers_.clear();
    for (const NodeId id : node(i).inputs) input_pointers_.push_back(value(id));
    kernel::ForwardArguments arguments;
    arguments.inputs = input_pointers_;
    arguments.output = floats(state.value);
    arguments.prepared = weights.of(i);
    arguments.saved = bytes(state.saved);
    arguments.scratch = bytes(state.forward_scratch);
    arguments.dropout = &dropout;
    arguments.hook = hook;
    state.kernel->forward(arguments);
  }

  void backward(const PreparedWeights& weights, std::span<float> gradients, Hooks* hooks) {
    SHOWERGAN_EXPECT(training());
    SHOWERGAN_EXPECT(!parameter_gradients() ||
                     static_cast<std::int64_t>(gradients.size()) == graph_.trainable_count());
    const kernel::SingleThread single;
    std::optional<HookAdapter> adapter;
    if (hooks) adapter.emplace(*hooks);
    for (std::size_t i = 0; i < size(); ++i) {
      if (is_output_[i] && !set_[i]) std::fill_n(floats(states_[i].gradient), elements(i), 0.0f);
    }
    for (std::size_t i = size(); i-- > 0;) {
      if (states_[i].backward) backward_node(i, weights, gradients, hooks, adapter);
    }
    std::fill(set_.begin(), set_.end(), false);
  }

  void backward_node(std::size_t i, const PreparedWeights& weights, std::span<float> gradients,
                     Hooks* hooks, std::optional<HookAdapter>& adapter) {
    NodeState& state = states_[i];
    const std::vector<NodeId>& inputs = node(i).inputs;
    input_pointers_.clear();
    gradient_pointers_.clear();
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      const GradientEdge& edge = state.edges[k];
      input_pointers_.push_back(state.kernel->backward_reads_inputs() ? value(inputs[k]) : nullptr);
      gradient_pointers_.push_back(!edge.wanted              ? nullptr
                                   : edge.extra == no_buffer ? gradient(inputs[k])
                                                             : floats(edge.extra));
    }
    kernel::BackwardArguments arguments;
    arguments.inputs = input_pointers_;
    arguments.output = state.kernel->backward_reads_output() ? floats(state.value) : nullptr;
    arguments.output_gradient = floats(state.gradient);
    arguments.input_gradients = gradient_pointers_;
    arguments.gradients = parameter_gradients() ? gradients.data() : nullptr;
    arguments.prepared = weights.of(i);
    arguments.saved = bytes(state.saved);
    arguments.scratch = bytes(state.backward_scratch);
    arguments.hook = adapter ? &*adapter : nullptr;
    state.kernel->backward(arguments);
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      if (state.edges[k].extra == no_buffer) continue;
      kernel::add_to(gradient(inputs[k]), floats(state.edges[k].extra),
                     elements(static_cast<std::size_t>(inputs[k])));
    }
    if (!hooks || !parameter_gradients()) return;
    for (const std::int32_t p : node(i).parameters) {
      const Parameter& parameter = graph_.parameters()[static_cast<std::size_t>(p)];
      if (parameter.trainable) {
        hooks->gradients_ready(parameter.offset, element_count(parameter.shape));
      }
    }
  }

  CompileOptions options_;
  Graph graph_;
  std::vector<NodeState> states_;
  std::vector<bool> single_;     ///< constants with one sample for the whole batch
  std::vector<bool> wants_;      ///< nodes whose gradient is computed
  std::vector<bool> is_output_;  ///< … and set from outside
  std::vector<bool> set_;        ///< … and was, since the last backward()
  std::vector<Lifetime> lifetimes_;
  MemoryPlan memory_;
  AlignedBuffer arena_;
  std::vector<std::size_t> prepared_offsets_;
  std::size_t prepared_bytes_ = 0;
  std::vector<const float*> input_pointers_;  ///< reused, so that running allocates nothing
  std::vector<float*> gradient_pointers_;
};

Plan::Plan(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
Plan::~Plan() = default;
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(Plan&&) noexcept = default;

const CompileOptions& Plan::options() const noexcept {
  return implementation_->options_;
}
const Graph& Plan::lowered() const noexcept {
  return implementation_->graph_;
}
std::size_t Plan::arena_bytes() const noexcept {
  return implementation_->memory_.total;
}

std::shared_ptr<const PreparedWeights> Plan::prepare(const Parameters& parameters) const {
  const Implementation& self = *implementation_;
  SHOWERGAN_EXPECT(static_cast<std::int64_t>(parameters.trainable.size()) ==
                   self.graph_.trainable_count());
  const kernel::SingleThread single;
  auto weights = std::make_shared<PreparedWeights>(std::max<std::size_t>(self.prepared_bytes_, 64),
                                                   self.prepared_offsets_);
  for (std::size_t i = 0; i < self.size(); ++i) {
    if (self.states_[i].kernel) self.states_[i].kernel->prepare(parameters, weights->of(i));
  }
  return weights;
}

void Plan::set_input(std::string_view name, std::span<const float> values) {
  Implementation& self = *implementation_;
  const NodeId id = self.input(name);
  SHOWERGAN_EXPECT(static_cast<std::int64_t>(values.size()) ==
                   self.elements(static_cast<std::size_t>(id)));
  to_physical(values.data(), self.value(id), self.graph_.node(id).shape, self.options_.batch);
}

void Plan::forward(const PreparedWeights& weights, const DropoutKey& dropout, Hooks* hooks) {
  implementation_->forward(weights, dropout, hooks);
}

void Plan::get_output(std::string_view name, std::span<float> values) const {
  Implementation& self = *implementation_;
  const NodeId id = self.output(name);
  SHOWERGAN_EXPECT(static_cast<std::int64_t>(values.size()) ==
                   self.elements(static_cast<std::size_t>(id)));
  to_row_major(self.value(id), values.data(), self.graph_.node(id).shape, self.options_.batch);
}

void Plan::set_output_gradient(std::string_view name, std::span<const float> values) {
  Implementation& self = *implementation_;
  const NodeId id = self.output(name);
  const auto i = static_cast<std::size_t>(id);
  SHOWERGAN_EXPECT(self.training());
  SHOWERGAN_EXPECT(static_cast<std::int64_t>(values.size()) == self.elements(i));
  if (!self.wants_[i]) return;  // nothing below this output wants a gradient
  SHOWERGAN_EXPECT(!self.set_[i]);
  to_physical(values.data(), self.gradient(id), self.graph_.node(id).shape, self.options_.batch);
  self.set_[i] = true;
}

void Plan::backward(const PreparedWeights& weights, std::span<float> gradients, Hooks* hooks) {
  implementation_->backward(weights, gradients, hooks);
}

void Plan::get_input_gradient(std::string_view name, std::span<float> values) const {
  Implementation& self = *implementation_;
  const NodeId id = self.input(name);
  SHOWERGAN_EXPECT(self.input_gradients());
  if (!self.wants_[static_cast<std::size_t>(id)]) {  // no output depends on it
    std::fill(values.begin(), values.end(), 0.0f);
    return;
  }
  to_row_major(self.gradient(id), values.data(), self.graph_.node(id).shape, self.options_.batch);
}

void Plan::update_statistics(Parameters& parameters) const {
  Implementation& self = *implementation_;
  for (NodeState& state : self.states_) {
    if (state.kernel && state.kernel->keeps_statistics()) {
      state.kernel->update_statistics(self.bytes(state.saved), parameters);
    }
  }
}

std::vector<Plan::NodeProfile> Plan::describe() const {
  const Implementation& self = *implementation_;
  std::vector<NodeProfile> nodes;
  for (std::size_t i = 0; i < self.size(); ++i) {
    const std::string runs =
        self.runs_forward(i) ? self.states_[i].kernel->implementation() : "none";
    nodes.push_back({static_cast<NodeId>(i), runs, 0});
  }
  return nodes;
}

std::vector<Plan::NodeProfile> Plan::profile(const PreparedWeights& weights, int repeats,
                                             const DropoutKey& dropout) {
  using Clock = std::chrono::steady_clock;
  Implementation& self = *implementation_;
  std::vector<NodeProfile> nodes = describe();
  const kernel::SingleThread single;
  for (int repeat = 0; repeat < repeats; ++repeat) {
    for (std::size_t i = 0; i < self.size(); ++i) {
      if (!self.runs_forward(i)) continue;
      const Clock::time_point start = Clock::now();
      self.forward_node(i, weights, dropout, nullptr);
      nodes[i].seconds += std::chrono::duration<double>(Clock::now() - start).count() / repeats;
    }
  }
  return nodes;
}

Plan compile(const Graph& graph, const CompileOptions& options) {
  const Purpose purpose = options.mode == Mode::infer ? Purpose::infer : Purpose::train;
  return Plan(std::make_unique<Plan::Implementation>(options.passes ? lower(graph, purpose) : graph,
                                                     options));
}

}  // namespace showergan::nn
