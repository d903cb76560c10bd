#include "physics/calochallenge/protocol_observable.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "physics/calochallenge/protocol_axis.hpp"
#include "physics/metric/histogram.hpp"

namespace showergan::physics {
namespace {

using Kind = ProtocolObservable::Kind;

constexpr std::size_t kBins = 100;
constexpr std::size_t kEnergyBins = 39;
constexpr std::size_t kVoxelBins = 49;

bool is_set_1(const Protocol& protocol) {
  return protocol.data_set == DataSet::photons || protocol.data_set == DataSet::pions;
}

/// E_tot/E_inc at the energies of data set 1, 256 MeV to 4 TeV in powers of 2.
void add_single_energies(std::vector<ProtocolObservable>& all) {
  constexpr int kFirst = 8;
  constexpr int kCount = 15;
  for (int power = kFirst; power < kFirst + kCount; ++power) {
    ProtocolObservable one;
    one.low = std::exp2(power);
    one.high = 2 * one.low;
    one.kind = Kind::energy_ratio;
    one.group = "e_ratio_at";
    one.name = fmt::format("e_ratio_at_{:.0f}_MeV", one.low);
    all.push_back(one);
  }
}

double value_of(const VoxelSet& set, const ProtocolObservable& observable, std::int64_t row) {
  const auto index = static_cast<std::size_t>(row);
  const double primary = set.energy()[index];
  // An energy that went through GeV in float32 may be a little below its number in MeV.
  const double rounded = primary * (1 + 1e-6);
  if (observable.high > 0 && !(rounded >= observable.low && rounded < observable.high)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  switch (observable.kind) {
    case Kind::energy_ratio:
      return set.total()[index] / primary;
    case Kind::total_energy:
      return set.total()[index];
    case Kind::layer:
      break;
  }
  return static_cast<double>(set.quantity(observable.quantity, row)[observable.layer]);
}

bool is_energy(const ProtocolObservable& observable) {
  return observable.kind == Kind::total_energy ||
         (observable.kind == Kind::layer && observable.quantity == LayerQuantity::energy);
}

std::vector<double> ratio_edges(const Protocol& protocol, const ProtocolObservable& observable) {
  constexpr double kNarrowFrom = 4096;  // MeV
  constexpr std::size_t kFewBins = 20;
  if (observable.high == 0) return linear_edges(0.5, 1.5, kBins);
  const bool narrow = protocol.data_set == DataSet::photons && observable.low >= kNarrowFrom;
  return narrow ? linear_edges(0.9, 1.1, kFewBins) : linear_edges(0.4, 1.4, kFewBins);
}

/// Where centres and widths of a layer end, mm.
struct Reach {
  double centre = 30;
  double width = 30;
};

Reach reach_of(const Protocol& protocol, int layer_id) {
  if (!is_set_1(protocol)) return {};
  if (layer_id == 12 || layer_id == 13) return {500, 400};
  return {100, 100};
}

/// The range of the protocol for what is no energy.
std::vector<double> fixed_edges(const VoxelSet& set, const ProtocolObservable& observable) {
  if (observable.kind == Kind::energy_ratio) return ratio_edges(set.protocol(), observable);
  const Reach reach = reach_of(set.protocol(), set.layers()[observable.layer].id);
  switch (observable.quantity) {
    case LayerQuantity::centre_eta:
    case LayerQuantity::centre_phi:
      return linear_edges(-reach.centre, reach.centre, kBins);
    case LayerQuantity::centre_r:
      return linear_edges(0, reach.centre, kBins);
    default:
      return linear_edges(0, reach.width, kBins);
  }
}

/// Between the numbers of voxels, so that rounding moves none to another bin.
std::vector<double> sparsity_edges(std::size_t voxels) {
  constexpr std::size_t kMostBins = 20;
  const std::size_t group = (voxels + kMostBins) / kMostBins;
  std::vector<double> edges;
  for (std::size_t empty = 0; empty < voxels + 1 + group; empty += group) {
    edges.push_back((static_cast<double>(empty) - 0.5) / static_cast<double>(voxels));
  }
  return edges;
}

std::vector<double> edges_over(const std::vector<double>& reference) {
  std::vector<double> numbers;
  std::ranges::copy_if(reference, std::back_inserter(numbers),
                       [](double value) { return std::isfinite(value); });
  if (numbers.empty()) return {};
  const HistogramAxis axis = axis_over(std::move(numbers), kBins);
  return linear_edges(axis.low, axis.high, axis.bins);
}

/// Whether most of the numbers are in the range; of those that are none it does not matter.
bool holds_most(std::span<const double> edges, std::span<const double> values) {
  constexpr double kMost = 0.5;
  std::vector<double> counted;
  std::ranges::copy_if(values, std::back_inserter(counted),
                       [](double value) { return std::isfinite(value); });
  return part_inside(edges, counted) >= kMost;
}

}  // namespace

std::vector<ProtocolObservable> protocol_observables(const VoxelSet& set) {
  std::vector<ProtocolObservable> all;
  all.push_back({.name = "e_ratio", .group = "", .kind = Kind::energy_ratio});
  if (is_set_1(set.protocol())) add_single_energies(all);
  all.push_back({.name = "e_total", .group = "", .kind = Kind::total_energy});
  for (const LayerQuantity quantity : kAllLayerQuantities) {
    for (std::size_t layer = 0; layer < set.layers().size(); ++layer) {
      if (!is_measured(quantity, set.layers()[layer])) continue;
      all.push_back({.name = fmt::format("{}_{}", name_of(quantity), set.layers()[layer].id),
                     .group = name_of(quantity),
                     .kind = Kind::layer,
                     .quantity = quantity,
                     .layer = layer});
    }
  }
  return all;
}

std::vector<double> values_of(const VoxelSet& set, const ProtocolObservable& observable,
                              std::span<const std::int64_t> rows) {
  std::vector<double> values;
  values.reserve(rows.size());
  for (const std::int64_t row : rows) values.push_back(value_of(set, observable, row));
  return values;
}

std::vector<double> values_of(const VoxelSet& set, const ProtocolObservable& observable) {
  std::vector<std::int64_t> rows(static_cast<std::size_t>(set.size()));
  std::iota(rows.begin(), rows.end(), std::int64_t{0});
  return values_of(set, observable, rows);
}

std::vector<double> protocol_edges(const VoxelSet& reference,
                                   const ProtocolObservable& observable) {
  const std::vector<double> values = values_of(reference, observable);
  if (is_energy(observable)) {
    const double most = values.empty() ? 0 : std::ranges::max(values);
    return logarithmic_edges(reference.protocol().least_energy, most, kEnergyBins);
  }
  if (observable.kind == Kind::layer && observable.quantity == LayerQuantity::sparsity) {
    return sparsity_edges(reference.layers()[observable.layer].cell.size());
  }
  if (reference.protocol().data_set == DataSet::other) return edges_over(values);
  const std::vector<double> edges = fixed_edges(reference, observable);
  return holds_most(edges, values) ? edges : edges_over(values);
}

bool leaves_the_protocol(const VoxelSet& reference, const ProtocolObservable& observable) {
  if (reference.protocol().data_set == DataSet::other || is_energy(observable)) return false;
  if (observable.kind == Kind::layer && observable.quantity == LayerQuantity::sparsity)
    return false;
  const std::vector<double> values = values_of(reference, observable);
  return !values.empty() && !holds_most(fixed_edges(reference, observable), values);
}

std::vector<double> voxel_edges(const Protocol& protocol, double largest_voxel) {
  std::vector<double> edges = logarithmic_edges(protocol.least_energy, largest_voxel, kVoxelBins);
  if (!edges.empty()) return edges;
  throw InputError(
      fmt::format("no voxel of the reference is above {:g} MeV", protocol.least_energy), "",
      "give showers with energy, or a lower --voxel-threshold");
}

}  // namespace showergan::physics
