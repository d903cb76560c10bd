#include "physics/identification/score_metrics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "base/contract.hpp"
#include "physics/identification/efficiency.hpp"
#include "physics/metric/histogram.hpp"
#include "physics/metric/resampling.hpp"
#include "physics/metric/separation.hpp"

namespace showergan::physics {
namespace {

constexpr std::size_t kDealings = 10;

using Values = std::vector<double>;

/// A distance of two samples of scores; `whole` is the reference that sets axis and cuts.
class ScoreDistances {
 public:
  explicit ScoreDistances(const Values& whole) : axis_(axis_over(whole, kBins)) {
    for (const double efficiency : kWorkingPoints) cuts_.push_back(cut_for(whole, efficiency));
  }

  double separation(const Values& a, const Values& b) const {
    return separation_power(normalised_histogram(a, axis_), normalised_histogram(b, axis_));
  }

  double efficiency_shift(const Values& a, const Values& b) const {
    double sum = 0;
    for (const double cut : cuts_) {
      sum += std::abs(efficiency_of(a, cut).value() - efficiency_of(b, cut).value());
    }
    return sum / static_cast<double>(cuts_.size());
  }

 private:
  static constexpr std::size_t kBins = 50;
  HistogramAxis axis_;
  std::vector<double> cuts_;
};

using Distance = double (ScoreDistances::*)(const Values&, const Values&) const;

/// Of each two neighbours the one that `flips` says, and the other; of an odd number the last is
/// left out.
std::pair<Values, Values> deal(const Values& values, std::span<const std::size_t> flips) {
  std::pair<Values, Values> halves;
  for (std::size_t pair = 0; pair < flips.size(); ++pair) {
    halves.first.push_back(values[2 * pair + flips[pair]]);
    halves.second.push_back(values[2 * pair + 1 - flips[pair]]);
  }
  return halves;
}

struct ValueAndFloor {
  double value = 0;
  double floor = 0;
};

ValueAndFloor evaluate(const Values& reference, const Values& candidate, Distance distance) {
  const ScoreDistances between(reference);
  ValueAndFloor result;
  for (std::size_t dealing = 0; dealing < kDealings; ++dealing) {
    const auto flips = draw_with_replacement(kResamplingSeed, dealing, 2, reference.size() / 2);
    const auto [r1, r2] = deal(reference, flips);
    const auto [c1, c2] = deal(candidate, flips);
    result.value += 0.5 * ((between.*distance)(r1, c1) + (between.*distance)(r2, c2));
    result.floor += (between.*distance)(r1, r2);
  }
  return {result.value / kDealings, result.floor / kDealings};
}

Values resampled(const Values& values, std::uint64_t stream) {
  auto places = draw_with_replacement(kResamplingSeed, stream, values.size(), values.size());
  std::ranges::sort(places);  // neighbours in energy stay neighbours
  Values result;
  result.reserve(values.size());
  for (const std::size_t place : places) result.push_back(values[place]);
  return result;
}

MetricResult metric_of(std::string name, const ComparedScores& scores, Distance distance,
                       int threads) {
  const auto [value, floor] = evaluate(scores.reference, scores.candidate, distance);
  MetricResult metric;
  metric.name = std::move(name);
  metric.group = kIdentificationGroup;
  metric.value = value;
  metric.floor = floor;
  metric.excess = excess_of(value, floor);
  metric.showers = static_cast<std::int64_t>(scores.reference.size() / 2);
  metric.uncertainty = spread_of_resamplings(
      [&](std::uint64_t i) -> std::optional<double> {
        return evaluate(resampled(scores.reference, 2 * i),
                        resampled(scores.candidate, scores.paired ? 2 * i : 2 * i + 1), distance)
            .value;
      },
      threads);
  return metric;
}

}  // namespace

std::vector<MetricResult> score_metrics(const ComparedScores& scores, const std::string& other,
                                        int threads) {
  SHOWERGAN_EXPECT(scores.reference.size() == scores.candidate.size() &&
                   scores.reference.size() >= 2);
  return {metric_of("pid_separation[" + other + "]", scores, &ScoreDistances::separation, threads),
          metric_of("pid_efficiency_shift[" + other + "]", scores,
                    &ScoreDistances::efficiency_shift, threads)};
}

}  // namespace showergan::physics
