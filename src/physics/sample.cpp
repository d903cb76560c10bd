#include "physics/sample.hpp"

#include <algorithm>
#include <numeric>

namespace showergan::physics {

Sample::Sample(const ShowerSet& set) : set_(&set), rows_(static_cast<std::size_t>(set.size())) {
  std::iota(rows_.begin(), rows_.end(), std::int64_t{0});
  const std::span<const double> energy = set.energy();
  std::ranges::stable_sort(
      rows_, {}, [energy](std::int64_t row) { return energy[static_cast<std::size_t>(row)]; });
}

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
  if (size >= sample.size()) return sample;
  std::vector<std::int64_t> rows;
  for (std::int64_t i = 0; i < size; ++i) {
    rows.push_back(
        sample.rows()[static_cast<std::size_t>((2 * i + 1) * sample.size() / (2 * size))]);
  }
  return {sample.set(), std::move(rows)};
}

std::pair<Sample, Sample> deal(const Sample& sample) {
  std::vector<std::int64_t> first;
  std::vector<std::int64_t> second;
  for (std::size_t i = 0; i + 1 < sample.rows().size(); i += 2) {
    first.push_back(sample.rows()[i]);
    second.push_back(sample.rows()[i + 1]);
  }
  return {Sample(sample.set(), std::move(first)), Sample(sample.set(), std::move(second))};
}

}  // namespace showergan::physics
