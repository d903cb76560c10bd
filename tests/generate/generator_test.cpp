#include "showergan/generator.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "showergan/error.hpp"

#include "generate/small_models.hpp"
#include "nn/reference/interpreter.hpp"
#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

constexpr std::int64_t cells = 60;

class GeneratorTest : public testing::Test {
 protected:
  GeneratorTest() { save_model(test::small_generator(), path()); }
  std::filesystem::path path() const { return folder_.path() / "small.onnx"; }
  Generator generator(int threads) const { return Generator(path().string(), {threads}); }

  static std::vector<Condition> conditions(std::int64_t count) {
    std::vector<Condition> result;
    for (std::int64_t i = 0; i < count; ++i) {
      result.push_back({10.0F + static_cast<float>(i), 0.01F * static_cast<float>(i), 0});
    }
    return result;
  }
  static std::vector<float> room(std::int64_t count) {
    return std::vector<float>(static_cast<std::size_t>(count * cells), -1.0F);
  }

  test::TemporaryFolder folder_;
};

TEST_F(GeneratorTest, TellsWhatTheModelIs) {
  const Generator g = generator(2);
  EXPECT_EQ(g.name(), "small");
  EXPECT_EQ(g.detector(), "toy");
  EXPECT_EQ(g.grid(), (std::array<std::int64_t, 3>{5, 4, 3}));
  EXPECT_EQ(g.cells(), cells);
  EXPECT_EQ(g.threads(), 2);
  ASSERT_EQ(g.conditions().size(), 2u);
  EXPECT_EQ(g.conditions()[1].name, "theta");
  EXPECT_EQ(g.conditions()[0].high, 100);
  ASSERT_EQ(g.noise_inputs().size(), 2u);
  EXPECT_EQ(g.noise_count(), 67);
}

TEST_F(GeneratorTest, PinnedThreadsMakeTheSameShowers) {
  const std::vector<Condition> all = conditions(9);
  std::vector<float> expected = room(9);
  generator(1).generate(all, 5, 0, expected);
  GeneratorOptions options;
  options.pin = true;
  std::vector<float> showers = room(9);
  Generator(path().string(), options).generate(all, 5, 0, showers);
  EXPECT_EQ(showers, expected);
}

TEST_F(GeneratorTest, RefusesToPinMoreThreadsThanThereAreCpus) {
  GeneratorOptions options;
  options.pin = true;
  options.threads = 1 << 20;
  const std::string error = test::input_error([&] { Generator(path().string(), options); });
  EXPECT_EQ(error.rfind("1048576 threads cannot be pinned to ", 0), 0u) << error;
}

TEST_F(GeneratorTest, AShowerDependsOnSeedIndexAndConditionOnly) {
  const std::int64_t count = 23;
  const std::vector<Condition> all = conditions(count);
  std::vector<float> expected = room(count);
  generator(1).generate(all, 5, 100, expected);
  EXPECT_TRUE(std::all_of(expected.begin(), expected.end(), [](float e) { return e > 0; }));

  for (const int threads : {2, 3, 8}) {
    std::vector<float> showers = room(count);
    generator(threads).generate(all, 5, 100, showers);
    EXPECT_EQ(showers, expected) << threads << " threads";
  }
  Generator one = generator(2);
  for (const std::int64_t piece : {1, 2, 5, 7}) {  // the job, cut into calls
    std::vector<float> showers = room(count);
    for (std::int64_t first = 0; first < count; first += piece) {
      const std::int64_t here = std::min(piece, count - first);
      one.generate(
          std::span(all).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(here)),
          5, 100 + static_cast<std::uint64_t>(first),
          std::span(showers).subspan(static_cast<std::size_t>(first * cells),
                                     static_cast<std::size_t>(here * cells)));
    }
    EXPECT_EQ(showers, expected) << "in pieces of " << piece;
  }
}

TEST_F(GeneratorTest, SeedsAndIndicesGiveDifferentShowers) {
  Generator g = generator(1);
  const std::vector<Condition> same(2, Condition{50, 0.5F, 0});
  std::vector<float> a = room(2);
  std::vector<float> b = room(2);
  g.generate(same, 1, 0, a);
  g.generate(same, 2, 0, b);
  EXPECT_NE(a, b);
  EXPECT_FALSE(std::equal(a.begin(), a.begin() + cells, a.begin() + cells));
}

TEST_F(GeneratorTest, GivenNoiseGivesWhatTheReferenceGives) {
  const Model model = test::small_generator();
  const std::int64_t count = 3;
  Generator g = generator(2);
  std::vector<float> noise(static_cast<std::size_t>(count * g.noise_count()));
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = std::sin(static_cast<float>(i));
  const std::vector<Condition> all = conditions(count);
  std::vector<float> showers = room(count);
  g.generate_from_noise(all, noise, showers);

  std::map<std::string, std::vector<double>> inputs;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto row = noise.begin() + i * 67;
    inputs["noise"].insert(inputs["noise"].end(), row, row + 7);
    inputs["noise_cells"].insert(inputs["noise_cells"].end(), row + 7, row + 67);
    inputs["condition"].push_back(static_cast<double>(all[static_cast<std::size_t>(i)].energy));
    inputs["condition"].push_back(static_cast<double>(all[static_cast<std::size_t>(i)].theta));
  }
  nn::reference::Interpreter reference(model.graph, count);
  nn::reference::DoubleParameters exact = nn::reference::to_double(model.parameters);
  reference.forward(inputs, exact);
  const std::vector<double>& expected = reference.output("shower");
  ASSERT_EQ(expected.size(), showers.size());
  for (std::size_t i = 0; i < showers.size(); ++i) EXPECT_NEAR(showers[i], expected[i], 1e-5);
}

