#include "store/shower_reader.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <numeric>
#include <tuple>

#include <gtest/gtest.h>

#include "store/raw_hdf5.hpp"
#include "support/error_text.hpp"
#include "support/shared_data.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;
using test::RawHdf5;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Two showers on a grid of 2 x 1 x 2.
const std::vector<double> cells = {0, 1, 2, 3, 4, 5, 6, 7};
const std::vector<hsize_t> image = {2, 2, 1, 2};

class ShowerReaderTest : public ::testing::Test {
 protected:
  fs::path path() const { return folder_ / "showers.h5"; }

  /// What is wrong with the file, as told by opening and reading it; FILE stands for its path.
  std::string error(const ReadOptions& options = {}) const {
    std::string text = test::input_error([&] {
      ShowerReader reader(path(), options);
      reader.read(0, reader.size());
    });
    for (std::size_t at = text.find(path()); at != std::string::npos; at = text.find(path())) {
      text.replace(at, path().string().size(), "FILE");
    }
    return text;
  }

  test::TemporaryFolder folder_;
};

TEST_F(ShowerReaderTest, ReadsEcalWithEnergy) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2}, {100, 200});
  }
  ShowerReader reader(path());
  EXPECT_EQ(reader.layout(), ShowerLayout::fixed_angle);
  EXPECT_EQ(reader.size(), 2);
  EXPECT_EQ(reader.grid(), (Grid{2, 1, 2}));
  EXPECT_EQ(reader.axes(), "x, y, z");
  EXPECT_FALSE(reader.has_theta());
  EXPECT_FALSE(reader.has_phi());
  const ShowerBatch batch = reader.read(0, 2);
  EXPECT_EQ(batch.energy, (std::vector<float>{100, 200}));
  EXPECT_EQ(batch.cells, (std::vector<float>{0, 1, 2, 3, 4, 5, 6, 7}));
  EXPECT_TRUE(batch.theta.empty());
}

TEST_F(ShowerReaderTest, ReadsEcalWithAChannelAndTarget) {
  {
    RawHdf5 file(path());
    file.add("ECAL", {2, 2, 1, 2, 1}, cells);
    file.add("target", {2, 3}, {11, 100, 1, 11, 200, 2});
  }
  ShowerReader reader(path());
  EXPECT_EQ(reader.grid(), (Grid{2, 1, 2}));
  EXPECT_EQ(reader.read(0, 2).energy, (std::vector<float>{100, 200}));
  EXPECT_EQ(reader.read(1, 1).energy, (std::vector<float>{200}));
}

TEST_F(ShowerReaderTest, ReadsEnergyAsAColumn) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2, 1}, {100, 200});
  }
  EXPECT_EQ(ShowerReader(path()).read(0, 2).energy, (std::vector<float>{100, 200}));
}

TEST_F(ShowerReaderTest, ReadsEveryNumberType) {
  for (const hid_t type : {H5T_IEEE_F64LE, H5T_IEEE_F32BE, H5T_STD_I16LE, H5T_STD_U8BE}) {
    {
      RawHdf5 file(path());
      file.add("ECAL", image, cells, type);
      file.add("energy", {2}, {100, 200}, type);
    }
    const ShowerBatch batch = ShowerReader(path()).read(0, 2);
    EXPECT_EQ(batch.energy, (std::vector<float>{100, 200}));
    EXPECT_EQ(batch.cells.back(), 7.0F);
  }
}

TEST_F(ShowerReaderTest, ReadsPublishedVariableAngleFiles) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2}, {100, 200});
    file.add("mtheta", {2}, {1.1, 1.3});
    file.add("theta", {2}, {1.0, 1.2});
    file.add("eta", {2}, {0.0, 1.0});
  }
  ShowerReader reader(path());
  EXPECT_EQ(reader.layout(), ShowerLayout::variable_angle);
  EXPECT_TRUE(reader.has_theta());
  const ShowerBatch batch = reader.read(0, 2);
  EXPECT_FLOAT_EQ(batch.cells[7], 7.0F / 50.0F);
  EXPECT_EQ(batch.theta, (std::vector<float>{1.0F, 1.2F}));
  EXPECT_EQ(batch.energy[0], 100.0F);
}

