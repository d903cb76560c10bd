#include "montecarlo/shower_record.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "montecarlo/constants.hpp"
#include "small_detector.hpp"

namespace showergan::montecarlo {
namespace {

constexpr Plate sensitive{3.5, 4, 0, 2, true, 0};
constexpr Plate absorber{0, 3.5, 0, 2, false, 0};

class Record : public testing::Test {
 protected:
  double sum() const {
    return std::accumulate(record_.image().begin(), record_.image().end(), 0.0);
  }
  /// Of the cell [i][j][k] of 9 × 9 × 3.
  double cell(std::size_t i, std::size_t j, std::size_t k) const {
    return record_.image().at((i * 9 + j) * 3 + k);
  }

  Readout readout_{CellMap(test::sampling_calorimeter(3))};
  ShowerRecord record_{readout_};
};

TEST_F(Record, BeginsEmpty) {
  EXPECT_EQ(record_.image().size(), 9U * 9 * 3);
  EXPECT_EQ(sum(), 0);
  EXPECT_EQ(record_.deposited(), 0);
  EXPECT_EQ(record_.escaped(), 0);
}

TEST_F(Record, SeesWhatIsLeftInSensitivePlates) {
  record_.deposit(sensitive, {0, 9, 3.7}, 0.5);
  record_.deposit(sensitive, {1, 10, 3.9}, 0.25);
  EXPECT_EQ(cell(4, 5, 2), 0.75);
  record_.deposit(absorber, {0, 0, 1}, 4);
  EXPECT_EQ(sum(), 0.75);
  EXPECT_EQ(record_.deposited(), 4.75);
}

TEST_F(Record, ShowsTheVisibleEnergyAndCountsAllOfIt) {
  record_.deposit(sensitive, {0, 0, 3.7}, 1, 0.75);
  EXPECT_EQ(cell(4, 4, 2), 0.75);
  EXPECT_EQ(record_.deposited(), 1);
}

TEST_F(Record, CountsWhatIsBesideTheImage) {
  record_.deposit(sensitive, {36.5, 0, 3.7}, 2);
  record_.deposit(sensitive, {0, -1000, 3.7}, 1);
  EXPECT_EQ(sum(), 0);
  EXPECT_EQ(record_.deposited(), 3);
}

TEST_F(Record, APositronTakesWhatItsAnnihilationWouldGive) {
  record_.escape({ParticleKind::photon, 3, {}, {}});
  record_.escape({ParticleKind::electron, 2, {}, {}});
  EXPECT_EQ(record_.escaped(), 5);
  record_.escape({ParticleKind::positron, 1, {}, {}});
  EXPECT_DOUBLE_EQ(record_.escaped(), 6 + 2 * electron_mass);
}

TEST_F(Record, StartForgetsTheLastShower) {
  record_.deposit(sensitive, {0, 0, 3.7}, 1);
  record_.escape({ParticleKind::photon, 3, {}, {}});
  record_.start({{1, 2, 0}, {0, 0, 1}});
  EXPECT_EQ(record_.impact(), (Vector3{1, 2, 0}));
  EXPECT_EQ(sum(), 0);
  EXPECT_EQ(record_.deposited(), 0);
  EXPECT_EQ(record_.escaped(), 0);
}

TEST(RecordOfAMesh, IsAroundTheAxis) {
  const Readout readout(MeshMap({"", {{0, {0, 5}, 1}, {1, {0, 5}, 1}, {2, {0, 5, 10}, 1}}}));
  ShowerRecord record(readout);
  record.start({{100, 0, 0}, {0.6, 0, 0.8}});
  record.deposit(sensitive, {103, 0, 4}, 1);   // on the axis
  record.deposit(sensitive, {103, 7, 4}, 2);   // 7 mm beside it
  record.deposit(sensitive, {103, 11, 4}, 4);  // beyond the rings
  EXPECT_EQ(record.image(), (std::vector<double>{0, 0, 1, 0, 0, 2}));
  EXPECT_EQ(record.deposited(), 7);
}

}  // namespace
}  // namespace showergan::montecarlo
