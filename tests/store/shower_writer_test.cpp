#include "store/shower_writer.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>
#include <hdf5.h>

#include "showergan/error.hpp"

#include "store/hdf5_attribute.hpp"
#include "store/hdf5_input.hpp"
#include "store/sample_showers.hpp"
#include "store/shower_reader.hpp"
#include "support/error_text.hpp"
#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;
using test::sample_showers;

class ShowerWriterTest : public ::testing::Test {
 protected:
  fs::path path() const { return folder_ / "showers.h5"; }

  /// Writes showers 0 … count − 1 in batches.
  void write(const Grid& grid, std::int64_t count, std::int64_t batch, const WriteOptions& options,
             bool angles = false) const {
    ShowerWriter writer(path(), grid, options);
    for (std::int64_t first = 0; first < count; first += batch) {
      writer.write(sample_showers(grid, first, std::min(batch, count - first), angles));
    }
    EXPECT_EQ(writer.written(), count);
    EXPECT_FALSE(fs::exists(path()));
    writer.finish();
  }

  static void expect_equal(const ShowerBatch& got, const ShowerBatch& expected) {
    EXPECT_EQ(got.grid, expected.grid);
    EXPECT_EQ(got.energy, expected.energy);
    EXPECT_EQ(got.theta, expected.theta);
    EXPECT_EQ(got.phi, expected.phi);
    EXPECT_EQ(got.impact_x, expected.impact_x);
    EXPECT_EQ(got.impact_y, expected.impact_y);
    EXPECT_EQ(got.escaped, expected.escaped);
    EXPECT_EQ(got.cells, expected.cells);
  }

  static void expect_close(const std::vector<float>& got, const std::vector<float>& expected) {
    ASSERT_EQ(got.size(), expected.size());
    for (std::size_t i = 0; i < got.size(); ++i) ASSERT_FLOAT_EQ(got[i], expected[i]) << i;
  }

  test::TemporaryFolder folder_;
};

TEST_F(ShowerWriterTest, RoundTripsFixedAngle) {
  const Grid grid{5, 4, 3};
  for (const std::int64_t batch : {1, 7, 64, 200}) {
    for (const int threads : {1, 3}) {
      WriteOptions options;
      options.force = true;
      options.threads = threads;
      if (fs::exists(path())) fs::remove(path());
      write(grid, 200, batch, options);
      ShowerReader reader(path());
      EXPECT_EQ(reader.layout(), ShowerLayout::fixed_angle);
      EXPECT_EQ(reader.size(), 200);
      expect_equal(reader.read(0, 200), sample_showers(grid, 0, 200));
      expect_equal(reader.read(63, 67), sample_showers(grid, 63, 67));
    }
  }
}

TEST_F(ShowerWriterTest, RoundTripsVariableAngle) {
  const Grid grid{5, 5, 2};
  write(grid, 70, 30, {}, true);
  ShowerReader reader(path());
  EXPECT_EQ(reader.layout(), ShowerLayout::variable_angle);
  EXPECT_EQ(reader.scale(), 1.0) << "what we write states its unit";
  expect_equal(reader.read(0, 70), sample_showers(grid, 0, 70, true));
}

/// The unit of a data set, as text.
std::string unit_of(const fs::path& path, const char* name) {
  const Hdf5Handle file = open_hdf5(path);
  const Hdf5Handle data(H5Dopen2(file.get(), name, H5P_DEFAULT), H5Dclose);
  return text_attribute(data.get(), "unit").value_or("none");
}

TEST_F(ShowerWriterTest, RoundTripsImpactsAndEscapedEnergies) {
  const Grid grid{3, 2, 4};
  WriteOptions options;
  options.force = true;
  for (const bool angles : {false, true}) {
    {
      ShowerWriter writer(path(), grid, options);
      writer.write(sample_showers(grid, 0, 41, angles, true));
      writer.write(sample_showers(grid, 41, 29, angles, true));
      writer.finish();
    }
    ShowerReader reader(path());
    expect_equal(reader.read(0, 70), sample_showers(grid, 0, 70, angles, true));
    expect_equal(reader.read(13, 5), sample_showers(grid, 13, 5, angles, true));
    EXPECT_EQ(unit_of(path(), "impact_x"), "mm");
    EXPECT_EQ(unit_of(path(), "impact_y"), "mm");
    EXPECT_EQ(unit_of(path(), "escaped"), "GeV");
  }
}