TEST_F(ShowerReaderTest, TurnsPseudorapidityIntoTheAngle) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2}, {100, 200});
    file.add("mtheta", {2}, {1.1, 1.3});
    file.add("eta", {2}, {0.0, 1.0});
  }
  const ShowerBatch batch = ShowerReader(path()).read(0, 2);
  EXPECT_FLOAT_EQ(batch.theta[0], static_cast<float>(std::acos(0.0)));
  EXPECT_FLOAT_EQ(batch.theta[1], static_cast<float>(std::acos(std::tanh(1.0))));
}

TEST_F(ShowerReaderTest, TakesTheMeasuredAngleWhereThereIsNoOther) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2}, {100, 200});
    file.add("mtheta", {2}, {1.1, 1.3});
  }
  EXPECT_EQ(ShowerReader(path()).read(0, 2).theta, (std::vector<float>{1.1F, 1.3F}));
}

TEST_F(ShowerReaderTest, BelievesTheUnitOfADataSet) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells, H5T_IEEE_F32LE, "MeV");
    file.add("energy", {2}, {100, 200}, H5T_IEEE_F32LE, "GeV");
    file.add("theta", {2}, {1.0, 1.2});
  }
  ShowerReader reader(path());
  EXPECT_EQ(reader.scale(), 1e-3);
  EXPECT_FLOAT_EQ(reader.read(0, 2).cells[7], 7e-3F);
}

TEST_F(ShowerReaderTest, ScaleOverridesEverything) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells, H5T_IEEE_F32LE, "furlong");
    file.add("energy", {2}, {100, 200});
  }
  ReadOptions options;
  options.scale = 0.01;
  EXPECT_FLOAT_EQ(ShowerReader(path(), options).read(0, 2).cells[7], 0.07F);
  EXPECT_EQ(error(),
            "the unit 'furlong' is not known (FILE, data set ECAL); known: GeV, MeV, keV; or give "
            "the factor to GeV yourself");
}

TEST_F(ShowerReaderTest, ReadsCaloChallengeFiles) {
  {
    RawHdf5 file(path());
    // Layer 0: 2 rings x 2 sectors; layer 1: none; layer 2: 3 rings x 1 sector.
    file.add("showers", {1, 7}, {1, 2, 3, 4, 5, 6, 7});
    file.add("incident_energies", {1, 1}, {65000});
  }
  EXPECT_EQ(error(), "the CaloChallenge file 'FILE' needs its binning (there is no '" +
                         (folder_ / "showers.binning.xml").string() +
                         "'); give the XML of its data set with --binning");
  std::ofstream(folder_ / "showers.binning.xml")
      << "<Bins>\n <!-- two layers -->\n <Bin pid=\"11\" name='electron'>\n"
         "  <Layer id=\"0\" r_edges=\"0, 5,10\" n_bin_alpha=\"2\"/>\n"
         "  <Layer id=\"1\" r_edges=\"0\" n_bin_alpha=\"1\" />\n"
         "  <Layer id=\"2\" r_edges=\"0,5,10,20.5\" n_bin_alpha=\"1\"></Layer>\n"
         " </Bin>\n</Bins>\n";
  ShowerReader reader(path());
  EXPECT_EQ(reader.layout(), ShowerLayout::calochallenge);
  EXPECT_EQ(reader.grid(), (Grid{3, 2, 2}));
  const ShowerBatch batch = reader.read(0, 1);
  EXPECT_FLOAT_EQ(batch.energy[0], 65.0F);
  // [ring][sector][layer], GeV
  const std::vector<double> expected = {1, 5, 3, 0, 2, 6, 4, 0, 0, 7, 0, 0};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_FLOAT_EQ(batch.cells[i], static_cast<float>(1e-3 * expected[i])) << i;
  }
}

TEST_F(ShowerReaderTest, BinningMustFitTheShowers) {
  {
    RawHdf5 file(path());
    file.add("showers", {1, 7}, {1, 2, 3, 4, 5, 6, 7});
    file.add("incident_energies", {1, 1}, {65000});
  }
  std::ofstream(folder_ / "b.xml")
      << "<Bins><Bin><Layer id=\"0\" r_edges=\"0,5\" n_bin_alpha=\"2\"/></Bin></Bins>";
  ReadOptions options;
  options.binning = folder_ / "b.xml";
  EXPECT_EQ(error(options),
            "a shower has 7 voxels, but the binning 2 (FILE, data set showers); give the binning "
            "XML of this data set with --binning");
}

