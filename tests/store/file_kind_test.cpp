#include "store/file_kind.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "store/checkpoint.hpp"
#include "store/named_arrays.hpp"
#include "support/shared_data.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

class FileKindTest : public ::testing::Test {
 protected:
  std::filesystem::path text_file(const std::string& name) {
    std::ofstream(folder_ / name) << "text";
    return folder_ / name;
  }

  std::filesystem::path hdf5_file(const std::string& data_set, const std::string& attribute) {
    const std::filesystem::path path = folder_ / "file.h5";
    write_named_arrays(path, {{data_set, {{1}, {1.0F}}}}, {{attribute, "x"}});
    return path;
  }

  test::TemporaryFolder folder_;
};

TEST_F(FileKindTest, LooksAtTheExtensionOfText) {
  EXPECT_EQ(file_kind(text_file("a.onnx")), FileKind::onnx);
  EXPECT_EQ(file_kind(text_file("a.toml")), FileKind::toml);
  EXPECT_EQ(file_kind(text_file("a.h5")), FileKind::unknown);
  EXPECT_EQ(file_kind(text_file("a")), FileKind::unknown);
}

TEST_F(FileKindTest, LooksIntoHdf5) {
  EXPECT_EQ(file_kind(hdf5_file("noise", "a")), FileKind::other_hdf5);
}

TEST_F(FileKindTest, KnowsShowers) {
  EXPECT_EQ(file_kind(hdf5_file("ECAL", "a")), FileKind::showers);
}

TEST_F(FileKindTest, KnowsCaloChallengeShowers) {
  EXPECT_EQ(file_kind(hdf5_file("showers", "a")), FileKind::showers);
}

TEST_F(FileKindTest, KnowsKerasWeights) {
  EXPECT_EQ(file_kind(hdf5_file("dense/kernel:0", "layer_names")), FileKind::keras_weights);
}

TEST_F(FileKindTest, KnowsSavedKerasModels) {
  EXPECT_EQ(file_kind(hdf5_file("model_weights/dense/kernel:0", "a")), FileKind::keras_weights);
}

TEST_F(FileKindTest, KnowsCheckpoints) {
  write_checkpoint(folder_ / "step.h5", {});
  EXPECT_EQ(file_kind(folder_ / "step.h5"), FileKind::checkpoint);
}

TEST_F(FileKindTest, DoesNotThrow) {
  EXPECT_EQ(file_kind(folder_ / "none.h5"), FileKind::missing);
  EXPECT_EQ(file_kind(folder_.path()), FileKind::unknown);
  const auto path = hdf5_file("ECAL", "a");
  std::filesystem::resize_file(path, 600);
  EXPECT_EQ(file_kind(path), FileKind::other_hdf5);
}

TEST_F(FileKindTest, KnowsThePublishedFiles) {
  const auto weights = test::shared_data("keras-3dgan/generator.hdf5");
  SHOWERGAN_NEEDS_FILE(weights);
  EXPECT_EQ(file_kind(weights), FileKind::keras_weights);
  EXPECT_EQ(file_kind(test::shared_data("keras-3dgan/generator-expected.h5")), FileKind::showers);
  EXPECT_EQ(file_kind(test::shared_data("keras-3dgan/discriminator-expected.h5")),
            FileKind::other_hdf5);
}

}  // namespace
}  // namespace showergan
