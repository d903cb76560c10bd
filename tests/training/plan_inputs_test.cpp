#include "training/plan_inputs.hpp"

#include <gtest/gtest.h>

#include "support/error_text.hpp"

namespace showergan::training {
namespace {

/// Sample i is the image of the numbers 10 i, 10 i + 1, … .
class Ramps : public SampleSource {
 public:
  std::vector<std::string> inputs() const override { return {"image"}; }
  void fill(std::int64_t sample, std::size_t, std::span<float> values) const override {
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = static_cast<float>(10 * sample) + static_cast<float>(i);
    }
  }
  void target(std::int64_t, std::span<float>) const override {}
};

nn::Graph pass_through() {
  nn::Graph graph;
  const nn::NodeId image = graph.add("image", nn::Input{{2, 1, 1, 2}});
  graph.set_output("y", graph.add("flat", nn::Reshape{{-1}}, {image}));
  return graph;
}

TEST(PlanInputsTest, AreInRowMajorOrderAndZeroBehindTheSamples) {
  nn::Plan plan = nn::compile(pass_through(), {.batch = 3});
  const std::vector<std::int64_t> samples = {4, 1};
  set_inputs(plan, Ramps(), samples);
  plan.forward(*plan.prepare({}));
  std::vector<float> values(12);
  plan.get_output("y", values);
  EXPECT_EQ(values, (std::vector<float>{40, 41, 42, 43, 10, 11, 12, 13, 0, 0, 0, 0}));
}

TEST(OutputWidthTest, IsThatOfTheOnlyOutput) {
  nn::Graph graph = pass_through();
  EXPECT_EQ(output_width(graph), 4);
  graph.set_output("again", 0);
  EXPECT_NE(test::input_error([&] { output_width(graph); }).find("2 outputs"), std::string::npos);
}

}  // namespace
}  // namespace showergan::training
