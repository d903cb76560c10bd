#include <fstream>

#include <gtest/gtest.h>

#include "shower/detector.hpp"
#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

constexpr char small[] = R"(name = "small"
behind = [{ material = "Lead", thickness = 10 }]
[grid]
cells = [3, 4, 2]
cell_size = [5.0, 6.0]
[materials.Lead]
density = 11.35
radiation_length = 5.6
elements = { Pb = 1.0 }
[materials.Si]
density = 2.33
elements = { Si = 0.9995 }
[[layers]]
repeat = 2
slabs = [
  { material = "Lead", thickness = 3, absorber = true },
  { material = "Si", thickness = 0.5, sensitive = true },
]
)";

/// Loads a description given as text; `FILE` in error messages stands for its path.
class DetectorFile : public ::testing::Test {
 protected:
  Detector load(const std::string& text) {
    std::ofstream(path()) << text;
    return load_detector(path());
  }

  std::string error_of(const std::string& text) {
    std::string message = test::input_error([&] { load(text); });
    const std::size_t at = message.find(path());
    if (at != std::string::npos) message.replace(at, path().size(), "FILE");
    return message;
  }

  /// `small` with one part replaced.
  static std::string changed(const std::string& from, const std::string& to) {
    std::string text = small;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }

  std::string path() const { return folder_ / "small.toml"; }

  test::TemporaryFolder folder_;
};

TEST_F(DetectorFile, ReadsADescription) {
  const Detector detector = load(small);
  EXPECT_EQ(detector.name, "small");
  EXPECT_EQ(detector.grid, (Grid{3, 4, 2}));
  EXPECT_EQ(detector.cell_x, 5.0);
  EXPECT_EQ(detector.cell_y, 6.0);
  EXPECT_EQ(detector.readout_threshold, 1e-6);
  ASSERT_EQ(detector.layers.size(), 2U);
  EXPECT_TRUE(detector.layers[1].slabs[0].absorber);
  EXPECT_FALSE(detector.layers[1].slabs[0].sensitive);
  EXPECT_TRUE(detector.layers[1].slabs[1].sensitive);
  EXPECT_EQ(detector.materials.at("Lead").radiation_length, 5.6);
  EXPECT_EQ(detector.materials.at("Si").radiation_length, 0.0);
  EXPECT_EQ(detector.behind.size(), 1U);
  EXPECT_EQ(detector.width_x, 10000.0) << "as good as endless";
  EXPECT_EQ(detector.width_y, 10000.0);
  EXPECT_EQ(detector.materials.at("Si").birks, 0.0) << "no scintillator";
}

TEST_F(DetectorFile, ReadsWidthAndBirksConstant) {
  const Detector detector = load("width = [600, 500.5]\n" + changed("2.33", "2.33\nbirks = 0.126"));
  EXPECT_EQ(detector.width_x, 600.0);
  EXPECT_EQ(detector.width_y, 500.5);
  EXPECT_EQ(detector.materials.at("Si").birks, 0.126);
  EXPECT_EQ(detector.materials.at("Lead").birks, 0.0);
  const std::string text = small;
  EXPECT_EQ(error_of("width = [600]\n" + text), "width has 1 elements instead of 2 (FILE, line 1)");
  EXPECT_EQ(error_of("width = 600\n" + text),
            "width is not a list (FILE, line 1); write it in square brackets");
  EXPECT_EQ(error_of("width = [600, 0]\n" + text), "width must be greater than 0 (FILE, line 1)");
  EXPECT_EQ(error_of(changed("2.33", "2.33\nbirks = -1")),
            "materials.Si.birks must be greater than 0 (FILE, line 12)");
  EXPECT_EQ(error_of(changed("2.33", "2.33\nbirks = \"x\"")),
            "materials.Si.birks is not a number (FILE, line 12)");
}

TEST_F(DetectorFile, ScalesRoundedMassFractions) {
  EXPECT_DOUBLE_EQ(load(small).materials.at("Si").elements.at("Si"), 1.0);
}

TEST_F(DetectorFile, NamesTheLineOfBrokenToml) {
  const std::string text = error_of("name = \"x\"\ncells = [3, 4\n");
  EXPECT_EQ(text.find("the detector description is not valid TOML: "), 0U) << text;
  EXPECT_NE(text.find("(FILE, line "), std::string::npos) << text;
}

TEST_F(DetectorFile, NamesMissingKeys) {
  EXPECT_EQ(error_of(changed("name = \"small\"\n", "")), "name is missing (FILE, line 1)");
  EXPECT_EQ(error_of(changed("density = 11.35\n", "")),
            "materials.Lead.density is missing (FILE, line 6)");
  EXPECT_EQ(error_of(changed(", thickness = 0.5", "")),
            "layers[0].slabs[1].thickness is missing (FILE, line 17)");
}

TEST_F(DetectorFile, NamesMisspeltKeys) {
  EXPECT_EQ(error_of(changed("cell_size", "cellsize")),
            "grid.cellsize is not a known key (FILE, line 5); known here: cells, cell_size");
}

