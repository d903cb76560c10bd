// Against the numbers of make_expected.py, which NumPy and jetnet have computed.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "physics/calochallenge/compare_voxels.hpp"
#include "physics/calochallenge/protocol_features.hpp"
#include "physics/calochallenge/synthetic_voxels.hpp"

namespace showergan::physics {
namespace {

class ExpectedProtocol : public testing::Test {
 protected:
  const nlohmann::json wanted_ =
      nlohmann::json::parse(test::fixture("calochallenge/expected.json"));
  const ShowerBatch reference_batch_ = test::synthetic_voxels(1, 600, 1, 0);
  const VoxelSet reference_ = test::measured_voxels(reference_batch_, reference_batch_);
  const VoxelSet candidate_ =
      test::measured_voxels(test::synthetic_voxels(2, 600, 1, 0.3), reference_batch_);
};

TEST_F(ExpectedProtocol, ObservablesOfAShower) {
  const std::vector<std::int64_t> row = {3};
  const auto observables = protocol_observables(reference_);
  EXPECT_EQ(observables.size(), wanted_["shower"].size());
  for (const ProtocolObservable& observable : observables) {
    ASSERT_TRUE(wanted_["shower"].contains(observable.name)) << observable.name;
    const double value = wanted_["shower"][observable.name].get<double>();
    EXPECT_NEAR(values_of(reference_, observable, row)[0], value, 1e-5 * std::abs(value))
        << observable.name;
  }
}

TEST_F(ExpectedProtocol, FeaturesOfAShower) {
  const std::vector<std::int64_t> row = {3};
  const FeatureMatrix features = protocol_features(reference_, row);
  ASSERT_EQ(features.columns(), wanted_["features"].size());
  for (std::size_t i = 0; i < features.columns(); ++i) {
    EXPECT_NEAR(features.row(0)[i], wanted_["features"][i].get<double>(), 1e-5) << i;
  }
}

TEST_F(ExpectedProtocol, EmptyShowers) {
  EXPECT_EQ(reference_.empty_showers(), wanted_["empty"][0].get<std::int64_t>());
  EXPECT_EQ(candidate_.empty_showers(), wanted_["empty"][1].get<std::int64_t>());
}

TEST_F(ExpectedProtocol, SeparationPowersAndTheirFloors) {
  const ComparisonResult result = compare_voxels(reference_, candidate_, {.threads = 2});
  std::size_t compared = 0;
  for (const MetricResult& metric : result.metrics) {
    const std::string prefix = "separation_power[";
    if (!metric.name.starts_with(prefix)) continue;
    const std::string name =
        metric.name.substr(prefix.size(), metric.name.size() - prefix.size() - 1);
    ASSERT_TRUE(wanted_["separations"].contains(name)) << name;
    ASSERT_TRUE(metric.value && metric.floor) << name;
    EXPECT_NEAR(*metric.value, wanted_["separations"][name]["value"].get<double>(), 1e-6) << name;
    EXPECT_NEAR(*metric.floor, wanted_["separations"][name]["floor"].get<double>(), 1e-6) << name;
    ++compared;
  }
  EXPECT_EQ(compared, wanted_["separations"].size());
}

TEST_F(ExpectedProtocol, DistancesOfTheFeatures) {
  const ComparisonResult result =
      compare_voxels(reference_, candidate_, {.threads = 2, .distances = true});
  for (const MetricResult& metric : result.metrics) {
    if (metric.name != "fpd" && metric.name != "kpd") continue;
    const nlohmann::json& wanted = wanted_["distances"][metric.name];
    ASSERT_TRUE(metric.value && metric.floor);
    // jetnet draws other samples of the showers for the Fréchet distance.
    const double tolerance = metric.name == "fpd" ? 0.1 : 1e-4;
    for (const auto& [name, value] :
         {std::pair{"value", *metric.value}, std::pair{"floor", *metric.floor}}) {
      const double number = wanted[name].get<double>();
      EXPECT_NEAR(value, number, tolerance * std::abs(number) + 1e-6) << metric.name << name;
    }
  }
}

}  // namespace
}  // namespace showergan::physics
