#include "physics/report/panel_range.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace showergan::physics {
namespace {

void add(Curve& curve, double x, double y, double error) {
  curve.x.push_back(x);
  curve.y.push_back(y);
  curve.error.push_back(error);
}

/// Lowest positive, lowest and highest number of all curves.
struct Extent {
  double positive = 0;
  double low = 0;
  double high = 0;
};

std::optional<Extent> extent_of(const Panel& panel) {
  std::optional<Extent> extent;
  const auto include = [&](const Curve& curve) {
    for (std::size_t i = 0; i < curve.y.size(); ++i) {
      const double y = curve.y[i];
      if (!extent) extent = {0, y, y};
      extent->low = std::min(extent->low, y - (y <= 0 ? curve.error[i] : 0));
      extent->high = std::max(extent->high, y + curve.error[i]);
      if (y > 0 && (extent->positive == 0 || y < extent->positive)) extent->positive = y;
    }
  };
  include(panel.reference);
  for (const Curve& candidate : panel.candidates) include(candidate);
  include(panel.context);
  return extent;
}

/// The next of 1, 2, 4 and 10 times a power of ten, half of which is a short number.
double round_up(double value) {
  const double decade = std::pow(10, std::floor(std::log10(value) + 1e-9));
  for (const double step : {1.0, 2.0, 4.0}) {
    if (value <= step * decade * (1 + 1e-9)) return step * decade;
  }
  return 10 * decade;
}

/// Whether a point of the reference is good enough to divide by.
bool divides(double y, double error) {
  constexpr double kLargestError = 0.5;  // relative; of four entries
  return y > 0 && error <= kLargestError * y;
}

}  // namespace

Comparisons compare_curves(const Panel& panel) {
  const bool ratio = panel.below == Below::ratio;
  std::map<double, std::size_t> index;
  for (std::size_t i = 0; i < panel.reference.x.size(); ++i) index[panel.reference.x[i]] = i;
  Comparisons result;
  for (const auto& [x, i] : index) {
    const double y = panel.reference.y[i];
    if ((ratio && !divides(y, panel.reference.error[i])) || (panel.log_x && x <= 0)) continue;
    add(result.reference, x, ratio ? 1 : 0, panel.reference.error[i] / (ratio ? y : 1));
  }
  for (const Curve& candidate : panel.candidates) {
    Curve& curve = result.candidates.emplace_back();
    for (std::size_t i = 0; i < candidate.x.size(); ++i) {
      const auto match = index.find(candidate.x[i]);
      if (match == index.end() || (panel.log_x && candidate.x[i] <= 0)) continue;
      const double y = panel.reference.y[match->second];
      if (ratio && !divides(y, panel.reference.error[match->second])) continue;
      add(curve, candidate.x[i], ratio ? candidate.y[i] / y : candidate.y[i] - y,
          candidate.error[i] / (ratio ? y : 1));
    }
  }
  return result;
}

double comparison_range(const Panel& panel, const Comparisons& comparisons) {
  const bool ratio = panel.below == Below::ratio;
  std::vector<double> deviations;
  for (const Curve& candidate : comparisons.candidates) {
    for (const double y : candidate.y) deviations.push_back(std::abs(y - (ratio ? 1 : 0)));
  }
  // The median error of the reference: its band should be seen, and not fill the plot.
  std::vector<double> errors = comparisons.reference.error;
  std::ranges::sort(errors);
  double wanted = errors.empty() ? 0 : 1.5 * errors[errors.size() / 2];
  if (!deviations.empty()) {
    std::ranges::sort(deviations);
    const auto nearly_all =
        static_cast<std::size_t>(0.85 * static_cast<double>(deviations.size() - 1));
    wanted = std::max(wanted, 1.3 * deviations[nearly_all]);
  }
  if (ratio) return round_up(std::clamp(wanted, 0.02, 1.0));
  return wanted > 0 ? round_up(wanted) : 1;
}

std::string y_range(const Panel& panel) {
  const std::optional<Extent> extent = extent_of(panel);
  if (!extent || (extent->high <= 0 && panel.log_y)) {
    return panel.log_y ? "set yrange [1:10]\n" : "set yrange [0:1]\n";
  }
  const auto [positive, low, high] = *extent;
  if (panel.log_y) {
    // Six decades are enough: a slice with a single stray cell does not squeeze the rest.
    const double least = std::max(0.5 * positive, 1e-6 * high);
    return fmt::format("set yrange [{:.4g}:{:.4g}]\n", least, high * std::pow(high / least, 0.06));
  }
  const double span = std::max({high - low, 0.02 * std::abs(high), 1e-9});
  if (low < 0 || high <= 0)
    return fmt::format("set yrange [{:.6g}:{:.6g}]\n", low - 0.08 * span, high + 0.08 * span);
  if (low >= 0 && low < 0.6 * high) return fmt::format("set yrange [0:{:.4g}]\n", 1.1 * high);
  return fmt::format("set yrange [{:.6g}:{:.6g}]\n", low - 0.15 * span, high + 0.1 * span);
}

std::string x_range(const Panel& panel) {
  std::vector<double> shown;
  for (const double x : panel.reference.x) {
    if (x > 0 || !panel.log_x) shown.push_back(x);
  }
  if (shown.empty()) return panel.log_x ? "set xrange [1:10]\n" : "set xrange [0:1]\n";
  const auto [low, high] = std::ranges::minmax(shown);
  if (panel.log_x) return fmt::format("set xrange [{:.4g}:{:.4g}]\n", low / 1.3, high * 1.3);
  const double span = high > low ? high - low : 1;
  const double margin = high > low ? 0.03 * span : 0.5;
  std::string text = fmt::format("set xrange [{:.6g}:{:.6g}]\n", low - margin, high + margin);
  // gnuplot counts ticks without regard to how long their numbers are: those of three decimals and
  // more would overlap.
  constexpr double kShort = 0.05;
  if (span < kShort) text += fmt::format("set xtics {:.6g}\n", round_up(span / 5));
  return text;
}

}  // namespace showergan::physics
