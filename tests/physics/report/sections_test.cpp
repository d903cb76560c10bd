#include "physics/report/sections.hpp"

#include <set>

#include <gtest/gtest.h>

#include "physics/toy_showers.hpp"

namespace showergan::physics {
namespace {

class Sections : public testing::Test {
 protected:
  DrawnSets sets() const {
    return {{Sample(reference_), Sample(candidate_), Sample(reference_)}, {"mc", {"a", "b"}}};
  }
  ShowerSet reference_ = test::measured(test::toy_showers(1, test::toy_energies(1, 400)));
  ShowerSet candidate_ = test::measured(test::toy_showers(2, test::toy_energies(2, 400)));
};

TEST_F(Sections, HaveFiguresOfDifferentNames) {
  std::set<std::string> names;
  std::size_t count = 0;
  for (const ReportSection& section : sections_of(sets())) {
    EXPECT_FALSE(section.figures.empty()) << section.title;
    for (const AnyFigure& figure : section.figures) {
      names.insert(name_of(figure));
      ++count;
      EXPECT_FALSE(title_of(figure).empty());
    }
  }
  EXPECT_EQ(names.size(), count);
  for (const char* name :
       {"energy", "longitudinal", "longitudinal_energies", "lateral", "radial", "moments",
        "moments_fixed_energy", "thirds", "hits", "spectrum", "sparsity", "hottest_cell",
        "layer_energies", "layer_shapes", "correlation", "correlation_2"}) {
    EXPECT_EQ(names.count(name), 1u) << name;
  }
}

TEST_F(Sections, EveryPanelHasACurveOfEachSet) {
  for (const ReportSection& section : sections_of(sets())) {
    for (const AnyFigure& any : section.figures) {
      const auto* figure = std::get_if<Figure>(&any);
      if (figure == nullptr) continue;
      for (const Panel& panel : figure->panels) {
        EXPECT_FALSE(panel.reference.x.empty()) << figure->name << ": " << panel.title;
        ASSERT_EQ(panel.candidates.size(), 2u) << figure->name;
        EXPECT_EQ(panel.candidates[1].y, panel.reference.y) << figure->name;
      }
    }
  }
}

TEST_F(Sections, EnergiesAreShownInThreeBins) {
  const auto profiles = profile_sections(sets());
  const auto& figure = std::get<Figure>(profiles.at(0).figures.at(1));
  EXPECT_EQ(figure.name, "longitudinal_energies");
  ASSERT_EQ(figure.panels.size(), 6u);
  EXPECT_FALSE(figure.panels[0].log_y);
  EXPECT_TRUE(figure.panels[3].log_y);
  const auto energy = [](const Panel& panel) {
    double sum = 0;
    for (const double y : panel.reference.y) sum += y;
    return sum;
  };
  EXPECT_LT(2 * energy(figure.panels[0]), energy(figure.panels[2]));
}

TEST_F(Sections, OfOneEnergyHaveOneBin) {
  const ShowerSet one = test::measured(test::toy_showers(1, std::vector<float>(60, 50.0f)));
  const DrawnSets sets({Sample(one), Sample(one)}, {"mc", {"a"}});
  EXPECT_EQ(std::get<Figure>(profile_sections(sets)[0].figures[1]).panels.size(), 2u);
  EXPECT_EQ(std::get<Figure>(energy_section(sets).figures[0]).panels[0].reference.x.size(), 1u);
}

TEST_F(Sections, CorrelationsHaveAUnitDiagonal) {
  const DrawnSets same({Sample(reference_), Sample(reference_)}, {"a", {"b"}});
  const auto figure = std::get<MatrixFigure>(correlation_section(same).figures.at(0));
  ASSERT_EQ(figure.labels.size(), 12u);
  ASSERT_EQ(figure.matrices.size(), 3u);
  EXPECT_NEAR(figure.matrices[0].values[13], 1, 1e-12);
  EXPECT_EQ(figure.matrices[2].values[5], 0);
  EXPECT_EQ(figure.matrices[2].range, 0.1);
}

TEST_F(Sections, OfTheSummaryShowTheComparedBins) {
  const ShowerSet set = test::measured(test::toy_showers(1, test::toy_energies(1, 1000)));
  const SummaryComparison comparison = compare_with_summary(summarize(set, "toy"), set);
  const auto sections = sections_of(comparison, set, {"Monte Carlo", {"candidate"}});
  ASSERT_EQ(sections.size(), 2u);
  EXPECT_EQ(std::get<Figure>(sections[0].figures[0]).panels[0].candidates[0].x.size(), 10u);
  const auto& profile = std::get<Figure>(sections[1].figures[0]);
  EXPECT_EQ(profile.name, "longitudinal");
  for (std::size_t z = 0; z < 10; ++z) {
    EXPECT_NEAR(profile.panels[0].reference.y[z], profile.panels[0].candidates[0].y[z], 1e-6);
  }
}

}  // namespace
}  // namespace showergan::physics
