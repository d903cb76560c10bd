#include "gan/critic_loss.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/error_text.hpp"

namespace showergan::gan {
namespace {

using test::input_error;

/// Images of two cells; a probability, a number and the sum of the cells.
nn::Graph discriminator() {
  nn::Graph graph;
  const nn::NodeId image = graph.add("image", nn::Input{{2}});
  const nn::NodeId logit = graph.add("logit", nn::Dense{1}, {image});
  graph.set_output("generation",
                   graph.add("generation", nn::Activation{nn::Function::sigmoid}, {logit}));
  graph.set_output("auxiliary", graph.add("auxiliary", nn::Dense{1}, {image}));
  graph.set_output("ecal", graph.add("ecal", nn::Reduction{nn::Reducer::sum, {0}, true}, {image}));
  graph.set_output("image", image);
  return graph;
}

const std::vector<ConditionRange> conditions = {{"theta", 1, 2}, {"energy", 10, 500}};

LossTerm label_term(double weight) {
  return {"generation",
          "binary_cross_entropy",
          "binary_cross_entropy",
          weight,
          Target::label,
          {},
          1,
          {}};
}

LossTerm energy_term(const std::string& loss, double weight) {
  return {"auxiliary", loss, loss, weight, Target::condition, "energy", 100, {}};
}

LossTerm sum_term(double weight) {
  return {"ecal", "mape", "mape", weight, Target::cell_sum, {}, 100, {}};
}

/// Two images with everything that is expected of them.
struct Case {
  std::vector<float> images = {0.5f, 1.5f, -1.0f, 2.0f};
  std::vector<float> labels = {1, 0};
  std::vector<float> conditions = {1.5f, 250, 1.25f, 50};
  std::vector<float> cell_sums = {4, 0.5f};
  bool generator = false;

