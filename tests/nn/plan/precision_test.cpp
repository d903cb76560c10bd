// Plans of lower precision against those of float32.

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "nn/cases.hpp"
#include "nn/graph/final_products.hpp"
#include "nn/plan/plan.hpp"

namespace showergan::nn {
namespace {

/// bf16 rounds to 2^−8 at most, 2^−9 and a half on average; a product has two operands, and some
/// networks have four layers. Gradients go through twice as many.
constexpr double bf16_forward_tolerance = 2e-2;
constexpr double bf16_gradient_tolerance = 3e-2;
/// Steps of 1/127 of the largest number, of input and kernel.
constexpr double int8_tolerance = 3e-2;

#define SHOWERGAN_NEEDS_INSTRUCTIONS(precision)                                      \
  if (!has_instructions(precision)) {                                                \
    GTEST_SKIP() << "this processor has no instructions for " << name_of(precision); \
  }

double norm_of(std::span<const float> values) {
  double sum = 0;
  for (const float value : values) sum += std::pow(static_cast<double>(value), 2);
  return std::sqrt(sum);
}

/// ‖a − b‖ / ‖b‖; `floor` stands for ‖b‖ where that is smaller.
double relative_l2(std::span<const float> a, std::span<const float> b, double floor) {
  EXPECT_EQ(a.size(), b.size());
  std::vector<float> difference(a.begin(), a.end());
  for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= b[i];
  const double norm = std::max(norm_of(b), floor);
  return norm > 0 ? norm_of(difference) / norm : norm_of(difference);
}

/// Of results, which are of the order of 1 but for what an activation at the end has set to 0.
double relative_l2(std::span<const float> a, std::span<const float> b) {
  return relative_l2(a, b, 0.2 * std::sqrt(static_cast<double>(b.size())));
}

CompileOptions options_for(const Case& c, Mode mode, Precision precision) {
  CompileOptions options;
  options.mode = mode;
  options.batch = c.batch;
  options.precision = precision;
  return options;
}

Tensors outputs_of(const Case& c, const Plan& plan) {
  Tensors outputs;
  for (const Output& output : c.graph.outputs()) {
    std::vector<float>& values = outputs[output.name];
    values.resize(
        static_cast<std::size_t>(c.batch * element_count(c.graph.node(output.node).shape)));
    plan.get_output(output.name, values);
  }
  return outputs;
}

Tensors infer(const Case& c, const Tensors& inputs, const CompileOptions& options) {
  Plan plan = compile(c.graph, options);
  for (const auto& [name, values] : inputs) plan.set_input(name, values);
  plan.forward(*plan.prepare(random_parameters(c, 3)));
  return outputs_of(c, plan);
}

struct Trained {
  Tensors outputs;
  std::vector<float> parameters;  ///< gradients
  Tensors inputs;                 ///< gradients
};

Trained train(const Case& c, Precision precision) {
  Plan plan = compile(c.graph, options_for(c, Mode::train_both, precision));
  const auto weights = plan.prepare(random_parameters(c, 3));
  const Tensors inputs = random_inputs(c, 5);
  for (const auto& [name, values] : inputs) plan.set_input(name, values);
  plan.forward(*weights, {77, {}, 1000});
  Trained result;
  result.outputs = outputs_of(c, plan);
  for (const auto& [name, values] : random_output_gradients(c, 6)) {
    plan.set_output_gradient(name, values);
  }
  result.parameters.resize(static_cast<std::size_t>(c.graph.trainable_count()));
  plan.backward(*weights, result.parameters);
  for (const auto& [name, values] : inputs) {
    result.inputs[name].resize(values.size());
    plan.get_input_gradient(name, result.inputs[name]);
  }
  return result;
}

/// The case with changed operators, and what `more` adds before the outputs are named.
template <class Change, class More>
Case rewritten(const Case& c, const Change& change, const More& more) {
  Case result{c.name, {}, c.batch, c.ranges};
  for (const Node& node : c.graph.nodes()) {
    result.graph.add(node.name, change(node.operation), node.inputs);
  }
  for (const Output& output : c.graph.outputs()) {
    result.graph.set_output(output.name, more(result.graph, output.node));
  }
  return result;
}

Operation as_it_is(const Operation& operation) {
  return operation;
}

/// A convolution alone is a final product; with another one behind it it is not.
Case followed(const Case& c) {
  Case result = rewritten(c, as_it_is, [](Graph& graph, NodeId node) {
    return graph.add("behind_" + graph.node(node).name, Conv3d{2, {1, 1, 1}}, {node});
  });
  result.name += "_followed";
  return result;
}

bool gives_images(const Case& c) {
  return std::ranges::all_of(c.graph.outputs(), [&](const Output& output) {
    return c.graph.node(output.node).shape.size() == 4;
  });
}

/// Where rounding moves a number over a kink, the gradient changes by far more than rounding: every
/// function with a kink becomes a smooth one.
Case without_kinks(const Case& c) {
  const auto smooth = [](const Operation& operation) -> Operation {
    const auto* activation = std::get_if<Activation>(&operation);
    if (!activation) return operation;
    const bool kink = activation->function == Function::relu ||
                      activation->function == Function::leaky_relu ||
                      activation->function == Function::clip;
    return kink ? Activation{Function::softplus} : *activation;
  };
  return rewritten(c, smooth, [](Graph&, NodeId result) { return result; });
}

/// All networks, and all convolutions and networks of images with another convolution behind.
std::vector<Case> bf16_cases() {
  std::vector<Case> cases = stack_cases();
  for (const Case& c : all_cases()) {
    const bool convolves = c.name.starts_with("conv3d") || c.name.starts_with("stack_");
    if (convolves && gives_images(c)) cases.push_back(followed(c));
  }
  return cases;
}

/// Whether anything of this plan is multiplied in bf16.
bool has_lower_precision(const Plan& plan) {
  const Graph& graph = plan.lowered();
  const std::vector<bool> final = final_products(graph);
  for (std::size_t i = 0; i < final.size(); ++i) {
    const Operation& operation = graph.nodes()[i].operation;
    const bool dense =
        std::holds_alternative<Dense>(operation) && plan.options().mode == Mode::infer;
    if (!final[i] && (dense || std::holds_alternative<Conv3d>(operation))) return true;
  }
  return false;
}

class Bf16 : public testing::TestWithParam<std::size_t> {
 protected:
  static const Case& the_case() {
    static const std::vector<Case> cases = bf16_cases();
    return cases[GetParam()];
  }
};

TEST_P(Bf16, InferenceIsNearFloat32) {
  SHOWERGAN_NEEDS_INSTRUCTIONS(Precision::bf16);
  const Case& c = the_case();
  const Tensors inputs = random_inputs(c, 4);
  const Tensors expected = infer(c, inputs, options_for(c, Mode::infer, Precision::f32));
  const CompileOptions options = options_for(c, Mode::infer, Precision::bf16);
  const Tensors found = infer(c, inputs, options);
  for (const auto& [name, values] : expected) {
    EXPECT_LT(relative_l2(found.at(name), values), bf16_forward_tolerance) << name;
  }
  EXPECT_EQ(found != expected, has_lower_precision(compile(c.graph, options)));
}

TEST_P(Bf16, GradientsAreNearThoseOfFloat32) {
  SHOWERGAN_NEEDS_INSTRUCTIONS(Precision::bf16);
  const Case c = without_kinks(the_case());
  const Trained expected = train(c, Precision::f32);
  const Trained found = train(c, Precision::bf16);
  for (const auto& [name, values] : expected.outputs) {
    EXPECT_LT(relative_l2(found.outputs.at(name), values), bf16_forward_tolerance) << name;
  }
  // A bias in front of a normalisation has no gradient but what rounding leaves.
  const double floor = 0.1 * norm_of(expected.parameters);
  for (const Parameter& parameter : c.graph.parameters()) {
    if (!parameter.trainable) continue;
    const auto own = [&](const std::vector<float>& all) {
      return std::span(all).subspan(static_cast<std::size_t>(parameter.offset),
                                    static_cast<std::size_t>(element_count(parameter.shape)));
    };
    EXPECT_LT(relative_l2(own(found.parameters), own(expected.parameters), floor),
              bf16_gradient_tolerance)
        << parameter.name;
  }
  for (const auto& [name, values] : expected.inputs) {
    EXPECT_LT(relative_l2(found.inputs.at(name), values, 0), bf16_gradient_tolerance) << name;
  }
  const Plan plan = compile(c.graph, options_for(c, Mode::train_both, Precision::bf16));
  EXPECT_EQ(found.parameters != expected.parameters, has_lower_precision(plan));
}

std::string bf16_name(const testing::TestParamInfo<std::size_t>& info) {
  static const std::vector<Case> cases = bf16_cases();
  return cases[info.param].name;
}

INSTANTIATE_TEST_SUITE_P(All, Bf16, testing::Range(std::size_t{0}, bf16_cases().size()), bf16_name);

/// How the layer of that name runs, for people; empty: the passes have removed it.
std::string implementation_of(const Plan& plan, const std::string& layer) {
  const std::optional<NodeId> id = plan.lowered().find(layer);
  if (!id) return {};
  return plan.describe()[static_cast<std::size_t>(*id)].implementation;
}

bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

bool is_bf16(const std::string& implementation) {
  return contains(implementation, "bf16");
}

bool is_int8(const std::string& implementation) {
  return contains(implementation, "int8") || contains(implementation, "vnni");
}

/// What an int8 convolution may meet.
struct Quantized {
  const char* name;
  Shape shape;
  Conv3d conv;
  Activation activation = {Function::leaky_relu, 0.3};
  bool normalize = true;
  Triple upsampling = {1, 1, 1};
  const char* form = "";  ///< what the implementation has to say
};

Conv3d same(std::int64_t filters, const Triple& kernel, const Triple& stride = {1, 1, 1}) {
  return {filters, kernel, stride, same_padding(kernel)};
}

std::vector<Quantized> quantized_layers() {
  const Activation leaky{Function::leaky_relu, 0.3};
  Conv3d no_bias = same(32, {3, 2, 3});
  no_bias.bias = false;
  return {
      {"same", {16, 5, 4, 6}, same(16, {3, 3, 3})},
      {"valid", {16, 5, 4, 6}, Conv3d{32, {2, 3, 4}}},
      {"no_bias", {8, 4, 4, 5}, no_bias},
      {"asymmetric", {16, 4, 5, 3}, {16, {3, 3, 3}, {1, 1, 1}, {{2, 0, 1}, {0, 2, 2}}}},
      {"stride", {16, 7, 6, 9}, same(16, {3, 3, 3}, {2, 2, 2})},
      {"stride_along_z", {16, 4, 4, 9}, same(16, {3, 3, 4}, {1, 1, 3})},
      {"odd_channels", {17, 4, 5, 4}, same(19, {3, 3, 3})},
      {"linear", {16, 4, 5, 4}, same(16, {3, 3, 3}), {}, false},
      {"softplus", {16, 4, 5, 4}, same(16, {3, 3, 3}), {Function::softplus}},
      {"atan", {16, 4, 5, 4}, same(16, {3, 3, 3}), {Function::atan}},  // oneDNN cannot fuse it
      {"upsampled", {8, 3, 4, 3}, same(6, {3, 3, 4}), leaky, true, {2, 2, 2}, "up-sampling"},
      {"upsampled_few", {3, 3, 4, 3}, same(6, {3, 3, 8}), leaky, true, {2, 2, 3}, "up-sampling"},
      {"upsampled_atan", {8, 3, 3, 3}, same(6, {3, 3, 4}), {Function::atan}, true, {2, 2, 2}},
      {"unfolded", {3, 5, 4, 6}, same(16, {3, 3, 4}), leaky, true, {1, 1, 1}, " unfolded"},
      {"unfolded_stride",
       {6, 5, 4, 9},
       same(16, {3, 3, 8}, {1, 2, 2}),
       leaky,
       true,
       {1, 1, 1},
       " unfolded"},
      {"blocks", {16, 4, 5, 6}, same(2, {3, 3, 3}), leaky, true, {1, 1, 1}, " in blocks of "},
      {"broken_blocks",
       {16, 5, 3, 7},
       same(2, {3, 3, 3}),
       leaky,
       true,
       {1, 1, 1},
       " in blocks of "},
      {"blocks_atan", {16, 5, 3, 7}, same(2, {3, 3, 3}), {Function::atan}},
      {"unfolded_blocks",
       {3, 5, 5, 7},
       same(2, {3, 3, 4}),
       leaky,
       true,
       {1, 1, 1},
       " unfolded in "},
  };
}

/// The layer, and a convolution behind it that stays in float32.
Case network_of(const Quantized& layer, std::int64_t batch) {
  Case c{layer.name, {}, batch};
  Graph& g = c.graph;
  NodeId x = g.add("x", Input{layer.shape});
  if (layer.upsampling != Triple{1, 1, 1}) x = g.add("up", Upsampling{layer.upsampling}, {x});
  x = g.add("conv", layer.conv, {x});
  x = g.add("activation", layer.activation, {x});
  if (layer.normalize) x = g.add("norm", BatchNormalization{}, {x});
  g.set_output("y", g.add("last", Conv3d{4, {1, 1, 1}}, {x}));
  return c;
}

std::vector<float> uneven_channels(std::int64_t count) {
  std::vector<float> channels;
  for (std::int64_t c = 0; c < count; ++c) {
    channels.push_back(0.7f + 0.1f * static_cast<float>(c % 7));
  }
  return channels;
}

CompileOptions int8_options(const Case& c, const InputRange& range) {
  CompileOptions options = options_for(c, Mode::infer, Precision::int8);
  options.ranges = {{"conv", range}};
  return options;
}

class Int8 : public testing::TestWithParam<std::size_t> {
 protected:
  static Quantized layer() { return quantized_layers()[GetParam()]; }
};

TEST_P(Int8, IsNearFloat32) {
  SHOWERGAN_NEEDS_INSTRUCTIONS(Precision::int8);
  for (const std::int64_t batch : {1, 3}) {
    const Case c = network_of(layer(), batch);
    const Tensors inputs = random_inputs(c, 4);
    const Tensors expected = infer(c, inputs, options_for(c, Mode::infer, Precision::f32));
    for (const InputRange& range :
         {InputRange{}, InputRange{1, uneven_channels(layer().shape[0])}}) {
      SCOPED_TRACE(range.channels.empty() ? "channels as they are" : "channels divided");
      const Tensors found = infer(c, inputs, int8_options(c, range));
      EXPECT_LT(relative_l2(found.at("y"), expected.at("y")), int8_tolerance) << batch;
      EXPECT_NE(found, expected);
    }
  }
}

TEST_P(Int8, RunsInTheFormThatIsMeant) {
  SHOWERGAN_NEEDS_INSTRUCTIONS(Precision::int8);
  const Case c = network_of(layer(), 2);
  const Plan plan = compile(c.graph, int8_options(c, {}));
  const std::string conv = implementation_of(plan, "conv");
  EXPECT_TRUE(is_int8(conv)) << conv;
  EXPECT_TRUE(contains(conv, layer().form)) << conv;
  const std::string last = implementation_of(plan, "last");
  EXPECT_FALSE(is_int8(last) || is_bf16(last)) << last;
}

TEST_P(Int8, ASampleDoesNotDependOnTheOthersOfItsBatch) {
  SHOWERGAN_NEEDS_INSTRUCTIONS(Precision::int8);
  const Case c = network_of(layer(), 3);
  Tensors inputs = random_inputs(c, 4);
  const std::vector<float> before = infer(c, inputs, int8_options(c, {})).at("y");
  const std::size_t sample = inputs["x"].size() / 3;
  for (std::size_t i = 0; i < 3 * sample; ++i) {
    if (i / sample != 1) inputs["x"][i] *= -100;
  }
  const std::vector<float> after = infer(c, inputs, int8_options(c, {})).at("y");
  const std::size_t size = before.size() / 3;
  for (std::size_t i = 0; i < size; ++i) EXPECT_EQ(after[size + i], before[size + i]) << i;
  EXPECT_NE(after[0], before[0]);
}

TEST_P(Int8, NothingButZerosGivesTheBias) {
  SHOWERGAN_NEEDS_INSTRUCTIONS(Precision::int8);
  const Case c = network_of(layer(), 2);
  Tensors inputs = random_inputs(c, 4);
  std::ranges::fill(inputs["x"], 0.0f);
  const Tensors expected = infer(c, inputs, options_for(c, Mode::infer, Precision::f32));
  const Tensors found = infer(c, inputs, int8_options(c, {}));
  for (const float value : found.at("y")) ASSERT_TRUE(std::isfinite(value));
  // Steps of zeros are exact, so nothing but the order of additions differs.
  EXPECT_LT(relative_l2(found.at("y"), expected.at("y")), 1e-5);
}

INSTANTIATE_TEST_SUITE_P(All, Int8, testing::Range(std::size_t{0}, quantized_layers().size()),
                         [](const testing::TestParamInfo<std::size_t>& info) {
                           return std::string(quantized_layers()[info.param].name);
                         });

Case plain_network(std::int64_t batch = 2) {
  return network_of(quantized_layers()[0], batch);
}

TEST(Int8Range, NumbersBeyondThePartAreCut) {
  SHOWERGAN_NEEDS_INSTRUCTIONS(Precision::int8);
  const Case c = plain_network();
  const Tensors inputs = random_inputs(c, 4);
  Tensors cut = inputs;  // what a range of a half makes of an image
  const std::size_t sample = cut["x"].size() / 2;
  for (std::size_t n = 0; n < 2; ++n) {
    const std::span<float> image = std::span(cut["x"]).subspan(n * sample, sample);
    float largest = 0;
    for (const float value : image) largest = std::max(largest, std::abs(value));
    for (float& value : image) value = std::clamp(value, -largest / 2, largest / 2);
  }
  const CompileOptions f32 = options_for(c, Mode::infer, Precision::f32);
  const std::vector<float> found = infer(c, inputs, int8_options(c, {0.5f, {}})).at("y");
  EXPECT_LT(relative_l2(found, infer(c, cut, f32).at("y")), int8_tolerance);
  EXPECT_GT(relative_l2(found, infer(c, inputs, f32).at("y")), int8_tolerance);
}

TEST(Int8Range, ChannelsOfUnequalSizeNeedTheirNumbers) {
  SHOWERGAN_NEEDS_INSTRUCTIONS(Precision::int8);
  // One channel is a thousand times as large as the others, whose weights are to matter as much.
  Case c{"unequal", {}, 1};
  NodeId x = c.graph.add("x", Input{{16, 4, 4, 5}});
  x = c.graph.add("conv", same(16, {3, 3, 3}), {x});
  c.graph.set_output("y", c.graph.add("last", Conv3d{4, {1, 1, 1}}, {x}));
  Parameters parameters = random_parameters(c, 3);
  const std::span<float> kernel = parameters.of(c.graph.parameters()[0]);
  for (std::size_t i = 0; i < kernel.size(); ++i) {
    if (i / 27 % 16 == 0) kernel[i] *= 1e-3f;
  }
  std::vector<float> image = random_inputs(c, 4).at("x");
  for (std::size_t i = 0; i < 80; ++i) image[i] *= 1e3f;
  std::vector<float> channels(16, 1e-3f);
  channels[0] = 1;
  const auto run = [&](const CompileOptions& options) {
    Plan plan = compile(c.graph, options);
    plan.set_input("x", image);
    plan.forward(*plan.prepare(parameters));
    return outputs_of(c, plan).at("y");
  };
  const std::vector<float> expected = run(options_for(c, Mode::infer, Precision::f32));
  EXPECT_LT(relative_l2(run(int8_options(c, {1, channels})), expected), int8_tolerance);
  EXPECT_GT(relative_l2(run(int8_options(c, {})), expected), 0.1);
}

Case three_convolutions() {
  Case c{"three_convolutions", {}};
  Graph& g = c.graph;
  NodeId x = g.add("x", Input{{16, 4, 4, 4}});
  for (const std::string name : {"first", "second", "third"}) {
    x = g.add(name, same(16, {3, 3, 3}), {x});
    x = g.add(name + "_leaky", Activation{Function::leaky_relu, 0.3}, {x});
  }
  g.set_output("y", x);
  return c;
}

TEST(Int8Range, LayersWithoutARangeRunInBf16) {
  SHOWERGAN_NEEDS_INSTRUCTIONS(Precision::int8);
  const Case c = three_convolutions();
  CompileOptions options = options_for(c, Mode::infer, Precision::int8);
  options.ranges = {{"second", {}}};
  const Plan plan = compile(c.graph, options);
  EXPECT_EQ(is_bf16(implementation_of(plan, "first")), has_instructions(Precision::bf16));
  EXPECT_TRUE(is_int8(implementation_of(plan, "second")));
  const std::string third = implementation_of(plan, "third");
  EXPECT_FALSE(is_int8(third) || is_bf16(third)) << "a final product: " << third;
}

TEST(Int8Range, OtherPrecisionsDoNotReadThem) {
  const Case c = three_convolutions();
  const Tensors inputs = random_inputs(c, 4);
  CompileOptions options = options_for(c, Mode::infer, Precision::f32);
  const Tensors expected = infer(c, inputs, options);
  options.ranges = {{"second", {0.1f, {}}}};
  EXPECT_EQ(infer(c, inputs, options), expected);
}

TEST(Bf16Plan, SaysInWhichPrecisionItsLayersRun) {
  SHOWERGAN_NEEDS_INSTRUCTIONS(Precision::bf16);
  const Case c = three_convolutions();
  for (const Mode mode : {Mode::infer, Mode::train_both}) {
    const Plan plan = compile(c.graph, options_for(c, mode, Precision::bf16));
    EXPECT_TRUE(is_bf16(implementation_of(plan, "first")));
    EXPECT_TRUE(is_bf16(implementation_of(plan, "second")));
    EXPECT_FALSE(is_bf16(implementation_of(plan, "third")));
  }
}

}  // namespace
}  // namespace showergan::nn
