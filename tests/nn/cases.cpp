#include "nn/cases.hpp"

#include <iterator>
#include <span>

#include "base/random.hpp"

namespace showergan::nn {
namespace {

/// Streams of the random numbers: one per tensor, far apart for each kind of tensor.
constexpr std::uint32_t input_stream = 0;
constexpr std::uint32_t parameter_stream = 1000;
constexpr std::uint32_t gradient_stream = 2000;

void fill(std::span<float> values, Range range, std::uint64_t seed, std::uint32_t stream) {
  CounterRandom(seed, RandomPurpose::noise, stream).fill_uniform(0, values);
  for (float& value : values) value = range.low + (range.high - range.low) * value;
}

std::vector<float> random_tensor(const Case& c, NodeId node, Range range, std::uint64_t seed,
                                 std::uint32_t stream) {
  std::vector<float> values(
      static_cast<std::size_t>(c.batch * element_count(c.graph.node(node).shape)));
  fill(values, range, seed, stream);
  return values;
}

}  // namespace

std::vector<Case> all_cases() {
  std::vector<Case> cases = operator_cases();
  std::vector<Case> stacks = stack_cases();
  std::move(stacks.begin(), stacks.end(), std::back_inserter(cases));
  return cases;
}

Tensors random_inputs(const Case& c, std::uint64_t seed) {
  Tensors tensors;
  std::uint32_t stream = input_stream;
  for (const NodeId id : c.graph.inputs()) {
    const std::string& name = c.graph.node(id).name;
    const auto range = c.ranges.find(name);
    tensors[name] =
        random_tensor(c, id, range == c.ranges.end() ? Range{} : range->second, seed, stream++);
  }
  return tensors;
}

Parameters random_parameters(const Case& c, std::uint64_t seed) {
  Parameters result = initial_parameters(c.graph, seed);
  std::uint32_t stream = parameter_stream;
  for (const Parameter& parameter : c.graph.parameters()) {
    const std::span<float> values = result.of(parameter);
    if (parameter.role == "gamma") {
      fill(values, {0.5f, 1.5f}, seed, stream++);
    } else if (parameter.role == "moving_variance") {
      fill(values, {0.5f, 2.0f}, seed, stream++);
    } else if (parameter.role != "kernel") {
      fill(values, {-0.5f, 0.5f}, seed, stream++);
    }
  }
  return result;
}

Tensors random_output_gradients(const Case& c, std::uint64_t seed) {
  Tensors tensors;
  std::uint32_t stream = gradient_stream;
  for (const Output& output : c.graph.outputs()) {
    tensors[output.name] = random_tensor(c, output.node, {}, seed, stream++);
  }
  return tensors;
}

}  // namespace showergan::nn
