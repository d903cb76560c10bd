#include "physics/shower_set.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "base/threads.hpp"
#include "physics/hits.hpp"
#include "physics/hottest_cell.hpp"
#include "physics/layer_shape.hpp"
#include "physics/moments.hpp"
#include "physics/rings.hpp"
#include "physics/slices.hpp"
#include "physics/thirds.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kBlock = 16;  // showers that a thread takes at a time

std::string grid_text(const Grid& grid) {
  return std::to_string(grid.nx) + "x" + std::to_string(grid.ny) + "x" + std::to_string(grid.nz);
}

}  // namespace

/// Measures one shower after the other into the columns of a set, with memory of its own.
class ShowerSet::Worker {
 public:
  explicit Worker(ShowerSet& set)
      : set_(set), slices_(set.geometry_.grid), shape_(set.geometry_.grid), rings_(set.geometry_) {}

  void measure(std::span<const float> image, double energy, std::int64_t row) {
    const ImageGeometry& geometry = set_.geometry_;
    read_out(image, geometry.grid, geometry.threshold, cells_);
    slices_.fill(cells_);
    check(energy, row);
    set_.energy_[static_cast<std::size_t>(row)] = energy;
    shape_.fill(cells_, slices_.z, geometry);
    put_energies(energy, row);
    put_shape(row);
    put_cells(row);
    put_profiles(row);
  }

 private:
  void check(double energy, std::int64_t row) const {
    const std::string where = "shower " + std::to_string(row);
    if (!std::isfinite(energy) || energy <= 0) {
      throw InputError("the energy of a primary must be a positive number", where,
                       "check the data set with showergan inspect");
    }
    double sum = 0;
    for (const double layer : slices_.z) sum += layer;
    if (!std::isfinite(sum)) {
      throw InputError("a shower holds cells that are NaN or infinite", where,
                       "check the data set with showergan inspect");
    }
  }

  void put(Observable observable, std::int64_t row, double value) {
    set_.columns_[static_cast<std::size_t>(observable)][static_cast<std::size_t>(row)] = value;
  }

  void put_energies(double energy, std::int64_t row) {
    double sum = 0;
    double weighted = 0;
    for (std::size_t layer = 0; layer < slices_.z.size(); ++layer) {
      sum += slices_.z[layer];
      weighted += set_.geometry_.layer_weights[layer] * slices_.z[layer];
    }
    put(Observable::e_sum, row, sum);
    put(Observable::sampling_fraction, row, sum / energy);
    put(Observable::response, row, weighted / energy);
  }

  void put_shape(std::int64_t row) {
    const Moments x = moments(slices_.x);
    const Moments y = moments(slices_.y);
    const Moments z = moments(slices_.z);
    const double values[] = {x.first, y.first, z.first, x.second, y.second, z.second};
    for (std::size_t i = 0; i < kMoments.size(); ++i) put(kMoments[i], row, values[i]);
    const auto thirds = third_fractions(slices_.z);
    for (std::size_t i = 0; i < kThirds.size(); ++i) put(kThirds[i], row, thirds[i]);
    put(Observable::tail, row, tail_fraction(cells_, set_.geometry_));
  }

  void put_cells(std::int64_t row) {
    const auto hits = count_hits(cells_);
    for (std::size_t i = 0; i < kHits.size(); ++i) put(kHits[i], row, double(hits[i]));
    const Cell hottest = hottest_cell(cells_);
    put(Observable::max_cell, row, hottest.energy);
    put(Observable::max_x, row, hottest.x);
    put(Observable::max_y, row, hottest.y);
    put(Observable::max_z, row, hottest.z);
    constexpr double kLeast = 1e-9;  // GeV; where no threshold is set, so that the logarithm exists
    const double least = set_.geometry_.threshold > 0 ? set_.geometry_.threshold : kLeast;
    put(Observable::log10_max_cell, row, std::log10(std::max(hottest.energy, least)));
    for (const Spectrum spectrum : kSpectra) {
      auto& counts = set_.spectra_[static_cast<std::size_t>(spectrum)];
      const std::size_t bins = spectrum_edges(spectrum).size() - 1;
      count_cells(cells_, spectrum,
                  std::span(counts).subspan(static_cast<std::size_t>(row) * bins, bins));
    }
  }

  void put_profile(Profile profile, std::int64_t row, std::span<const double> values) {
    auto& column = set_.profiles_[static_cast<std::size_t>(profile)];
    const std::size_t first = static_cast<std::size_t>(row) * values.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
      column[first + i] = static_cast<float>(values[i]);
    }
  }

  void put_profiles(std::int64_t row) {
    put_profile(Profile::slice_x, row, slices_.x);
    put_profile(Profile::slice_y, row, slices_.y);
    put_profile(Profile::slice_z, row, slices_.z);
    put_profile(Profile::layer_centre_x, row, shape_.centre_x);
    put_profile(Profile::layer_centre_y, row, shape_.centre_y);
    put_profile(Profile::layer_width_x, row, shape_.width_x);
    put_profile(Profile::layer_width_y, row, shape_.width_y);
    put_profile(Profile::radial, row, rings_.energies(cells_));
  }

  ShowerSet& set_;
  std::vector<Cell> cells_;
  Slices slices_;
  LayerShape shape_;
  Rings rings_;
};