TEST_F(ShowerReaderTest, TellsAttributesAndProvenance) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2}, {100, 200});
    RawHdf5::fixed_text(file.id(), "generator", "Geant4 11.4.0");
    const int seeds[] = {1003, 5005};
    RawHdf5::attribute(file.id(), "seeds", H5T_STD_I32LE, H5T_NATIVE_INT, seeds, {2});
    const double cut = 0.1;
    RawHdf5::attribute(file.id(), "cut", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &cut, {});
  }
  const ShowerReader reader(path());
  EXPECT_EQ(reader.provenance().source, "Geant4 11.4.0");
  EXPECT_FALSE(reader.provenance().seed.has_value());
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"cut", "0.1"}, {"generator", "Geant4 11.4.0"}, {"seeds", "1003, 5005"}};
  EXPECT_EQ(reader.attributes(), expected);
}

TEST_F(ShowerReaderTest, NamesTheRowOfAnUnphysicalCell) {
  const std::vector<std::pair<double, std::string>> cases = {
      {nan, "nan"}, {infinity, "inf"}, {-infinity, "-inf"}, {-0.5, "-0.5"}};
  for (const auto& [value, text] : cases) {
    std::vector<double> bad = cells;
    bad[6] = value;
    {
      RawHdf5 file(path());
      file.add("ECAL", image, bad);
      file.add("energy", {2}, {100, 200});
    }
    EXPECT_EQ(error(), "the energy of a cell is " + text +
                           " (FILE, data set ECAL, row 1, cell 2); cell energies must be finite "
                           "and not negative");
    EXPECT_NO_THROW(ShowerReader(path()).read(0, 1)) << "the shower before it is good";
  }
}

TEST_F(ShowerReaderTest, CountsRowsInTheFileNotInTheBatch) {
  std::vector<double> bad(400, 1.0);
  bad[4 * 77 + 3] = -1;
  {
    RawHdf5 file(path());
    file.add("ECAL", {100, 2, 1, 2}, bad);
    file.add("energy", {100}, std::vector<double>(100, 50.0));
  }
  ShowerReader reader(path());
  const std::string text = test::input_error([&] { reader.read(60, 40); });
  EXPECT_NE(text.find("row 77, cell 3)"), std::string::npos) << text;
}

TEST_F(ShowerReaderTest, NamesTheRowOfAnUnphysicalEnergy) {
  const std::vector<std::pair<double, std::string>> cases = {
      {nan, "nan"}, {infinity, "inf"}, {0.0, "0"}, {-100, "-100"}};
  for (const auto& [value, text] : cases) {
    {
      RawHdf5 file(path());
      file.add("ECAL", image, cells);
      file.add("energy", {2}, {100, value});
    }
    EXPECT_EQ(error(), "the energy of a primary is " + text +
                           " (FILE, data set energy, row 1); primary energies must be finite and "
                           "greater than 0");
  }
}

TEST_F(ShowerReaderTest, NamesTheRowOfABadAngle) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2}, {100, 200});
    file.add("theta", {2}, {1.0, nan});
  }
  EXPECT_EQ(error(),
            "the angle of a primary is nan (FILE, data set theta, row 1); angles must be finite");
}

TEST_F(ShowerReaderTest, ReadsImpactsAndEscapedEnergiesInTheirUnits) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2}, {100, 200});
    file.add("impact_x", {2}, {1.5, -1}, H5T_IEEE_F64LE);
    file.add("impact_y", {2, 1}, {0, 2.5}, H5T_IEEE_F32LE, "mm");
    file.add("escaped", {2}, {500, 0}, H5T_IEEE_F32LE, "MeV");
  }
  const ShowerBatch batch = ShowerReader(path()).read(0, 2);
  EXPECT_EQ(batch.impact_x, (std::vector<float>{1.5F, -1}));
  EXPECT_EQ(batch.impact_y, (std::vector<float>{0, 2.5F}));
  EXPECT_EQ(batch.escaped, (std::vector<float>{0.5F, 0}));
  EXPECT_TRUE(batch.theta.empty());
}

