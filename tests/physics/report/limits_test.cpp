#include "physics/report/limits.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan::physics {
namespace {

class Limits : public testing::Test {
 protected:
  std::vector<Limit> read(const std::string& toml) const {
    std::ofstream(path_) << toml;
    return read_limits(path_);
  }
  std::string error(const std::string& toml) const {
    return test::input_error([&] { read(toml); });
  }
  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "limits.toml";
};

TEST_F(Limits, AreOnTheExcessUnlessTheySayOtherwise) {
  const auto limits = read(
      "moments_shift = 0.1\n"
      "\"separation[m1_x]\" = { value = 0.05 }\n"
      "coverage = { min = 0.9, max = 1 }\n"
      "fpd = { excess = 5, max = 20 }\n");
  ASSERT_EQ(limits.size(), 4u);
  EXPECT_EQ(limits[0].metric, "coverage");  // tables of TOML are sorted
  EXPECT_EQ(limits[0].lowest, 0.9);
  EXPECT_EQ(limits[0].highest, 1);
  EXPECT_FALSE(limits[0].excess);
  EXPECT_EQ(limits[1].excess, 5);
  EXPECT_EQ(limits[1].highest, 20);
  EXPECT_EQ(limits[2].metric, "moments_shift");
  EXPECT_EQ(limits[2].excess, 0.1);
  EXPECT_FALSE(limits[2].highest);
  EXPECT_EQ(limits[3].metric, "separation[m1_x]");
  EXPECT_EQ(limits[3].highest, 0.05);
}

TEST_F(Limits, ErrorsNameTheLine) {
  const std::string place = " (" + path_.string();
  EXPECT_EQ(error("a = 1\nb = \"x\"\n"),
            "the limit of 'b' is not a number of at least 0" + place +
                ":2); write METRIC = 0.1, METRIC = { value = 0.1 } or METRIC = { min = 0.9 }");
  EXPECT_NE(error("a = -1\n").find("not a number of at least 0" + place + ":1)"),
            std::string::npos);
  EXPECT_NE(error("a = nan\n").find("not a number of at least 0"), std::string::npos);
  EXPECT_EQ(error("a = { most = 1 }\n"), "'most' of 'a' is no kind of limit" + place +
                                             ":1); use excess, value (or max), or min");
  EXPECT_NE(error("a = { max = 1, value = 2 }\n").find("both value and max"), std::string::npos);
  EXPECT_NE(error("a = {}\n").find("the table of 'a' holds no limit"), std::string::npos);
}

TEST_F(Limits, MustBeThereAndBeToml) {
  EXPECT_NE(error("separation[m1_x] = 1\n").find("the limits are no TOML"), std::string::npos);
  EXPECT_NE(error("# nothing\n").find("the file of limits holds no limit"), std::string::npos);
  EXPECT_EQ(test::input_error([&] { read_limits(folder_ / "none.toml"); }),
            "cannot read the limits '" + (folder_ / "none.toml").string() +
                "' (there is no such file); check the path given to --require");
}

}  // namespace
}  // namespace showergan::physics
