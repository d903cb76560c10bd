#include "physics/metric/binned_metrics.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "physics/energy_bins.hpp"
#include "physics/metric/energy_spectra.hpp"
#include "physics/metric/halves.hpp"
#include "physics/metric/observable_metrics.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kBootstrapPool = 500;
constexpr int kAngleBins = 5;

/// Where one bin begins and ends, and what is in it.
struct Slice {
  BinMetrics::Quantity quantity;
  double low;
  double high;
  Sample reference;
  Sample candidate;
};

std::vector<Slice> energy_slices(const Sample& reference, const Sample& candidate,
                                 const EnergyBins& bins) {
  std::vector<Sample> references = bins.split(reference);
  std::vector<Sample> candidates = bins.split(candidate);
  std::vector<Slice> slices;
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    slices.push_back({BinMetrics::Quantity::energy, bins.low(bin), bins.high(bin),
                      std::move(references[bin]), std::move(candidates[bin])});
  }
  return slices;
}

/// The showers of a sample with an angle in [low, high), or in [low, high] if it is the last bin.
Sample within(const Sample& sample, double low, double high, bool last) {
  const std::span<const double> theta = sample.set().theta();
  std::vector<std::int64_t> rows;
  for (const std::int64_t row : sample.rows()) {
    const double angle = theta[static_cast<std::size_t>(row)];
    if (angle >= low && (angle < high || (last && angle <= high))) rows.push_back(row);
  }
  return {sample.set(), std::move(rows)};
}

std::vector<Slice> angle_slices(const Sample& reference, const Sample& candidate) {
  std::vector<Slice> slices;
  const std::span<const double> theta = reference.set().theta();
  if (theta.empty() || candidate.set().theta().empty()) return slices;
  const auto [least, largest] = std::ranges::minmax(theta);
  constexpr double kRounding = 1e-5;  // rad; angles travel as float32
  if (largest - least <= kRounding) return slices;
  const double width = (largest - least) / kAngleBins;
  for (int bin = 0; bin < kAngleBins; ++bin) {
    const bool last = bin + 1 == kAngleBins;
    const double low = least + bin * width;
    const double high = last ? largest : least + (bin + 1) * width;
    slices.push_back({BinMetrics::Quantity::theta, low, high, within(reference, low, high, last),
                      within(candidate, low, high, last)});
  }
  return slices;
}

BinMetrics metrics_of(const Slice& slice, const EnergyBins& bins, bool uncertainties, int threads) {
  const bool different =
      compare_energies(slice.reference, slice.candidate).verdict == EnergySpectra::different;
  const Halves halves = deal_to_halves(slice.reference, slice.candidate, bins, different);
  return {
      slice.quantity,
      slice.low,
      slice.high,
      slice.reference.size(),
      slice.candidate.size(),
      observable_metrics(halves, bins, {different, uncertainties ? kBootstrapPool : 0, threads})};
}

}  // namespace

std::vector<BinMetrics> binned_metrics(const Sample& reference, const Sample& candidate,
                                       bool uncertainties, int threads) {
  const EnergyBins bins(reference.energy());
  std::vector<Slice> slices = energy_slices(reference, candidate, bins);
  std::ranges::move(angle_slices(reference, candidate), std::back_inserter(slices));
  std::vector<BinMetrics> results;
  for (const Slice& slice : slices) {
    if (slice.reference.size() == 0 || slice.candidate.size() == 0) continue;
    results.push_back(metrics_of(slice, bins, uncertainties, threads));
  }
  return results;
}

}  // namespace showergan::physics
