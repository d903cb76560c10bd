// simulate with a CaloChallenge binning.

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "simulation_folder.hpp"
#include "store/binning.hpp"
#include "store/named_arrays.hpp"

namespace showergan {
namespace {

using test::CommandResult;

/// Layers that are cut differently, with one without voxels, as in data set 1.
constexpr char irregular[] = R"(<Bins><Bin pid="22" name="photon">
  <Layer id="0" r_edges="0,5,10,200" n_bin_alpha="1"/>
  <Layer id="1" r_edges="0,2,4,6,200" n_bin_alpha="10"/>
  <Layer id="2" r_edges="0" n_bin_alpha="1"/>
  <Layer id="12" r_edges="0,200" n_bin_alpha="3"/>
</Bin></Bins>)";

class SimulateMesh : public test::SimulationFolder {
 protected:
  SimulateMesh() {
    std::ofstream(file("small.toml")) << R"(name = "small"
width = [60, 60]
[grid]
cells = [3, 3, 3]
cell_size = [40, 40]
[materials.Si]
density = 2.33
elements = { Si = 1.0 }
[materials.W]
density = 19.3
elements = { W = 1.0 }
[[layers]]
repeat = 3
slabs = [{ material = "W", thickness = 7, absorber = true }, { material = "Si", thickness = 0.5, sensitive = true }]
)";
    std::ofstream(file("mesh.xml")) << irregular;
  }

  std::string small() const { return "-d '" + file("small.toml").string() + "' "; }
  std::string mesh(const std::string& name = "mesh.xml") const {
    return small() + "--binning '" + file(name).string() + "' ";
  }
};

TEST_F(SimulateMesh, WritesTheCaloChallengeLayout) {
  ASSERT_EQ(simulate(mesh() + "-n 5 -e 1:2", "a.h5").status, 0);
  const NamedArray showers = read_named_array(file("a.h5"), "showers");
  const NamedArray energies = read_named_array(file("a.h5"), "incident_energies");
  EXPECT_EQ(showers.shape, (std::vector<std::int64_t>{5, 3 + 40 + 3}));
  EXPECT_EQ(energies.shape, (std::vector<std::int64_t>{5, 1}));
  EXPECT_GE(std::ranges::min(energies.values), 1000) << "MeV";
  EXPECT_LE(std::ranges::max(energies.values), 2000);
  EXPECT_EQ(binning_xml(read_binning(file("a.binning.xml"))),
            binning_xml(read_binning(file("mesh.xml"))));
  const ShowerReader reader(file("a.h5"));
  EXPECT_EQ(reader.layout(), ShowerLayout::calochallenge);
  EXPECT_EQ(reader.axes(), "radius, angle, layer");
  EXPECT_EQ(reader.provenance().detector, "small");
}

/// What each shower shows in each of 3 layers, GeV.
std::vector<double> by_layer(const ShowerBatch& batch) {
  std::vector<double> sums;
  for (std::int64_t i = 0; i < batch.size(); ++i) {
    double layers[3] = {};
    const std::span<const float> image = batch.shower(i);
    for (std::size_t k = 0; k < image.size(); ++k) layers[k % 3] += static_cast<double>(image[k]);
    sums.insert(sums.end(), layers, layers + 3);
  }
  return sums;
}

TEST_F(SimulateMesh, ShowsTheShowersOfTheCells) {
  const std::string primaries = "-n 12 -e 1:2 --theta 0:0.6 --phi -3:3";
  ASSERT_EQ(simulate(small() + primaries, "cells.h5").status, 0);
  ASSERT_EQ(simulate(mesh() + primaries, "mesh.h5").status, 0);
  const ShowerBatch cells = showers_of("cells.h5");
  const ShowerBatch rings = showers_of("mesh.h5");
  EXPECT_EQ(rings.grid, (Grid{4, 10, 3}));
  EXPECT_EQ(rings.theta, cells.theta);
  EXPECT_EQ(rings.impact_x, cells.impact_x);
  EXPECT_EQ(rings.impact_y, cells.impact_y);
  const std::vector<double> expected = by_layer(cells);
  const std::vector<double> got = by_layer(rings);
  for (std::size_t i = 0; i < 12; ++i) EXPECT_FLOAT_EQ(rings.escaped[i], cells.escaped[i]);
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_NEAR(got[i], expected[i], 1e-5 * expected[i]) << i;
  }
}

TEST_F(SimulateMesh, TheSameShowersForAnyNumberOfThreadsAndAfterABreak) {
  const std::string run = mesh() + "-e 1:2 --theta 0.2 --impact-spread 3 ";
  ASSERT_EQ(simulate(run + "-n 11 -t 1", "one.h5").status, 0);
  ASSERT_EQ(simulate(run + "-n 11 -t 3", "three.h5").status, 0);
  ASSERT_EQ(simulate(run + "-n 4", "part.h5").status, 0);
  const CommandResult resumed = simulate(run + "-n 11 --resume", "part.h5");
  ASSERT_EQ(resumed.status, 0) << resumed.errors;
  for (const char* name : {"showers", "incident_energies", "escaped", "impact_x"}) {
    const std::vector<float> expected = read_named_array(file("one.h5"), name).values;
    EXPECT_EQ(read_named_array(file("three.h5"), name).values, expected) << name;
    EXPECT_EQ(read_named_array(file("part.h5"), name).values, expected) << name;
  }
}

