// Up-sampling convolutions of many shapes: plans with the passes against plans without them.

#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "nn/cases.hpp"
#include "nn/plan/plan.hpp"

namespace showergan::nn {
namespace {

struct Results {
  std::vector<float> output;
  std::vector<float> gradients;
  std::vector<float> input_gradient;
};

Case upsampled(Shape shape, Triple factor, const Conv3d& conv, std::int64_t batch = 2) {
  Case c{"upsampled", {}, batch};
  NodeId x = c.graph.add("x", Input{std::move(shape)});
  x = c.graph.add("up", Upsampling{factor}, {x});
  x = c.graph.add("conv", conv, {x});
  c.graph.set_output("y", c.graph.add("leaky", Activation{Function::leaky_relu, 0.3}, {x}));
  return c;
}

Results run(const Case& c, Mode mode, bool passes) {
  Plan plan = compile(c.graph, {mode, c.batch, passes});
  const auto weights = plan.prepare(random_parameters(c, 1));
  for (const auto& [name, values] : random_inputs(c, 2)) plan.set_input(name, values);
  plan.forward(*weights);
  Results results;
  const Tensors output_gradients = random_output_gradients(c, 3);
  results.output.resize(output_gradients.at("y").size());
  plan.get_output("y", results.output);
  if (mode == Mode::infer) return results;
  plan.set_output_gradient("y", output_gradients.at("y"));
  if (mode != Mode::train_inputs) {
    results.gradients.resize(static_cast<std::size_t>(c.graph.trainable_count()), 0.0F);
  }
  plan.backward(*weights, results.gradients);
  if (mode != Mode::train_weights) {
    results.input_gradient.resize(random_inputs(c, 2).at("x").size());
    plan.get_input_gradient("x", results.input_gradient);
  }
  return results;
}

void expect_close(const std::vector<float>& a, const std::vector<float>& b, double tolerance) {
  ASSERT_EQ(a.size(), b.size());
  double difference = 0;
  double norm = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference += std::pow(static_cast<double>(a[i]) - static_cast<double>(b[i]), 2);
    norm += std::pow(static_cast<double>(b[i]), 2);
  }
  EXPECT_LE(std::sqrt(difference), tolerance * std::sqrt(norm));
}

void expect_same(const Case& c) {
  for (const Mode mode : {Mode::infer, Mode::train_both, Mode::train_weights, Mode::train_inputs}) {
    const Results with = run(c, mode, true);
    const Results without = run(c, mode, false);
    expect_close(with.output, without.output, 1e-5);
    expect_close(with.gradients, without.gradients, 1e-4);
    expect_close(with.input_gradient, without.input_gradient, 1e-4);
  }
}

TEST(UpsamplingConvolution, AgreesForEveryFactorKernelAndPadding) {
  const std::int64_t factors[] = {1, 2, 3, 6};
  int fused = 0;
  // One axis goes through everything, the two others through something else each time.
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::int64_t kernel = 1; kernel <= 6; ++kernel) {
      for (std::int64_t padding = 0; padding < 5; ++padding) {
        const auto turn = static_cast<std::size_t>(kernel + padding);
        const Triple factor{factors[i], factors[(i + turn) % 4], factors[(i + 2 * turn + 1) % 4]};
        Conv3d conv{3, {kernel, 1 + (padding + kernel) % 4, 1 + (3 * padding) % 5}};
        conv.padding = {{padding, (2 * padding) % 3, 4 - padding},
                        {(3 * padding) % 5, padding % 2, padding}};
        conv.bias = turn % 3 != 0;
        SCOPED_TRACE(fmt::format("factor {}, kernel {}, padding {} … {}", to_string(factor),
                                 to_string(conv.kernel), to_string(conv.padding.before),
                                 to_string(conv.padding.after)));
        const Case c = upsampled({2, 6, 4, 4}, factor, conv);
        fused += compile(c.graph, {Mode::infer, 1}).lowered().find("up") ? 0 : 1;
        expect_same(c);
      }
    }
  }
  EXPECT_GT(fused, 50);
}

/// How the convolution runs in inference, for people.
std::string implementation_of(const Case& c) {
  return compile(c.graph, {Mode::infer, c.batch}).describe()[1].implementation;
}

TEST(UpsamplingConvolution, IsCutIntoPartsWhereTheResultsWouldBeLarge) {
  for (const std::int64_t batch : {1, 2}) {
    const Case c = upsampled({2, 9, 9, 8}, {6, 6, 6}, Conv3d{8, {4, 3, 5}}, batch);
    EXPECT_NE(implementation_of(c).find("6 parts"), std::string::npos) << implementation_of(c);
    expect_same(c);
  }
}

TEST(UpsamplingConvolution, IsCutIntoPartsWherePhasesNeedFewerTaps) {
  // Along x the first of two phases needs two taps and the second three. Many filters fill vectors
  // for each; a few fill one vector for both together.
  for (const std::int64_t batch : {1, 2}) {
    const Case many = upsampled({8, 6, 4, 5}, {2, 1, 2}, Conv3d{16, {4, 1, 3}}, batch);
    EXPECT_NE(implementation_of(many).find("(2 parts)"), std::string::npos)
        << implementation_of(many);
    expect_same(many);
    const Case few = upsampled({8, 6, 4, 5}, {2, 1, 2}, Conv3d{2, {4, 1, 3}}, batch);
    EXPECT_EQ(implementation_of(few).find("parts"), std::string::npos) << implementation_of(few);
    expect_same(few);
  }
}

TEST(UpsamplingConvolution, OfFewChannelsRunsRowByRow) {
  const Case c = upsampled({6, 5, 4, 6}, {2, 2, 2}, Conv3d{8, {3, 3, 5}}, 2);
  EXPECT_EQ(implementation_of(c), "up-sampling rows");
  expect_same(c);
}

TEST(UpsamplingConvolution, OfFewChannelsAndLongSumsRunsRowByRowInTiles) {
  for (const Shape& shape : {Shape{6, 9, 8, 9}, Shape{6, 8, 9, 20}}) {
    const Case c = upsampled(shape, {2, 2, 1}, Conv3d{8, {3, 5, 8}}, 2);
    EXPECT_EQ(implementation_of(c), "up-sampling Winograd rows");
    expect_same(c);
  }
}

TEST(UpsamplingConvolution, APartMayHaveSeveralPhases) {
  // Of six phases along x and four along y the first ones need fewer taps than the last.
  for (const std::int64_t batch : {1, 3}) {
    Conv3d conv{8, {3, 3, 5}};
    conv.padding = {{2, 0, 1}, {1, 3, 0}};
    const Case c = upsampled({2, 9, 9, 9}, {6, 4, 4}, conv, batch);
    EXPECT_NE(implementation_of(c).find(" parts)"), std::string::npos) << implementation_of(c);
    expect_same(c);
  }
}

TEST(UpsamplingConvolution, TakesOneSample) {
  expect_same(upsampled({2, 6, 4, 4}, {2, 2, 3}, Conv3d{3, {3, 3, 5}}, 1));
}

TEST(UpsamplingConvolution, TakesAFewSamplesAtATimeWhereTheResultsWouldBeLarge) {
  // Batches of three and of four samples at a time, and one that is taken one by one.
  for (const std::int64_t batch : {6, 8, 7}) {
    expect_same(upsampled({4, 10, 10, 9}, {2, 2, 3}, Conv3d{6, {3, 3, 5}}, batch));
  }
}

}  // namespace
}  // namespace showergan::nn
