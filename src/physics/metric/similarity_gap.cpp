#include "physics/metric/similarity_gap.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/threads.hpp"
#include "physics/metric/resampling.hpp"
#include "physics/metric/structural_similarity.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

/// Triples that have a candidate.
std::vector<std::size_t> complete_triples(const SimilarityPlan& plan) {
  std::vector<std::size_t> complete;
  for (std::size_t i = 0; i < plan.triples.size(); ++i) {
    if (plan.candidates[i]) complete.push_back(i);
  }
  return complete;
}

std::optional<double> uncertainty_of_mean(std::span<const double> values, int threads) {
  return spread_of_resamplings(
      [values](std::uint64_t resampling) -> std::optional<double> {
        double sum = 0;
        for (const std::size_t i :
             draw_with_replacement(kResamplingSeed, resampling, values.size(), values.size())) {
          sum += values[i];
        }
        return sum / static_cast<double>(values.size());
      },
      threads);
}

/// Why there is no gap; empty if there is one.
std::string obstacle(const ShowerSet& reference, std::size_t triples) {
  const Grid& grid = reference.geometry().grid;
  if (std::min({grid.nx, grid.ny, grid.nz}) < StructuralSimilarity::kWindow) {
    return "the grid has fewer than 11 cells along an axis, the size of the window";
  }
  if (triples < 2) return "too few showers of equal energy";
  if (std::ranges::max(reference.column(Observable::max_cell)) <= 0) {
    return "the reference holds empty showers only";
  }
  return "";
}

std::vector<double> differences(std::span<const double> a, std::span<const double> b) {
  std::vector<double> result(a.size());
  std::ranges::transform(a, b, result.begin(), std::minus());
  return result;
}

}  // namespace

Similarities similarities_of(const ShowerSet& reference, const ShowerSet& candidate,
                             const SimilarityPlan& plan, int threads) {
  const std::vector<std::size_t> triples = complete_triples(plan);
  Similarities result;
  result.reason = obstacle(reference, triples.size());
  if (!result.reason.empty()) return result;
  for (auto* values : {&result.energy, &result.partner, &result.other, &result.candidate}) {
    values->resize(triples.size());
  }
  const double range = std::ranges::max(reference.column(Observable::max_cell));
  const StructuralSimilarity similarity(reference.geometry().grid, range);
  parallel_for(threads, static_cast<std::int64_t>(triples.size()), [&](std::int64_t task, int) {
    const auto number = static_cast<std::size_t>(task);
    const ReferenceTriple& triple = plan.triples[triples[number]];
    const auto shower = reference.image(triple.shower);
    const auto moments = similarity.moments(shower);
    const auto to = [&](std::span<const float> image) {
      return similarity(shower, moments, image, similarity.moments(image));
    };
    result.energy[number] = reference.energy()[static_cast<std::size_t>(triple.shower)];
    result.partner[number] = to(reference.image(triple.partner));
    result.other[number] = to(reference.image(triple.other));
    result.candidate[number] = to(candidate.image(*plan.candidates[triples[number]]));
  });
  return result;
}

MetricResult similarity_gap(const Similarities& similarities, int threads) {
  MetricResult result;
  result.name = "ssim_gap";
  result.group = "Images";
  result.showers = static_cast<std::int64_t>(similarities.partner.size());
  result.reason = similarities.reason;
  if (!result.reason.empty()) return result;
  const auto gaps = differences(similarities.partner, similarities.candidate);
  result.value = mean(gaps);
  result.floor = std::abs(mean(differences(similarities.partner, similarities.other)));
  result.excess = excess_of(result.value, result.floor);
  result.uncertainty = uncertainty_of_mean(gaps, threads);
  return result;
}

}  // namespace showergan::physics
