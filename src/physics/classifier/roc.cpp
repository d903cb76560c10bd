#include "physics/classifier/roc.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/contract.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

std::vector<std::size_t> ascending(std::span<const double> scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [scores](std::size_t i) { return scores[i]; });
  return order;
}

/// Ranks from 1; equal scores share the mean of theirs.
std::vector<double> middle_ranks(std::span<const double> scores) {
  const std::vector<std::size_t> order = ascending(scores);
  std::vector<double> ranks(scores.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && scores[order[end]] == scores[order[first]]) ++end;
    const double rank = 0.5 * static_cast<double>(first + 1 + end);
    for (std::size_t i = first; i < end; ++i) ranks[order[i]] = rank;
    first = end;
  }
  return ranks;
}

std::vector<double> joined(std::span<const double> first, std::span<const double> second) {
  std::vector<double> all(first.begin(), first.end());
  all.insert(all.end(), second.begin(), second.end());
  return all;
}

/// For each score of one class the part of the other class that is below it, ties counting half:
/// its rank among all less its rank in its class (X. Sun and W. Xu, IEEE Signal Processing Letters
/// 21 (2014) 1389).
std::vector<double> parts_below(std::span<const double> ranks_in_all, std::span<const double> own,
                                std::size_t others) {
  std::vector<double> parts = middle_ranks(own);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i] = (ranks_in_all[i] - parts[i]) / static_cast<double>(others);
  }
  return parts;
}

double variance_of_mean(std::span<const double> values) {
  const double deviation = standard_deviation(values);
  return deviation * deviation / static_cast<double>(values.size() - 1);
}

}  // namespace

std::vector<RocPoint> roc_curve(std::span<const double> positives,
                                std::span<const double> negatives, std::size_t most) {
  SHOWERGAN_EXPECT(!positives.empty() && !negatives.empty() && most >= 2);
  const std::vector<double> all = joined(positives, negatives);
  const std::vector<std::size_t> order = ascending(all);
  std::vector<RocPoint> points = {{0, 0}};
  double passed_positives = 0;
  double passed_negatives = 0;
  for (std::size_t i = order.size(); i-- > 0;) {
    (order[i] < positives.size() ? passed_positives : passed_negatives) += 1;
    if (i > 0 && all[order[i - 1]] == all[order[i]]) continue;
    points.push_back({passed_negatives / static_cast<double>(negatives.size()),
                      passed_positives / static_cast<double>(positives.size())});
  }
  if (points.size() <= most) return points;
  std::vector<RocPoint> some;
  for (std::size_t i = 0; i < most; ++i)
    some.push_back(points[i * (points.size() - 1) / (most - 1)]);
  return some;
}

RocArea roc_area(std::span<const double> positives, std::span<const double> negatives) {
  SHOWERGAN_EXPECT(positives.size() >= 2 && negatives.size() >= 2);
  const std::vector<double> ranks = middle_ranks(joined(positives, negatives));
  const auto split = positives.size();
  const std::vector<double> below =
      parts_below(std::span(ranks).first(split), positives, negatives.size());
  const std::vector<double> below_negatives =
      parts_below(std::span(ranks).subspan(split), negatives, positives.size());
  return {mean(below), std::sqrt(variance_of_mean(below) + variance_of_mean(below_negatives))};
}

}  // namespace showergan::physics
