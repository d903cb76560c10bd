#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "physics/summary/summary.hpp"
#include "physics/toy_showers.hpp"
#include "support/error_text.hpp"

namespace showergan::physics {
namespace {

std::string toy_json() {
  return summarize_monte_carlo(test::measured(test::toy_showers(1, test::toy_energies(1, 600))),
                               "Geant4 \"toy\"\n\xff", "clic-ecal", 1500.0);
}

TEST(SummaryJson, RoundTrips) {
  const Summary summary = parse_summary(toy_json(), "card");
  EXPECT_EQ(summary.source, "Geant4 \"toy\"\n\xef\xbf\xbd");  // what is no UTF-8 is replaced
  EXPECT_EQ(summary.detector, "clic-ecal");
  EXPECT_EQ(summary.grid, (Grid{9, 9, 10}));
  EXPECT_EQ(summary.threshold, 1e-6);
  EXPECT_EQ(summary.ms_per_shower, 1500);
  ASSERT_EQ(summary.bins.size(), 10u);
  const Summary again = parse_summary(to_json(summary), "card");
  EXPECT_EQ(to_json(again), to_json(summary));
  EXPECT_EQ(again.bins[3].profile_z, summary.bins[3].profile_z);
  EXPECT_EQ(again.bins[3].depth.slope, summary.bins[3].depth.slope);
}

TEST(SummaryJson, MayStandAmongOtherFacts) {
  nlohmann::json facts = nlohmann::json::parse(toy_json());
  facts["recipe"] = {{"epochs", 60}};
  EXPECT_EQ(parse_summary(facts.dump(), "card").bins.size(), 10u);
}

TEST(SummaryJson, OptionalMembersHaveDefaults) {
  nlohmann::json facts = nlohmann::json::parse(toy_json());
  for (const char* name : {"source", "detector", "threshold", "ms_per_shower"}) {
    facts["monte_carlo"].erase(name);
  }
  for (auto& bin : facts["monte_carlo"]["bins"]) {
    bin.erase("energy_mean");
    bin.erase("energy_rms");
    bin["depth"].erase("slope");
  }
  const Summary summary = parse_summary(facts.dump(), "card");
  EXPECT_FALSE(summary.ms_per_shower);
  EXPECT_EQ(summary.bins[0].depth.slope, 0);
  EXPECT_DOUBLE_EQ(summary.bins[0].energy_mean,
                   0.5 * (summary.bins[0].energy_low + summary.bins[0].energy_high));
}

/// The error for the toy summary after `change`.
template <typename Change>
std::string error_after(const Change& change) {
  nlohmann::json facts = nlohmann::json::parse(toy_json());
  change(facts["monte_carlo"]);
  return test::input_error([&] { parse_summary(facts.dump(), "model.onnx"); });
}

TEST(SummaryJson, DamageIsNamed) {
  const std::string advice = "; write one with showergan validate --summarize";
  EXPECT_EQ(test::input_error([] { parse_summary("{", "a.json"); }),
            "this is not a JSON object (a.json)" + advice);
  EXPECT_EQ(test::input_error([] { parse_summary("[1]", "a.json"); }),
            "this is not a JSON object (a.json)" + advice);
  EXPECT_EQ(test::input_error([] { parse_summary("{}", "a.json"); }),
            "the Monte Carlo summary lacks 'monte_carlo' (a.json)" + advice);
  EXPECT_EQ(error_after([](auto& mc) { mc = 3; }),
            "the Monte Carlo summary is not an object (model.onnx: monte_carlo)" + advice);
  EXPECT_EQ(error_after([](auto& mc) { mc.erase("bins"); }),
            "the Monte Carlo summary lacks 'bins' (model.onnx: monte_carlo)" + advice);
  EXPECT_EQ(error_after([](auto& mc) { mc["bins"] = nlohmann::json::array(); }),
            "the Monte Carlo summary needs a list as 'bins' (model.onnx: monte_carlo)" + advice);
  EXPECT_EQ(error_after([](auto& mc) { mc["bins"][2]["response"]["mean"] = "x"; }),
            "the Monte Carlo summary needs a number as 'mean' (model.onnx: monte_carlo, bin 2: "
            "response)" +
                advice);
  EXPECT_EQ(error_after([](auto& mc) { mc["bins"][0]["profile_z"].push_back(1); }),
            "the Monte Carlo summary has profiles that do not fit its grid (model.onnx: "
            "monte_carlo, bin 0)" +
                advice);
  EXPECT_EQ(error_after([](auto& mc) { mc["bins"][0]["profile_x"] = nullptr; }),
            "the Monte Carlo summary needs a list of numbers as 'profile_x' (model.onnx: "
            "monte_carlo, bin 0)" +
                advice);
  EXPECT_EQ(error_after([](auto& mc) { mc["bins"][0]["showers"] = 1e300; }),
            "the Monte Carlo summary needs a count as 'showers' (model.onnx: monte_carlo, bin 0)" +
                advice);
  EXPECT_EQ(
      error_after([](auto& mc) {
        mc["grid"] = {9, 9};
      }),
      "the Monte Carlo summary needs three numbers as 'grid' (model.onnx: monte_carlo)" + advice);
  EXPECT_EQ(error_after([](auto& mc) { mc["bins"][1]["energy_high"] = 1; }),
            "the Monte Carlo summary has energy_high below energy_low (model.onnx: monte_carlo, "
            "bin 1)" +
                advice);
  EXPECT_EQ(error_after([](auto& mc) { mc["source"] = 4; }),
            "the Monte Carlo summary needs a text as 'source' (model.onnx: monte_carlo)" + advice);
}

}  // namespace
}  // namespace showergan::physics
