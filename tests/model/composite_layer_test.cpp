#include "model/composite_layer.hpp"

#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "flow/cell_spectrum.hpp"
#include "model/definition.hpp"
#include "support/error_text.hpp"
#include "support/toy_layers.hpp"

namespace showergan {
namespace {

class CompositeLayerTest : public testing::Test {
 protected:
  ModelDefinition definition(const std::string& from = "", const std::string& to = "") {
    std::string text =
        test::replaced_once(test::toy_layered_model, "DETECTOR", (toy_ / "detector.toml").string());
    if (!from.empty()) text = test::replaced_once(text, from, to);
    std::ofstream(toy_ / "changed.toml") << text;
    return load_definition(toy_ / "changed.toml");
  }

  /// Where the file is left out of the error's text.
  std::string error(const std::string& from, const std::string& to) {
    std::string text = test::input_error([&] { definition(from, to); });
    const std::string file = (toy_ / "changed.toml").string();
    const std::size_t place = text.find(file);
    return place == std::string::npos ? text : text.replace(place, file.size(), "FILE");
  }

  test::ToyLayers toy_{1};
};

TEST_F(CompositeLayerTest, IsNamedLikeAnyOther) {
  const ModelDefinition model = definition();
  const nn::Graph& decoder = model.adversary();
  EXPECT_EQ(decoder.node(decoder.outputs()[0].node).shape, (nn::Shape{6, 6, 6}));
  EXPECT_TRUE(decoder.find("drawn_cells").has_value());
  EXPECT_TRUE(decoder.find("shower_round2_factor").has_value()) << "two rounds if nothing is said";
  EXPECT_FALSE(decoder.find("shower_round3_factor").has_value());
}

TEST_F(CompositeLayerTest, HasKeysOfItsType) {
  const std::string inputs = "inputs = [\"drawn\", \"layer_energy\", \"layer_shape\"]";
  const ModelDefinition one = definition(inputs, inputs + ", rounds = 1, threshold = 0.5");
  EXPECT_FALSE(one.adversary().find("shower_round2_factor").has_value());
  const auto threshold = one.adversary().find("shower_above_threshold_number");
  ASSERT_TRUE(threshold.has_value());
  EXPECT_EQ(std::get<nn::Constant>(one.adversary().node(*threshold).operation).values[0], 0.5f);
  EXPECT_FALSE(one.adversary().find("shower_relative_variance").has_value());
  const ModelDefinition spectra =
      definition(inputs, "inputs = [\"drawn\", \"layer_energy\", \"layer_shape\", \"spectra\"]");
  EXPECT_TRUE(spectra.adversary().find("shower_relative_variance").has_value());
  EXPECT_NE(error(inputs, inputs + ", rounds = 17").find("rounds"), std::string::npos);
  EXPECT_NE(error(inputs, inputs + ", threshold = -1").find("'threshold' must not be negative"),
            std::string::npos);
  EXPECT_NE(error(inputs, inputs + ", depth = 1").find("unknown key 'depth'"), std::string::npos);
}

TEST_F(CompositeLayerTest, InputsThatDoNotFitAreRefused) {
  EXPECT_NE(error("inputs = [\"spectra\", \"noise_cells\"]", "inputs = [\"spectra\"]")
                .find("cell_spectrum takes 2 inputs and got 1"),
            std::string::npos);
  const std::string inputs = "inputs = [\"drawn\", \"layer_energy\", \"layer_shape\"]";
  EXPECT_NE(error(inputs, "inputs = [\"drawn\", \"layer_energy\"]")
                .find("layer_conditioning takes 3 inputs and got 2"),
            std::string::npos);
  EXPECT_NE(error(inputs, "inputs = [\"drawn\", \"layer_energy\", \"layer_shape\", \"maps\"]")
                .find("needs the spectra of its cells"),
            std::string::npos);
  EXPECT_NE(error("filters = 11", "filters = 10").find("drawn"), std::string::npos);
}

}  // namespace
}  // namespace showergan
