#include "model/definition.hpp"

#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

using test::input_error;
using test::TemporaryFolder;

/// A definition that is right, for tests that make one thing wrong.
const char* const good = R"(name = "tiny"
detector = "none"

[[conditions]]
name = "energy"
range = [10, 500]

[generator]
outputs = { shower = "shower" }

[[generator.layers]]
type = "input"
name = "noise"
shape = [6]

[[generator.layers]]
type = "input"
name = "condition"
shape = [1]

[[generator.layers]]
type = "multiply"
name = "latent"
inputs = ["noise", "condition"]

[[generator.layers]]
type = "dense"
name = "dense_1"
units = 24

[[generator.layers]]
type = "reshape"
name = "image"
shape = [2, 2, 2, 3]

[[generator.layers]]
type = "conv3d"
name = "conv3d_1"
filters = 1
kernel = [2, 2, 3]
padding = "same"
activation = "leaky_relu"

[[generator.layers]]
type = "reshape"
name = "shower"
shape = [2, 2, 3]
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

class DefinitionTest : public testing::Test {
 protected:
  ModelDefinition load(const std::string& text) {
    std::ofstream(path_) << text;
    return load_definition(path_);
  }

  std::string error_of(const std::string& text) {
    return input_error([&] { load(text); });
  }

  /// The error of `good` with one thing replaced.
  std::string error_with(const std::string& from, const std::string& to) {
    return error_of(replaced(good, from, to));
  }

  std::string at(int line) const { return fmt::format(" ({}:{})", path_.string(), line); }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "tiny.toml";
};

struct Published {
  const char* name;
  Grid grid;
  std::int64_t latent;
  std::int64_t generator;
  std::int64_t generator_trainable;
  std::int64_t discriminator;
  std::int64_t discriminator_trainable;
  std::vector<std::string> outputs;
};

class PublishedModels : public testing::TestWithParam<Published> {};

TEST_P(PublishedModels, HaveThePublishedNumberOfParameters) {
  const Published& expected = GetParam();
  const ModelDefinition definition = find_definition(expected.name);
  EXPECT_EQ(definition.name, expected.name);
  EXPECT_EQ(definition.grid(), expected.grid);
  EXPECT_EQ(definition.latent(), expected.latent);
  EXPECT_EQ(definition.generator.parameter_count(), expected.generator);
  EXPECT_EQ(definition.generator.trainable_count(), expected.generator_trainable);
  ASSERT_TRUE(definition.discriminator.has_value());
  EXPECT_EQ(definition.discriminator->parameter_count(), expected.discriminator);
  EXPECT_EQ(definition.discriminator->trainable_count(), expected.discriminator_trainable);
  std::vector<std::string> outputs;
  for (const nn::Output& output : definition.discriminator->outputs()) {
    outputs.push_back(output.name);
    EXPECT_EQ(definition.discriminator->node(output.node).shape, nn::Shape{1}) << output.name;
  }
  EXPECT_EQ(outputs, expected.outputs);
}

INSTANTIATE_TEST_SUITE_P(Zoo, PublishedModels,
                         testing::Values(Published{"3dgan",
                                                   {25, 25, 25},
                                                   200,
                                                   872948,
                                                   872808,
                                                   73450,
                                                   73402,
                                                   {"generation", "auxiliary", "ecal"}},
                                         Published{"3dgan-16",
                                                   {25, 25, 25},
                                                   200,
                                                   1042528,
                                                   1042368,
                                                   174866,
                                                   174770,
                                                   {"generation", "auxiliary", "ecal"}},
                                         Published{"3dgan-angle",
                                                   {51, 51, 25},
                                                   254,
                                                   1365047,
                                                   1364983,
                                                   87402,
                                                   87354,
                                                   {"generation", "auxiliary", "angle", "ecal"}}),
                         [](const testing::TestParamInfo<Published>& info) {
                           std::string name = info.param.name;
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return "Model" + name;
                         });

TEST(Zoo, HasThePublishedCost) {
  const ModelDefinition a = find_definition("3dgan");
  EXPECT_NEAR(1e-9 * static_cast<double>(a.generator.multiply_adds()), 0.256, 0.0005);
  EXPECT_NEAR(1e-9 * static_cast<double>(a.discriminator->multiply_adds()), 0.785, 0.0005);
  const ModelDefinition c = find_definition("3dgan-angle");
  EXPECT_NEAR(1e-9 * static_cast<double>(c.generator.multiply_adds()), 3.06, 0.005);
  EXPECT_NEAR(1e-9 * static_cast<double>(c.discriminator->multiply_adds()), 1.90, 0.005);
}

