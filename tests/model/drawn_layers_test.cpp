#include "model/drawn_layers.hpp"

#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "model/definition.hpp"
#include "nn/reference/interpreter.hpp"
#include "support/error_text.hpp"
#include "support/toy_layers.hpp"

namespace showergan {
namespace {

class DrawnLayersTest : public testing::Test {
 protected:
  ModelDefinition definition(const std::string& from = "", const std::string& to = "") {
    std::string text = replaced("DETECTOR", (toy_ / "detector.toml").string());
    if (!from.empty()) text = test::replaced_once(text, from, to);
    std::ofstream(toy_ / "changed.toml") << text;
    return load_definition(toy_ / "changed.toml");
  }

  std::string error(const std::string& from, const std::string& to) {
    const std::string text = test::input_error([&] { definition(from, to); });
    return text;
  }

  static std::string replaced(const std::string& from, const std::string& to) {
    return test::replaced_once(test::toy_layered_model, from, to);
  }

  test::ToyLayers toy_{1};
};

TEST_F(DrawnLayersTest, TheWholeGeneratorNeedsNoiseAndConditionOnly) {
  const ModelDefinition model = definition();
  std::vector<std::string> names;
  for (const nn::NodeId id : model.generator.inputs()) {
    names.push_back(model.generator.node(id).name);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"noise_layers", "condition", "noise_cells"}));
  EXPECT_EQ(model.latent(), 46 + 2 * 216);
  ASSERT_EQ(model.generator.outputs().size(), 1u);
  EXPECT_EQ(model.generator.outputs()[0].name, "shower");
  EXPECT_EQ(model.adversary().outputs().size(), 3u);
  EXPECT_EQ(model.layers->flow.geometry.weights, (std::vector<double>{1, 1, 1, 2, 2, 2}));
  EXPECT_EQ(model.layers->flow.geometry.cells, (std::array<std::int64_t, 2>{6, 6}));
}

/// The decoder, told what the flow draws, makes what the whole generator makes.
TEST_F(DrawnLayersTest, TheWholeIsTheFlowAndTheDecoder) {
  const ModelDefinition model = definition();
  const nn::Graph& decoder = model.adversary();
  nn::Graph flow;
  const nn::NodeId noise = flow.add("noise_layers", nn::Input{{46}});
  const nn::NodeId condition = flow.add("condition", nn::Input{{1}});
  const flow::LayerNodes drawn =
      flow::append_layer_flow(flow, model.layers->flow, "", noise, condition);
  flow.set_output("energy", drawn.energy);
  flow.set_output("shape", drawn.shape);
  std::mt19937_64 random(3);
  std::normal_distribution<float> normal(0, 0.1f);
  nn::Parameters flow_parameters = nn::initial_parameters(flow, 1);
  for (float& value : flow_parameters.trainable) value = normal(random);
  std::map<std::string, std::vector<float>> named;
  for (const nn::Parameter& parameter : flow.parameters()) {
    const auto values = flow_parameters.of(parameter);
    named[parameter.name] = {values.begin(), values.end()};
  }
  const nn::Parameters decoder_parameters = nn::initial_parameters(decoder, 2);
  const nn::Parameters whole =
      whole_parameters(model.generator, decoder, decoder_parameters, named);

  const auto numbers = [&](std::size_t count) {
    std::vector<double> values(count);
    for (double& value : values) value = static_cast<double>(normal(random)) * 10;
    return values;
  };
  const std::vector<double> layer_noise = numbers(2 * 46);
  const std::vector<double> cell_noise = numbers(2 * 2 * 216);
  const std::vector<double> energies = {50, 300};
  const auto run = [](const nn::Graph& graph, const nn::Parameters& parameters,
                      const std::map<std::string, std::vector<double>>& inputs) {
    nn::reference::Interpreter interpreter(graph, 2);
    nn::reference::DoubleParameters values = nn::reference::to_double(parameters);
    interpreter.forward(inputs, values);
    std::map<std::string, std::vector<double>> outputs;
    for (const nn::Output& output : graph.outputs()) {
      outputs[output.name] = interpreter.output(output.name);
    }
    return outputs;
  };
  auto layers =
      run(flow, flow_parameters, {{"noise_layers", layer_noise}, {"condition", energies}});
  const auto expected = run(decoder, decoder_parameters,
                            {{"noise_cells", cell_noise},
                             {"condition", energies},
                             {"layer_energy", layers["energy"]},
                             {"layer_shape", layers["shape"]}});
  const auto made =
      run(model.generator, whole,
          {{"noise_layers", layer_noise}, {"noise_cells", cell_noise}, {"condition", energies}});
  EXPECT_EQ(made.at("shower"), expected.at("shower"));
}

