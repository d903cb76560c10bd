#include "store/shower_resume.hpp"

#include <csignal>
#include <fstream>
#include <functional>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "showergan/error.hpp"

#include "store/raw_hdf5.hpp"
#include "store/sample_showers.hpp"
#include "store/shower_reader.hpp"
#include "store/shower_writer.hpp"
#include "store/stored_content.hpp"
#include "support/error_text.hpp"
#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;
using test::sample_showers;

const Grid grid{5, 4, 3};

WriteOptions options_of_the_run() {
  WriteOptions options;
  options.provenance = {"clic-ecal", "a test", 7};
  return options;
}

/// What a run does with its writer, one after the other.
struct Act {
  enum Kind { write, checkpoint, resume } kind;
  std::int64_t count = 0;  ///< showers to write
};

class ShowerResumeTest : public ::testing::Test {
 protected:
  fs::path path() const { return folder_ / "showers.h5"; }
  fs::path whole() const { return folder_ / "whole.h5"; }

  ShowerBatch showers(std::int64_t first, std::int64_t count) const {
    return sample_showers(grid, first, count, columns_, columns_);
  }

  void expect_showers(std::int64_t count) const {
    ShowerReader reader(path());
    ASSERT_EQ(reader.size(), count);
    const ShowerBatch got = reader.read(0, count);
    const ShowerBatch expected = showers(0, count);
    EXPECT_EQ(got.theta, expected.theta);
    EXPECT_EQ(got.impact_x, expected.impact_x);
    if (options_.calochallenge) return;  // in MeV, so only equal to rounding
    EXPECT_EQ(got.energy, expected.energy);
    EXPECT_EQ(got.cells, expected.cells);
    EXPECT_EQ(got.escaped, expected.escaped);
  }

  /// Writes showers 0 … count − 1 at once to whole().
  void write_whole(std::int64_t count) const {
    WriteOptions options = options_;
    options.force = true;
    ShowerWriter writer(whole(), grid, options);
    writer.write(showers(0, count));
    writer.finish();
  }

  /// Writes to path(), each act after the other, and reads what is there after each checkpoint.
  std::int64_t write_in_acts(const std::vector<Act>& acts) const {
    WriteOptions options = options_;
    options.resume = true;
    auto writer = std::make_unique<ShowerWriter>(path(), grid, options);
    for (const auto& [kind, count] : acts) {
      if (kind == Act::write) writer->write(showers(writer->written(), count));
      if (kind == Act::resume) {
        writer->finish();
        writer.reset();
        writer = std::make_unique<ShowerWriter>(path(), grid, options);
      }
      if (kind == Act::checkpoint) writer->checkpoint();
      if (kind != Act::write && writer->written() > 0) expect_showers(writer->written());
    }
    writer->finish();
    return writer->written();
  }

  /// The error of going on with the file at path(); FILE stands for its path.
  std::string error(const Grid& image_grid, WriteOptions options) const {
    options.resume = true;
    std::string text =
        test::input_error([&] { const ShowerWriter writer(path(), image_grid, options); });
    for (std::size_t at = text.find(path()); at != std::string::npos; at = text.find(path())) {
      text.replace(at, path().string().size(), "FILE");
    }
    return text;
  }

  void expect_refused(const std::string& why, const Grid& image_grid,
                      const WriteOptions& options) const {
    EXPECT_EQ(error(image_grid, options),
              "'FILE' is not of this run and cannot be resumed (" + why +
                  "); give the settings that it was begun with, or the name of another file");
    expect_showers(70);
  }

  void write_70() const { write_in_acts({{Act::write, 70}}); }

  test::TemporaryFolder folder_;
  WriteOptions options_ = options_of_the_run();
  bool columns_ = true;
};

const std::vector<std::vector<Act>> runs = {
    {{Act::write, 64}, {Act::checkpoint}, {Act::write, 64}},
    {{Act::checkpoint}, {Act::write, 1}, {Act::checkpoint}, {Act::write, 1}, {Act::checkpoint}},
    {{Act::write, 1}, {Act::resume}, {Act::write, 62}, {Act::resume}, {Act::write, 2}},
    {{Act::write, 63}, {Act::checkpoint}, {Act::write, 200}, {Act::checkpoint}, {Act::checkpoint}},
    {{Act::write, 129},
     {Act::checkpoint},
     {Act::resume},
     {Act::write, 1000},
     {Act::checkpoint},
     {Act::write, 7}},
    {{Act::write, 4095}, {Act::checkpoint}, {Act::write, 1}, {Act::resume}, {Act::write, 130}}};