TEST(Zoo, HasTheSmallModelOfTheFirstTraining) {
  const ModelDefinition definition = find_definition("first-light");
  EXPECT_EQ(definition.generator.parameter_count(), 269965);
  EXPECT_EQ(definition.latent(), 64 + 25 * 25 * 25);
  EXPECT_FALSE(definition.discriminator.has_value());
}

TEST(Zoo, UnknownNameListsTheKnownOnes) {
  const std::string error = input_error([] { find_definition("4dgan"); });
  EXPECT_NE(error.find("4dgan"), std::string::npos) << error;
  EXPECT_NE(error.find("3dgan-angle"), std::string::npos) << error;
}

TEST_F(DefinitionTest, ReadsNamesConditionsAndGraph) {
  const ModelDefinition definition = load(good);
  EXPECT_EQ(definition.name, "tiny");
  ASSERT_EQ(definition.conditions.size(), 1u);
  EXPECT_EQ(definition.conditions[0].name, "energy");
  EXPECT_EQ(definition.conditions[0].low, 10);
  EXPECT_EQ(definition.conditions[0].high, 500);
  EXPECT_EQ(definition.latent(), 6);
  EXPECT_EQ(definition.grid(), (Grid{2, 2, 3}));
  ASSERT_TRUE(definition.generator.find("conv3d_1_activation").has_value());
}

TEST_F(DefinitionTest, AFilterCountIsChangedInOnePlace) {
  const ModelDefinition wider = load(replaced(replaced(good, "units = 24", "units = 36"),
                                              "shape = [2, 2, 2, 3]", "shape = [3, 2, 2, 3]"));
  EXPECT_EQ(wider.generator.parameter_count(), (6 + 1) * 36 + 3 * 12 + 1);
}

TEST_F(DefinitionTest, ALayerWithActivationIsMeantWithIt) {
  const ModelDefinition definition = load(good);
  const nn::Graph& graph = definition.generator;
  const nn::Node& last = graph.node(*graph.find("shower"));
  EXPECT_EQ(graph.node(last.inputs[0]).name, "conv3d_1_activation");
}

TEST_F(DefinitionTest, ShapesThatDoNotFitAreNamedWithLayerAndLine) {
  EXPECT_EQ(
      error_with("units = 24", "units = 23"),
      "layer 'image': reshape cannot make 2 channels of 2×2×3 of 23: 23 numbers, not 24" + at(31));
  EXPECT_EQ(error_with("kernel = [2, 2, 3]\npadding = \"same\"", "kernel = [2, 2, 4]"),
            "layer 'conv3d_1': the kernel 2×2×4 is larger than the padded image: 2 channels of "
            "2×2×3" +
                at(36));
  EXPECT_EQ(error_with("inputs = [\"noise\", \"condition\"]", "inputs = [\"noise\"]"),
            "layer 'latent': multiply takes 2 inputs, not 1" + at(21));
  const std::string dense = error_with("type = \"reshape\"\nname = \"image\"\nshape = [2, 2, 2, 3]",
                                       "type = \"dense\"\nname = \"image\"\nunits = 3");
  EXPECT_EQ(dense, "layer 'conv3d_1': conv3d needs an image (channels, x, y, z), not 3" + at(36));
}

TEST_F(DefinitionTest, AdviceOfTheGraphStaysAtTheEnd) {
  const std::string error =
      error_with("name = \"shower\"\nshape = [2, 2, 3]",
                 "name = \"flat\"\nshape = [1, 2, 2, 3]\n\n[[generator.layers]]\n"
                 "type = \"dense\"\nname = \"shower\"\nunits = 12");
  EXPECT_EQ(error, "layer 'shower': dense needs a vector, not 1 channel of 2×2×3" + at(49) +
                       "; put a flatten before it");
}

