#include "store/binning.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

class BinningTest : public ::testing::Test {
 protected:
  Binning read(const std::string& text) const {
    std::ofstream(path()) << text;
    return read_binning(path());
  }

  std::string error_of(const std::string& text) const {
    std::string message = test::input_error([&] { read(text); });
    const std::size_t at = message.find(path());
    return at == std::string::npos ? message : message.replace(at, path().size(), "FILE");
  }

  std::string path() const { return folder_ / "binning.xml"; }

  test::TemporaryFolder folder_;
};

TEST_F(BinningTest, ReadsTheShapeOfDataSet2) {
  std::string text = "<?xml version=\"1.0\"?>\n<Bins>\n<Bin pid=\"11\" name=\"electron\">\n";
  for (int id = 0; id < 45; ++id) {
    text += "<Layer id=\"" + std::to_string(id) +
            "\" r_edges=\"0,4.65,9.3,13.95,18.6,23.25,27.9,32.55,37.2,41.85\" "
            "n_bin_alpha=\"16\"/>\n";
  }
  const Binning binning = read(text + "</Bin>\n</Bins>\n");
  EXPECT_EQ(binning.particle, "electron");
  EXPECT_EQ(binning.voxels(), 6480);
  EXPECT_EQ(binning.grid(), (Grid{9, 16, 45}));
  EXPECT_EQ(binning.layers[44].id, 44);
}

TEST_F(BinningTest, LeavesOutLayersWithoutVoxels) {
  const Binning binning = read(
      "<Bins><Bin name='photon'><Layer id='0' r_edges='0,5,10' n_bin_alpha='1'/>"
      "<Layer id='1' r_edges='0,2,4,6' n_bin_alpha='10'/><Layer id='4' r_edges='0' "
      "n_bin_alpha='1'/><Layer id='12' r_edges='0,7' n_bin_alpha='1'/></Bin></Bins>");
  EXPECT_EQ(binning.grid(), (Grid{3, 10, 3}));
  EXPECT_EQ(binning.voxels(), 2 + 30 + 1);
  EXPECT_EQ(binning.layers[2].id, 12);
}

TEST_F(BinningTest, TakesTheParticleThatIsAskedFor) {
  std::ofstream(path())
      << "<Bins><Bin pid='22'><Layer id='0' r_edges='0,5' n_bin_alpha='1'/></Bin>"
         "<Bin pid='211' name='pion'><Layer id='0' r_edges='0,5' n_bin_alpha='7'/>"
         "</Bin></Bins>";
  EXPECT_EQ(read_binning(path(), "22").voxels(), 1);
  EXPECT_EQ(read_binning(path(), "22").particle, "");
  EXPECT_EQ(read_binning(path(), "pion").voxels(), 7);
  EXPECT_EQ(read_binning(path(), "211").particle, "pion");
  EXPECT_EQ(test::input_error([&] { read_binning(path(), "photon"); }),
            "the binning describes no particle 'photon' (" + path() +
                "); give the name or the pid of one of its <Bin>");
}

TEST_F(BinningTest, TextIsReadBack) {
  Binning binning;
  binning.particle = "pion";
  binning.layers = {{0, {0, 0.1, 1e-3 + 1, 20}, 7}, {3, {5, 6}, 1}};
  const Binning again = read(binning_xml(binning));
  EXPECT_EQ(again.particle, "pion");
  ASSERT_EQ(again.layers.size(), 2U);
  EXPECT_EQ(again.layers[0].r_edges, binning.layers[0].r_edges);
  EXPECT_EQ(again.layers[0].sectors, 7);
  EXPECT_EQ(again.layers[1].id, 3);
}

TEST_F(BinningTest, CartesianBinningHasTheGrid) {
  EXPECT_EQ(cartesian_binning({4, 3, 2}).grid(), (Grid{4, 3, 2}));
  EXPECT_EQ(cartesian_binning({4, 3, 2}).voxels(), 24);
}

TEST_F(BinningTest, PathIsBesideTheShowers) {
  EXPECT_EQ(binning_path("a/out.h5"), "a/out.binning.xml");
  EXPECT_EQ(binning_path("out"), "out.binning.xml");
}

TEST_F(BinningTest, NamesFileAndLine) {
  EXPECT_EQ(error_of("<Bins>\n<Bin>\n<Layer id=\"0\" r_edges=\"0,x\" n_bin_alpha=\"1\"/>"),
            "r_edges has 'x', which is not a number (FILE, line 3)");
  EXPECT_EQ(error_of("<Bins>\n<Layer id=\"0\" r_edges=\"0,1\"/>"),
            "<Layer> has no n_bin_alpha (FILE, line 2)");
  EXPECT_EQ(error_of("<Layer id=\"0\" r_edges=\"0,2,1\" n_bin_alpha=\"1\"/>"),
            "r_edges do not increase (FILE, line 1)");
  EXPECT_EQ(error_of("<Layer id=\"0\" r_edges=\"0,nan\" n_bin_alpha=\"1\"/>"),
            "r_edges are not all finite and positive (FILE, line 1)");
  EXPECT_EQ(error_of("<Layer id=\"0\" r_edges=\"\" n_bin_alpha=\"1\"/>"),
            "r_edges is empty (FILE, line 1)");
  EXPECT_EQ(error_of("<Layer id=\"0\" r_edges=\"0,1\" n_bin_alpha=\"0\"/>"),
            "n_bin_alpha is 0 (FILE, line 1)");
  EXPECT_EQ(error_of("<Layer id=0 r_edges=\"0,1\"/>"),
            "id of <Layer> has no value in quotes (FILE, line 1)");
  EXPECT_EQ(error_of("<Bins><Bin name='a'></Bin>\n<Bin name='b'></Bin></Bins>"),
            "the binning describes more than one particle (FILE, line 2); keep one <Bin> in the "
            "file");
}

TEST_F(BinningTest, NamesCutOffAndForeignText) {
  EXPECT_EQ(error_of("<Bins>\n<Layer id=\"0\" r_edges=\"0,"), "the XML is cut off (FILE, line 2)");
  EXPECT_EQ(error_of("<Bins>\n<!-- never"), "the XML is cut off (FILE, line 2)");
  EXPECT_EQ(error_of("<Bins><Bin>\n<Layer id='0' r_edges='0,1' n_bin_alpha='1'/>\n"),
            "the XML is cut off (FILE, line 3)");
  EXPECT_EQ(error_of("<Layer"), "the XML is cut off (FILE, line 1)");
  EXPECT_EQ(error_of("a < b"), "the file is not the XML of a binning (FILE, line 1)");
  EXPECT_EQ(error_of(""),
            "the binning describes no layer with voxels (FILE); give the binning "
            "XML of the CaloChallenge data set");
  EXPECT_EQ(test::input_error([] { read_binning("none.xml"); }),
            "cannot read the binning 'none.xml'");
}

}  // namespace
}  // namespace showergan
