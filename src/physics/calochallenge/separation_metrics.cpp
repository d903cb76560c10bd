#include "physics/calochallenge/separation_metrics.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>

#include "base/threads.hpp"
#include "physics/calochallenge/protocol_axis.hpp"
#include "physics/calochallenge/protocol_observable.hpp"
#include "physics/calochallenge/separation_of_counts.hpp"
#include "physics/calochallenge/shower_histogram.hpp"
#include "physics/metric/resampling.hpp"
#include "physics/row_order.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

using Rows = ComparedVoxels::Rows;

constexpr std::int64_t kPool = 5000;

/// Showers of one set that are resampled, and how often each comes in each of the resamplings.
struct ResampledRows {
  Rows rows;
  std::vector<std::vector<std::uint16_t>> times;  ///< (kResamplings, rows)
};

ResampledRows resampled_rows(const Rows& rows, std::int64_t pool, std::uint64_t side) {
  ResampledRows result = {thinned(rows, pool), {}};
  const std::size_t size = result.rows.size();
  for (std::uint64_t i = 0; i < kResamplings; ++i) {
    std::vector<std::uint16_t> times(size);
    for (const std::size_t place :
         draw_with_replacement(kResamplingSeed, 2 * i + side, size, size)) {
      ++times[place];
    }
    result.times.push_back(std::move(times));
  }
  return result;
}

/// What is resampled of the two sets.
struct Bootstrap {
  ResampledRows reference;
  ResampledRows candidate;
  double scale = 1;  ///< from the size of the pool to that of the sets
};

std::optional<Bootstrap> bootstrap_of(const ComparedVoxels& sets, bool wanted) {
  if (!wanted) return std::nullopt;
  const std::int64_t size = std::min(sets.reference.size(), sets.candidate.size());
  const std::int64_t pool = std::min(size, kPool);
  return Bootstrap{resampled_rows(sets.reference_rows, pool, 0),
                   resampled_rows(sets.candidate_rows, pool, sets.paired() ? 0 : 1),
                   std::sqrt(static_cast<double>(pool) / static_cast<double>(size))};
}

/// The separation power of one observable.
struct Separated {
  Outcome value;
  Outcome floor;
  std::vector<double> resampled;  ///< (kResamplings) or none
};

std::vector<double> resampled_powers(const ComparedVoxels& sets, const Binned& binned,
                                     const Bootstrap& bootstrap) {
  const ShowerHistogram r(sets.reference, binned, bootstrap.reference.rows);
  const ShowerHistogram c(sets.candidate, binned, bootstrap.candidate.rows);
  std::vector<double> powers;
  for (std::size_t i = 0; i < kResamplings; ++i) {
    const Outcome power = separation_of_counts(r.weighted(bootstrap.reference.times[i]),
                                               c.weighted(bootstrap.candidate.times[i]));
    if (!power) return {};
    powers.push_back(*power.value());
  }
  return powers;
}

std::size_t occupied(std::span<const double> counts) {
  return counts.size() - static_cast<std::size_t>(std::ranges::count(counts, 0.0));
}

/// From the halves of the reference to the sizes of the two sets (see separation_metrics).
double floor_scale(const ComparedVoxels& sets, std::span<const double> reference,
                   std::span<const double> candidate) {
  std::vector<double> both(reference.begin(), reference.end());
  for (std::size_t bin = 0; bin < both.size(); ++bin) both[bin] += candidate[bin];
  const double sizes =
      1 + static_cast<double>(sets.reference.size()) / static_cast<double>(sets.candidate.size());
  return sizes / 4 * static_cast<double>(occupied(both)) / static_cast<double>(occupied(reference));
}

Separated separate(const ComparedVoxels& sets, const Binned& binned,
                   const std::optional<Bootstrap>& bootstrap) {
  const auto sum = [&](const VoxelSet& set, const Rows& rows) {
    return ShowerHistogram(set, binned, rows).sum();
  };
  const std::vector<double> reference = sum(sets.reference, sets.reference_rows);
  const std::vector<double> candidate = sum(sets.candidate, sets.candidate_rows);
  Separated result = {separation_of_counts(reference, candidate),
                      separation_of_counts(sum(sets.reference, sets.reference_halves.first),
                                           sum(sets.reference, sets.reference_halves.second)),
                      {}};
  if (result.floor) {
    result.floor = Outcome(floor_scale(sets, reference, candidate) * *result.floor.value());
  }
  if (bootstrap && result.value) result.resampled = resampled_powers(sets, binned, *bootstrap);
  return result;
}

