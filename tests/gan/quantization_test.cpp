#include "gan/quantization.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "generate/generator_engine.hpp"
#include "generate/small_models.hpp"
#include "support/error_text.hpp"

namespace showergan::gan {
namespace {

/// Loose enough for a network of random weights.
constexpr QuantizationLimits loose{0.1, 0.1};

void no_progress(std::int64_t, std::int64_t) {}

std::vector<Condition> conditions(std::size_t count) {
  std::vector<Condition> result;
  for (std::size_t i = 0; i < count; ++i) {
    result.push_back({5.0F + 90.0F * static_cast<float>(i) / static_cast<float>(count), 0.5F, 0});
  }
  return result;
}

class QuantizationTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_instructions(Precision::int8)) {
      GTEST_SKIP() << "this processor has no instructions for int8";
    }
  }

  Quantization quantize_model(const QuantizationLimits& limits, int threads = 2) {
    return quantize(model_, conditions_, limits, threads, no_progress);
  }

  GeneratorModel model_ = test::through_file(test::layered_generator());
  std::vector<Condition> conditions_ = conditions(40);
};

void expect_within(const QuantizationError& error, const QuantizationLimits& limits) {
  EXPECT_LE(error.sampling_fraction_mre, limits.sampling_fraction_mre);
  EXPECT_LE(error.profile_x_mean, limits.profile_mean);
  EXPECT_LE(error.profile_z_mean, limits.profile_mean);
}

TEST_F(QuantizationTest, CalibratesAllConvolutionsButTheComposedAndTheLast) {
  const Quantization result = quantize_model(loose);
  ASSERT_EQ(result.layers.size(), 2U);
  EXPECT_EQ(result.layers[0].name, "conv1");
  EXPECT_EQ(result.layers[1].name, "conv2");
  ASSERT_EQ(model_.card.quantization.size(), 2U);
  for (const QuantizedLayer& layer : result.layers) {
    SCOPED_TRACE(layer.name);
    EXPECT_TRUE(layer.kept);
    EXPECT_EQ(model_.card.quantization.at(layer.name), layer.range);
    EXPECT_EQ(layer.range.channels.size(), layer.name == "conv1" ? 4U : 8U);
    EXPECT_TRUE(std::ranges::all_of(layer.range.channels, [](float c) { return c > 0 && c <= 1; }));
    EXPECT_GT(layer.range.part, 0.5F);
    EXPECT_LE(layer.range.part, 1.0F);
    EXPECT_GT(layer.error, 0);
    EXPECT_LT(layer.error, 0.1);
  }
  expect_within(result.error, loose);
  EXPECT_GT(result.error.sampling_fraction_mre, 0);
  EXPECT_GT(result.error.shower, 0);
  EXPECT_LT(result.error.shower, 0.1);
}

TEST_F(QuantizationTest, ChangesNothingElseOfTheModel) {
  const GeneratorModel before = model_;
  quantize_model(loose);
  EXPECT_EQ(model_.parameters.trainable, before.parameters.trainable);
  EXPECT_EQ(model_.parameters.statistics, before.parameters.statistics);
  EXPECT_EQ(model_.graph.nodes().size(), before.graph.nodes().size());
  EXPECT_EQ(model_.graph.outputs().size(), 1U);
  EXPECT_EQ(model_.card.name, before.card.name);
}

/// What quantize() says of its result, computed here: relative L2 distance, root mean square over
/// the showers.
TEST_F(QuantizationTest, ItsErrorIsThatOfTheModelInInt8) {
  const Quantization result = quantize_model(loose);
  const auto showers_in = [&](Precision precision) {
    nn::CompileOptions options;
    options.precision = precision;
    options.ranges = model_.card.quantization;
    GeneratorEngine engine(model_, options, 1);
    std::vector<float> showers(conditions_.size() * static_cast<std::size_t>(model_.cells()));
    engine.run(conditions_, engine.drawn_noise(1, 0), showers);
    return showers;
  };
  const std::vector<float> expected = showers_in(Precision::f32);
  const std::vector<float> found = showers_in(Precision::int8);
  const auto cells = static_cast<std::size_t>(model_.cells());
  double sum = 0;
  for (std::size_t i = 0; i < conditions_.size(); ++i) {
    sum += std::pow(test::relative_l2(std::span(found).subspan(i * cells, cells),
                                      std::span(expected).subspan(i * cells, cells)),
                    2);
  }
  EXPECT_NEAR(result.error.shower, std::sqrt(sum / static_cast<double>(conditions_.size())), 1e-9);
}

TEST_F(QuantizationTest, IsTheSameForAnyThreads) {
  const Quantization first = quantize_model(loose, 1);
  const std::map<std::string, nn::InputRange> ranges = model_.card.quantization;
  for (const int threads : {1, 3}) {
    const Quantization again = quantize_model(loose, threads);  // of a model that has ranges
    EXPECT_EQ(model_.card.quantization, ranges);
    EXPECT_EQ(again.error.shower, first.error.shower);
    EXPECT_EQ(again.error.sampling_fraction_mre, first.error.sampling_fraction_mre);
    EXPECT_EQ(again.layers[1].error, first.layers[1].error);
  }
}

