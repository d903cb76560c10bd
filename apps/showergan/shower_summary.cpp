#include "shower_summary.hpp"

#include <algorithm>

#include "showergan/error.hpp"

#include "base/interrupt.hpp"
#include "base/progress.hpp"

namespace showergan::app {

void NumberRange::add(double value) {
  low_ = count_ == 0 ? value : std::min(low_, value);
  high_ = count_ == 0 ? value : std::max(high_, value);
  sum_ += value;
  ++count_;
}

void ShowerSummary::add(const ShowerBatch& batch) {
  for (std::int64_t i = 0; i < batch.size(); ++i) {
    double sum = 0;
    float hottest = 0;
    std::int64_t not_zero = 0;
    for (const float cell : batch.shower(i)) {
      sum += cell;
      hottest = std::max(hottest, cell);
      not_zero += cell != 0;
    }
    const double primary = batch.energy[static_cast<std::size_t>(i)];
    energy.add(primary);
    image_energy.add(sum);
    sampling_fraction.add(sum / primary);
    hottest_cell.add(hottest);
    filled.add(static_cast<double>(not_zero) / static_cast<double>(batch.grid.cells()));
    empty += sum == 0;
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (const float value : batch.*shower_columns[i].values) columns[i].add(value);
  }
}

ShowerSummary summarise(ShowerReader& reader, bool quiet) {
  constexpr std::int64_t showers_at_once = 64;
  ShowerSummary summary;
  Progress progress("showers", reader.size(), quiet);
  for (std::int64_t first = 0; first < reader.size(); first += showers_at_once) {
    if (interrupted()) throw Error("interrupted");
    summary.add(reader.read(first, std::min(showers_at_once, reader.size() - first)));
    progress.update(summary.energy.count());
  }
  return summary;
}

}  // namespace showergan::app
