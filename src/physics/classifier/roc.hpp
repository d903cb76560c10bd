#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace showergan::physics {

/// A point of a receiver operating characteristic: the parts of the two classes whose score is at
/// least some number.
struct RocPoint {
  double negatives = 0;
  double positives = 0;
};

/// The curve from (0, 0) to (1, 1) in ascending order, through the scores at which it bends; evenly
/// thinned if those are more than `most` points. Scores that are equal make one step. Neither class
/// may be empty.
std::vector<RocPoint> roc_curve(std::span<const double> positives,
                                std::span<const double> negatives, std::size_t most = 201);

/// The area under that curve, and its statistical error.
struct RocArea {
  double value = 0.5;
  double error = 0;
};

/// The area is the probability that a positive has a higher score than a negative, a tie counting
/// half. The error is that of DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988) 837, equation
/// 5, for independent showers; it does not know how the classifier would have come out of another
/// training. Each class holds at least two scores.
RocArea roc_area(std::span<const double> positives, std::span<const double> negatives);

}  // namespace showergan::physics
