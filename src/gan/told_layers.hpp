#pragma once

#include <cstdint>
#include <vector>

#include "base/thread_team.hpp"
#include "layers/layer_code.hpp"
#include "model/drawn_layers.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::gan {

/// What a decoder is told in its training: the layers of Monte Carlo showers, as its inputs
/// `layer_energy` and `layer_shape` (DrawnLayers).
struct ToldLayers {
  std::vector<float> energy;  ///< (n, layers) GeV
  std::vector<float> shape;   ///< (n, 4, layers) cells
};

/// How the layers of a model's showers become numbers.
layers::LayerCode layer_code(const DrawnLayers& layers, const Grid& grid);

/// Measures each shower of a batch, on the threads of a team.
ToldLayers tell_layers(const ShowerBatch& showers, const layers::LayerCode& code, ThreadTeam& team);

}  // namespace showergan::gan
