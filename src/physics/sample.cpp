#include "physics/sample.hpp"

#include <algorithm>

#include "physics/row_order.hpp"

namespace showergan::physics {

Sample::Sample(const ShowerSet& set) : set_(&set), rows_(rows_by_energy(set.energy())) {}

Sample::Sample(const ShowerSet& set, std::vector<std::int64_t> rows)
    : set_(&set), rows_(std::move(rows)) {}

std::vector<double> Sample::energy() const {
  std::vector<double> values;
  values.reserve(rows_.size());
  for (const std::int64_t row : rows_) {
    values.push_back(set_->energy()[static_cast<std::size_t>(row)]);
  }
  return values;
}

std::vector<double> Sample::column(Observable observable) const {
  const std::span<const double> all = set_->column(observable);
  std::vector<double> values;
  values.reserve(rows_.size());
  for (const std::int64_t row : rows_) values.push_back(all[static_cast<std::size_t>(row)]);
  return values;
}

std::vector<double> Sample::mean_profile(Profile profile) const {
  std::vector<double> mean(set_->width(profile));
  for (const std::int64_t row : rows_) {
    const auto values = set_->profile(profile, row);
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += values[i];
  }
  for (double& value : mean) value /= static_cast<double>(std::max<std::size_t>(1, rows_.size()));
  return mean;
}

std::vector<double> Sample::summed_spectrum(Spectrum spectrum) const {
  std::vector<double> sum(spectrum_edges(spectrum).size() - 1);
  for (const std::int64_t row : rows_) {
    const auto counts = set_->spectrum(spectrum, row);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += counts[i];
  }
  return sum;
}

Sample thin(const Sample& sample, std::int64_t size) {
  return {sample.set(), thinned(sample.rows(), size)};
}

std::pair<Sample, Sample> deal(const Sample& sample) {
  auto [first, second] = dealt(sample.rows());
  return {Sample(sample.set(), std::move(first)), Sample(sample.set(), std::move(second))};
}

}  // namespace showergan::physics
