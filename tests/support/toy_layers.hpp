#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "support/temporary_folder.hpp"
#include "support/toy_training.hpp"

namespace showergan::test {

/// A calorimeter of 6 x 6 x 6 cells, whose last three layers have twice the tungsten.
inline constexpr const char* toy_detector = R"(
name = "toy-layers"
description = "six layers"
readout_threshold = 1e-6
[grid]
cells = [6, 6, 6]
cell_size = [5, 5]
[[layers]]
repeat = 3
slabs = [
  { material = "Tungsten", thickness = 2, absorber = true },
  { material = "Silicon", thickness = 0.5, sensitive = true },
]
[[layers]]
repeat = 3
slabs = [
  { material = "Tungsten", thickness = 4, absorber = true },
  { material = "Silicon", thickness = 0.5, sensitive = true },
]
[materials.Tungsten]
density = 19.3
elements = { W = 1.0 }
[materials.Silicon]
density = 2.33
elements = { Si = 1.0 }
)";

/// A model whose layers are drawn: a decoder that draws the cells of each layer, and a critic that
/// is told the condition. DETECTOR stands for a path.
inline constexpr const char* toy_layered_model = R"(
name = "toy-layers"
detector = "DETECTOR"

[[conditions]]
name = "energy"
range = [10, 500]

[layers]
blocks = 2
units = 16

[generator]
outputs = { shower = "shower", spectra = "spectra", spread = "spread" }
layers = [
  { type = "input", name = "noise_cells", shape = [2, 6, 6, 6] },
  { type = "input", name = "condition", shape = [1] },
  { type = "input", name = "layer_energy", shape = [6] },
  { type = "input", name = "layer_shape", shape = [4, 6] },
  { type = "reshape", name = "told", inputs = "layer_shape", shape = [4, 1, 1, 6] },
  { type = "conv3d", name = "told_maps", filters = 4, kernel = [1, 1, 3], padding = "same" },
  { type = "constant", name = "at_x", shape = [1, 6, 1, 1], first = -2.5 },
  { type = "conv3d", name = "x_maps", filters = 4, kernel = 1 },
  { type = "constant", name = "at_y", shape = [1, 1, 6, 1], first = -2.5 },
  { type = "conv3d", name = "y_maps", filters = 4, kernel = 1 },
  { type = "add", name = "plane", inputs = ["x_maps", "y_maps"] },
  { type = "add", name = "apart", inputs = ["plane", "told_maps"] },
  { type = "conv3d", name = "noise_near", inputs = "noise_cells", filters = 4, kernel = 3, padding = "same", bias = false, initializer = "zeros" },
  { type = "add", name = "maps", inputs = ["apart", "noise_near"] },
  { type = "leaky_relu", name = "active", slope = 0.2 },
  { type = "conv3d", name = "spectra", filters = 11, kernel = 1 },
  { type = "cell_spectrum", name = "drawn", inputs = ["spectra", "noise_cells"] },
  { type = "layer_conditioning", name = "shower", inputs = ["drawn", "layer_energy", "layer_shape"] },
  { type = "multiply", name = "square", inputs = ["shower", "shower"] },
  { type = "mean", name = "mean_square", axes = [0, 1, 2], keep_axes = true },
  { type = "reshape", name = "spread", shape = [1] },
]

[discriminator]
outputs = { critic = "critic" }
layers = [
  { type = "input", name = "image", shape = [6, 6, 6] },
  { type = "input", name = "condition", shape = [1] },
  { type = "multiply", name = "energy", inputs = ["condition", 0.01] },
  { type = "multiply", name = "mev", inputs = ["image", 10] },
  { type = "reshape", name = "map", shape = [1, 6, 6, 6] },
  { type = "conv3d", filters = 4, kernel = 3, stride = 2, activation = "leaky_relu", slope = 0.2 },
  { type = "flatten", name = "flat" },
  { type = "concatenate", name = "all", inputs = ["flat", "energy"] },
  { type = "dense", name = "critic", units = 1 },
]
)";

inline constexpr const char* toy_layered_recipe = R"(
model = "MODEL"
data = { threshold = 1e-6, validation = 0.2, symmetries = "all" }
train = { batch = 16, epochs = 2, seed = 5, threads = 2, generator_updates = 1, label_flips = 0, fake_conditions = "data", average = 0.9 }
layers = { epochs = 2, batch = 64 }
start = { steps = 5, mean = 0.1, weight = 0.5, optimizer = "adam", rate = 0.01 }
validation = { every = 1, metrics = ["profile_x_mean", "profile_z_mean"] }
losses.critic = { loss = "hinge", generator_loss = "hinge_generator", target = "label" }
generator_losses = { spread = 0.01 }
generator = { optimizer = "adam", rate = 0.001 }
discriminator = { optimizer = "adam", rate = 0.001, spectral_limit = 1 }
)";

inline std::string replaced_once(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

/// A folder with detector.toml, model.toml, recipe.toml and showers.h5.
class ToyLayers {
 public:
  explicit ToyLayers(std::int64_t showers = 300) {
    std::ofstream(folder_ / "detector.toml") << toy_detector;
    std::ofstream(folder_ / "model.toml")
        << replaced_once(toy_layered_model, "DETECTOR", (folder_ / "detector.toml").string());
    std::ofstream(folder_ / "recipe.toml")
        << replaced_once(toy_layered_recipe, "MODEL", (folder_ / "model.toml").string());
    write_toy_showers(folder_ / "showers.h5", showers);
  }

  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

 private:
  TemporaryFolder folder_;
};

}  // namespace showergan::test
