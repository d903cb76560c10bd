#pragma once

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/random.hpp"
#include "store/shower_writer.hpp"
#include "support/temporary_folder.hpp"

namespace showergan::test {

/// A model of all kinds of layers that 3DGAN has, for 6×6×6 cells.
inline constexpr const char* toy_model = R"(
name = "toy"
detector = "toy"

[[conditions]]
name = "energy"
range = [10, 500]

[generator]
outputs = { shower = "shower" }
layers = [
  { type = "input", name = "noise", shape = [8] },
  { type = "input", name = "condition", shape = [1] },
  { type = "divide", name = "energy", inputs = ["condition", 100] },
  { type = "multiply", name = "latent", inputs = ["noise", "energy"] },
  { type = "dense", units = 108 },
  { type = "reshape", shape = [4, 3, 3, 3] },
  { type = "conv3d", filters = 6, kernel = 3, padding = "same", activation = "leaky_relu" },
  { type = "batch_normalization" },
  { type = "upsampling", factor = 2 },
  { type = "conv3d", filters = 1, kernel = 3, padding = "same", activation = "softplus" },
  { type = "reshape", name = "shower", shape = [6, 6, 6] },
]

[discriminator]
outputs = { generation = "generation", auxiliary = "auxiliary", ecal = "ecal" }
layers = [
  { type = "input", name = "image", shape = [6, 6, 6] },
  { type = "sum", name = "ecal", axes = [0, 1, 2] },
  { type = "reshape", inputs = "image", shape = [1, 6, 6, 6] },
  { type = "conv3d", filters = 4, kernel = 3, padding = "same", activation = "leaky_relu" },
  { type = "dropout", rate = 0.2 },
  { type = "conv3d", filters = 4, kernel = 3, activation = "leaky_relu" },
  { type = "batch_normalization" },
  { type = "average_pooling", block = 2 },
  { type = "flatten", name = "flat" },
  { type = "dense", name = "generation", units = 1, activation = "sigmoid" },
  { type = "dense", name = "auxiliary", inputs = "flat", units = 1 },
]
)";

inline constexpr const char* toy_recipe = R"(
model = "MODEL"
data = { threshold = 1e-6, scale = 10, validation = 0.2 }
train = { batch = 16, epochs = 3, seed = 5, threads = 2 }
validation = { every = 1, metrics = ["profile_x_mean", "profile_z_mean"] }
checkpoints = { keep = 3 }
losses.generation = { loss = "binary_cross_entropy", weight = 2, target = "label" }
losses.auxiliary = { loss = "mape", weight = 0.1, target = "energy", unit = 100 }
losses.ecal = { loss = "mape", weight = 0.1, target = "cell_sum", unit = 100, polynomial = [0, 2] }
generator = { optimizer = "rmsprop", rate = 0.001 }
discriminator = { optimizer = "rmsprop", rate = 0.001 }
)";

/// Showers whose cells fall off from the centre, 2 % of the primary's energy in all.
inline void write_toy_showers(const std::filesystem::path& path, std::int64_t count,
                              std::uint64_t seed = 1) {
  ShowerBatch batch;
  batch.grid = {6, 6, 6};
  batch.energy.resize(static_cast<std::size_t>(count));
  batch.cells.resize(static_cast<std::size_t>(count * batch.grid.cells()));
  for (std::int64_t i = 0; i < count; ++i) {
    float uniform = 0;
    const auto index = static_cast<std::uint64_t>(i);
    CounterRandom(seed, RandomPurpose::condition).fill_uniform(index, {&uniform, 1});
    batch.energy[static_cast<std::size_t>(i)] = 10 + 490 * uniform;
    const std::span<float> cells = batch.shower(i);
    CounterRandom(seed, RandomPurpose::noise).fill_uniform(index, cells);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const auto away = [](std::size_t k) { return std::abs(static_cast<float>(k) - 2.5f); };
      const float distance = away(c / 36) + away(c / 6 % 6) + 0.5f * away(c % 6);
      cells[c] *= batch.energy[static_cast<std::size_t>(i)] * 4e-3f * std::exp(-distance);
    }
  }
  ShowerWriter writer(path, batch.grid);
  writer.write(batch);
  writer.finish();
}

/// A folder with model.toml, recipe.toml and showers.h5.
class ToyTraining {
 public:
  explicit ToyTraining(std::int64_t showers = 300) {
    std::string recipe = toy_recipe;
    recipe.replace(recipe.find("MODEL"), 5, (folder_ / "model.toml").string());
    std::ofstream(folder_ / "model.toml") << toy_model;
    std::ofstream(folder_ / "recipe.toml") << recipe;
    write_toy_showers(folder_ / "showers.h5", showers);
  }

  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

  /// Arguments of `showergan train` for a run of this name.
  std::string arguments(const std::string& run) const {
    return "train '" + (folder_ / "recipe.toml").string() + "' --data '" +
           (folder_ / "showers.h5").string() + "' -o '" + (folder_ / run).string() + "'";
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace showergan::test
