#include "generate/precision_check.hpp"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "generate/small_models.hpp"
#include "support/error_text.hpp"

namespace showergan {
namespace {

class PrecisionCheck : public testing::Test {
 protected:
  /// Of an engine of this model and precision, checked against `model_`.
  std::string check(const GeneratorModel& model, Precision precision) const {
    nn::CompileOptions options;
    options.precision = has_instructions(precision) ? precision : Precision::f32;
    options.ranges = model.card.quantization;
    GeneratorEngine engine(model, options, 2);
    return test::failure([&] { check_precision(model_, engine, precision); });
  }

  GeneratorModel model_ = test::through_file(test::layered_generator());
};

TEST_F(PrecisionCheck, PassesWhatOnlyRounds) {
  EXPECT_EQ(check(model_, Precision::f32), "no error");
  EXPECT_EQ(check(model_, Precision::bf16), "no error");
  GeneratorModel quantized = model_;
  quantized.card.quantization = test::layered_ranges();
  EXPECT_EQ(check(quantized, Precision::int8), "no error");
}

TEST_F(PrecisionCheck, StopsWhatIsAnotherModel) {
  const GeneratorModel other = test::through_file(test::layered_generator(22));
  for (const Precision precision : {Precision::bf16, Precision::int8}) {
    const std::string error = check(other, precision);
    const std::string start =
        "a shower in " + std::string(name_of(precision)) + " differs from float32 by ";
    const std::string end = std::string(", more than ") +
                            (precision == Precision::bf16 ? "5" : "20") +
                            " % (model 'layered'); use --precision f32";
    EXPECT_TRUE(error.starts_with(start)) << error;
    EXPECT_TRUE(error.ends_with(end)) << error;
  }
}

TEST_F(PrecisionCheck, AllowsLessInBf16ThanInInt8) {
  GeneratorModel scaled = model_;  // cells differ by about a tenth
  const nn::Graph& graph = scaled.graph;
  const nn::Node& last = graph.node(*graph.find("conv3"));
  for (const std::int32_t id : last.parameters) {
    for (float& weight : scaled.parameters.of(graph.parameters()[static_cast<std::size_t>(id)])) {
      weight *= 1.2F;
    }
  }
  EXPECT_NE(check(scaled, Precision::bf16), "no error");
  scaled.card.quantization = test::layered_ranges();
  EXPECT_EQ(check(scaled, Precision::int8), "no error");
}

TEST_F(PrecisionCheck, StopsWhatIsNoNumber) {
  GeneratorModel broken = model_;
  std::ranges::fill(broken.parameters.trainable, std::numeric_limits<float>::quiet_NaN());
  EXPECT_NE(check(broken, Precision::bf16), "no error");
}

}  // namespace
}  // namespace showergan
