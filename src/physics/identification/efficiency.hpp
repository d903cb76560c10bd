#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace showergan::physics {

/// The part of some showers that passes a cut.
struct Efficiency {
  std::int64_t passed = 0;
  std::int64_t all = 0;

  /// 0 if there are no showers.
  double value() const noexcept;
  /// Binomial, one standard deviation: √V with V = (k+1)(k+2)/((n+2)(n+3)) − (k+1)²/(n+2)², k of n
  /// passed, which is not 0 where none or all pass (T. Ullrich and Z. Xu, arXiv:physics/0701199).
  double error() const noexcept;
};

/// How many scores are at least `cut`.
Efficiency efficiency_of(std::span<const double> scores, double cut);

/// The cut that keeps a part `efficiency` of these scores, of which there is at least one.
double cut_for(std::vector<double> scores, double efficiency);

}  // namespace showergan::physics