TEST_F(GeneratorTest, WrongSizesAreRefused) {
  Generator g = generator(1);
  std::vector<float> showers = room(2);
  EXPECT_THROW(g.generate(conditions(3), 1, 0, showers), InputError);
  EXPECT_THROW(g.generate_from_noise(conditions(2), std::vector<float>(5), showers), InputError);
  g.generate({}, 1, 0, {});  // no shower is a valid request
}

TEST_F(GeneratorTest, OtherModelsAreRefused) {
  const std::string critic = (folder_.path() / "critic.onnx").string();
  save_model(test::small_discriminator(), critic);
  EXPECT_NE(test::input_error([&] { Generator g(critic); }).find("showergan score"),
            std::string::npos);

  Model unnamed = test::small_generator();
  unnamed.card.conditions.pop_back();
  const std::string path = (folder_.path() / "unnamed.onnx").string();
  save_model(unnamed, path);
  EXPECT_NE(test::input_error([&] { Generator g(path); }).find("1 conditions, its input takes 2"),
            std::string::npos);
  EXPECT_THROW(Generator("no-such-model"), InputError);
}

constexpr std::int64_t layered_cells = 6 * 4 * 6;

/// Generators of lower precision need more than one convolution.
class LowerPrecision : public testing::Test {
 protected:
  LowerPrecision() { save(test::layered_generator()); }
  void save(const Model& model) { save_model(model, path_, true); }
  void save(const std::map<std::string, nn::InputRange>& ranges) {
    Model model = test::layered_generator();
    model.card.quantization = ranges;
    save(model);
  }
  Generator generator(Precision precision, int threads = 1) const {
    return Generator(path_.string(), {threads, precision});
  }
  std::vector<float> showers(Precision precision, int threads = 1) const {
    std::vector<float> result(static_cast<std::size_t>(count_ * layered_cells));
    std::vector<Condition> conditions;
    for (std::int64_t i = 0; i < count_; ++i) {
      conditions.push_back({5.0F + 7.0F * static_cast<float>(i), 0.5F, 0});
    }
    generator(precision, threads).generate(conditions, 3, 10, result);
    return result;
  }
  std::string error_of_int8() const {
    return test::input_error([&] { generator(Precision::int8); });
  }

  static constexpr std::int64_t count_ = 11;
  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "layered.onnx";
};

TEST_F(LowerPrecision, IsReportedAsItIsUsed) {
  const auto used = [](Precision wanted) {
    return has_instructions(wanted) ? wanted : Precision::f32;
  };
  EXPECT_EQ(Generator(path_.string()).precision(), Precision::f32);
  EXPECT_EQ(generator(Precision::bf16).precision(), used(Precision::bf16));
  save(test::layered_ranges());
  EXPECT_EQ(generator(Precision::int8).precision(), used(Precision::int8));
  EXPECT_EQ(generator(Precision::f32).precision(), Precision::f32);
}

TEST_F(LowerPrecision, ShowersInBf16AreNearThoseOfFloat32) {
  const std::vector<float> expected = showers(Precision::f32);
  const std::vector<float> found = showers(Precision::bf16);
  EXPECT_LT(test::relative_l2(found, expected), 2e-2);
  EXPECT_EQ(found != expected, has_instructions(Precision::bf16));
}

TEST_F(LowerPrecision, ShowersInInt8AreNearThoseOfFloat32) {
  save(test::layered_ranges());
  const std::vector<float> expected = showers(Precision::f32);
  const std::vector<float> found = showers(Precision::int8);
  EXPECT_LT(test::relative_l2(found, expected), 6e-2);
  EXPECT_EQ(found != expected, has_instructions(Precision::int8));
}

TEST_F(LowerPrecision, ThreadsChangeNoShower) {
  save(test::layered_ranges());
  for (const Precision precision : {Precision::bf16, Precision::int8}) {
    const std::vector<float> expected = showers(precision);
    for (const int threads : {2, 3, 8}) {
      EXPECT_EQ(showers(precision, threads), expected) << threads << " threads";
    }
  }
}

TEST_F(LowerPrecision, Int8NeedsACalibration) {
  EXPECT_EQ(error_of_int8(),
            "the model 'layered' has not been calibrated for int8; make a quantised one with "
            "showergan quantize");
}

TEST_F(LowerPrecision, ACalibrationOfAnotherModelIsRefused) {
  if (!has_instructions(Precision::int8)) {
    GTEST_SKIP() << "this processor has no instructions for int8: the calibration is not used";
  }
  const auto error_of = [](const std::string& layer, const std::string& why) {
    return "the calibration for int8 does not fit the layer '" + layer + "' (" + why +
           "); make it again with showergan quantize";
  };
  const std::string none = "there is no such convolution, or none follows it";
  save({{"conv1", {1, {}}}, {"nowhere", {1, {}}}});
  EXPECT_EQ(error_of_int8(), error_of("nowhere", none));
  save({{"dense", {1, {}}}});
  EXPECT_EQ(error_of_int8(), error_of("dense", none));
  for (const std::size_t channels : {7u, 9u}) {
    save({{"conv1", {1, {}}}, {"conv2", {1, std::vector<float>(channels, 1.0F)}}});
    EXPECT_EQ(error_of_int8(),
              error_of("conv2", std::to_string(channels) + " channels instead of 8"));
  }
  EXPECT_EQ(generator(Precision::f32).precision(), Precision::f32) << "which does not need it";
}

}  // namespace
}  // namespace showergan
