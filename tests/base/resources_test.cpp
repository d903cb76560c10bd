#include "base/resources.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;

/// Shipped files in a folder of our own.
class Resources : public ::testing::Test {
 protected:
  Resources() {
    fs::create_directory(data_ / "things");
    for (const char* name : {"beta.toml", "alpha.toml", "alpha.onnx", "notes.txt"}) {
      std::ofstream(data_.path() / "things" / name) << name;
    }
    setenv("SHOWERGAN_DATA", data_.path().c_str(), 1);
  }
  ~Resources() override { unsetenv("SHOWERGAN_DATA"); }

  test::TemporaryFolder data_;
};

TEST_F(Resources, AreFoundByName) {
  EXPECT_EQ(find_resource("things", "beta", {".toml"}), data_.path() / "things" / "beta.toml");
}

TEST_F(Resources, PreferTheFirstExtension) {
  EXPECT_EQ(find_resource("things", "alpha", {".onnx", ".toml"}).extension(), ".onnx");
  EXPECT_EQ(find_resource("things", "alpha", {".toml", ".onnx"}).extension(), ".toml");
}

TEST_F(Resources, AreFoundByNameWithExtension) {
  EXPECT_EQ(find_resource("things", "beta.toml", {".toml"}), data_.path() / "things" / "beta.toml");
}

TEST_F(Resources, AreFoundByPath) {
  const std::string path = (data_.path() / "things" / "notes.txt").string();
  EXPECT_EQ(find_resource("things", path, {".toml"}), path);
}

TEST_F(Resources, AreListedByName) {
  const std::vector<std::string> expected = {"alpha", "beta"};
  EXPECT_EQ(resource_names("things", {".toml", ".onnx"}), expected);
  EXPECT_TRUE(resource_names("nothings", {".toml"}).empty());
}

TEST_F(Resources, UnknownNameListsTheKnownOnes) {
  EXPECT_EQ(test::input_error([] { find_resource("things", "gamma", {".toml"}); }),
            "nothing is called 'gamma' in things (known: alpha, beta); give one of these names or "
            "the path of a file");
  EXPECT_EQ(test::input_error([] { find_resource("nothings", "gamma", {".toml"}); }),
            "nothing is called 'gamma' in nothings (known: none); give one of these names or the "
            "path of a file");
}

TEST_F(Resources, MissingPathIsNamed) {
  EXPECT_EQ(test::input_error([] { find_resource("things", "some/where.toml", {".toml"}); }),
            "there is no file 'some/where.toml'");
}

TEST(ResourcesOfTheSourceTree, AreTheLastResort) {
  const std::vector<std::string> names = resource_names("detectors", {".toml"});
  EXPECT_NE(std::find(names.begin(), names.end(), "clic-ecal"), names.end());
}

}  // namespace
}  // namespace showergan
