#include "model/layer_reader.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/checked_add.hpp"
#include "model/composite_layer.hpp"

namespace showergan {
namespace {

using nn::Function;
using Reader = LayerSettings (*)(const DefinitionTable&);

constexpr double keras_leaky_slope = 0.3;

nn::Activation read_function(Function function, const DefinitionTable& table) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  nn::Activation activation{function, 0, 0};
  if (function == Function::leaky_relu) activation.alpha = table.number("slope", keras_leaky_slope);
  if (function == Function::power) activation.alpha = table.number("exponent");
  if (function == Function::clip) {
    activation.alpha = table.number("low", -infinity);
    activation.beta = table.number("high", infinity);
    if (!(activation.alpha < activation.beta))
      throw table.error("low", "'low' is not below 'high'");
  }
  return activation;
}

/// The key `activation` of a dense layer or a convolution.
nn::Activation read_activation(const DefinitionTable& table) {
  const std::string name = table.text("activation", "linear");
  const std::optional<Function> function = nn::function_named(name);
  if (!function) {
    throw table.error(
        "activation", fmt::format("there is no activation '{}'", name),
        "use relu, leaky_relu, sigmoid, tanh, softplus, exp, … or a layer of its own");
  }
  return read_function(*function, table);
}

nn::Initializer read_initializer(const DefinitionTable& table) {
  static const std::map<std::string, nn::Initializer> known{
      {"zeros", nn::Initializer::zeros},
      {"ones", nn::Initializer::ones},
      {"glorot_uniform", nn::Initializer::glorot_uniform},
      {"glorot_normal", nn::Initializer::glorot_normal},
      {"he_uniform", nn::Initializer::he_uniform}};
  const auto found = known.find(table.text("initializer", "glorot_uniform"));
  if (found == known.end()) {
    throw table.error("initializer", "there is no such initializer",
                      "known are glorot_uniform, glorot_normal, he_uniform, zeros, ones");
  }
  return found->second;
}

nn::Padding read_convolution_padding(const DefinitionTable& table, const nn::Triple& kernel) {
  const TomlValue* value = table.find("padding");
  if (!value) return {};
  const auto* name = std::get_if<std::string>(&value->data);
  if (!name) return table.padding("padding", largest_setting);
  if (*name == "same") return nn::same_padding(kernel);
  if (*name == "valid") return {};
  throw table.error("padding", fmt::format("there is no padding '{}'", *name),
                    "use same, valid or [[before, after], [before, after], [before, after]]");
}

LayerSettings read_dense(const DefinitionTable& table) {
  nn::Dense dense;
  dense.units = table.integer("units", 1, largest_extent);
  dense.bias = table.boolean("bias", true);
  dense.kernel_initializer = read_initializer(table);
  return {dense, read_activation(table)};
}

LayerSettings read_conv3d(const DefinitionTable& table) {
  nn::Conv3d conv;
  conv.filters = table.integer("filters", 1, largest_extent);
  conv.kernel = table.triple("kernel", 1, largest_setting);
  conv.stride = table.triple("stride", 1, largest_setting, {1, 1, 1});
  conv.padding = read_convolution_padding(table, conv.kernel);
  conv.bias = table.boolean("bias", true);
  conv.kernel_initializer = read_initializer(table);
  return {conv, read_activation(table)};
}

LayerSettings read_conv3d_transpose(const DefinitionTable& table) {
  nn::Conv3dTranspose conv;
  conv.filters = table.integer("filters", 1, largest_extent);
  conv.kernel = table.triple("kernel", 1, largest_setting);
  conv.stride = table.triple("stride", 1, largest_setting, {1, 1, 1});
  conv.padding = read_convolution_padding(table, conv.kernel);
  conv.extra = table.triple("extra", 0, largest_setting, {0, 0, 0});
  conv.bias = table.boolean("bias", true);
  conv.kernel_initializer = read_initializer(table);
  return {conv, read_activation(table)};
}

LayerSettings read_input(const DefinitionTable& table) {
  return {nn::Input{table.integers("shape", 1, largest_extent)}, {}};
}

/// `values` (all numbers), `value` (one for all) or `first` and `step` (first, first + step, …).
LayerSettings read_constant(const DefinitionTable& table) {
  nn::Constant constant;
  constant.shape = table.integers("shape", 1, largest_extent);
  if (!has_sane_size(constant.shape)) throw table.error("shape", "'shape' is too large");
  const auto count = static_cast<std::size_t>(nn::element_count(constant.shape));
  if (table.has("values")) {
    for (const double x : table.numbers("values")) constant.values.push_back(static_cast<float>(x));
  } else if (table.has("value")) {
    constant.values.assign(count, static_cast<float>(table.number("value")));
  } else {
    const double first = table.number("first");
    const double step = table.number("step", 1);
    for (std::size_t i = 0; i < count; ++i) {
      constant.values.push_back(static_cast<float>(first + static_cast<double>(i) * step));
    }
  }
  return {constant, {}};
}

LayerSettings read_average_pooling(const DefinitionTable& table) {
  return {nn::AveragePooling{table.triple("block", 1, largest_setting, {2, 2, 2})}, {}};
}

LayerSettings read_batch_normalization(const DefinitionTable& table) {
  nn::BatchNormalization normalization;
  normalization.momentum = table.number("momentum", normalization.momentum);
  normalization.epsilon = table.number("epsilon", normalization.epsilon);
  if (!(normalization.momentum >= 0 && normalization.momentum < 1)) {
    throw table.error("momentum", "'momentum' must be from 0 to below 1");
  }
  if (!(normalization.epsilon > 0)) throw table.error("epsilon", "'epsilon' must be positive");
  return {normalization, {}};
}

LayerSettings read_concatenate(const DefinitionTable& table) {
  return {nn::Concatenate{table.has("axis") ? table.integer("axis", 0, 15) : 0}, {}};
}

LayerSettings read_cropping(const DefinitionTable& table) {
  return {nn::Cropping{table.padding("cells", largest_setting)}, {}};
}

LayerSettings read_depth_to_space(const DefinitionTable& table) {
  return {nn::DepthToSpace{table.triple("block", 1, largest_setting)}, {}};
}

LayerSettings read_dropout(const DefinitionTable& table) {
  nn::Dropout dropout;
  dropout.rate = table.number("rate");
  return {dropout, {}};
}

LayerSettings read_flatten(const DefinitionTable&) {
  return {nn::Reshape{{-1}}, {}};
}

LayerSettings read_permute(const DefinitionTable& table) {
  return {nn::Permute{table.integers("axes", 0, 15)}, {}};
}

template <nn::Reducer reducer>
LayerSettings read_reduction(const DefinitionTable& table) {
  return {nn::Reduction{reducer, table.integers("axes", 0, 15), table.boolean("keep_axes", false)},
          {}};
}

LayerSettings read_reshape(const DefinitionTable& table) {
  return {nn::Reshape{table.integers("shape", -1, largest_extent)}, {}};
}

LayerSettings read_slice(const DefinitionTable& table) {
  nn::Slice slice;
  slice.axis = table.has("axis") ? table.integer("axis", 0, 15) : 0;
  slice.start = table.has("start") ? table.integer("start", 0, largest_extent) : 0;
  slice.stop = table.integer("stop", 1, largest_extent);
  slice.step = table.has("step") ? table.integer("step", 1, largest_extent) : 1;
  return {slice, {}};
}

LayerSettings read_softmax(const DefinitionTable& table) {
  return {nn::Softmax{table.has("axis") ? table.integer("axis", 0, 15) : 0}, {}};
}

LayerSettings read_upsampling(const DefinitionTable& table) {
  return {nn::Upsampling{table.triple("factor", 1, largest_setting)}, {}};
}

LayerSettings read_where(const DefinitionTable&) {
  return {nn::Where{}, {}};
}

LayerSettings read_zero_padding(const DefinitionTable& table) {
  return {nn::ZeroPadding{table.padding("padding", largest_setting)}, {}};
}

/// Types that stand for one operator each; functions (relu …) and arithmetic (add …) are found by
/// their own tables.
const std::map<std::string, Reader>& readers() {
  static const std::map<std::string, Reader> table{
      {"average_pooling", read_average_pooling},
      {"batch_normalization", read_batch_normalization},
      {"concatenate", read_concatenate},
      {"constant", read_constant},
      {"conv3d", read_conv3d},
      {"conv3d_transpose", read_conv3d_transpose},
      {"cropping", read_cropping},
      {"dense", read_dense},
      {"depth_to_space", read_depth_to_space},
      {"dropout", read_dropout},
      {"flatten", read_flatten},
      {"input", read_input},
      {"mean", read_reduction<nn::Reducer::mean>},
      {"permute", read_permute},
      {"reshape", read_reshape},
      {"slice", read_slice},
      {"softmax", read_softmax},
      {"sum", read_reduction<nn::Reducer::sum>},
      {"upsampling", read_upsampling},
      {"where", read_where},
      {"zero_padding", read_zero_padding},
  };
  return table;
}

}  // namespace

LayerSettings read_layer(const std::string& type, const DefinitionTable& table) {
  if (const auto reader = readers().find(type); reader != readers().end()) {
    return reader->second(table);
  }
  if (const auto function = nn::function_named(type)) return {read_function(*function, table), {}};
  if (const auto function = nn::binary_function_named(type)) return {nn::Arithmetic{*function}, {}};
  throw table.error("type", fmt::format("there is no layer type '{}'", type),
                    fmt::format("known are {}", fmt::join(layer_types(), ", ")));
}

std::vector<std::string> layer_types() {
  std::vector<std::string> names{"add",        "atan",    "clip",     "divide",   "exp",
                                 "leaky_relu", "linear",  "log",      "multiply", "power",
                                 "relu",       "sigmoid", "softplus", "subtract", "tanh"};
  for (const auto& [name, reader] : readers()) names.push_back(name);
  for (const std::string& name : composite_layer_types()) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace showergan
