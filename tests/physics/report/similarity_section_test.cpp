#include "physics/report/similarity_section.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

/// Pairs at 10 and at 90 GeV, whose candidates are less like the reference by `gap`.
Similarities pairs(double gap) {
  Similarities pairs;
  pairs.energy = {10, 10, 90, 90};
  pairs.partner = {0.8, 0.9, 0.6, 0.7};
  pairs.other = pairs.partner;
  for (const double partner : pairs.partner) pairs.candidate.push_back(partner - gap);
  return pairs;
}

const std::vector<double> kEnergies = {0, 100};

TEST(SimilaritySection, DrawsDistributionsAndMeansAgainstEnergy) {
  const Similarities near = pairs(0.1);
  const Similarities far = pairs(0.3);
  const auto section = similarity_section({&near, &far}, {"mc", {"a", "b"}}, EnergyBins(kEnergies));
  ASSERT_EQ(section.figures.size(), 1u);
  const auto& figure = std::get<Figure>(section.figures[0]);
  EXPECT_EQ(figure.candidate_labels, (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(figure.panels.size(), 2u);
  EXPECT_EQ(figure.panels[0].candidates.size(), 2u);
  double entries = 0;
  for (const double percent : figure.panels[0].candidates[1].y) entries += percent;
  EXPECT_NEAR(entries, 100, 1e-9) << "what lies outside counts in the end bins";
  const Panel& means = figure.panels[1];
  ASSERT_EQ(means.reference.x, (std::vector<double>{15, 95}));
  EXPECT_NEAR(means.reference.y[0], 0.85, 1e-12);
  EXPECT_NEAR(means.reference.y[1], 0.65, 1e-12);
  EXPECT_NEAR(means.reference.error[0], means.reference.error[1], 1e-12);
  EXPECT_GT(means.reference.error[0], 0);
  EXPECT_NEAR(means.candidates[1].y[0], 0.55, 1e-12);
}

TEST(SimilaritySection, SaysWhyThereIsNone) {
  const Similarities some = pairs(0.1);
  Similarities none;
  none.reason = "too few showers of equal energy";
  const auto section =
      similarity_section({&some, &none}, {"mc", {"a", "b"}}, EnergyBins(kEnergies));
  EXPECT_TRUE(section.figures.empty());
  EXPECT_EQ(section.text, "No structural similarities: too few showers of equal energy.");
}

}  // namespace
}  // namespace showergan::physics