TEST_F(ShowerReaderTest, ReadsPrimariesWithoutImages) {
  const auto write = [&](bool both) {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2}, {100, 200});
    file.add("theta", {2}, {0.5, 0.25});
    file.add("impact_x", {2}, {1.5, -1});
    if (both) file.add("impact_y", {2}, {0, 2.5});
  };
  write(false);
  EXPECT_FALSE(ShowerReader(path()).has_impact()) << "of two coordinates there is one";
  write(true);
  const ShowerReader reader(path());
  EXPECT_TRUE(reader.has_impact());
  const ShowerBatch batch = reader.read_primaries(1, 1);
  EXPECT_EQ(batch.size(), 1);
  EXPECT_EQ(batch.grid, reader.grid());
  EXPECT_TRUE(batch.cells.empty());
  EXPECT_EQ(batch.energy, std::vector<float>{200});
  EXPECT_EQ(batch.theta, std::vector<float>{0.25F});
  EXPECT_EQ(batch.impact_x, std::vector<float>{-1});
  EXPECT_EQ(batch.impact_y, std::vector<float>{2.5F});
}

TEST_F(ShowerReaderTest, NamesTheRowOfABadImpactOrEscapedEnergy) {
  const std::vector<std::tuple<std::string, double, std::string>> cases = {
      {"impact_x", nan,
       "the impact of a primary is at nan (FILE, data set impact_x, row 1); positions must be "
       "finite"},
      {"impact_y", infinity,
       "the impact of a primary is at inf (FILE, data set impact_y, row 1); positions must be "
       "finite"},
      {"escaped", -0.5,
       "the energy that escaped is -0.5 (FILE, data set escaped, row 1); escaped energies must be "
       "finite and not negative"},
      {"escaped", infinity,
       "the energy that escaped is inf (FILE, data set escaped, row 1); escaped energies must be "
       "finite and not negative"}};
  for (const auto& [name, value, message] : cases) {
    {
      RawHdf5 file(path());
      file.add("ECAL", image, cells);
      file.add("energy", {2}, {100, 200});
      file.add(name, {2}, {0, value});
    }
    EXPECT_EQ(error(), message);
  }
}

TEST_F(ShowerReaderTest, ImpactsMustFitTheShowersAndBeInMillimetres) {
  for (const char* name : {"impact_x", "impact_y", "escaped"}) {
    {
      RawHdf5 file(path());
      file.add("ECAL", image, cells);
      file.add("energy", {2}, {100, 200});
      file.add(name, {3}, {0, 1, 2});
    }
    EXPECT_EQ(error(), std::string("a data set has 3 rows for 2 showers (FILE, data set ") + name +
                           "); the two must agree");
  }
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2}, {100, 200});
    file.add("impact_x", {2}, {0, 1}, H5T_IEEE_F32LE, "cm");
  }
  EXPECT_EQ(error(), "the unit 'cm' is not known (FILE, data set impact_x); lengths are in mm");
}

TEST_F(ShowerReaderTest, NamesWrongShapes) {
  const std::vector<std::pair<std::vector<hsize_t>, std::string>> cases = {
      {{8}, "(8,)"},
      {{2, 4}, "(2, 4)"},
      {{2, 2, 2}, "(2, 2, 2)"},
      {{1, 1, 2, 2, 2}, "(1, 1, 2, 2, 2)"}};
  for (const auto& [shape, text] : cases) {
    {
      RawHdf5 file(path());
      file.add("ECAL", shape, cells);
      file.add("energy", {2}, {100, 200});
    }
    EXPECT_EQ(error(), "a data set has the shape " + text +
                           " (FILE, data set ECAL); expected (showers, nx, ny, nz)");
  }
  {
    RawHdf5 file(path());
    file.add("ECAL", {2, 0, 5, 5}, {});
    file.add("energy", {2}, {100, 200});
  }
  EXPECT_NE(error().find("shape (2, 0, 5, 5)"), std::string::npos) << error();
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2, 2}, {1, 2, 3, 4});
  }
  EXPECT_EQ(error(), "a data set has the shape (2, 2) (FILE, data set energy); expected (2,)");
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("target", {2, 1}, {1, 2});
  }
  EXPECT_EQ(error(),
            "a data set has the shape (2, 1) (FILE, data set target); expected (2, 2 or more)");
}

