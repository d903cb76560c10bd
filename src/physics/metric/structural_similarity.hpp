#pragma once

#include <span>
#include <vector>

#include "shower/shower_batch.hpp"

namespace showergan::physics {

/// Mean structural similarity (SSIM) of pairs of shower images (Z. Wang et al., IEEE Trans. Image
/// Process. 13 (2004) 600, eq. 13): with means μ, variances σ² and the covariance of both images in
/// a Gaussian window around each cell,
///   (2·μ_x·μ_y + C1)·(2·σ_xy + C2) / ((μ_x² + μ_y² + C1)·(σ_x² + σ_y² + C2)),
/// C1 = (0.01·range)², C2 = (0.03·range)². The window has σ = 1.5 cells and 11 cells along each
/// axis; the mean is over the cells where it fits into the image. 1 for equal images.
class StructuralSimilarity {
 public:
  /// Cells along an axis that the window needs.
  static constexpr std::int64_t kWindow = 11;

  /// `range`: span of the cell energies, GeV, above 0. Each axis of the grid has kWindow cells.
  StructuralSimilarity(const Grid& grid, double range);

  /// What the similarity needs of one image: its local mean and local mean square.
  struct LocalMoments {
    std::vector<double> mean;
    std::vector<double> square;
  };
  LocalMoments moments(std::span<const float> image) const;

  /// Similarity of two images ([x][y][z], GeV) with their moments.
  double operator()(std::span<const float> x, const LocalMoments& of_x, std::span<const float> y,
                    const LocalMoments& of_y) const;

 private:
  /// Gaussian means of `values` (grid) in all windows that fit.
  std::vector<double> smooth(std::vector<double> values) const;

  Grid grid_;
  double c1_;
  double c2_;
  std::vector<double> window_;
};

}  // namespace showergan::physics