TEST_F(DefinitionTest, UnknownTypesAndKeysListTheKnownOnes) {
  const std::string type = error_with("type = \"conv3d\"", "type = \"convolution\"");
  EXPECT_EQ(type.find("generator layer 'conv3d_1': there is no layer type 'convolution'" + at(37) +
                      "; known are add, "),
            0u)
      << type;
  EXPECT_NE(type.find("conv3d, conv3d_transpose"), std::string::npos) << type;
  EXPECT_EQ(error_with("filters = 1", "filters = 1\nfilter = 2"),
            "generator layer 'conv3d_1' has an unknown key 'filter'" + at(40) +
                "; did you mean filters? known are activation, bias, filters, initializer, inputs, "
                "kernel, name, "
                "padding, slope, stride, type");
  EXPECT_EQ(
      error_with("name = \"tiny\"", "name = \"tiny\"\nauthor = \"me\""),
      "the definition has an unknown key 'author'" + at(2) +
          "; known are conditions, description, detector, discriminator, generator, layers, name");
  EXPECT_EQ(error_with("outputs = {", "layer = 1\noutputs = {"),
            "generator has an unknown key 'layer'" + at(9) +
                "; did you mean layers? known are layers, outputs");
}

TEST_F(DefinitionTest, WrongValuesAreNamedWithKeyAndLine) {
  EXPECT_EQ(
      error_with("filters = 1", "filters = 0"),
      "generator layer 'conv3d_1': 'filters' is 0" + at(39) + "; it must be from 1 to 16777216");
  EXPECT_EQ(error_with("filters = 1\n", ""),
            "generator layer 'conv3d_1' has no 'filters'" + at(36));
  EXPECT_EQ(error_with("filters = 1", "filters = \"many\""),
            "generator layer 'conv3d_1': 'filters' must be a whole number" + at(39));
  EXPECT_EQ(error_with("kernel = [2, 2, 3]", "kernel = [2, 2]"),
            "generator layer 'conv3d_1': 'kernel' has 2 numbers" + at(40) +
                "; give one for each of x, y, z, or one for all");
  EXPECT_EQ(error_with("padding = \"same\"", "padding = \"full\""),
            "generator layer 'conv3d_1': there is no padding 'full'" + at(41) +
                "; use same, valid or [[before, after], [before, after], [before, after]]");
  EXPECT_EQ(error_with("padding = \"same\"", "padding = [[1, 1], [1, 1]]"),
            "generator layer 'conv3d_1': 'padding' is not understood" + at(41) +
                "; write [[before, after], [before, after], [before, after]] for x, y, z");
  EXPECT_EQ(error_with("activation = \"leaky_relu\"", "activation = \"swish\"")
                .find("generator layer 'conv3d_1': there is no activation 'swish'" + at(42)),
            0u);
  EXPECT_EQ(error_with("activation = \"leaky_relu\"", "initializer = \"random\"")
                .find("generator layer 'conv3d_1': there is no such initializer" + at(42)),
            0u);
  EXPECT_EQ(error_with("activation = \"leaky_relu\"", "bias = 1"),
            "generator layer 'conv3d_1': 'bias' must be true or false" + at(42));
  EXPECT_EQ(error_with("name = \"tiny\"", "name = 5"),
            "the definition: 'name' must be a text" + at(1) + "; put it into quotes");
  EXPECT_EQ(error_with("units = 24", "units = 16777216\ninitializer = \"zeros\"")
                .find("layer 'image': reshape cannot make"),
            0u);
}

TEST_F(DefinitionTest, AbsurdSizesAreRefusedBeforeAnythingIsAllocated) {
  const std::string error =
      error_with("shape = [2, 2, 2, 3]",
                 "shape = [2, 2, 2, 3]\n\n[[generator.layers]]\ntype = \"upsampling\"\n"
                 "name = \"huge\"\nfactor = 4096");
  EXPECT_EQ(error,
            "layer 'huge': its result would be too large: 2 channels of 8192×8192×12288" + at(36));
  const std::string kernel =
      error_with("kernel = [2, 2, 3]\npadding = \"same\"", "kernel = 4096\npadding = \"same\"");
  EXPECT_EQ(kernel.find("layer 'conv3d_1': its kernel would be too large"), 0u) << kernel;
}

TEST_F(DefinitionTest, InputsMustStandBefore) {
  EXPECT_EQ(error_with("[\"noise\", \"condition\"]", "[\"noise\", \"energy\"]"),
            "generator layer 'latent': there is no layer 'energy' before it" + at(24) +
                "; layers are read from top to bottom");
  EXPECT_EQ(error_with("[\"noise\", \"condition\"]", "[\"noise\", true]"),
            "generator layer 'latent': 'inputs' must list layers and numbers" + at(24));
  EXPECT_EQ(error_with("shower = \"shower\"", "shower = \"showers\"")
                .find("generator outputs: there is no layer 'showers' before it" + at(9)),
            0u);
  EXPECT_EQ(error_with("name = \"image\"", "name = \"dense_1\""),
            "two layers are named 'dense_1'" + at(31) + "; give each layer a name of its own");
}

