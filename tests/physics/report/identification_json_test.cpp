#include "physics/report/identification_json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sample_identification.hpp"

namespace showergan::physics {
namespace {

TEST(IdentificationJson, HoldsTheWorkingPointsAndTheEnergies) {
  const auto json = nlohmann::json::parse(identification_json(
      {test::sample_identification("gamma"), test::failed_identification("pi0")}));
  ASSERT_EQ(json.size(), 2u);
  EXPECT_EQ(json[0]["other"], "gamma");
  EXPECT_EQ(json[0]["file"], "gamma.h5");
  EXPECT_EQ(json[0]["training_showers"], 400);
  EXPECT_EQ(json[0]["auc"]["value"], 0.9);
  EXPECT_EQ(json[0]["candidate_auc"]["error"], 0.03);
  const auto& point = json[0]["working_points"][0];
  EXPECT_EQ(point["efficiency"], 0.9);
  EXPECT_EQ(point["cut"], 2);
  EXPECT_EQ(point["candidate"]["value"], 0.8);
  EXPECT_EQ(point["candidate"]["showers"], 10);
  EXPECT_NEAR(point["candidate"]["error"].get<double>(), (Efficiency{8, 10}.error()), 1e-12);
  EXPECT_EQ(point["other_by_candidate"]["value"], 0.7);
  EXPECT_EQ(json[0]["energies"][1]["low"], 10);
  EXPECT_EQ(json[0]["energies"][1]["other"]["value"], 0.05);
  EXPECT_EQ(json[1]["reason"], "too few showers");
  EXPECT_FALSE(json[1].contains("working_points"));
}

}  // namespace
}  // namespace showergan::physics
