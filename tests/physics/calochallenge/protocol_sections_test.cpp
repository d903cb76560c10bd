#include "physics/calochallenge/protocol_sections.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "physics/calochallenge/compare_voxels.hpp"
#include "physics/calochallenge/synthetic_voxels.hpp"

namespace showergan::physics {
namespace {

class ProtocolSections : public testing::Test {
 protected:
  ProtocolSections() {
    candidates_.push_back(
        {"gan", &candidate_, compare_voxels(reference_, candidate_, {.threads = 2}).metrics});
  }
  std::vector<ReportSection> sections() const {
    return protocol_sections(DrawnVoxels(reference_, "Monte Carlo", candidates_));
  }
  const ShowerBatch batch_ = test::synthetic_voxels(1, 200, 1, 0);
  const VoxelSet reference_ = test::measured_voxels(batch_, batch_);
  const VoxelSet candidate_ = test::measured_voxels(test::synthetic_voxels(2, 200, 1, 0.3), batch_);
  std::vector<DrawnCandidate> candidates_;
};

TEST_F(ProtocolSections, DrawEverySetInEveryPanel) {
  std::set<std::string> names;
  std::size_t figures = 0;
  for (const ReportSection& section : sections()) {
    for (const AnyFigure& any : section.figures) {
      const auto& figure = std::get<Figure>(any);
      names.insert(figure.name);
      ++figures;
      EXPECT_EQ(figure.candidate_labels, std::vector<std::string>{"gan"});
      EXPECT_FALSE(figure.panels.empty()) << figure.name;
      for (const Panel& panel : figure.panels) {
        EXPECT_FALSE(panel.reference.x.empty()) << figure.name << ": " << panel.title;
        ASSERT_EQ(panel.candidates.size(), 1u);
        EXPECT_EQ(panel.candidates[0].x, panel.reference.x) << panel.title;
      }
    }
  }
  EXPECT_EQ(names.size(), figures) << "names differ";
}

TEST_F(ProtocolSections, HistogramsAreInPercentOfWhatIsCounted) {
  const DrawnVoxels drawn(reference_, "Monte Carlo", candidates_);
  const Panel panel = drawn.histogram(
      binned_observable(reference_, protocol_observables(reference_)[0]), "title", "x");
  double sum = 0;
  for (const double y : panel.reference.y) sum += y;
  EXPECT_NEAR(sum, 100, 1e-9);
  EXPECT_FALSE(panel.log_x);
  EXPECT_TRUE(drawn.histogram(binned_voxels(reference_), "title", "x").log_x);
}

TEST_F(ProtocolSections, LayersWithoutSectorsHaveNoCentre) {
  const DrawnVoxels drawn(reference_, "Monte Carlo", candidates_);
  EXPECT_EQ(drawn.by_layer(LayerQuantity::centre_eta, false, "", "").reference.x,
            (std::vector<double>{1, 2, 12}));
  EXPECT_EQ(drawn.by_layer(LayerQuantity::energy, false, "", "").reference.x,
            (std::vector<double>{0, 1, 2, 12}));
  EXPECT_EQ(drawn.separations(LayerQuantity::energy, "").reference.x,
            (std::vector<double>{0, 1, 2, 12}));
}

}  // namespace
}  // namespace showergan::physics