TEST_F(DefinitionTest, FirstLayerNeedsAnInput) {
  const std::string text = std::string(good).substr(0, std::string(good).find("[[generator")) +
                           "[[generator.layers]]\ntype = \"relu\"\n";
  EXPECT_EQ(error_of(text), "generator layer 'relu_1' has no layer before it" + at(11) +
                                "; begin with an input layer");
}

TEST_F(DefinitionTest, GeneratorKeepsItsContract) {
  EXPECT_EQ(error_with("name = \"energy\"", "name = \"charge\""),
            "condition: there is no condition 'charge'" + at(5) + "; known are energy, theta, phi");
  EXPECT_EQ(error_with("range = [10, 500]", "range = [500, 10]"),
            "condition: 'range' is not [low, high]" + at(6));
  EXPECT_NE(error_with("name = \"condition\"\nshape = [1]", "name = \"condition\"\nshape = [6]")
                .find("input 'condition' is 6, but there are 1 conditions"),
            std::string::npos);
  EXPECT_NE(error_with("shower = \"shower\"", "image = \"shower\"")
                .find("the generator has no output 'shower'"),
            std::string::npos);
  EXPECT_NE(error_with("shower = \"shower\"", "shower = \"conv3d_1\"")
                .find("the output 'shower' is 1 channel of 2×2×3, not (nx, ny, nz)"),
            std::string::npos);
  std::string other = replaced(good, "name = \"noise\"", "name = \"random\"");
  other = replaced(other, "[\"noise\"", "[\"random\"");
  EXPECT_NE(error_of(other).find("the generator has an unknown input 'random'"), std::string::npos);
  EXPECT_NE(error_of(std::string(good).substr(0, std::string(good).find("[generator]")))
                .find("the definition has no generator"),
            std::string::npos);
}

TEST_F(DefinitionTest, DiscriminatorSeesWhatTheGeneratorMakes) {
  const std::string discriminator = R"(
[discriminator]
outputs = { generation = "generation" }

[[discriminator.layers]]
type = "input"
name = "image"
shape = [2, 2, 3]

[[discriminator.layers]]
type = "flatten"

[[discriminator.layers]]
type = "dense"
name = "generation"
units = 1
)";
  const ModelDefinition definition = load(good + discriminator);
  ASSERT_TRUE(definition.discriminator.has_value());
  EXPECT_TRUE(definition.discriminator->find("flatten_1").has_value());
  const std::string error =
      error_of(good + replaced(discriminator, "shape = [2, 2, 3]", "shape = [2, 2, 2]"));
  EXPECT_EQ(error.find("the definition: the discriminator's image is 2×2×2, but the generator's "
                       "shower is 2×2×3"),
            0u)
      << error;
  EXPECT_NE(error_of(good + replaced(discriminator, "name = \"image\"", "name = \"picture\""))
                .find("the discriminator has no input 'image'"),
            std::string::npos);
}

TEST_F(DefinitionTest, GridOfAShippedDetectorMustAgree) {
  EXPECT_EQ(error_with("detector = \"none\"", "detector = \"clic-ecal\""),
            "the definition: the generator's shower is 2×2×3, but the detector 'clic-ecal' has "
            "25×25×25 cells" +
                at(2));
}

TEST_F(DefinitionTest, FilesThatAreNoDefinitions) {
  EXPECT_EQ(input_error([&] { load_definition(folder_ / "missing.toml"); }),
            "cannot read the definition (" + (folder_ / "missing.toml").string() +
                "); check the file's name");
  EXPECT_EQ(input_error([&] { load_definition(folder_.path()); }),
            "cannot read the definition (" + folder_.path().string() + "); check the file's name");
  EXPECT_EQ(error_of("").find("the definition has no 'name' ("), 0u);
  EXPECT_EQ(error_of("name = \"x\"\nname = = 3\n").find("not valid TOML: "), 0u);
  EXPECT_NE(error_of("name = \"x\"\nname = = 3\n").find(":2)"), std::string::npos);
  EXPECT_EQ(error_with("range = [10, 500]", "range = [10, 500]\nday = 2020-01-01"),
            "a date or time has no meaning here" + at(7));
  EXPECT_NE(error_with("[generator]\noutputs", "[generators]\noutputs").find("generator"),
            std::string::npos);
}

}  // namespace
}  // namespace showergan
