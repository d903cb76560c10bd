#include "training/plan_inputs.hpp"

#include <string>
#include <vector>

#include "showergan/error.hpp"

namespace showergan::training {

void set_inputs(nn::Plan& plan, const SampleSource& source, std::span<const std::int64_t> samples) {
  const std::vector<std::string> names = source.inputs();
  std::vector<float> values;
  for (std::size_t input = 0; input < names.size(); ++input) {
    values.assign(plan.input_values(names[input]).size(), 0.0f);
    const std::size_t width = values.size() / static_cast<std::size_t>(plan.options().batch);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      source.fill(samples[i], input, std::span(values).subspan(i * width, width));
    }
    plan.set_input(names[input], values);
  }
}

std::int64_t output_width(const nn::Graph& graph) {
  if (graph.outputs().size() != 1) {
    throw InputError("the network has " + std::to_string(graph.outputs().size()) + " outputs", "",
                     "supervised training is for networks of one output");
  }
  return nn::element_count(graph.node(graph.outputs().front().node).shape);
}

}  // namespace showergan::training
