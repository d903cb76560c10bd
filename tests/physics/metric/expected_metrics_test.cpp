#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "physics/hashed_numbers.hpp"
#include "physics/metric/compare.hpp"

namespace showergan::physics {
namespace {

using test::hashed_uniform;

constexpr Grid kGrid = {7, 6, 9};

/// The showers of make_expected_metrics.py, to the last bit.
ShowerBatch synthetic(std::uint64_t seed, std::uint64_t count, double shift) {
  ShowerBatch batch;
  batch.grid = kGrid;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t base = (seed << 32) + (i << 12);
    batch.energy.push_back(static_cast<float>(10 + 90 * hashed_uniform(base)));
    const double start = 3 + shift + 2 * hashed_uniform(base + 1);
    const double scale = 0.002 * static_cast<double>(batch.energy.back()) * (1 + 0.1 * shift);
    std::uint64_t number = 2;
    for (int x = 0; x < kGrid.nx; ++x) {
      for (int y = 0; y < kGrid.ny; ++y) {
        for (int z = 0; z < kGrid.nz; ++z, ++number) {
          const double u = hashed_uniform(base + number);
          const double depth = z - start;
          const double d = 1 + (x - 3) * (x - 3) + (y - 3) * (y - 3) + 0.5 * (depth * depth);
          batch.cells.push_back(static_cast<float>(scale * (u * u * u * u) / (d * d * d)));
        }
      }
    }
  }
  return batch;
}

ShowerSet measured(const ShowerBatch& batch) {
  ImageGeometry geometry = unit_geometry(kGrid);
  geometry.layer_weights = {1, 1, 1, 1, 1, 1, 2, 2, 2};
  geometry.cell_x = 5;
  geometry.cell_y = 4;
  geometry.threshold = 1e-5;
  ShowerSet set(geometry);
  set.append(batch, 2);
  return set;
}

void expect_number(const std::optional<double>& value, const nlohmann::json& wanted,
                   const std::string& name) {
  ASSERT_EQ(value.has_value(), !wanted.is_null()) << name;
  if (!value) return;
  EXPECT_NEAR(*value, wanted.get<double>(), 1e-6) << name;
}

TEST(ExpectedMetrics, AreThoseOfNumPy) {
  const nlohmann::json wanted =
      nlohmann::json::parse(test::fixture("expected_metrics.json"))["metrics"];
  const ComparisonResult result =
      compare(measured(synthetic(1, 900, 0)), measured(synthetic(2, 800, 0.25)), {.threads = 2});
  EXPECT_EQ(wanted.size(), result.metrics.size());
  for (const MetricResult& metric : result.metrics) {
    ASSERT_TRUE(wanted.contains(metric.name)) << metric.name;
    expect_number(metric.value, wanted[metric.name]["value"], metric.name);
    expect_number(metric.floor, wanted[metric.name]["floor"], metric.name);
  }
}

TEST(ExpectedMetrics, ObservablesOfAShowerAreThoseOfNumPy) {
  const nlohmann::json wanted = nlohmann::json::parse(test::fixture("expected_metrics.json"));
  const ShowerSet set = measured(synthetic(1, 1, 0));
  for (std::size_t i = 0; i < kObservables; ++i) {
    const auto observable = static_cast<Observable>(i);
    if (!wanted["first_shower"].contains(name_of(observable))) continue;
    EXPECT_NEAR(set.column(observable)[0],
                wanted["first_shower"][name_of(observable)].get<double>(), 1e-9)
        << name_of(observable);
  }
  const std::pair<const char*, Profile> profiles[] = {
      {"first_layer_centre_x", Profile::layer_centre_x},
      {"first_layer_width_x", Profile::layer_width_x},
      {"first_radial", Profile::radial}};
  for (const auto& [name, profile] : profiles) {
    const auto values = set.profile(profile, 0);
    ASSERT_EQ(values.size(), wanted[name].size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_NEAR(values[i], wanted[name][i].get<double>(), 1e-5) << name << i;
    }
  }
}

}  // namespace
}  // namespace showergan::physics
