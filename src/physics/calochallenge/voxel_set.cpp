#include "physics/calochallenge/voxel_set.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "base/threads.hpp"
#include "base/units.hpp"
#include "physics/calochallenge/protocol_axis.hpp"

namespace showergan::physics {

double largest_voxel(const ShowerBatch& batch) {
  if (batch.cells.empty()) return 0;
  return static_cast<double>(std::ranges::max(batch.cells)) / units::MeV;
}

VoxelSet::VoxelSet(const Binning& binning, const Protocol& protocol,
                   std::vector<double> voxel_edges)
    : binning_(binning),
      protocol_(protocol),
      layers_(voxel_layers(binning)),
      voxel_edges_(std::move(voxel_edges)) {
  SHOWERGAN_EXPECT(voxel_edges_.size() > 1);
}

void VoxelSet::append(const ShowerBatch& batch, int threads) {
  const Grid a = batch.grid;
  const Grid b = binning_.grid();
  if (a != b) {
    throw InputError("the showers do not fit the binning",
                     fmt::format("grids {}x{}x{} and {}x{}x{}", a.nx, a.ny, a.nz, b.nx, b.ny, b.nz),
                     "give the binning of these showers");
  }
  const std::size_t first = energy_.size();
  resize(first + static_cast<std::size_t>(batch.size()));
  parallel_for(threads, batch.size(), [&](std::int64_t i, int) {
    const std::size_t row = first + static_cast<std::size_t>(i);
    energy_[row] = static_cast<double>(batch.energy[static_cast<std::size_t>(i)]) / units::MeV;
    measure(batch.shower(i), row);
  });
}

void VoxelSet::resize(std::size_t size) {
  energy_.resize(size);
  total_.resize(size);
  for (std::vector<float>& values : quantities_) values.resize(size * layers_.size());
  voxel_counts_.resize(size * (voxel_edges_.size() - 1));
}

void VoxelSet::measure(std::span<const float> image, std::size_t row) {
  const std::size_t bins = voxel_edges_.size() - 1;
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
    const auto values = measure_layer(image, layers_[layer], protocol_.threshold);
    for (std::size_t q = 0; q < kLayerQuantities; ++q) {
      quantities_[q][row * layers_.size() + layer] = static_cast<float>(values[q]);
    }
    total_[row] += values[static_cast<std::size_t>(LayerQuantity::energy)];
    for (const std::size_t cell : layers_[layer].cell) {
      const double energy = static_cast<double>(image[cell]) / units::MeV;
      if (energy == 0 || energy < protocol_.threshold) continue;
      if (const auto bin = bin_of(voxel_edges_, energy)) ++voxel_counts_[row * bins + *bin];
    }
  }
}

std::span<const float> VoxelSet::quantity(LayerQuantity quantity, std::int64_t row) const {
  return std::span(quantities_[static_cast<std::size_t>(quantity)])
      .subspan(static_cast<std::size_t>(row) * layers_.size(), layers_.size());
}

std::span<const std::uint32_t> VoxelSet::voxel_counts(std::int64_t row) const {
  const std::size_t bins = voxel_edges_.size() - 1;
  return std::span(voxel_counts_).subspan(static_cast<std::size_t>(row) * bins, bins);
}

std::int64_t VoxelSet::empty_showers() const {
  return std::ranges::count(total_, 0.0);
}

}  // namespace showergan::physics
