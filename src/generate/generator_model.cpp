#include "generate/generator_model.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "model/model_file.hpp"

namespace showergan {
namespace {

[[noreturn]] void refuse(const std::string& model, const std::string& why,
                         const std::string& advice = {}) {
  throw InputError(fmt::format("'{}' is not a generator", model), why, advice);
}

}  // namespace

GeneratorModel load_generator_model(const std::string& name_or_path) {
  return as_generator(find_model(name_or_path), name_or_path);
}

GeneratorModel as_generator(Model loaded, const std::string& name) {
  GeneratorModel model;
  static_cast<Model&>(model) = std::move(loaded);

  const auto& outputs = model.graph.outputs();
  const auto shower = std::find_if(outputs.begin(), outputs.end(), [](const nn::Output& output) {
    return output.name == "shower";
  });
  if (shower == outputs.end()) {
    const bool reads_images = model.graph.find("image").has_value();
    refuse(name, "it has no output 'shower'",
           reads_images ? "showergan score runs discriminators" : "");
  }
  const nn::Shape& shape = model.graph.node(shower->node).shape;
  if (shape.size() != 3) {
    refuse(name, fmt::format("its output 'shower' is {}, not nx×ny×nz", nn::to_string(shape)));
  }
  std::copy(shape.begin(), shape.end(), model.grid.begin());

  std::int64_t conditions = 0;
  for (const nn::NodeId id : model.graph.inputs()) {
    const nn::Node& node = model.graph.node(id);
    const std::int64_t count = nn::element_count(node.shape);
    if (node.name.starts_with("noise")) {
      model.noise_inputs.push_back({node.name, count});
      model.noise_count += count;
    } else if (node.name == "condition") {
      conditions = count;
    } else {
      refuse(name, fmt::format("it has an input '{}'", node.name),
             "inputs are condition and noise…");
    }
  }
  if (model.noise_count == 0) refuse(name, "it has no input of noise");
  if (conditions != static_cast<std::int64_t>(model.card.conditions.size())) {
    refuse(name, fmt::format("its card names {} conditions, its input takes {}",
                             model.card.conditions.size(), conditions));
  }
  return model;
}

Precision usable_precision(const GeneratorModel& model, Precision wanted) {
  if (wanted == Precision::int8 && model.card.quantization.empty()) {
    throw InputError(
        fmt::format("the model '{}' has not been calibrated for int8", model.card.name), {},
        "make a quantised one with showergan quantize");
  }
  return available_precision(wanted);
}

Condition middle_of(const std::vector<ConditionRange>& ranges) {
  Condition middle;
  for (const ConditionRange& range : ranges) {
    const auto value = static_cast<float>((range.low + range.high) / 2);
    if (range.name == "energy") middle.energy = value;
    if (range.name == "theta") middle.theta = value;
    if (range.name == "phi") middle.phi = value;
  }
  return middle;
}

nn::CompileOptions generation_options(const GeneratorModel& model, Precision precision) {
  nn::CompileOptions options;
  options.precision = precision;
  options.ranges = model.card.quantization;
  return options;
}

}  // namespace showergan
