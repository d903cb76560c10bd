#include "nn/plan/plan.hpp"

#include <algorithm>
#include <chrono>
#include <variant>

#include "base/contract.hpp"
#include "nn/graph/final_products.hpp"
#include "nn/kernel/layout.hpp"
#include "nn/kernel/single_thread.hpp"
#include "nn/kernel/strided_copy.hpp"
#include "nn/lowering/pass.hpp"
#include "nn/plan/implementation.hpp"

namespace showergan::nn {

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

void Hooks::sums_ready(std::span<double>, double&) {}
void Hooks::gradients_ready(std::int64_t, std::int64_t) {}

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
double Plan::compile_seconds() const noexcept {
  return implementation_->compile_seconds_;
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

std::span<float> Plan::input_values(std::string_view name) {
  Implementation& self = *implementation_;
  const NodeId id = self.input(name);
  return {self.value(id), static_cast<std::size_t>(self.elements(static_cast<std::size_t>(id)))};
}

void Plan::forward(const PreparedWeights& weights, const DropoutKey& dropout, Hooks* hooks) {
  implementation_->forward(weights, options().batch, dropout, hooks);
}

void Plan::forward_samples(const PreparedWeights& weights, std::int64_t samples) {
  SHOWERGAN_EXPECT(options().mode == Mode::infer && samples >= 1 && samples <= options().batch);
  implementation_->forward(weights, samples, {}, nullptr);
}

std::span<const float> Plan::output_values(std::string_view name) const {
  Implementation& self = *implementation_;
  const NodeId id = self.output(name);
  return {self.value(id), static_cast<std::size_t>(self.elements(static_cast<std::size_t>(id)))};
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
  Implementation& self = *implementation_;
  std::vector<NodeProfile> nodes = describe();
  const kernel::SingleThread single;
  const auto seconds_of = [](const auto& run) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point start = Clock::now();
    run();
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  std::vector<float> gradients(
      self.parameter_gradients() ? static_cast<std::size_t>(self.graph_.trainable_count()) : 0);
  std::optional<HookAdapter> no_hooks;
  for (int repeat = 0; repeat < repeats; ++repeat) {
    for (std::size_t i = 0; i < self.size(); ++i) {
      if (!self.runs_forward(i)) continue;
      nodes[i].seconds += seconds_of([&] {
                            self.forward_node(i, weights, self.options_.batch, dropout, nullptr);
                          }) /
                          repeats;
    }
    if (!self.training()) continue;
    for (std::size_t i = 0; i < self.size(); ++i) {
      if (self.is_output_[i])
        std::fill_n(self.floats(self.states_[i].gradient), self.elements(i), 1.0f);
    }
    for (std::size_t i = self.size(); i-- > 0;) {
      if (!self.states_[i].backward) continue;
      nodes[i].backward_seconds +=
          seconds_of([&] { self.backward_node(i, weights, gradients, nullptr, no_hooks); }) /
          repeats;
    }
  }
  return nodes;
}

/// Ranges come from files, and a wrong number of channels would be read beyond its end.
void check_ranges(const Graph& graph, const std::map<std::string, InputRange>& ranges) {
  const std::vector<bool> final = final_products(graph);
  for (const auto& [layer, range] : ranges) {
    const std::optional<NodeId> id = graph.find(layer);
    const bool fits = id && std::holds_alternative<Conv3d>(graph.node(*id).operation) &&
                      !final[static_cast<std::size_t>(*id)];
    const std::size_t channels =
        fits ? static_cast<std::size_t>(graph.node(graph.node(*id).inputs[0]).shape[0]) : 0;
    if (fits && (range.channels.empty() || range.channels.size() == channels)) continue;
    throw InputError(
        fmt::format("the calibration for int8 does not fit the layer '{}'", layer),
        !fits ? "there is no such convolution, or none follows it"
              : fmt::format("{} channels instead of {}", range.channels.size(), channels),
        "make it again with showergan quantize");
  }
}

std::map<std::string, InputRange> ranges_within(const Graph& part,
                                                std::map<std::string, InputRange> ranges) {
  std::erase_if(ranges, [&](const auto& range) {
    const std::optional<NodeId> id = part.find(range.first);
    return !id || !std::holds_alternative<Conv3d>(part.node(*id).operation);
  });
  return ranges;
}

Plan compile(const Graph& graph, const CompileOptions& options) {
  SHOWERGAN_EXPECT(options.precision != Precision::int8 || options.mode == Mode::infer);
  const auto start = std::chrono::steady_clock::now();
  const Purpose purpose = options.mode == Mode::infer ? Purpose::infer : Purpose::train;
  Graph lowered = options.passes ? lower(graph, purpose) : graph;
  if (options.precision == Precision::int8) check_ranges(lowered, options.ranges);
  auto implementation = std::make_unique<Plan::Implementation>(std::move(lowered), options);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  implementation->compile_seconds_ = took.count();
  return Plan(std::move(implementation));
}

}  // namespace showergan::nn
