#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "physics/calochallenge/voxel_layer.hpp"

namespace showergan::physics {

/// What the CaloChallenge measures in each layer (arXiv:2410.21611, section 4; `HighLevelFeatures`
/// of its public code).
enum class LayerQuantity {
  energy,      ///< MeV
  centre_eta,  ///< energy-weighted mean of η, mm
  centre_phi,  ///< the same of φ, mm
  width_eta,   ///< energy-weighted standard deviation of η, mm
  width_phi,   ///< the same of φ, mm
  sparsity,    ///< share of the voxels that are 0
  centre_r,    ///< energy-weighted mean of the radius, mm
  width_r,     ///< energy-weighted standard deviation of the radius, mm
};
inline constexpr std::size_t kLayerQuantities = 8;
inline constexpr std::array<LayerQuantity, kLayerQuantities> kAllLayerQuantities = {
    LayerQuantity::energy,    LayerQuantity::centre_eta, LayerQuantity::centre_phi,
    LayerQuantity::width_eta, LayerQuantity::width_phi,  LayerQuantity::sparsity,
    LayerQuantity::centre_r,  LayerQuantity::width_r};

/// "e_layer", "centre_eta" …
std::string name_of(LayerQuantity quantity);

/// Whether the quantity means something in such a layer: centres and widths in η and φ do not where
/// a layer is not cut in the angle.
bool is_measured(LayerQuantity quantity, const VoxelLayer& layer);

/// All of them, in the order of the enumeration, of a layer of an image in GeV; voxels below the
/// threshold (MeV) are 0. An empty layer has energy, centres and widths 0, and sparsity 1.
std::array<double, kLayerQuantities> measure_layer(std::span<const float> image,
                                                   const VoxelLayer& layer, double threshold);

}  // namespace showergan::physics