TEST_F(ShowerReaderTest, NamesHugeGridsBeforeReadingThem) {
  {
    RawHdf5 file(path());
    const hsize_t shape[] = {1, hsize_t{1} << 40, hsize_t{1} << 40, hsize_t{1} << 40};
    const hsize_t chunk[] = {1, 1, 1, 1};
    const hid_t space = H5Screate_simple(4, shape, nullptr);
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(creation, 4, chunk);
    H5Dclose(
        H5Dcreate2(file.id(), "ECAL", H5T_IEEE_F32LE, space, H5P_DEFAULT, creation, H5P_DEFAULT));
    H5Pclose(creation);
    H5Sclose(space);
    file.add("energy", {1}, {100});
  }
  EXPECT_NE(error().find("not more than 100 million cells"), std::string::npos) << error();
}

TEST_F(ShowerReaderTest, NamesMismatchedRows) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {3}, {100, 200, 300});
  }
  EXPECT_EQ(error(),
            "a data set has 3 rows for 2 showers (FILE, data set energy); the two must agree");
}

TEST_F(ShowerReaderTest, NamesMissingEnergies) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
  }
  EXPECT_EQ(error(),
            "the energies of the primaries are missing (FILE); add a data set energy or target");
}

TEST_F(ShowerReaderTest, NamesAFileWithoutShowers) {
  {
    RawHdf5 file(path());
    file.add("ECAL", {0, 2, 1, 2}, {});
    file.add("energy", {0}, {});
  }
  EXPECT_EQ(error(), "the file holds no showers: it is empty (FILE, data set ECAL)");
}

TEST_F(ShowerReaderTest, NamesAForeignHdf5File) {
  {
    RawHdf5 file(path());
    file.add("temperature", {2}, {1, 2});
  }
  EXPECT_EQ(error(),
            "the HDF5 file 'FILE' holds no showers (neither ECAL nor showers with "
            "incident_energies is in it); give a file in the 3DGAN or CaloChallenge layout");
}

TEST_F(ShowerReaderTest, NamesDataSetsThatHoldNoNumbers) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    const hid_t type = H5Tcopy(H5T_C_S1);
    const hid_t space = H5Screate(H5S_SCALAR);
    H5Dclose(H5Dcreate2(file.id(), "energy", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Sclose(space);
    H5Tclose(type);
  }
  EXPECT_EQ(error(), "a data set holds no numbers (FILE, data set energy)");
}

/// As h5py's lzf, which the library alone does not have.
TEST_F(ShowerReaderTest, NamesACompressionThatIsNotThere) {
  constexpr H5Z_filter_t kNumber = 300;  // of the range for testing
  const H5Z_class2_t filter = {H5Z_CLASS_T_VERS,
                               kNumber,
                               1,
                               1,
                               "squeeze",
                               nullptr,
                               nullptr,
                               [](unsigned, std::size_t, const unsigned[], std::size_t bytes,
                                  std::size_t*, void**) { return bytes; }};
  ASSERT_GE(H5Zregister(&filter), 0);
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    const hsize_t rows = 1;
    const hid_t space = H5Screate_simple(1, &rows, nullptr);
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(creation, 1, &rows);
    H5Pset_filter(creation, kNumber, H5Z_FLAG_MANDATORY, 0, nullptr);
    const hid_t data =
        H5Dcreate2(file.id(), "energy", H5T_IEEE_F32LE, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    const float energy = 100;
    EXPECT_GE(H5Dwrite(data, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, &energy), 0);
    H5Dclose(data);
    H5Pclose(creation);
    H5Sclose(space);
  }
  H5Zunregister(kNumber);
  EXPECT_EQ(error(),
            "a data set is compressed with squeeze, which the HDF5 library here cannot undo (FILE, "
            "data set energy); compress it with gzip: h5repack -f GZIP=1 OLD NEW, where it was "
            "made");
}

TEST_F(ShowerReaderTest, NamesFilesThatAreNotHdf5) {
  EXPECT_EQ(error(), "there is no file 'FILE'");
  std::ofstream(path()) << "";
  EXPECT_EQ(error(), "the file 'FILE' is empty; make or copy it again");
  std::ofstream(path()) << "energy,cells\n100,0\n";
  EXPECT_EQ(error(), "the file 'FILE' is not HDF5");
  EXPECT_NE(test::input_error([&] {
              ShowerReader reader(folder_.path());
            }).find("is a folder, not a file"),
            std::string::npos);
}

