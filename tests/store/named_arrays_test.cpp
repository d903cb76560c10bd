#include "store/named_arrays.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "store/raw_hdf5.hpp"
#include "support/error_text.hpp"
#include "support/file_size_limit.hpp"
#include "support/shared_data.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

class NamedArraysTest : public ::testing::Test {
 protected:
  std::filesystem::path path() const { return folder_ / "arrays.h5"; }

  test::TemporaryFolder folder_;
};

TEST_F(NamedArraysTest, RoundTrip) {
  const NamedArrays arrays = {{"noise", {{2, 3}, {1, 2, 3, 4, 5, 6}}},
                              {"group/deep/kernel:0", {{2}, {-1, 0.5F}}},
                              {"one", {{}, {7}}},
                              {"none", {{0, 4}, {}}}};
  write_named_arrays(path(), arrays, {{"model", "3dgan"}});
  const NamedArrays again = read_named_arrays(path());
  ASSERT_EQ(again.size(), arrays.size());
  for (const auto& [name, array] : arrays) {
    EXPECT_EQ(again.at(name).shape, array.shape) << name;
    EXPECT_EQ(again.at(name).values, array.values) << name;
  }
  EXPECT_EQ(read_named_array(path(), "group/deep/kernel:0").values, (std::vector<float>{-1, 0.5F}));
  const std::map<std::string, std::vector<std::int64_t>> shapes = {
      {"noise", {2, 3}}, {"group/deep/kernel:0", {2}}, {"one", {}}, {"none", {0, 4}}};
  EXPECT_EQ(list_named_arrays(path()), shapes);
}

TEST_F(NamedArraysTest, SkipsWhatHoldsNoNumbers) {
  {
    test::RawHdf5 file(path());
    file.add("numbers", {2}, {1, 2}, H5T_STD_I64BE);
    const hid_t type = H5Tcopy(H5T_C_S1);
    const hid_t space = H5Screate(H5S_SCALAR);
    H5Dclose(H5Dcreate2(file.id(), "text", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Sclose(space);
    H5Tclose(type);
  }
  const NamedArrays arrays = read_named_arrays(path());
  EXPECT_EQ(arrays.size(), 1U);
  EXPECT_EQ(arrays.at("numbers").values, (std::vector<float>{1, 2}));
}

TEST_F(NamedArraysTest, UnknownNameListsTheKnownOnes) {
  write_named_arrays(path(), {{"a", {{1}, {1}}}, {"b/c", {{1}, {1}}}});
  EXPECT_EQ(test::input_error([&] { read_named_array(path(), "noise"); }),
            "there is no data set noise in '" + path().string() + "' (it has: a, b/c)");
}

TEST_F(NamedArraysTest, NamesMissingAndForeignFiles) {
  EXPECT_EQ(test::input_error([&] { read_named_arrays(path()); }),
            "there is no file '" + path().string() + "'");
  std::ofstream(path()) << "text";
  EXPECT_EQ(test::input_error([&] { read_named_arrays(path()); }),
            "the file '" + path().string() + "' is not HDF5");
}

TEST_F(NamedArraysTest, DoesNotOverwriteUnasked) {
  write_named_arrays(path(), {{"a", {{1}, {1}}}});
  EXPECT_NE(test::input_error([&] {
              write_named_arrays(path(), {{"a", {{1}, {2}}}});
            }).find("already exists"),
            std::string::npos);
  write_named_arrays(path(), {{"a", {{1}, {2}}}}, {}, true);
  EXPECT_EQ(read_named_array(path(), "a").values[0], 2.0F);
}

TEST_F(NamedArraysTest, SaysThatTheDiskIsFull) {
  const test::FileSizeLimit limit(10000);
  const NamedArrays arrays = {{"a", {{100000}, std::vector<float>(100000, 1.0F)}}};
  EXPECT_EQ(test::failure([&] { write_named_arrays(path(), arrays); }),
            "cannot write '" + path().string() +
                "' (File too large); free some space or choose another folder");
  EXPECT_EQ(folder_.entries(), 0);
}

TEST_F(NamedArraysTest, TakesLongAttributes) {
  EXPECT_NO_THROW(write_named_arrays(path(), {}, {{"note", std::string(100000, 'x')}}));
}

TEST_F(NamedArraysTest, ReadsPublishedWeights) {
  const auto weights = test::shared_data("keras-3dgan/generator.hdf5");
  SHOWERGAN_NEEDS_FILE(weights);
  const NamedArrays arrays = read_named_arrays(weights);
  const NamedArray& kernel = arrays.at("sequential_1/conv3d_1/kernel:0");
  EXPECT_EQ(kernel.shape, (std::vector<std::int64_t>{6, 6, 8, 8, 64}));
  std::size_t parameters = 0;
  for (const auto& [name, array] : arrays) parameters += array.values.size();
  EXPECT_EQ(parameters, 872948U);
}

}  // namespace
}  // namespace showergan