ShowerSet::ShowerSet(ImageGeometry geometry) : geometry_(std::move(geometry)) {}

void ShowerSet::append(const ShowerBatch& batch, int threads) {
  if (batch.grid != geometry_.grid) {
    throw InputError("the showers have " + grid_text(batch.grid) + " cells and the calorimeter " +
                         grid_text(geometry_.grid),
                     "", "choose the detector that the showers were made for");
  }
  const std::int64_t first = size();
  resize(first + batch.size());
  std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(std::max(1, threads)));
  try {
    const std::int64_t blocks = (batch.size() + kBlock - 1) / kBlock;
    parallel_for(std::max(1, threads), blocks, [&](std::int64_t block, int thread) {
      auto& worker = workers[static_cast<std::size_t>(thread)];
      if (!worker) worker = std::make_unique<Worker>(*this);
      const std::int64_t end = std::min(batch.size(), (block + 1) * kBlock);
      for (std::int64_t i = block * kBlock; i < end; ++i) {
        worker->measure(batch.shower(i), batch.energy[static_cast<std::size_t>(i)], first + i);
      }
    });
  } catch (...) {
    resize(first);
    throw;
  }
  put_angles(batch);
  put_images(batch, first);
}

void ShowerSet::put_angles(const ShowerBatch& batch) {
  theta_.insert(theta_.end(), batch.theta.begin(), batch.theta.end());
}

void ShowerSet::put_images(const ShowerBatch& batch, std::int64_t first) {
  const auto cells = static_cast<std::size_t>(geometry_.grid.cells());
  auto row = std::ranges::lower_bound(kept_, first);
  for (; row != kept_.end() && *row < first + batch.size(); ++row) {
    float* to = &images_[static_cast<std::size_t>(row - kept_.begin()) * cells];
    for (const float cell : batch.shower(*row - first)) {
      *to++ = cell < geometry_.threshold ? 0.0F : cell;
    }
  }
}

void ShowerSet::keep_images(std::vector<std::int64_t> rows) {
  SHOWERGAN_EXPECT(size() == 0 && std::ranges::is_sorted(rows));
  kept_ = std::move(rows);
  images_.resize(kept_.size() * static_cast<std::size_t>(geometry_.grid.cells()));
}

std::span<const float> ShowerSet::image(std::int64_t row) const {
  const auto place = std::ranges::lower_bound(kept_, row);
  SHOWERGAN_EXPECT(place != kept_.end() && *place == row && row < size());
  const auto cells = static_cast<std::size_t>(geometry_.grid.cells());
  return std::span(images_).subspan(static_cast<std::size_t>(place - kept_.begin()) * cells, cells);
}

void ShowerSet::reserve(std::int64_t size) {
  const auto rows = static_cast<std::size_t>(size);
  energy_.reserve(rows);
  for (auto& column : columns_) column.reserve(rows);
  for (std::size_t i = 0; i < kProfiles; ++i) {
    profiles_[i].reserve(rows * width(static_cast<Profile>(i)));
  }
  for (const Spectrum spectrum : kSpectra) {
    spectra_[static_cast<std::size_t>(spectrum)].reserve(rows *
                                                         (spectrum_edges(spectrum).size() - 1));
  }
}

void ShowerSet::resize(std::int64_t size) {
  const auto rows = static_cast<std::size_t>(size);
  energy_.resize(rows);
  for (auto& column : columns_) column.resize(rows);
  for (std::size_t i = 0; i < kProfiles; ++i) {
    profiles_[i].resize(rows * width(static_cast<Profile>(i)));
  }
  for (const Spectrum spectrum : kSpectra) {
    spectra_[static_cast<std::size_t>(spectrum)].resize(rows *
                                                        (spectrum_edges(spectrum).size() - 1));
  }
}

std::size_t ShowerSet::width(Profile profile) const {
  switch (profile) {
    case Profile::slice_x:
      return static_cast<std::size_t>(geometry_.grid.nx);
    case Profile::slice_y:
      return static_cast<std::size_t>(geometry_.grid.ny);
    case Profile::radial:
      return kRings;
    default:
      return static_cast<std::size_t>(geometry_.grid.nz);
  }
}

std::span<const float> ShowerSet::profile(Profile profile, std::int64_t row) const {
  const std::size_t length = width(profile);
  return std::span(profiles_[static_cast<std::size_t>(profile)])
      .subspan(static_cast<std::size_t>(row) * length, length);
}

std::span<const std::uint32_t> ShowerSet::spectrum(Spectrum spectrum, std::int64_t row) const {
  const std::size_t bins = spectrum_edges(spectrum).size() - 1;
  return std::span(spectra_[static_cast<std::size_t>(spectrum)])
      .subspan(static_cast<std::size_t>(row) * bins, bins);
}

std::int64_t ShowerSet::empty_showers() const {
  return std::ranges::count(column(Observable::e_sum), 0.0);
}

}  // namespace showergan::physics