TEST_F(ShowerWriterTest, CaloChallengeHasThemTooInItsUnits) {
  const Grid grid{3, 2, 4};
  WriteOptions options;
  options.calochallenge = true;
  {
    ShowerWriter writer(path(), grid, options);
    writer.write(sample_showers(grid, 0, 70, true, true));
    writer.finish();
  }
  const ShowerBatch got = ShowerReader(path()).read(0, 70);
  const ShowerBatch expected = sample_showers(grid, 0, 70, true, true);
  EXPECT_EQ(got.impact_x, expected.impact_x);
  EXPECT_EQ(got.impact_y, expected.impact_y);
  expect_close(got.escaped, expected.escaped);
  EXPECT_EQ(unit_of(path(), "escaped"), "MeV");
  EXPECT_EQ(unit_of(path(), "impact_x"), "mm");
}

TEST_F(ShowerWriterTest, OneColumnOfThemMayBeAlone) {
  ShowerBatch batch = sample_showers({2, 2, 2}, 0, 9, false, true);
  batch.impact_x.clear();
  batch.impact_y.clear();
  ShowerWriter writer(path(), batch.grid);
  writer.write(batch);
  writer.finish();
  expect_equal(ShowerReader(path()).read(0, 9), batch);
}

TEST_F(ShowerWriterTest, RefusesOtherColumnsThanBefore) {
  const Grid grid{2, 2, 2};
  ShowerWriter writer(path(), grid);
  writer.write(sample_showers(grid, 0, 3, true));
  EXPECT_EQ(test::input_error([&] { writer.write(sample_showers(grid, 3, 3)); }),
            "the showers do not have theta, and those before do (" + path().string() +
                "); all showers of a file have the same columns");
  EXPECT_EQ(test::input_error([&] { writer.write(sample_showers(grid, 3, 3, true, true)); }),
            "the showers have impact_x, and those before do not (" + path().string() +
                "); all showers of a file have the same columns");
}

TEST_F(ShowerWriterTest, RefusesColumnsThatCannotBe) {
  const Grid grid{2, 2, 2};
  ShowerWriter writer(path(), grid);
  writer.write(sample_showers(grid, 0, 3, false, true));
  ShowerBatch bad = sample_showers(grid, 3, 3, false, true);
  bad.escaped[1] = -1;
  EXPECT_EQ(test::input_error([&] { writer.write(bad); }),
            "the energy that escaped is -1 (for '" + path().string() +
                "', data set escaped, row 4); escaped energies must be finite and not negative");
}

TEST_F(ShowerWriterTest, RoundTripsCaloChallengeWithItsBinning) {
  WriteOptions options;
  options.calochallenge = true;
  options.axes = "radius, angle, layer";
  Binning binning;
  binning.particle = "electron";
  for (int id = 0; id < 3; ++id) binning.layers.push_back({id, {0, 4.5, 9, 20}, 4});
  options.binning = binning;
  const Grid grid{3, 4, 3};
  write(grid, 100, 33, options, true);
  ShowerReader reader(path());
  EXPECT_EQ(reader.layout(), ShowerLayout::calochallenge);
  EXPECT_EQ(reader.axes(), "radius, angle, layer");
  const ShowerBatch got = reader.read(0, 100);
  const ShowerBatch expected = sample_showers(grid, 0, 100, true);
  expect_close(got.cells, expected.cells);
  expect_close(got.energy, expected.energy);
  EXPECT_EQ(got.theta, expected.theta);
  EXPECT_EQ(read_binning(folder_ / "showers.binning.xml").layers[2].r_edges,
            binning.layers[2].r_edges);
}

