#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "physics/feature_matrix.hpp"
#include "physics/metric/symmetric_eigenvalues.hpp"

namespace showergan::physics {

/// The kernel physics distance (R. Kansal et al., arXiv:2211.10295, section III) of normalised
/// features: the squared maximum mean discrepancy with the polynomial kernel (x·y/d + 1)⁴ of d
/// features. Sums of the kernel over pairs of showers are kept by the groups that the showers
/// belong to, so that the distance of a sample of groups follows without the showers.
///
/// It is one unbiased estimate from all rows. The paper takes the median of ten samples drawn with
/// replacement, in which repeated showers add (⟨k(x,x)⟩ − ⟨k(x,y)⟩)/n for each side.
class KernelSums {
 public:
  /// `group_a`, `group_b`: group of each row, below `groups`. The work is shared by `threads`;
  /// the sums do not depend on their number.
  KernelSums(const FeatureMatrix& a, std::span<const std::size_t> group_a, const FeatureMatrix& b,
             std::span<const std::size_t> group_b, std::size_t groups, int threads);

  /// The distance (A. Gretton et al., J. Mach. Learn. Res. 13 (2012) 723, eq. 3) of the rows in
  /// these groups of a from those in these groups of b. It may be negative where the samples are of
  /// one distribution.
  double distance(std::span<const std::size_t> groups_a,
                  std::span<const std::size_t> groups_b) const;
  /// That of all rows.
  double distance() const;

 private:
  struct Within {
    SquareMatrix sums;            ///< (groups, groups) over pairs of different rows
    std::vector<double> members;  ///< (groups)
  };
  static Within sums_within(const FeatureMatrix& x, std::span<const std::size_t> group,
                            std::size_t groups, int threads);
  static double mean_within(const Within& within, std::span<const std::size_t> groups);

  Within a_;
  Within b_;
  SquareMatrix across_;  ///< group of a, group of b
};

}  // namespace showergan::physics