TEST_F(DrawnLayersTest, ParametersMustBeAllThere) {
  const ModelDefinition model = definition();
  const nn::Parameters decoder = nn::initial_parameters(model.adversary(), 1);
  EXPECT_TRUE(test::input_error([&] {
                whole_parameters(model.generator, model.adversary(), decoder, {});
              }).starts_with("the parameter 'layers_block"));
}

TEST_F(DrawnLayersTest, WrongDefinitionsAreRefused) {
  const auto says = [&](const std::string& from, const std::string& to, const std::string& part) {
    const std::string text = error(from, to);
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  says("units = 16", "units = 16\ndepth = 3", "layers has an unknown key 'depth'");
  says("units = 16", "units = 0", "'units'");
  says("[layers]\nblocks = 2\nunits = 16\n", "",
       "the generator has an unknown input 'layer_energy'");
  says(
      "name = \"image\", shape = [6, 6, 6] },",
      "name = \"image\", shape = [6, 6, 6] },\n  { type = \"input\", name = \"depth\", shape = [1] "
      "},",
      "the discriminator has an input 'depth' of 1");
  says("name = \"energy\"\nrange = [10, 500]", "name = \"theta\"\nrange = [1, 2]",
       "layers are drawn at the energy of the primary, which is no condition of the model");
}

TEST_F(DrawnLayersTest, TheDecoderIsToldTheLayersOfTheDetector) {
  std::string five = test::replaced_once(test::toy_detector, "repeat = 3", "repeat = 2");
  five = test::replaced_once(five, "[6, 6, 6]", "[6, 6, 5]");
  std::ofstream(toy_ / "detector.toml") << five;
  const std::string text = test::input_error([&] { load_definition(toy_ / "model.toml"); });
  EXPECT_NE(text.find("the generator's input 'layer_energy' is 6, but conditions and layers of the "
                      "detector make it "
                      "5"),
            std::string::npos)
      << text;
}

TEST_F(DrawnLayersTest, ADetectorOfOtherLayersIsRefused) {
  // The decoder takes the shape only, of which the detector has one layer less than the showers.
  std::string text = replaced("DETECTOR", (toy_ / "five.toml").string());
  for (const auto& [from, to] :
       {std::pair("{ type = \"layer_conditioning\", name = \"shower\", inputs = [\"drawn\", "
                  "\"layer_energy\", \"layer_shape\"] },",
                  "{ type = \"multiply\", name = \"shower\", inputs = [\"drawn\", 0.001] },"),
        std::pair("shape = [6] },", "shape = [5] },"), std::pair("[4, 6] }", "[4, 5] }"),
        std::pair(
            "shape = [4, 1, 1, 6] },",
            "shape = [4, 1, 1, 5] },\n  { type = \"mean\", name = \"all\", axes = [3], keep_axes = "
            "true },\n  { type = \"constant\", name = \"six\", shape = [1, 1, 1, 6], value = 0 "
            "},\n  { type = \"add\", inputs = [\"all\", \"six\"] },")}) {
    text = test::replaced_once(text, from, to);
  }
  const std::string five = test::replaced_once(test::toy_detector, "repeat = 3", "repeat = 2");
  std::ofstream(toy_ / "five.toml") << test::replaced_once(five, "[6, 6, 6]", "[6, 6, 5]");
  std::ofstream(toy_ / "changed.toml") << text;
  const std::string error = test::input_error([&] { load_definition(toy_ / "changed.toml"); });
  EXPECT_NE(error.find("the generator's shower is 6×6×6, but the detector"), std::string::npos)
      << error;
}

TEST_F(DrawnLayersTest, LayersWithoutAbsorberAreRefused) {
  std::ofstream(toy_ / "detector.toml")
      << test::replaced_once(test::toy_detector, "thickness = 4, absorber = true", "thickness = 4");
  const std::string error = test::input_error([&] { load_definition(toy_ / "model.toml"); });
  EXPECT_NE(error.find("the layers of the detector 'toy-layers' cannot be drawn"),
            std::string::npos)
      << error;
}

}  // namespace
}  // namespace showergan
