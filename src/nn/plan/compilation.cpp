#include <algorithm>

#include "nn/kernel/layout.hpp"
#include "nn/kernel/single_thread.hpp"
#include "nn/plan/implementation.hpp"

namespace showergan::nn {

void Plan::Implementation::find_gradient_paths() {
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

void Plan::Implementation::find_constants() {
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

kernel::NumberFormat Plan::Implementation::format_of(std::size_t i) const {
  const Node& node = graph_.nodes()[i];
  if (final_product_[i] && options_.final_products_in_f32) return {};
  if (options_.precision != Precision::int8) return {options_.precision, {}};
  const auto found = options_.ranges.find(node.name);
  if (found != options_.ranges.end()) return {Precision::int8, found->second};
  return {available_precision(Precision::bf16), {}};
}

void Plan::Implementation::make_kernels() {
  const kernel::SingleThread single;
  for (std::size_t i = 0; i < size(); ++i) {
    kernel::Request request{graph_, node(i), options_.batch, training(), false, {}, {}};
    request.format = format_of(i);
    request.prepare_threads = options_.prepare_threads;
    for (const NodeId id : node(i).inputs) {
      request.input_gradients.push_back(wants_[static_cast<std::size_t>(id)]);
      request.constant_inputs.push_back(single_[static_cast<std::size_t>(id)]);
    }
    request.parameter_gradients = wants_[i] && parameter_gradients() && !node(i).parameters.empty();
    states_[i].kernel = kernel::make_kernel(request);
    states_[i].backward = wants_[i] && states_[i].kernel != nullptr;
    states_[i].alias = std::holds_alternative<Reshape>(node(i).operation) &&
                       !is_constant(static_cast<std::size_t>(node(i).inputs[0])) &&
                       kernel::same_physical_order(request.input_shape(0), node(i).shape);
    prepared_offsets_.push_back(prepared_bytes_);
    if (states_[i].kernel) {
      prepared_bytes_ += (states_[i].kernel->prepared_bytes() + 63) / 64 * 64;
    }
  }
}

void Plan::Implementation::lay_out_constants() {
  std::size_t total = 0;
  constant_offsets_.assign(size(), 0);
  for (std::size_t i = 0; i < size(); ++i) {
    if (!is_constant(i)) continue;
    const std::int64_t count = single_[i] ? element_count(node(i).shape) : elements(i);
    constant_offsets_[i] = total;
    total += (static_cast<std::size_t>(count) * sizeof(float) + 63) / 64 * 64;
  }
  constants_ = AlignedBuffer(std::max<std::size_t>(total, 64));
}

void Plan::Implementation::lay_out_memory() {
  lay_out_constants();
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
  arena_ = options_.arena ? options_.arena : std::make_shared<Arena>();
  arena_->reserve(std::max<std::size_t>(memory_.total, 64));
}

bool Plan::Implementation::can_run_in_place(std::size_t i, const std::vector<int>& uses) const {
  const NodeState& state = states_[i];
  if (!state.kernel || state.alias || !state.kernel->may_run_in_place()) return false;
  const auto from = static_cast<std::size_t>(node(i).inputs[0]);
  const NodeState& source = states_[from];
  if (!source.kernel || source.alias || uses[from] != 1) return false;
  if (state.backward && state.kernel->backward_reads_inputs()) return false;
  // Whoever wrote to that place before may read it again on the way back, at most its signs.
  bool signs = state.kernel->keeps_signs();
  for (std::size_t writer = from;; writer = static_cast<std::size_t>(node(writer).inputs[0])) {
    const NodeState& before = states_[writer];
    const bool reads = before.backward && before.kernel->backward_reads_output();
    if (reads && !(signs && before.kernel->backward_reads_signs_only())) return false;
    if (!before.in_place) return true;
    signs = signs && before.kernel->keeps_signs();
  }
}

void Plan::Implementation::lay_out_values() {
  const std::vector<int> uses = graph_.use_counts();
  for (std::size_t i = 0; i < size(); ++i) {
    NodeState& state = states_[i];
    const int step = static_cast<int>(i);
    state.in_place = can_run_in_place(i, uses);
    if (state.alias || state.in_place) {
      state.value = states_[static_cast<std::size_t>(node(i).inputs[0])].value;
    } else if (!is_constant(i)) {
      // Inputs are set before the first step and stay for the next run.
      const bool lasting = !state.kernel;
      const auto count = static_cast<std::size_t>(elements(i));
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

void Plan::Implementation::lay_out_gradients() {
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
        const bool stays = node(i).inputs.size() == 1 && states_[i].kernel->gradient_may_stay();
        if (!written[from] && stays) {  // where the gradient of the result was
          states_[from].gradient = states_[i].gradient;
          extend(states_[i].gradient, backward_step(from));
          written[from] = true;
        } else if (!written[from]) {
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

void Plan::Implementation::fill_constants() {
  for (std::size_t i = 0; i < size(); ++i) {
    const auto* constant = std::get_if<Constant>(&node(i).operation);
    if (!constant) continue;
    float* values = value(static_cast<NodeId>(i));
    const std::int64_t count = element_count(constant->shape);
    to_physical(constant->values.data(), values, constant->shape, 1);
    for (std::int64_t n = 1; n < (single_[i] ? 1 : options_.batch); ++n) {
      std::copy_n(values, count, values + n * count);
    }
  }
}

}  // namespace showergan::nn
