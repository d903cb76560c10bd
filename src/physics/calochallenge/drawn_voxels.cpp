#include "physics/calochallenge/drawn_voxels.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

bool is_logarithmic(const Binned& binned) {
  if (!binned.observable) return true;
  const ProtocolObservable& one = *binned.observable;
  return one.kind == ProtocolObservable::Kind::total_energy ||
         (one.kind == ProtocolObservable::Kind::layer && one.quantity == LayerQuantity::energy);
}

void add_point(Curve& curve, double x, double y, double error) {
  curve.x.push_back(x);
  curve.y.push_back(y);
  curve.error.push_back(error);
}

Curve histogram_curve(const VoxelSet& set, const Binned& binned) {
  constexpr double kPercent = 100;
  std::vector<std::int64_t> rows(static_cast<std::size_t>(set.size()));
  std::iota(rows.begin(), rows.end(), std::int64_t{0});
  const std::vector<double> counts = ShowerHistogram(set, binned, rows).sum();
  const double all = std::max(1.0, std::accumulate(counts.begin(), counts.end(), 0.0));
  Curve curve;
  for (std::size_t bin = 0; bin < counts.size(); ++bin) {
    const double low = binned.edges[bin];
    const double high = binned.edges[bin + 1];
    add_point(curve, is_logarithmic(binned) ? std::sqrt(low * high) : 0.5 * (low + high),
              kPercent * counts[bin] / all, kPercent * std::sqrt(counts[bin]) / all);
  }
  return curve;
}

Curve layer_curve(const VoxelSet& set, LayerQuantity quantity, bool spread) {
  const auto showers = static_cast<double>(std::max<std::int64_t>(1, set.size()));
  std::vector<double> values(static_cast<std::size_t>(set.size()));
  Curve curve;
  for (std::size_t layer = 0; layer < set.layers().size(); ++layer) {
    if (!is_measured(quantity, set.layers()[layer])) continue;
    for (std::size_t row = 0; row < values.size(); ++row) {
      const auto all = set.quantity(quantity, static_cast<std::int64_t>(row));
      values[row] = static_cast<double>(all[layer]);
    }
    const double sigma = standard_deviation(values);
    add_point(curve, set.layers()[layer].id, spread ? sigma : mean(values),
              spread ? sigma / std::sqrt(2 * showers) : sigma / std::sqrt(showers));
  }
  return curve;
}

const MetricResult* find(const std::vector<MetricResult>& metrics, const std::string& name) {
  const auto found = std::ranges::find(metrics, name, &MetricResult::name);
  return found == metrics.end() ? nullptr : &*found;
}

/// Values or floors of the layers that have them.
Curve separation_curve(const VoxelSet& set, LayerQuantity quantity,
                       const std::vector<MetricResult>& metrics, bool floor) {
  Curve curve;
  for (const VoxelLayer& layer : set.layers()) {
    const std::string name = fmt::format("separation_power[{}_{}]", name_of(quantity), layer.id);
    const MetricResult* metric = find(metrics, name);
    if (metric == nullptr) continue;
    const std::optional<double> y = floor ? metric->floor : metric->value;
    if (y) add_point(curve, layer.id, *y, floor ? 0 : metric->uncertainty.value_or(0));
  }
  return curve;
}

/// Whether the numbers of a panel span more than a linear axis shows.
bool span_decades(const Panel& panel) {
  constexpr double kMost = 30;
  std::vector<double> numbers = panel.reference.y;
  for (const Curve& curve : panel.candidates) {
    numbers.insert(numbers.end(), curve.y.begin(), curve.y.end());
  }
  std::erase_if(numbers, [](double number) { return number <= 0; });
  return !numbers.empty() && std::ranges::max(numbers) > kMost * std::ranges::min(numbers);
}

}  // namespace

DrawnVoxels::DrawnVoxels(const VoxelSet& reference, std::string label,
                         std::vector<DrawnCandidate> candidates)
    : reference_(&reference), label_(std::move(label)), candidates_(std::move(candidates)) {}

Figure DrawnVoxels::figure(std::string name, std::string title, std::size_t columns) const {
  Figure figure = {std::move(name), std::move(title), label_, {}, {}, columns};
  for (const DrawnCandidate& candidate : candidates_) {
    figure.candidate_labels.push_back(candidate.label);
  }
  return figure;
}

Panel DrawnVoxels::histogram(const Binned& binned, std::string title, std::string x_label) const {
  Panel panel;
  panel.title = std::move(title);
  panel.x_label = std::move(x_label);
  panel.y_label = binned.observable ? "showers per bin (%)" : "voxels per bin (%)";
  panel.steps = true;
  panel.log_x = is_logarithmic(binned);
  panel.log_y = !binned.observable;
  if (binned.edges.empty()) return panel;
  panel.reference = histogram_curve(*reference_, binned);
  for (const DrawnCandidate& candidate : candidates_) {
    panel.candidates.push_back(histogram_curve(*candidate.set, binned));
  }
  return panel;
}

Panel DrawnVoxels::by_layer(LayerQuantity quantity, bool spread, std::string title,
                            std::string y_label) const {
  Panel panel;
  panel.title = std::move(title);
  panel.x_label = "layer";
  panel.y_label = std::move(y_label);
  const bool signed_mean =
      !spread && (quantity == LayerQuantity::centre_eta || quantity == LayerQuantity::centre_phi);
  panel.below = signed_mean ? Below::difference : Below::ratio;
  panel.reference = layer_curve(*reference_, quantity, spread);
  for (const DrawnCandidate& candidate : candidates_) {
    panel.candidates.push_back(layer_curve(*candidate.set, quantity, spread));
  }
  return panel;
}

Panel DrawnVoxels::separations(LayerQuantity quantity, std::string title) const {
  Panel panel;
  panel.title = std::move(title);
  panel.x_label = "layer";
  panel.y_label = "separation power";
  panel.below = Below::nothing;

  for (const DrawnCandidate& candidate : candidates_) {
    if (panel.reference.x.empty()) {
      panel.reference = separation_curve(*reference_, quantity, candidate.metrics, true);
    }
    panel.candidates.push_back(separation_curve(*reference_, quantity, candidate.metrics, false));
  }
  panel.log_y = span_decades(panel);
  return panel;
}

}  // namespace showergan::physics