TEST_F(ShowerResumeTest, StoresTheSameBitsAsInOneGo) {
  for (const bool calochallenge : {false, true}) {
    for (const bool columns : {false, true}) {
      for (const int threads : {1, 3}) {
        options_.calochallenge = calochallenge;
        options_.threads = threads;
        columns_ = columns;
        for (const std::vector<Act>& acts : runs) {
          fs::remove(path());
          fs::remove(folder_ / "showers.binning.xml");
          write_whole(write_in_acts(acts));
          EXPECT_EQ(test::stored_contents(path()), test::stored_contents(whole()));
          EXPECT_EQ(ShowerReader(path()).attributes(), ShowerReader(whole()).attributes());
        }
      }
    }
  }
}

TEST_F(ShowerResumeTest, FilesDoNotGrowByCheckpoints) {
  std::vector<Act> acts;
  for (int i = 0; i < 200; ++i) acts.insert(acts.end(), {{Act::write, 17}, {Act::checkpoint}});
  write_whole(write_in_acts(acts));
  EXPECT_LT(static_cast<double>(fs::file_size(path())),
            1.05 * static_cast<double>(fs::file_size(whole())));
}

TEST_F(ShowerResumeTest, CountsFromWhatIsThere) {
  write_70();
  options_.resume = true;
  ShowerWriter writer(path(), grid, options_);
  EXPECT_EQ(writer.written(), 70);
  writer.write(showers(70, 5));
  EXPECT_EQ(writer.written(), 75);
  expect_showers(70);
  writer.finish();
  expect_showers(75);
  EXPECT_EQ(folder_.entries(), 1);
}

TEST_F(ShowerResumeTest, ResumingWithoutMoreShowersKeepsTheFile) {
  write_70();
  options_.resume = true;
  { const ShowerWriter writer(path(), grid, options_); }
  expect_showers(70);
  write_in_acts({});
  expect_showers(70);
  EXPECT_EQ(folder_.entries(), 1);
}

TEST_F(ShowerResumeTest, KeepsTheChunksOfTheFile) {
  options_.expected = 3;
  write_in_acts({{Act::write, 2}});
  options_.expected = std::nullopt;
  write_in_acts({{Act::write, 6}});
  EXPECT_EQ(ShowerReader(path()).chunk_rows(), 3);
  expect_showers(8);
}

TEST_F(ShowerResumeTest, FollowsALink) {
  write_70();
  fs::rename(path(), folder_ / "elsewhere.h5");
  fs::create_symlink(folder_ / "elsewhere.h5", path());
  write_in_acts({{Act::write, 5}, {Act::checkpoint}, {Act::write, 5}});
  EXPECT_TRUE(fs::is_symlink(path()));
  expect_showers(80);
}