TEST_F(ShowerReaderTest, RefusesANewerFormat) {
  {
    RawHdf5 file(path());
    file.add("ECAL", image, cells);
    file.add("energy", {2}, {100, 200});
    const int version = 2;
    RawHdf5::attribute(file.id(), "format_version", H5T_STD_I32LE, H5T_NATIVE_INT, &version, {});
  }
  EXPECT_EQ(error(),
            "the file has format version 2, and this program reads up to 1 (FILE); use a newer "
            "ShowerGAN");
}

/// The Geant4 showers of the shared data.
class Geant4ShowersTest : public ::testing::Test {
 protected:
  fs::path data_ = test::shared_data("geant4/showers-test.h5");
};

TEST_F(Geant4ShowersTest, HaveTheSamplingFractionsOfTheirDescription) {
  SHOWERGAN_NEEDS_FILE(data_);
  ShowerReader reader(data_);
  EXPECT_EQ(reader.size(), 2000);
  EXPECT_EQ(reader.grid(), (Grid{25, 25, 25}));
  EXPECT_EQ(reader.layout(), ShowerLayout::fixed_angle);
  EXPECT_EQ(reader.provenance().source.find("Geant4 11.4.0"), 0U);
  double sum[2] = {};
  std::int64_t count[2] = {};
  for (std::int64_t first = 0; first < reader.size(); first += 300) {  // no multiple of a chunk
    const ShowerBatch batch = reader.read(first, std::min<std::int64_t>(300, 2000 - first));
    for (std::int64_t i = 0; i < batch.size(); ++i) {
      const float energy = batch.energy[static_cast<std::size_t>(i)];
      ASSERT_GE(energy, 10.0F);
      ASSERT_LE(energy, 500.0F);
      const int bin = energy >= 250 && energy < 300 ? 0 : energy >= 450 ? 1 : -1;
      if (bin < 0) continue;
      const std::span<const float> cells_of_shower = batch.shower(i);
      sum[bin] += std::accumulate(cells_of_shower.begin(), cells_of_shower.end(), 0.0) / energy;
      ++count[bin];
    }
  }
  // Table of the data's README: 1.842 % at 250-300 GeV, 1.777 % at 450-500 GeV.
  EXPECT_NEAR(sum[0] / static_cast<double>(count[0]), 0.01842, 0.0003);
  EXPECT_NEAR(sum[1] / static_cast<double>(count[1]), 0.01777, 0.0003);
}

TEST_F(Geant4ShowersTest, TruncatedCopiesAreRefused) {
  SHOWERGAN_NEEDS_FILE(data_);
  const test::TemporaryFolder folder;
  const fs::path copy = folder / "copy.h5";
  const std::uintmax_t whole = fs::file_size(data_);
  for (const std::uintmax_t size :
       {std::uintmax_t{3}, std::uintmax_t{100}, std::uintmax_t{2048}, whole / 2, whole - 1}) {
    fs::copy_file(data_, copy, fs::copy_options::overwrite_existing);
    fs::permissions(copy, fs::perms::owner_write, fs::perm_options::add);
    fs::resize_file(copy, size);
    const std::string text = test::input_error([&] { ShowerReader reader(copy); });
    EXPECT_TRUE(text == "the file '" + copy.string() + "' is not HDF5" ||
                text == "the HDF5 file '" + copy.string() +
                            "' is truncated or damaged; make or copy it again")
        << size << ": " << text;
  }
}

TEST_F(Geant4ShowersTest, DamagedChunksAreRefused) {
  SHOWERGAN_NEEDS_FILE(data_);
  const test::TemporaryFolder folder;
  const fs::path copy = folder / "copy.h5";
  fs::copy_file(data_, copy);
  fs::permissions(copy, fs::perms::owner_write, fs::perm_options::add);
  {
    std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(fs::file_size(copy) / 2));
    file << std::string(4096, '\xff');
  }
  const std::string text = test::input_error([&] {
    ShowerReader reader(copy);
    for (std::int64_t first = 0; first < reader.size(); first += 100) reader.read(first, 100);
  });
  EXPECT_EQ(text.find("cannot read the data, the file is damaged (" + copy.string() +
                      ", data set ECAL, rows "),
            0U)
      << text;
}

}  // namespace
}  // namespace showergan
