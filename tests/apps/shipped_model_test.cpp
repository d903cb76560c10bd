// The models that users get with the program.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "command_line.hpp"
#include "store/shower_reader.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

using Json = nlohmann::json;

Json card_of(const std::string& model) {
  const std::filesystem::path source = std::getenv("SHOWERGAN_SOURCE_DIR");
  std::ifstream file(source / "models" / (model + ".card.json"));
  return Json::parse(file);
}

/// The Monte Carlo's mean sampling fraction at `energy` (GeV).
double sampling_fraction(const Json& card, double energy) {
  double fraction = 0;
  for (const Json& bin : card.at("monte_carlo").at("bins")) {
    if (energy < bin.at("energy_low").get<double>()) break;
    fraction = bin.at("sampling_fraction").at("mean").get<double>();
  }
  return fraction;
}

class ShippedModel : public testing::TestWithParam<std::string> {};

TEST_P(ShippedModel, HasACardWithWhatAPhysicistAsks) {
  const Json card = card_of(GetParam());
  for (const char* fact : {"description", "training_data", "particle", "recipe", "cost"}) {
    EXPECT_TRUE(card.contains(fact)) << fact;
  }
  EXPECT_GE(card.at("weaknesses").size(), 3u);
  EXPECT_GE(card.at("metrics_on_test_file").at("values").size(), 30u);
}

TEST_P(ShippedModel, GivesTheEnergiesOfItsCard) {
  const Json card = card_of(GetParam());
  const test::TemporaryFolder folder;
  const std::filesystem::path out = folder / "showers.h5";
  const test::CommandResult result = test::run_showergan(
      "generate " + GetParam() + " -n 200 --energy 100:400 -o '" + out.string() + "'");
  ASSERT_EQ(result.status, 0) << result.errors;
  ShowerReader reader(out);
  const ShowerBatch batch = reader.read(0, reader.size());
  double ratio = 0;
  for (std::int64_t i = 0; i < batch.size(); ++i) {
    const auto energy = static_cast<double>(batch.energy[static_cast<std::size_t>(i)]);
    double sum = 0;
    for (const float cell : batch.shower(i)) sum += static_cast<double>(cell);
    ratio += sum / energy / sampling_fraction(card, energy) / static_cast<double>(batch.size());
  }
  EXPECT_NEAR(ratio, 1, 0.15);
}

INSTANTIATE_TEST_SUITE_P(All, ShippedModel,
                         testing::Values("showergan", "first-light", "3dgan-clic"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace showergan
