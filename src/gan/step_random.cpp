#include "gan/step_random.hpp"

#include <utility>

#include "base/random.hpp"

namespace showergan::gan {

Pass generator_pass(int update) {
  return static_cast<Pass>(static_cast<std::uint32_t>(Pass::generator) +
                           static_cast<std::uint32_t>(update));
}

StepRandom::StepRandom(std::uint64_t seed, const nn::Graph& generator,
                       std::vector<ConditionRange> ranges)
    : seed_(seed), ranges_(std::move(ranges)) {
  for (const nn::NodeId id : generator.inputs()) {
    const nn::Node& node = generator.node(id);
    if (node.name.starts_with("noise")) {
      noise_inputs_.push_back({node.name, nn::element_count(node.shape)});
    }
  }
}

std::vector<std::uint64_t> StepRandom::numbers(Pass pass, std::span<const std::uint64_t> index) {
  std::vector<std::uint64_t> numbers;
  numbers.reserve(index.size());
  for (const std::uint64_t i : index) {
    numbers.push_back((static_cast<std::uint64_t>(pass) << 56) + i);
  }
  return numbers;
}

std::vector<float> StepRandom::noise(std::size_t input,
                                     std::span<const std::uint64_t> numbers) const {
  const auto count = static_cast<std::size_t>(noise_inputs_[input].count);
  const CounterRandom random(seed_, RandomPurpose::noise, static_cast<std::uint32_t>(input));
  std::vector<float> values(numbers.size() * count);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    random.fill_normal(numbers[i], std::span(values).subspan(i * count, count));
  }
  return values;
}

std::vector<float> StepRandom::conditions(std::span<const std::uint64_t> numbers) const {
  std::vector<float> values;
  values.reserve(numbers.size() * ranges_.size());
  for (const std::uint64_t number : numbers) {
    for (const ConditionRange& range : ranges_) {
      values.push_back(uniform_condition(range.name, seed_, number, 1,
                                         static_cast<float>(range.low),
                                         static_cast<float>(range.high))[0]);
    }
  }
  return values;
}

std::vector<float> StepRandom::labels(float label, double flips,
                                      std::span<const std::uint64_t> numbers) const {
  const CounterRandom random(seed_, RandomPurpose::label);
  std::vector<float> values;
  values.reserve(numbers.size());
  for (const std::uint64_t number : numbers) {
    float uniform = 0;
    random.fill_uniform(number, {&uniform, 1});
    values.push_back(static_cast<double>(uniform) < flips ? 1.0f - label : label);
  }
  return values;
}

}  // namespace showergan::gan
