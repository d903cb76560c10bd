#include "gan/told_layers.hpp"

#include <algorithm>

#include "gan/shard.hpp"

namespace showergan::gan {
namespace {

void write(const std::vector<double>& from, std::vector<float>& to, std::size_t first) {
  std::ranges::transform(from, to.begin() + static_cast<std::ptrdiff_t>(first),
                         [](double value) { return static_cast<float>(value); });
}

}  // namespace

layers::LayerCode layer_code(const DrawnLayers& layers, const Grid& grid) {
  physics::ImageGeometry geometry = physics::unit_geometry(grid);
  geometry.layer_weights = layers.flow.geometry.weights;
  geometry.threshold = layers.flow.geometry.threshold;
  return layers::LayerCode(std::move(geometry));
}

ToldLayers tell_layers(const ShowerBatch& showers, const layers::LayerCode& code,
                       ThreadTeam& team) {
  const auto n = static_cast<std::size_t>(code.layers());
  const auto count = static_cast<std::size_t>(showers.size());
  ToldLayers told = {std::vector<float>(count * n), std::vector<float>(4 * count * n)};
  const std::vector<Shard> shards = split_batch(showers.size(), team.size());
  team.run(static_cast<int>(shards.size()), [&](int member) {
    const Shard& shard = shards[static_cast<std::size_t>(member)];
    for (std::int64_t i = shard.first; i < shard.first + shard.count; ++i) {
      const layers::Layers measured = code.measure(showers.shower(i));
      const std::size_t row = static_cast<std::size_t>(i) * n;
      write(measured.energy, told.energy, row);
      write(measured.centre_x, told.shape, 4 * row);
      write(measured.centre_y, told.shape, 4 * row + n);
      write(measured.width_x, told.shape, 4 * row + 2 * n);
      write(measured.width_y, told.shape, 4 * row + 3 * n);
    }
  });
  return told;
}

}  // namespace showergan::gan