TEST_F(SimulateMesh, RefusesToResumeInAnotherMesh) {
  const std::string run = "-n 3 -e 1 ";
  ASSERT_EQ(simulate(mesh() + run, "run.h5").status, 0);
  std::string other = irregular;
  other.replace(other.find("0,5,10"), 6, "0,4,10");
  std::ofstream(file("other.xml")) << other;
  const CommandResult another = simulate(mesh("other.xml") + run + "--resume", "run.h5");
  EXPECT_EQ(another.status, 2);
  EXPECT_NE(another.errors.find("binning is another"), std::string::npos) << another.errors;
  const CommandResult cells = simulate(small() + run + "--resume", "run.h5");
  EXPECT_EQ(cells.status, 2);
  EXPECT_NE(cells.errors.find("layout is CaloChallenge"), std::string::npos) << cells.errors;
}

TEST_F(SimulateMesh, LikeTakesThePrimariesOfACaloChallengeFile) {
  ASSERT_EQ(simulate(mesh() + "-n 6 -e 1:2 --theta 0.1:0.5 --impact 2,3", "first.h5").status, 0);
  const std::string like = "--like '" + file("first.h5").string() + "' ";
  ASSERT_EQ(simulate(small() + like + "-n 3", "cells.h5").status, 0);
  ASSERT_EQ(simulate(small() + like + "--resume", "cells.h5").status, 0);
  std::filesystem::rename(file("first.binning.xml"), file("elsewhere.xml"));
  ASSERT_EQ(simulate(mesh() + like + "-n 3", "mesh.h5").status, 0);
  ASSERT_EQ(simulate(mesh() + like + "--resume", "mesh.h5").status, 0);
  const ShowerBatch cells = showers_of("cells.h5");
  const ShowerBatch rings = showers_of("mesh.h5");
  ASSERT_EQ(cells.size(), 6);
  EXPECT_EQ(cells.theta, rings.theta);
  EXPECT_EQ(cells.impact_x, std::vector<float>(6, 2.0F));
  EXPECT_EQ(rings.impact_y, std::vector<float>(6, 3.0F));
  const std::vector<float> first = read_named_array(file("first.h5"), "incident_energies").values;
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_FLOAT_EQ(1000 * cells.energy[i], first[i]);
    EXPECT_FLOAT_EQ(1000 * rings.energy[i], first[i]);
  }
}

TEST_F(SimulateMesh, TakesTheParticleThatIsNamed) {
  std::string two = irregular;
  two.insert(two.find("</Bins>"),
             "<Bin pid='211' name='pion'><Layer id='0' r_edges='0,9' n_bin_alpha='1'/>"
             "<Layer id='1' r_edges='0,9' n_bin_alpha='1'/>"
             "<Layer id='2' r_edges='0,9' n_bin_alpha='1'/></Bin>");
  std::ofstream(file("two.xml")) << two;
  ASSERT_EQ(simulate(mesh("two.xml") + "-n 1 -e 1 --particle-name pion", "a.h5").status, 0);
  EXPECT_EQ(showers_of("a.h5").grid, (Grid{1, 1, 3}));
  expect_refused(mesh("two.xml") + "-n 1 -e 1", "describes more than one particle");
  expect_refused(mesh("two.xml") + "-n 1 -e 1 --particle-name muon", "no particle 'muon'");
  expect_refused(small() + "-n 1 -e 1 --particle-name pion", "--binning");
}

TEST_F(SimulateMesh, MustHaveTheLayersOfTheDetector) {
  expect_refused("-n 1 -e 1 --binning '" + file("mesh.xml").string() + "'",
                 "the binning has 3 layers with voxels, but the detector clic-ecal has 25");
  expect_refused(small() + "-n 1 -e 1 --binning none.xml", "cannot read the binning 'none.xml'");
}

TEST_F(SimulateMesh, GoesWhereThereAreNoCells) {
  describe_box(file("box.toml"), 0.1);
  std::ofstream(file("ring.xml")) << binning_xml({"electron", {{0, {0, 1}, 1}}});
  const std::string run = "-n 5 -e 1 -d '" + file("box.toml").string() + "' --impact 100,-200 ";
  expect_refused(run, "beside the detector's cells");
  ASSERT_EQ(simulate(run + "--binning '" + file("ring.xml").string() + "'", "a.h5").status, 0);
  for (const float voxel : showers_of("a.h5").cells) EXPECT_GT(voxel, 0);
  expect_refused(mesh() + "-n 1 -e 1 --impact 31,0", "beside the detector; stay within 60 x 60");
}

}  // namespace
}  // namespace showergan
