#pragma once

#include <cstdint>

#include "nn/graph/graph.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::physics {

/// `layers` layers of `units` with LeakyReLU 0.01 and a last one of a single number, the logarithm
/// of the odds: input `features` (`width`), output `score`. As the classifiers of CaloChallenge
/// (arXiv:2410.21611), which have three layers of 512.
nn::Graph feature_network(std::int64_t width, std::int64_t units, int layers = 2);

/// A residual network (He et al., arXiv:1512.03385) in three dimensions, without normalisation:
/// a convolution of 16 channels and stride 2; two stages of two blocks of two convolutions, of 16
/// and of 32 channels, the second one at stride 2 again; the mean over the image; the energy
/// joined; one dense layer. Kernels are 3³, activations LeakyReLU 0.01. Inputs `image` (1, grid)
/// and `energy` (1), output `score`.
nn::Graph image_network(const Grid& grid);

}  // namespace showergan::physics
