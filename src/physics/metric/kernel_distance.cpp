#include "physics/metric/kernel_distance.hpp"

#include <numeric>

#include "base/contract.hpp"
#include "base/threads.hpp"

namespace showergan::physics {
namespace {

double kernel(std::span<const double> x, std::span<const double> y, double features) {
  const double base = dot_product(x, y) / features + 1;
  return (base * base) * (base * base);
}

/// (groups, groups) sums of the kernel over rows of a and b; with `different` not over rows of one
/// number. A row's sums are made in one piece and added in order, whatever the threads.
SquareMatrix group_sums(const FeatureMatrix& a, std::span<const std::size_t> group_a,
                        const FeatureMatrix& b, std::span<const std::size_t> group_b,
                        std::size_t groups, bool different, int threads) {
  SHOWERGAN_EXPECT(group_a.size() == a.rows() && group_b.size() == b.rows());
  std::vector<double> rows(a.rows() * groups);
  const auto features = static_cast<double>(a.columns());
  parallel_for(threads, static_cast<std::int64_t>(a.rows()), [&](std::int64_t row, int) {
    const auto i = static_cast<std::size_t>(row);
    for (std::size_t j = 0; j < b.rows(); ++j) {
      if (different && i == j) continue;
      rows[i * groups + group_b[j]] += kernel(a.padded_row(i), b.padded_row(j), features);
    }
  });
  SquareMatrix sums(groups);
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t g = 0; g < groups; ++g) sums(group_a[i], g) += rows[i * groups + g];
  }
  return sums;
}

double sum_of_block(const SquareMatrix& sums, std::span<const std::size_t> rows,
                    std::span<const std::size_t> columns) {
  double sum = 0;
  for (const std::size_t i : rows) {
    for (const std::size_t j : columns) sum += sums(i, j);
  }
  return sum;
}

double members_of(const std::vector<double>& members, std::span<const std::size_t> groups) {
  double sum = 0;
  for (const std::size_t group : groups) sum += members[group];
  return sum;
}

}  // namespace

KernelSums::KernelSums(const FeatureMatrix& a, std::span<const std::size_t> group_a,
                       const FeatureMatrix& b, std::span<const std::size_t> group_b,
                       std::size_t groups, int threads)
    : a_(sums_within(a, group_a, groups, threads)),
      b_(sums_within(b, group_b, groups, threads)),
      across_(group_sums(a, group_a, b, group_b, groups, false, threads)) {}

KernelSums::Within KernelSums::sums_within(const FeatureMatrix& x,
                                           std::span<const std::size_t> group, std::size_t groups,
                                           int threads) {
  Within within{group_sums(x, group, x, group, groups, true, threads), std::vector<double>(groups)};
  for (const std::size_t g : group) within.members[g] += 1;
  return within;
}

double KernelSums::mean_within(const Within& within, std::span<const std::size_t> groups) {
  const double n = members_of(within.members, groups);
  return sum_of_block(within.sums, groups, groups) / (n * (n - 1));
}

double KernelSums::distance(std::span<const std::size_t> groups_a,
                            std::span<const std::size_t> groups_b) const {
  const double across = sum_of_block(across_, groups_a, groups_b) /
                        (members_of(a_.members, groups_a) * members_of(b_.members, groups_b));
  return mean_within(a_, groups_a) + mean_within(b_, groups_b) - 2 * across;
}

double KernelSums::distance() const {
  std::vector<std::size_t> all(a_.members.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return distance(all, all);
}

}  // namespace showergan::physics
