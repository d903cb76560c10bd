#include "physics/report/regression.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace showergan::physics {
namespace {

/// How far a value is from a perfect candidate; larger is worse. A kernel distance is an unbiased
/// estimate of what cannot be negative: below 0 there is noise only.
double badness(const MetricResult& metric, double value) {
  if (metric.name == "kpd") return std::max(0.0, value);
  return std::abs(value - metric.ideal);
}

double allowed(const MetricResult& then, const MetricResult& now,
               const RegressionTolerance& tolerance) {
  if (then.uncertainty && now.uncertainty && !tolerance.relative_only) {
    return tolerance.sigmas * std::hypot(*then.uncertainty, *now.uncertainty);
  }
  return tolerance.relative * std::abs(*then.value);
}

/// What is worse, or empty.
std::string complaint(const MetricResult& then, const MetricResult* now,
                      const RegressionTolerance& tolerance) {
  if (now == nullptr) return fmt::format("not computed; it was {:.4g}", *then.value);
  if (!now->value) return fmt::format("no value ({}); it was {:.4g}", now->reason, *then.value);
  // Which pairs of showers `ssim_gap` can take depends on the candidate's energies.
  if (now->showers != then.showers && now->name != "ssim_gap") {
    return fmt::format("cannot be compared: from {} showers of each set, then from {}",
                       now->showers, then.showers);
  }
  constexpr double kRounding = 1e-12;  // of decimal text
  const double limit = allowed(then, *now, tolerance);
  const double step = badness(*now, *now->value) - badness(*now, *then.value);
  if (step <= limit + kRounding) return "";
  return fmt::format("{:.4g} instead of {:.4g}, worse by {:.2g} where {:.2g} is allowed",
                     *now->value, *then.value, step, limit);
}

}  // namespace

Regression compare_with_earlier(const std::vector<MetricResult>& earlier,
                                const std::vector<MetricResult>& now, const std::string& file,
                                const RegressionTolerance& tolerance) {
  Regression result = {file, 0, {}};
  for (const MetricResult& then : earlier) {
    if (!then.value) continue;
    const auto found = std::ranges::find(now, then.name, &MetricResult::name);
    const MetricResult* match = found == now.end() ? nullptr : &*found;
    if (match != nullptr && match->value) ++result.compared;
    std::string text = complaint(then, match, tolerance);
    if (!text.empty()) result.worse.push_back({then.name, std::move(text)});
  }
  return result;
}

}  // namespace showergan::physics