TEST_F(QuantizationTest, TakesLayersBackUntilTheLimitsHold) {
  const Quantization all = quantize_model(loose);
  QuantizationLimits tight{0.999 * all.error.sampling_fraction_mre, 0.1};
  Quantization result;
  const std::string error = test::failure([&] { result = quantize_model(tight); });
  if (error != "no error") {  // the other layer alone is no better
    EXPECT_NE(error.find("no layer of 'layered' can be quantised"), std::string::npos) << error;
    return;
  }
  expect_within(result.error, tight);
  ASSERT_EQ(result.layers.size(), 2U) << "those taken back are told of";
  const bool first_is_worse = result.layers[0].error > result.layers[1].error;
  const QuantizedLayer& worse = result.layers[first_is_worse ? 0 : 1];
  const QuantizedLayer& better = result.layers[first_is_worse ? 1 : 0];
  EXPECT_FALSE(worse.kept);
  EXPECT_TRUE(better.kept);
  EXPECT_EQ(model_.card.quantization,
            (std::map<std::string, nn::InputRange>{{better.name, better.range}}));
}

TEST_F(QuantizationTest, LimitsThatNothingKeepsAreAnError) {
  for (const QuantizationLimits& limits :
       {QuantizationLimits{1e-12, 0.1}, QuantizationLimits{0.1, 1e-12}}) {
    EXPECT_EQ(test::failure([&] { quantize_model(limits); }),
              "no layer of 'layered' can be quantised within the limits; use bf16");
    EXPECT_TRUE(model_.card.quantization.empty());
  }
}

TEST_F(QuantizationTest, AModelOfOneConvolutionHasNothingToQuantise) {
  model_ = test::through_file(test::small_generator());
  EXPECT_EQ(test::failure([&] { quantize_model(loose); }),
            "there is nothing to quantise in 'small': no convolution but the last, which stays in "
            "float32, and those that are one matrix with a dense layer; use bf16");
  EXPECT_TRUE(model_.card.quantization.empty());
}

TEST_F(QuantizationTest, NeedsShowers) {
  conditions_.clear();
  EXPECT_EQ(test::input_error([&] { quantize_model(loose); }),
            "there are no showers to calibrate with; give a file that has some");
}

TEST_F(QuantizationTest, NeedsEnergies) {
  conditions_.at(0).energy = 0;
  EXPECT_EQ(test::input_error([&] { quantize_model(loose); }),
            "a shower to calibrate with has no energy; leave out showers without one");
}

TEST_F(QuantizationTest, OneShowerIsEnough) {
  conditions_.resize(1);
  expect_within(quantize_model({0.5, 0.5}).error, {0.5, 0.5});
}

TEST_F(QuantizationTest, TellsItsProgress) {
  std::vector<std::int64_t> steps;
  const auto watch = [&](std::int64_t done, std::int64_t all) {
    steps.push_back(done);
    EXPECT_LE(done, all);
    EXPECT_GT(all, 2) << "several candidates for two layers";
  };
  quantize(model_, conditions_, loose, 2, watch);
  EXPECT_GT(steps.size(), 2U);
  EXPECT_TRUE(std::ranges::is_sorted(steps));
}

TEST_F(QuantizationTest, CanBeStopped) {
  int calls = 0;
  const auto stop = [&](std::int64_t, std::int64_t) {
    if (++calls == 3) throw Error("interrupted");
  };
  EXPECT_EQ(test::failure([&] { quantize(model_, conditions_, loose, 2, stop); }), "interrupted");
  EXPECT_EQ(calls, 3);
  EXPECT_TRUE(model_.card.quantization.empty());
}

TEST_F(QuantizationTest, TheFileOfTheModelGeneratesInInt8) {
  const Quantization result = quantize_model(loose);
  const test::TemporaryFolder folder;
  const std::string path = (folder / "int8.onnx").string();
  save_model(model_, path);
  const std::size_t cells = static_cast<std::size_t>(model_.cells());
  std::vector<float> expected(conditions_.size() * cells);
  std::vector<float> found(expected.size());
  Generator(path, {2}).generate(conditions_, 1, 0, expected);
  Generator generator(path, {2, Precision::int8});
  EXPECT_EQ(generator.precision(), Precision::int8);
  generator.generate(conditions_, 1, 0, found);
  EXPECT_NE(found, expected);
  EXPECT_LT(test::relative_l2(found, expected), 2 * result.error.shower);
}

TEST(QuantizationWithoutInstructions, IsAnError) {
  if (has_instructions(Precision::int8)) GTEST_SKIP() << "this processor has them";
  GeneratorModel model = test::through_file(test::layered_generator());
  EXPECT_EQ(test::failure([&] { quantize(model, conditions(3), loose, 1, no_progress); }),
            "this processor has no instructions for int8 (AVX-512 VNNI); quantise on one that has "
            "them");
}

}  // namespace
}  // namespace showergan::gan
