#include "training/predictor.hpp"

#include <gtest/gtest.h>

namespace showergan::training {
namespace {

/// Sample i is the pair (i, 1).
class Pairs : public SampleSource {
 public:
  std::vector<std::string> inputs() const override { return {"a", "b"}; }
  void fill(std::int64_t sample, std::size_t input, std::span<float> values) const override {
    values[0] = input == 0 ? static_cast<float>(sample) : 1.0f;
  }
  void target(std::int64_t, std::span<float>) const override {}
};

nn::Graph sum() {
  nn::Graph graph;
  const nn::NodeId a = graph.add("a", nn::Input{{1}});
  const nn::NodeId b = graph.add("b", nn::Input{{1}});
  graph.set_output("y", graph.add("sum", nn::Arithmetic{nn::BinaryFunction::add}, {a, b}));
  return graph;
}

TEST(PredictorTest, GivesEachSampleItsOwnResultInAnyGroup) {
  const std::vector<std::int64_t> samples = {5, 3, 0, 7, 1};
  const Pairs source;
  for (const std::int64_t group : {1, 2, 3, 8}) {
    for (const int threads : {1, 3}) {
      ThreadTeam team(threads);
      Predictor predictor(sum(), source, group, team);
      EXPECT_EQ(predictor.width(), 1);
      EXPECT_EQ(predictor.run({}, samples), (std::vector<float>{6, 4, 1, 8, 2}));
    }
  }
}

TEST(PredictorTest, OfNothingIsNothing) {
  ThreadTeam team(1);
  const Pairs source;
  Predictor predictor(sum(), source, 4, team);
  EXPECT_TRUE(predictor.run({}, {}).empty());
}

}  // namespace
}  // namespace showergan::training
