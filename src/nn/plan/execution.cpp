#include <algorithm>

#include "base/contract.hpp"
#include "nn/kernel/single_thread.hpp"
#include "nn/kernel/vector.hpp"
#include "nn/plan/implementation.hpp"

namespace showergan::nn {

void Plan::Implementation::forward(const PreparedWeights& weights, std::int64_t samples,
                                   const DropoutKey& dropout, Hooks* hooks) {
  SHOWERGAN_EXPECT(weights.nodes() == size());
  const kernel::SingleThread single;
  std::optional<HookAdapter> adapter;
  if (hooks) adapter.emplace(*hooks);
  for (std::size_t i = 0; i < size(); ++i) {
    if (!runs_forward(i)) continue;
    forward_node(i, weights, samples, dropout, adapter ? &*adapter : nullptr);
  }
}

void Plan::Implementation::forward_node(std::size_t i, const PreparedWeights& weights,
                                        std::int64_t samples, const DropoutKey& dropout,
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
  arguments.samples = samples;
  state.kernel->forward(arguments);
}

void Plan::Implementation::backward(const PreparedWeights& weights, std::span<float> gradients,
                                    Hooks* hooks) {
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

void Plan::Implementation::backward_node(std::size_t i, const PreparedWeights& weights,
                                         std::span<float> gradients, Hooks* hooks,
                                         std::optional<HookAdapter>& adapter) {
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

}  // namespace showergan::nn