TEST_F(ShowerWriterTest, CaloChallengeOfACartesianImageHasOneVoxelPerCell) {
  WriteOptions options;
  options.calochallenge = true;
  const Grid grid{3, 2, 4};
  write(grid, 10, 10, options);
  ShowerReader reader(path());
  EXPECT_EQ(reader.grid(), grid);
  EXPECT_EQ(reader.axes(), "x, y, z");
  expect_close(reader.read(0, 10).cells, sample_showers(grid, 0, 10).cells);
}

TEST_F(ShowerWriterTest, WritesTheLayoutThatOthersRead) {
  write({5, 4, 3}, 70, 70, {});
  const hid_t file = H5Fopen(path().c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  const hid_t data = H5Dopen2(file, "ECAL", H5P_DEFAULT);
  const hid_t creation = H5Dget_create_plist(data);
  hsize_t chunk[4] = {};
  ASSERT_EQ(H5Pget_chunk(creation, 4, chunk), 4);
  EXPECT_EQ(chunk[0], 64U);
  EXPECT_EQ(chunk[3], 3U);
  EXPECT_EQ(H5Pget_nfilters(creation), 2);
  EXPECT_GT(H5Aexists(data, "unit"), 0);
  EXPECT_GT(H5Aexists(data, "axes"), 0);
  const hid_t type = H5Dget_type(data);
  EXPECT_GT(H5Tequal(type, H5T_IEEE_F32LE), 0);
  H5Tclose(type);
  H5Pclose(creation);
  H5Dclose(data);
  H5Fclose(file);
}

TEST_F(ShowerWriterTest, AFewShowersFillASmallChunk) {
  const auto rows_of_chunk = [&](std::optional<std::int64_t> expected) {
    WriteOptions options;
    options.expected = expected;
    fs::remove(path());
    write({5, 4, 3}, 70, 70, options);
    expect_equal(ShowerReader(path()).read(0, 70), sample_showers({5, 4, 3}, 0, 70));
    const hid_t file = H5Fopen(path().c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    const hid_t data = H5Dopen2(file, "ECAL", H5P_DEFAULT);
    const hid_t creation = H5Dget_create_plist(data);
    hsize_t chunk[4] = {};
    H5Pget_chunk(creation, 4, chunk);
    H5Pclose(creation);
    H5Dclose(data);
    H5Fclose(file);
    return chunk[0];
  };
  EXPECT_EQ(rows_of_chunk(std::nullopt), 64U);
  EXPECT_EQ(rows_of_chunk(1000), 64U);
  EXPECT_EQ(rows_of_chunk(3), 3U) << "and more may come than were expected";
  EXPECT_EQ(rows_of_chunk(0), 1U);
}

TEST_F(ShowerWriterTest, RecordsProvenance) {
  WriteOptions options;
  options.provenance.detector = "clic-ecal";
  options.provenance.source = "model 3dgan 1.0";
  options.provenance.seed = 18446744073709551615U;
  write({2, 2, 2}, 3, 3, options);
  const ShowerReader reader(path());
  EXPECT_EQ(reader.provenance().detector, "clic-ecal");
  EXPECT_EQ(reader.provenance().source, "model 3dgan 1.0");
  EXPECT_EQ(reader.provenance().seed, 18446744073709551615U);
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"axes", "x, y, z"},           {"detector", "clic-ecal"},
      {"format_version", "1"},       {"seed", "18446744073709551615"},
      {"source", "model 3dgan 1.0"}, {"units", "GeV, mm, rad"}};
  EXPECT_EQ(reader.attributes(), expected);
}

TEST_F(ShowerWriterTest, StatesTheTimeOfAShower) {
  WriteOptions options;
  for (const double milliseconds : {0.93456, 12.0}) {
    ShowerWriter writer(path(), {2, 2, 2}, options);
    writer.write(sample_showers({2, 2, 2}, 0, 2, false));
    writer.state_time(1, 1);
    writer.state_time(milliseconds, 4);
    writer.finish();
    options.resume = true;
    const auto attributes = ShowerReader(path()).attributes();
    const std::pair<std::string, std::string> time = {"ms_per_shower",
                                                      milliseconds < 1 ? "0.935" : "12"};
    EXPECT_EQ(std::ranges::count(attributes, time), 1) << milliseconds;
    EXPECT_EQ(std::ranges::count(attributes, std::pair<std::string, std::string>{"threads", "4"}),
              1);
  }
  EXPECT_EQ(ShowerReader(path()).size(), 4) << "resumed";
}