/// Runs `action` in a child process and returns the status of waitpid().
int in_child(const std::function<void()>& action) {
  const pid_t child = fork();
  if (child == 0) {
    action();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

TEST_F(ShowerResumeTest, AKilledRunLeavesItsLastCheckpoint) {
  for (const bool calochallenge : {false, true}) {
    fs::remove(path());
    options_.calochallenge = calochallenge;
    const int status = in_child([&] {
      ShowerWriter writer(path(), grid, options_);
      writer.write(showers(0, 10));
      writer.checkpoint();
      writer.write(showers(10, 90));
      writer.checkpoint();
      writer.write(showers(100, 1000));
      std::raise(SIGKILL);
    });
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    expect_showers(100);
    write_in_acts({{Act::write, 33}});
    write_whole(133);
    EXPECT_EQ(test::stored_contents(path()), test::stored_contents(whole()));
  }
}

TEST_F(ShowerResumeTest, AReaderSeesWholeFilesAtAnyMoment) {
  const pid_t child = fork();
  if (child == 0) {
    ShowerWriter writer(path(), grid, options_);
    for (std::int64_t i = 0; i < 100; ++i) {
      writer.write(showers(7 * i, 7));
      writer.checkpoint();
    }
    writer.finish();
    _exit(0);
  }
  std::int64_t last = 0;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (!fs::exists(path())) continue;
    ShowerReader reader(path());
    EXPECT_GE(reader.size(), last);
    EXPECT_EQ(reader.size() % 7, 0);
    last = reader.size();
    EXPECT_EQ(reader.read(0, last).energy, showers(0, last).energy);
  }
  EXPECT_EQ(status, 0);
  expect_showers(700);
}

TEST_F(ShowerResumeTest, AFullDiskLeavesTheLastCheckpoint) {
  const Grid large{10, 10, 10};
  const auto noise = [&](std::int64_t first) {
    ShowerBatch batch = sample_showers(large, first, 64);
    CounterRandom(1, RandomPurpose::noise)
        .fill_uniform(static_cast<std::uint64_t>(first), batch.cells);
    return batch;
  };
  std::uintmax_t first_size = 0;
  std::uintmax_t second_size = 0;
  {
    ShowerWriter writer(path(), large, options_);
    writer.write(noise(0));
    writer.checkpoint();
    first_size = fs::file_size(path());
    writer.write(noise(64));
    writer.finish();
    second_size = fs::file_size(path());
  }
  // While chunks are written, and while the file is closed.
  for (const std::uintmax_t bytes : {first_size + 1, second_size - 1}) {
    options_.force = true;
    auto writer = std::make_unique<ShowerWriter>(path(), large, options_);
    writer->write(noise(0));
    writer->checkpoint();
    {
      const test::FileSizeLimit limit(bytes);
      EXPECT_EQ(test::failure([&] {
                  writer->write(noise(64));
                  writer->checkpoint();
                }),
                "cannot write '" + path().string() +
                    "' (File too large); free some space or choose another folder");
      writer.reset();
    }
    EXPECT_EQ(ShowerReader(path()).size(), 64);
    EXPECT_EQ(ShowerReader(path()).read(0, 64).cells, noise(0).cells);
    EXPECT_EQ(folder_.entries(), 1);
  }
  options_.resume = true;
  {
    const test::FileSizeLimit limit(first_size / 2);
    EXPECT_EQ(test::failure([&] { const ShowerWriter writer(path(), large, options_); }),
              "cannot write '" + path().string() +
                  "' (File too large); free some space or choose another folder");
  }
  EXPECT_EQ(ShowerReader(path()).size(), 64);
  EXPECT_EQ(folder_.entries(), 1);
}

TEST_F(ShowerResumeTest, OnlyItsOwnCheckpointsAreReplacedUnasked) {
  ShowerWriter writer(path(), grid, options_);
  writer.write(showers(0, 3));
  std::ofstream(path()) << "of somebody else";
  EXPECT_NE(test::input_error([&] { writer.checkpoint(); }).find("already exists"),
            std::string::npos);
  std::ostringstream text;
  text << std::ifstream(path()).rdbuf();
  EXPECT_EQ(text.str(), "of somebody else");
}

TEST_F(ShowerResumeTest, NamesWhatDiffersInAnotherRun) {
  write_70();
  WriteOptions other = options_;
  other.provenance.seed = 8;
  expect_refused("seed is 7, not 8", grid, other);
  other.provenance.seed = std::nullopt;
  other.provenance.detector = "another";
  other.provenance.source = "showergan 2";
  expect_refused(
      "detector is clic-ecal, not another; source is a test, not showergan 2; seed is 7, not "
      "unknown",
      grid, other);
  other = options_;
  other.axes = "radius, angle, layer";
  expect_refused("grid is 5 x 4 x 3, not 5 x 4 x 2; axes is x, y, z, not radius, angle, layer",
                 {5, 4, 2}, other);
  other = options_;
  other.calochallenge = true;
  expect_refused("layout is 3DGAN, not CaloChallenge", grid, other);
}

TEST_F(ShowerResumeTest, NamesAnotherBinning) {
  options_.calochallenge = true;
  write_70();
  WriteOptions other = options_;
  other.binning = cartesian_binning(grid);
  other.binning->layers[1].r_edges.back() += 1;
  expect_refused("binning is another", grid, other);
  other = options_;
  other.calochallenge = false;
  expect_refused("layout is CaloChallenge, not 3DGAN", grid, other);
}

TEST_F(ShowerResumeTest, StartsWithTheBinningOfARunThatWasKilledEarly) {
  options_.calochallenge = true;
  write_70();
  fs::remove(path());
  write_in_acts({{Act::write, 5}});
  expect_showers(5);
}

TEST_F(ShowerResumeTest, RefusesOtherColumns) {
  write_70();
  options_.resume = true;
  ShowerWriter writer(path(), grid, options_);
  EXPECT_EQ(test::input_error([&] { writer.write(sample_showers(grid, 70, 5, true)); }),
            "the showers do not have impact_x, and those before do (" + path().string() +
                "); all showers of a file have the same columns");
}

TEST_F(ShowerResumeTest, RefusesFilesOfOthers) {
  const ShowerBatch batch = sample_showers(grid, 0, 3);
  const auto write_raw = [&](const hid_t type) {
    test::RawHdf5 file(path());
    file.add("ECAL", {3, 5, 4, 3}, {batch.cells.begin(), batch.cells.end()}, type);
    file.add("energy", {3}, {batch.energy.begin(), batch.energy.end()});
    return file.id();
  };
  write_raw(H5T_IEEE_F32LE);
  EXPECT_EQ(error(grid, {}),
            "'FILE' is not of this run and cannot be resumed (format_version is unknown, not 1; "
            "units is unknown, not GeV, mm, rad; axes is unknown, not x, y, z); give the settings "
            "that it was begun with, or the name of another file");
  {
    test::RawHdf5 file(path());
    file.add("ECAL", {3, 5, 4, 3}, {batch.cells.begin(), batch.cells.end()}, H5T_IEEE_F32LE, "GeV");
    file.add("energy", {3}, {batch.energy.begin(), batch.energy.end()});
    const int version = 1;
    test::RawHdf5::attribute(file.id(), "format_version", H5T_STD_I32LE, H5T_NATIVE_INT, &version,
                             {});
    test::RawHdf5::fixed_text(file.id(), "units", "GeV, mm, rad");
    test::RawHdf5::fixed_text(file.id(), "axes", "x, y, z");
  }
  EXPECT_EQ(
      error(grid, {}),
      "a data set is not stored as ShowerGAN stores it (FILE, data set ECAL); it can be read, "
      "but not continued: write another file");
  std::ofstream(path()) << "text";
  EXPECT_EQ(error(grid, {}), "the file 'FILE' is not HDF5");
  EXPECT_EQ(folder_.entries(), 1);
}

TEST_F(ShowerResumeTest, RefusesDamagedFiles) {
  write_70();
  const std::uintmax_t size = fs::file_size(path());
  fs::copy_file(path(), whole());
  fs::resize_file(path(), size - 1);
  EXPECT_EQ(error(grid, options_),
            "the HDF5 file 'FILE' is truncated or damaged; make or copy it again");
  fs::resize_file(path(), 0);
  EXPECT_EQ(error(grid, options_), "the file 'FILE' is empty; make or copy it again");
  fs::copy_file(whole(), path(), fs::copy_options::overwrite_existing);
  std::string bytes;
  {
    std::ostringstream all;
    all << std::ifstream(path(), std::ios::binary).rdbuf();
    bytes = all.str();
  }
  const hid_t file = H5Fopen(path().c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  const hid_t data = H5Dopen2(file, "ECAL", H5P_DEFAULT);
  const hid_t space = H5Dget_space(data);
  hsize_t offset[4] = {};
  unsigned filters = 0;
  haddr_t address = 0;
  hsize_t chunk = 0;
  ASSERT_GE(H5Dget_chunk_info(data, space, 0, offset, &filters, &address, &chunk), 0);
  H5Sclose(space);
  H5Dclose(data);
  H5Fclose(file);
  bytes.replace(address + chunk / 2, 16, 16, '\xff');
  std::ofstream(path(), std::ios::binary) << bytes;
  EXPECT_EQ(error(grid, options_)
                .find("cannot read the data, the file is damaged (FILE, data set ECAL, rows 0 to "),
            0U)
      << error(grid, options_);
}

}  // namespace
}  // namespace showergan
