#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "physics/cell_spectrum.hpp"
#include "physics/image_geometry.hpp"
#include "physics/observable.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::physics {

/// The observables of a set of showers, without their cells, but for showers whose images were
/// asked for: about 1.5 kB per shower of a 25³ grid. Columns are in the order in which the showers
/// were appended; how they were cut into batches and how many threads worked makes no difference.
class ShowerSet {
 public:
  explicit ShowerSet(ImageGeometry geometry);

  /// Measures the showers of a batch on `threads` threads. Throws InputError if the grid is not
  /// that of the geometry, or if a cell is not finite or a primary energy is not a positive
  /// number; it names the shower. The set is then unchanged.
  void append(const ShowerBatch& batch, int threads);

  /// Makes room for `size` showers in all.
  void reserve(std::int64_t size);

  /// Has the images of these rows (ascending, each once) kept when they are appended. To be called
  /// before the first shower.
  void keep_images(std::vector<std::int64_t> rows);

  std::int64_t size() const noexcept { return static_cast<std::int64_t>(energy_.size()); }
  const ImageGeometry& geometry() const noexcept { return geometry_; }

  /// (size) energies of the primaries, GeV.
  std::span<const double> energy() const noexcept { return energy_; }
  /// (size) polar angles of the primaries, rad; empty unless every batch has them.
  std::span<const double> theta() const noexcept {
    return theta_.size() == energy_.size() ? std::span<const double>(theta_)
                                           : std::span<const double>();
  }
  /// (size)
  std::span<const double> column(Observable observable) const {
    return columns_[static_cast<std::size_t>(observable)];
  }
  /// Numbers per shower: slices, layers or rings.
  std::size_t width(Profile profile) const;
  /// (width) of shower `row`.
  std::span<const float> profile(Profile profile, std::int64_t row) const;
  /// Number of cells of shower `row` in each bin.
  std::span<const std::uint32_t> spectrum(Spectrum spectrum, std::int64_t row) const;
  /// The cells of shower `row`, which was to be kept, [x][y][z], GeV; 0 below the readout
  /// threshold.
  std::span<const float> image(std::int64_t row) const;
  /// Showers without a cell above the readout threshold.
  std::int64_t empty_showers() const;

 private:
  class Worker;
  void resize(std::int64_t size);
  void put_angles(const ShowerBatch& batch);
  void put_images(const ShowerBatch& batch, std::int64_t first);

  ImageGeometry geometry_;
  std::vector<double> energy_;
  std::vector<double> theta_;
  std::array<std::vector<double>, kObservables> columns_;
  std::array<std::vector<float>, kProfiles> profiles_;               ///< (size, width)
  std::array<std::vector<std::uint32_t>, kSpectra.size()> spectra_;  ///< (size, bins)
  std::vector<std::int64_t> kept_;                                   ///< rows whose images are kept
  std::vector<float> images_;                                        ///< (kept, cells)
};

}  // namespace showergan::physics
