// validate with files in the CaloChallenge layout.

#include <algorithm>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "simulation_folder.hpp"
#include "store/binning.hpp"
#include "store/shower_reader.hpp"
#include "store/shower_writer.hpp"

namespace showergan {
namespace {

using test::CommandResult;
using test::run_showergan;

constexpr char mesh[] = R"(<Bins><Bin pid="11" name="electron">
  <Layer id="0" r_edges="0,5,10,30" n_bin_alpha="1"/>
  <Layer id="1" r_edges="0,2,5,9,30" n_bin_alpha="8"/>
  <Layer id="2" r_edges="0,4,12,30" n_bin_alpha="6"/>
</Bin></Bins>)";

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// mc.h5 and same.h5: showers of one kind at the same energies.
class ValidateCaloChallenge : public test::SimulationFolder {
 protected:
  ValidateCaloChallenge() {
    std::ofstream(file("small.toml")) << R"(name = "small"
width = [60, 60]
[grid]
cells = [3, 3, 3]
cell_size = [20, 20]
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
    std::ofstream(file("mesh.xml")) << mesh;
    EXPECT_EQ(simulate(detector() + binning() + "-n 300 -e 0.2:1 --seed 1", "mc.h5").status, 0);
    EXPECT_EQ(simulate(detector() + binning() + like("mc.h5") + "--seed 2", "same.h5").status, 0);
  }
  std::string path(const std::string& name) const { return "'" + file(name).string() + "' "; }
  std::string detector() const { return "-d " + path("small.toml"); }
  std::string binning() const { return "--binning " + path("mesh.xml"); }
  std::string like(const std::string& name) const { return "--like " + path(name); }

  /// A copy of same.h5 with all voxels of a layer times a factor.
  void distort(const std::string& name, std::size_t layer, float factor) const {
    const ShowerReader reader(file("same.h5"));
    ShowerBatch batch = reader.read(0, reader.size());
    const auto depth = static_cast<std::size_t>(batch.grid.nz);
    for (std::size_t i = layer; i < batch.cells.size(); i += depth) batch.cells[i] *= factor;
    WriteOptions options;
    options.calochallenge = true;
    options.binning = read_binning(file("mesh.xml"));
    options.axes = reader.axes();
    ShowerWriter writer(file(name), batch.grid, options);
    writer.write(batch);
    writer.finish();
  }
  CommandResult validate(const std::string& candidate, const std::string& more = "",
                         const std::string& before = "") const {
    return run_showergan("validate -q --classifiers none --reference " + path("mc.h5") +
                             "--candidate " + path(candidate) + more,
                         before);
  }
  /// Of a report without figures, which take long.
  nlohmann::json metrics(const std::string& candidate) const {
    const CommandResult result =
        validate(candidate, "-o " + path("report-" + candidate), "PATH=/nowhere");
    EXPECT_EQ(result.status, 0) << result.errors;
    return nlohmann::json::parse(text_of(file("report-" + candidate) / "metrics.json"))["metrics"];
  }
};

TEST_F(ValidateCaloChallenge, ADistortedLayerIsSeenInThatLayer) {
  distort("hot.h5", 1, 3);
  const auto same = metrics("same.h5");
  const auto hot = metrics("hot.h5");
  const auto value = [](const nlohmann::json& all, const char* name, const char* what) {
    return all[name][what].get<double>();
  };
  const char* layer = "separation_power[e_layer_1]";
  EXPECT_LT(value(same, layer, "value"), 3 * value(same, layer, "floor"));
  EXPECT_GT(value(hot, layer, "value"), 2 * value(same, layer, "value"));
  EXPECT_EQ(hot["separation_power[e_layer_2]"], same["separation_power[e_layer_2]"]);
  EXPECT_EQ(hot["separation_power[centre_eta_1]"]["value"],
            same["separation_power[centre_eta_1]"]["value"]);
  EXPECT_FALSE(hot.contains("separation_power[centre_eta_0]")) << "layer 0 has no sectors";
  EXPECT_GT(value(hot, "fpd", "value"), value(same, "fpd", "value"));
}

TEST_F(ValidateCaloChallenge, TheReportHasTheProtocol) {
  ASSERT_EQ(validate("same.h5", "-o " + path("report-same.h5")).status, 0);
  const std::string page = text_of(file("report-same.h5") / "index.html");
  for (const char* part : {"Separation powers", "Centres and widths", "Sparsity and radius",
                           "CaloChallenge layout, 53 voxels in 3 layers"}) {
    EXPECT_TRUE(holds(page, part)) << part;
  }
  EXPECT_FALSE(holds(page, "separation_power[e_layer_1]")) << "that is a detail";
  const std::string curves = text_of(file("report-same.h5") / "histograms.json");
  EXPECT_TRUE(holds(curves, "calochallenge_layer_energies"));
}

TEST_F(ValidateCaloChallenge, LimitsHoldForSingleLayers) {
  distort("hot.h5", 1, 3);
  std::ofstream(file("limits.toml")) << "\"separation_power[e_layer_1]\" = { value = 0.1 }\n";
  const std::string limits = "--require " + path("limits.toml");
  EXPECT_EQ(validate("same.h5", limits).status, 0);
  const CommandResult broken = validate("hot.h5", limits);
  EXPECT_EQ(broken.status, 1);
  EXPECT_TRUE(holds(broken.output, "FAILED hot: separation_power[e_layer_1]: value 0."))
      << broken.output;
}

TEST_F(ValidateCaloChallenge, WhatDoesNotFitIsOneLine) {
  const auto refused = [&](const CommandResult& result, const std::string& part) {
    EXPECT_EQ(result.status, 2) << result.output;
    EXPECT_TRUE(holds(result.errors, part)) << result.errors;
    EXPECT_EQ(std::ranges::count(result.errors, '\n'), 1) << result.errors;
  };
  ASSERT_EQ(simulate(detector() + "-n 3 -e 1", "cells.h5").status, 0);
  refused(validate("cells.h5"), "the files are in different layouts");
  refused(validate("same.h5", "--library " + path("mc.h5")), "--library is not for files in");
  std::string other = mesh;
  other.replace(other.find("0,4,12"), 6, "0,5,12");
  std::ofstream(file("same.binning.xml")) << other;
  refused(validate("same.h5"), "the files have different binnings");
  std::filesystem::remove(file("same.binning.xml"));
  refused(validate("same.h5"), "needs its binning");
  EXPECT_EQ(validate("same.h5", binning()).status, 0) << "--binning is for all files";
  refused(validate("same.h5", binning() + "--voxel-threshold 1e6"), "no voxel of the reference");
}

}  // namespace
}  // namespace showergan
