#include <fstream>

#include <gtest/gtest.h>

#include "apps/command_line.hpp"
#include "support/shared_data.hpp"

namespace showergan {
namespace {

using test::CommandResult;
using test::run_showergan;

class ConvertModel : public ::testing::Test {
 protected:
  CommandResult convert(const std::string& weights, const std::string& options) const {
    return run_showergan("convert '" + test::shared_data("keras-3dgan/" + weights).string() +
                         "' '" + out_ + "' " + options);
  }

  test::TemporaryFolder folder_;
  std::string out_ = (folder_ / "model.onnx").string();
};

TEST_F(ConvertModel, FindsThePartAndKeepsTheCard) {
  SHOWERGAN_NEEDS_FILE(test::shared_data("keras-3dgan/generator.hdf5"));
  std::ofstream(folder_ / "card.json")
      << R"({"training_data": "Geant4, 2017", "epochs": 30, "conditions": {"energy": [100, 400]}})";
  const CommandResult converted = convert(
      "generator.hdf5", "--architecture 3dgan --card '" + (folder_ / "card.json").string() + "'");
  EXPECT_EQ(converted.status, 0) << converted.errors;
  const std::string text = run_showergan("inspect '" + out_ + "'").output;
  for (const char* part :
       {"model               3dgan\n", "detector            clic-ecal\n",
        "condition           energy from 100 to 400 GeV\n", "training data       Geant4, 2017\n",
        "  epochs              30\n", "parameters          872,948 (872,808 trainable)\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << text;
  }
}

TEST_F(ConvertModel, DiscriminatorsToo) {
  SHOWERGAN_NEEDS_FILE(test::shared_data("keras-3dgan/discriminator.hdf5"));
  const CommandResult converted = convert("discriminator.hdf5", "--architecture 3dgan");
  EXPECT_EQ(converted.status, 0) << converted.errors;
  const std::string text = run_showergan("inspect '" + out_ + "'").output;
  EXPECT_NE(text.find("model               3dgan-discriminator\n"), std::string::npos) << text;
}

TEST_F(ConvertModel, ExistingFilesStayUnlessForced) {
  SHOWERGAN_NEEDS_FILE(test::shared_data("keras-3dgan/generator.hdf5"));
  std::ofstream(out_) << "mine";
  const CommandResult refused = convert("generator.hdf5", "--architecture 3dgan");
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.errors.find("already exists"), std::string::npos) << refused.errors;
  EXPECT_EQ(convert("generator.hdf5", "--architecture 3dgan --force").status, 0);
}

TEST_F(ConvertModel, WrongRequestsAreOneLine) {
  SHOWERGAN_NEEDS_FILE(test::shared_data("keras-3dgan/generator.hdf5"));
  const auto error_of = [&](const std::string& weights, const std::string& options) {
    const CommandResult result = convert(weights, options);
    EXPECT_EQ(result.status, 2) << result.errors;
    EXPECT_EQ(result.errors.find('\n'), result.errors.size() - 1) << result.errors;
    EXPECT_FALSE(std::filesystem::exists(out_));
    return result.errors;
  };
  EXPECT_NE(error_of("generator.hdf5", "").find("say --architecture NAME"), std::string::npos);
  EXPECT_NE(error_of("generator.hdf5", "--architecture 3dgan-16").find("conv3d_2/kernel"),
            std::string::npos);
  EXPECT_NE(error_of("generator.hdf5", "--architecture 3dgan --part discriminator")
                .find("there are no weights for 'conv3d_5/kernel'"),
            std::string::npos);
  EXPECT_NE(error_of("generator.hdf5", "--architecture first-light --part discriminator")
                .find("the model 'first-light' has no discriminator"),
            std::string::npos);
  EXPECT_NE(error_of("generator-expected.h5", "--architecture 3dgan").find("holds no weights"),
            std::string::npos);
  EXPECT_NE(error_of("generator.hdf5", "--architecture 4dgan").find("4dgan"), std::string::npos);
}

TEST(InspectModel, DefinitionsShowBothNetworks) {
  const std::string source = std::getenv("SHOWERGAN_SOURCE_DIR");
  const CommandResult result = run_showergan("inspect '" + source + "/models/3dgan-angle.toml'");
  EXPECT_EQ(result.status, 0) << result.errors;
  for (const char* part : {"  generator\n", "  discriminator\n", "1,365,047", "87,402",
                           "condition           theta from 1.0472 to 2.0944 rad\n"}) {
    EXPECT_NE(result.output.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace showergan
