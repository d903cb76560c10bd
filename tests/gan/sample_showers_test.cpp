#include "gan/sample_showers.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include <gtest/gtest.h>

#include "gan/recipe.hpp"
#include "gan/trained_model.hpp"
#include "model/model_file.hpp"
#include "store/shower_reader.hpp"
#include "support/error_text.hpp"
#include "support/toy_training.hpp"

namespace showergan::gan {
namespace {

namespace fs = std::filesystem;

class SampleShowersTest : public testing::Test {
 protected:
  SampleShowersTest() : recipe_(load_recipe((toy_ / "recipe.toml").string())) {}

  TrainingData data(double validation) const {
    TrainingDataOptions options;
    options.files = {toy_ / "showers.h5"};
    options.validation = validation;
    return TrainingData(options);
  }

  /// A model file whose weights are those that it starts with.
  fs::path model() const {
    const Model model = generator_model(
        definition_, recipe_.data, nn::initial_parameters(definition_.generator, 3), {}, "", "{}");
    save_model(model, toy_ / "model.onnx", true);
    return toy_ / "model.onnx";
  }

  ShowerBatch showers(const std::string& name) const {
    const ShowerReader reader(folder_ / name);
    return reader.read(0, reader.size());
  }

  test::ToyTraining toy_;
  fs::path folder_ = toy_ / "samples";
  Recipe recipe_;
  ModelDefinition definition_ = parse_definition(test::toy_model, "toy");
};

TEST_F(SampleShowersTest, TakesALowAMiddleAndAHighEnergyOfTheValidationPart) {
  const TrainingData held = data(0.2);
  const SampleShowers samples(recipe_, definition_, held, folder_, 0);
  const ShowerBatch chosen = showers(SampleShowers::monte_carlo_name);
  ASSERT_EQ(chosen.size(), 3);
  const ShowerBatch all = held.validation(0, held.validation_size());
  for (std::int64_t i = 0; i < 3; ++i) {
    const float energy = chosen.energy[static_cast<std::size_t>(i)];
    const auto below = std::ranges::count_if(all.energy, [&](float e) { return e < energy; });
    const double part = std::array{0.1, 0.5, 0.9}[static_cast<std::size_t>(i)];
    EXPECT_EQ(below, static_cast<std::ptrdiff_t>(part * static_cast<double>(all.size() - 1)));
    const auto row = std::ranges::find(all.energy, energy) - all.energy.begin();
    EXPECT_TRUE(std::ranges::equal(chosen.shower(i), all.shower(row)));
  }
}

TEST_F(SampleShowersTest, WithoutAValidationPartTheModelsRangesDecide) {
  const SampleShowers samples(recipe_, definition_, data(0), folder_, 0);
  EXPECT_FALSE(fs::exists(folder_ / SampleShowers::monte_carlo_name));
  samples.write(model(), 1);
  const ShowerBatch made = showers("epoch-00001.h5");
  EXPECT_EQ(made.energy, (std::vector<float>{59, 255, 451})) << "of 10 to 500 GeV";
  EXPECT_EQ(made.grid, definition_.grid());
}

TEST_F(SampleShowersTest, ASampleIsTheSameWheneverItIsMadeAndSaysWhatItIs) {
  const TrainingData held = data(0.2);
  SampleShowers(recipe_, definition_, held, folder_, 0).write(model(), 12);
  const ShowerBatch first = showers("epoch-00012.h5");
  SampleShowers(recipe_, definition_, held, folder_, 12).write(model(), 12);
  EXPECT_EQ(showers("epoch-00012.h5").cells, first.cells);
  EXPECT_EQ(first.energy, showers(SampleShowers::monte_carlo_name).energy);
  for (const float cell : first.cells) EXPECT_TRUE(cell == 0 || cell >= 1e-6f) << cell;
  const ShowerReader reader(folder_ / "epoch-00012.h5");
  EXPECT_EQ(reader.provenance().seed, 5U);
  EXPECT_NE(reader.provenance().source.find("after epoch 12"), std::string::npos);
}

TEST_F(SampleShowersTest, KnowsTheEpochsOfAFolder) {
  EXPECT_EQ(SampleShowers::epochs_in(folder_), std::vector<std::int64_t>());
  fs::create_directories(folder_);
  for (const char* name :
       {"epoch-00010.h5", "epoch-00002.h5", "epoch-123456.h5", "epoch-2.h5", "epoch-.h5",
        "epoch-00003.h5.part", ".epoch-00004.h5.part-1-0", "epoch-00000.h5", "monte-carlo.h5"}) {
    std::ofstream(folder_ / name) << "x";
  }
  EXPECT_EQ(SampleShowers::epochs_in(folder_), (std::vector<std::int64_t>{2, 10, 123456}));
  const SampleShowers samples(recipe_, definition_, data(0.2), folder_, 9);
  EXPECT_EQ(SampleShowers::epochs_in(folder_), std::vector<std::int64_t>{2})
      << "later ones are made again";
}

TEST_F(SampleShowersTest, AFolderThatCannotBeMadeIsNamed) {
  std::ofstream(toy_ / "samples") << "x";
  EXPECT_NE(test::input_error([&] {
              SampleShowers(recipe_, definition_, data(0.2), folder_, 0);
            }).find("cannot make the folder '" + folder_.string() + "'"),
            std::string::npos);
}

}  // namespace
}  // namespace showergan::gan