MetricResult metric(const std::string& name, const Separated& separated, double scale,
                    std::int64_t showers) {
  MetricResult result;
  result.name = name;
  result.group = "Separation powers of the CaloChallenge";
  result.value = separated.value.value();
  result.floor = separated.floor.value();
  result.excess = excess_of(result.value, result.floor);
  result.showers = showers;
  result.reason = separated.value ? separated.floor.reason() : separated.value.reason();
  if (!separated.resampled.empty()) {
    result.uncertainty = scale * standard_deviation(separated.resampled);
  }
  return result;
}

/// The mean of those that have a value.
Separated mean_of(const std::vector<const Separated*>& members) {
  Average value;
  Average floor;
  std::vector<double> resampled(kResamplings);
  double count = 0;
  bool complete = true;
  for (const Separated* member : members) {
    if (!member->value) continue;
    ++count;
    value.add(*member->value.value());
    if (member->floor) floor.add(*member->floor.value());
    complete = complete && !member->resampled.empty();
    for (std::size_t i = 0; i < member->resampled.size(); ++i) resampled[i] += member->resampled[i];
  }
  for (double& power : resampled) power /= std::max(1.0, count);
  const std::string reason = "no layer has a value";
  return {value.outcome(reason), floor.outcome(reason),
          complete && count > 0 ? resampled : std::vector<double>{}};
}

/// What is compared: the observables, and last the energies of voxels.
struct Compared {
  std::vector<ProtocolObservable> observables;
  std::vector<Separated> results;  ///< one more than there are observables
};

Compared separate_all(const ComparedVoxels& sets, const std::optional<Bootstrap>& bootstrap,
                      int threads) {
  Compared all = {protocol_observables(sets.reference), {}};
  const std::size_t count = all.observables.size();
  all.results.assign(count + 1, {Outcome(0), Outcome(0), {}});
  parallel_for(threads, static_cast<std::int64_t>(count + 1), [&](std::int64_t i, int) {
    const auto index = static_cast<std::size_t>(i);
    const Binned binned = index == count
                              ? binned_voxels(sets.reference)
                              : binned_observable(sets.reference, all.observables[index]);
    all.results[index] = separate(sets, binned, bootstrap);
  });
  return all;
}

/// Names of the groups in their order.
std::vector<std::string> groups_of(const std::vector<ProtocolObservable>& observables) {
  std::vector<std::string> groups;
  for (const ProtocolObservable& one : observables) {
    if (!one.group.empty() && std::ranges::count(groups, one.group) == 0) {
      groups.push_back(one.group);
    }
  }
  return groups;
}

}  // namespace

std::vector<MetricResult> separation_metrics(const ComparedVoxels& sets, bool uncertainties,
                                             int threads) {
  const std::optional<Bootstrap> bootstrap = bootstrap_of(sets, uncertainties);
  const double scale = bootstrap ? bootstrap->scale : 1;
  const std::int64_t showers = std::min(sets.reference.size(), sets.candidate.size());
  const Compared all = separate_all(sets, bootstrap, threads);
  std::vector<MetricResult> results;
  std::vector<MetricResult> details;
  std::vector<const Separated*> everything;
  for (std::size_t i = 0; i < all.results.size(); ++i) {
    const bool voxels = i == all.observables.size();
    const std::string name = voxels ? "e_voxel" : all.observables[i].name;
    MetricResult one = metric("separation_power[" + name + "]", all.results[i], scale, showers);
    one.detail = !voxels && !all.observables[i].group.empty();
    (one.detail ? details : results).push_back(std::move(one));
    everything.push_back(&all.results[i]);
  }
  for (const std::string& group : groups_of(all.observables)) {
    std::vector<const Separated*> members;
    for (std::size_t i = 0; i < all.observables.size(); ++i) {
      if (all.observables[i].group == group) members.push_back(&all.results[i]);
    }
    results.push_back(metric("separation_power_" + group, mean_of(members), scale, showers));
  }
  results.push_back(metric("separation_power_mean", mean_of(everything), scale, showers));
  results.insert(results.end(), details.begin(), details.end());
  return results;
}

}  // namespace showergan::physics