TEST_F(ShowerWriterTest, LeavesNothingWithoutFinish) {
  {
    ShowerWriter writer(path(), {2, 2, 2});
    writer.write(sample_showers({2, 2, 2}, 0, 100));
  }
  EXPECT_EQ(folder_.entries(), 0);
}

TEST_F(ShowerWriterTest, WritesNoFileWithoutShowers) {
  {
    ShowerWriter writer(path(), {2, 2, 2});
    EXPECT_EQ(test::failure([&] { writer.finish(); }),
              "no shower was written (" + path().string() + ")");
  }
  EXPECT_EQ(folder_.entries(), 0);
}

TEST_F(ShowerWriterTest, OverwritesOnlyWithForce) {
  std::ofstream(path()) << "old";
  EXPECT_NE(test::input_error([&] {
              ShowerWriter writer(path(), {2, 2, 2});
            }).find("already exists"),
            std::string::npos);
  fs::remove(path());
  std::ofstream(folder_ / "showers.binning.xml") << "old";
  WriteOptions options;
  options.calochallenge = true;
  EXPECT_NE(test::input_error([&] {
              ShowerWriter writer(path(), {2, 2, 2}, options);
            }).find("showers.binning.xml' already exists"),
            std::string::npos);
  EXPECT_EQ(folder_.entries(), 1);
}

TEST_F(ShowerWriterTest, RefusesEnergyOutsideTheBinning) {
  WriteOptions options;
  options.calochallenge = true;
  Binning binning;
  binning.layers = {{0, {0, 1, 2}, 2}, {1, {0, 1}, 2}};
  options.binning = binning;
  ShowerWriter writer(path(), {2, 2, 2}, options);
  ShowerBatch batch;
  batch.grid = {2, 2, 2};
  batch.energy = {1.0F};
  batch.cells = {1, 1, 1, 1, 1, 0, 1, 0};  // layer 1 has no second ring
  writer.write(batch);
  batch.cells[5] = 1;
  EXPECT_EQ(test::input_error([&] { writer.write(batch); }),
            "shower 1 has energy outside the voxels of the binning (" + path().string() +
                "); give the binning that belongs to the showers");
}

TEST_F(ShowerWriterTest, RefusesABinningOfAnotherGrid) {
  WriteOptions options;
  options.calochallenge = true;
  options.binning = cartesian_binning({3, 2, 2});
  EXPECT_EQ(test::input_error([&] {
              ShowerWriter writer(path(), {2, 2, 2}, options);
            }),
            "the showers have 2 x 2 x 2 cells, but the binning 3 x 2 x 2; give the binning that "
            "belongs to the showers");
}

/// Writes incompressible showers, about 900 kB.
void write_much(const fs::path& path) {
  const Grid grid{10, 10, 10};
  ShowerWriter writer(path, grid);
  for (std::uint64_t i = 0; i < 4; ++i) {
    ShowerBatch batch = sample_showers(grid, static_cast<std::int64_t>(64 * i), 64);
    CounterRandom(1, RandomPurpose::noise).fill_uniform(i, batch.cells);
    writer.write(batch);
  }
  writer.finish();
}

TEST_F(ShowerWriterTest, SaysThatTheDiskIsFullAndLeavesNothing) {
  write_much(path());
  const std::uintmax_t whole = fs::file_size(path());
  fs::remove(path());
  // Full at once, in the middle, and only when the file is closed.
  for (const std::uintmax_t bytes :
       {std::uintmax_t{0}, std::uintmax_t{500}, whole / 3, whole - 1}) {
    const test::FileSizeLimit limit(bytes);
    EXPECT_EQ(test::failure([&] { write_much(path()); }),
              "cannot write '" + path().string() +
                  "' (File too large); free some space or choose another folder")
        << bytes;
    EXPECT_EQ(folder_.entries(), 0);
  }
  write_much(path());
  EXPECT_EQ(ShowerReader(path()).size(), 256) << "and the next file is written as if nothing was";
}

}  // namespace
}  // namespace showergan