TEST_F(DetectorFile, NamesWrongTypes) {
  EXPECT_EQ(error_of(changed("\"small\"", "3")),
            "name is not a text (FILE, line 1); write it in quotes");
  EXPECT_EQ(error_of(changed("11.35", "\"heavy\"")),
            "materials.Lead.density is not a number (FILE, line 7)");
  EXPECT_EQ(error_of(changed("[3, 4, 2]", "[3, 4.5, 2]")),
            "grid.cells is not a whole number (FILE, line 4)");
  EXPECT_EQ(error_of(changed("[3, 4, 2]", "3")),
            "grid.cells is not a list (FILE, line 4); write it in square brackets");
  EXPECT_EQ(error_of(changed("absorber = true", "absorber = 1")),
            "layers[0].slabs[0].absorber is neither true nor false (FILE, line 16)");
  EXPECT_EQ(error_of("name = \"x\"\ngrid = 3\nmaterials = 1\nlayers = 1\n"),
            "grid is not a table (FILE, line 2)");
}

TEST_F(DetectorFile, NamesWrongNumbers) {
  EXPECT_EQ(error_of(changed("[3, 4, 2]", "[3, 4]")),
            "grid.cells has 2 elements instead of 3 (FILE, line 4)");
  EXPECT_EQ(error_of(changed("[3, 4, 2]", "[0, 4, 2]")),
            "grid.cells must be from 1 to 100000 (FILE, line 4)");
  EXPECT_EQ(error_of(changed("11.35", "-1")),
            "materials.Lead.density must be greater than 0 (FILE, line 7)");
  EXPECT_EQ(error_of(changed("11.35", "nan")),
            "materials.Lead.density must be greater than 0 (FILE, line 7)");
  EXPECT_EQ(error_of(changed("repeat = 2", "repeat = 0")),
            "layers[0].repeat must be from 1 to 100000 (FILE, line 14)");
}

TEST_F(DetectorFile, RefusesMoreCellsThanAFileMayHave) {
  EXPECT_EQ(error_of(changed("[3, 4, 2]", "[100000, 100000, 2]")),
            "grid.cells are more than 100000000 in all (FILE, line 4)");
}

TEST_F(DetectorFile, ChecksTheComposition) {
  EXPECT_EQ(error_of(changed("Pb = 1.0", "Lead = 1.0")),
            "materials.Lead.elements.Lead is not the symbol of an element (FILE, line 9)");
  EXPECT_EQ(error_of(changed("Pb = 1.0", "Pb = 0.5, Sn = 0.4")),
            "materials.Lead.elements.* add up to 0.9 instead of 1 (FILE, line 9); give mass "
            "fractions");
}

TEST_F(DetectorFile, ChecksTheLayers) {
  EXPECT_EQ(error_of(changed("material = \"Si\"", "material = \"Silicon\"")),
            "layers[0].slabs[1].material names 'Silicon', which is not described (FILE, line 17); "
            "add [materials.Silicon]");
  EXPECT_EQ(error_of(changed("repeat = 2", "repeat = 3")),
            "layers describe 3 layers, but grid.cells has 2 along z (FILE, line 13); make the two "
            "agree");
  EXPECT_EQ(error_of(changed(", sensitive = true", "")),
            "layers[0].slabs has no sensitive slab (FILE, line 15); mark one with sensitive = "
            "true");
}

TEST_F(DetectorFile, NamesAMissingFile) {
  EXPECT_EQ(test::input_error([] { load_detector("none.toml"); }),
            "cannot read the detector description 'none.toml'");
  EXPECT_NE(test::input_error([&] { load_detector(folder_.path()); }).find("cannot read"),
            std::string::npos);
}

TEST(FindDetector, KnowsTheClicCalorimeter) {
  const Detector detector = find_detector("clic-ecal");
  EXPECT_EQ(detector.name, "clic-ecal");
  EXPECT_EQ(detector.grid, (Grid{25, 25, 25}));
  EXPECT_EQ(detector.cell_x, 5.1);
  EXPECT_EQ(detector.cell_y, 5.1);
  double depth = 0;
  for (const Layer& layer : detector.layers) depth += layer.thickness();
  EXPECT_NEAR(depth, 129.2, 1e-9);
  const std::vector<double> weights = detector.layer_weights();
  for (std::size_t z = 0; z < 25; ++z) EXPECT_EQ(weights[z], z < 17 ? 1.0 : 2.0) << z;
  for (const auto& [name, material] : detector.materials) {
    double sum = 0;
    for (const auto& [symbol, fraction] : material.elements) sum += fraction;
    EXPECT_DOUBLE_EQ(sum, 1.0) << name;
  }
}

TEST(FindDetector, ListsTheKnownNames) {
  const std::string text = test::input_error([] { find_detector("atlas"); });
  EXPECT_EQ(text.find("nothing is called 'atlas' in detectors (known: "), 0U) << text;
  EXPECT_NE(text.find("clic-ecal"), std::string::npos) << text;
}

}  // namespace
}  // namespace showergan