  Expectation expectation() const { return {labels, conditions, cell_sums, generator}; }
};

struct Result {
  std::vector<double> means;
  std::vector<float> gradient;  ///< of the images
};

Result judge(const std::vector<LossTerm>& terms, const Case& input, std::int64_t batch = 2) {
  const nn::Graph graph = discriminator();
  const CriticLoss loss(terms, graph, conditions);
  nn::Plan plan = nn::compile(graph, {nn::Mode::train_inputs, 2});
  const auto weights = plan.prepare(nn::initial_parameters(graph, 3));
  plan.set_input("image", input.images);
  plan.forward(*weights);
  Result result{std::vector<double>(terms.size()), std::vector<float>(4)};
  loss.apply(plan, input.expectation(), batch, result.means);
  plan.backward(*weights, {});
  plan.get_input_gradient("image", result.gradient);
  return result;
}

TEST(CriticLoss, GradientsAreThoseOfTheWeightedSumByFiniteDifferences) {
  const std::vector<LossTerm> terms = {label_term(2), energy_term("mse", 0.3), sum_term(0.01)};
  const CriticLoss loss(terms, discriminator(), conditions);
  const Case input;
  const Result result = judge(terms, input);
  const float h = 0x1p-6f;
  for (std::size_t i = 0; i < 4; ++i) {
    Case low = input;
    Case high = input;
    low.images[i] -= h;
    high.images[i] += h;
    const double slope =
        (loss.total(judge(terms, high).means) - loss.total(judge(terms, low).means)) /
        (2 * static_cast<double>(h));
    EXPECT_NEAR(static_cast<double>(result.gradient[i]), slope, 2e-4 * (1 + std::abs(slope))) << i;
  }
}

TEST(CriticLoss, MeansAreThoseOfTheTermsWithoutTheirWeights) {
  const Result result = judge({sum_term(7)}, Case{});
  // 4 and 0.5 are expected; the sums are 2 and 1.
  EXPECT_NEAR(result.means[0], (50.0 + 100.0) / 2, 1e-4);
}

TEST(CriticLoss, WeightsScaleGradients) {
  const Result once = judge({energy_term("mape", 1)}, Case{});
  const Result twice = judge({energy_term("mape", 2)}, Case{});
  for (std::size_t i = 0; i < 4; ++i) EXPECT_FLOAT_EQ(twice.gradient[i], 2 * once.gradient[i]);
}

TEST(CriticLoss, AShardCountsByItsShareOfTheBatch) {
  const Result whole = judge({label_term(1)}, Case{});
  const Result part = judge({label_term(1)}, Case{}, 8);
  EXPECT_NEAR(part.means[0], whole.means[0] / 4, 1e-12);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_FLOAT_EQ(part.gradient[i], whole.gradient[i] / 4);
}

TEST(CriticLoss, UpdatesOfTheGeneratorHaveALossOfTheirOwn) {
  LossTerm term = energy_term("mse", 1);
  term.generator_loss = "mae";
  Case input;
  const double critic = judge({term}, input).means[0];
  input.generator = true;
  EXPECT_EQ(judge({term}, input).means[0], judge({energy_term("mae", 1)}, input).means[0]);
  EXPECT_NE(judge({term}, input).means[0], critic);
}

TEST(CriticLoss, TheConditionIsFoundByItsNameAndDividedByTheUnit) {
  Case input;
  const double here = judge({energy_term("mse", 1)}, input).means[0];
  input.conditions[0] = 1.75f;  // theta
  EXPECT_EQ(judge({energy_term("mse", 1)}, input).means[0], here);
  LossTerm doubled = energy_term("mse", 1);
  doubled.unit = 200;
  input.conditions[1] *= 2;
  input.conditions[3] *= 2;
  EXPECT_EQ(judge({doubled}, input).means[0], here);
}

TEST(CriticLoss, TotalIsTheWeightedSum) {
  const CriticLoss loss({label_term(2), energy_term("mse", 0.5)}, discriminator(), conditions);
  EXPECT_EQ(loss.size(), 2u);
  EXPECT_EQ(loss.term(1), energy_term("mse", 0.5));
  EXPECT_EQ(loss.total(std::vector<double>{3, 10}), 11);
}

TEST(CriticLoss, ExpectedCellSumIsThePolynomialOfTheEnergy) {
  LossTerm term = sum_term(1);
  term.polynomial = {0, 2.21, -0.28, 0.11, -0.023, 0.0018};
  EXPECT_NEAR(expected_cell_sum(term, 100), 2.0188, 1e-12);
  EXPECT_NEAR(expected_cell_sum(term, 300),
              2.21 * 3 - 0.28 * 9 + 0.11 * 27 - 0.023 * 81 + 0.0018 * 243, 1e-12);
  EXPECT_EQ(expected_cell_sum(term, 0), 0);
}

std::string error_of(const LossTerm& term) {
  return input_error([&] { CriticLoss({term}, discriminator(), conditions); });
}

TEST(CriticLoss, AnOutputThatTheDiscriminatorLacksIsRefused) {
  LossTerm term = label_term(1);
  term.output = "judgement";
  EXPECT_EQ(error_of(term),
            "the discriminator has no output 'judgement'; its outputs are generation, auxiliary, "
            "ecal, image");
}

TEST(CriticLoss, AnOutputOfSeveralNumbersIsRefused) {
  LossTerm term = label_term(1);
  term.output = "image";
  EXPECT_EQ(error_of(term),
            "a loss is asked of the discriminator's output 'image' (it has 2 numbers per shower); "
            "losses compare one number");
}

TEST(CriticLoss, AConditionThatTheModelLacksIsRefused) {
  LossTerm term = energy_term("mse", 1);
  term.condition = "phi";
  EXPECT_EQ(error_of(term), "the model has no condition 'phi' (target of the loss of 'auxiliary')");
}

TEST(CriticLoss, AnUnknownLossIsRefused) {
  LossTerm term = energy_term("mse", 1);
  term.loss = "meanness";
  EXPECT_NE(error_of(term).find("'meanness'"), std::string::npos) << error_of(term);
  term = energy_term("mse", 1);
  term.generator_loss = "meanness";
  EXPECT_NE(error_of(term).find("'meanness'"), std::string::npos) << error_of(term);
}

}  // namespace
}  // namespace showergan::gan
