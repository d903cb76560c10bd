#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nn/graph/graph.hpp"

namespace showergan::training {

/// Keeps the spectral norm (largest singular value) of every kernel of a network below a limit, by
/// scaling kernels that are above it after an update: a projection (Gouk et al., arXiv:1804.04368)
/// with the norm that Miyato et al. (arXiv:1802.05957) divide by. A kernel is the matrix of its
/// first axis against the others. The norm is that of one power iteration for each update, from the
/// vector of the update before.
class SpectralLimit {
 public:
  /// Throws nothing; `limit` is above 0.
  SpectralLimit(const nn::Graph& graph, double limit);

  /// `trainable` is laid out as nn::Parameters::trainable.
  void apply(std::span<float> trainable);

  /// Left singular vectors of all kernels as they are estimated, for a checkpoint.
  std::span<float> state() noexcept { return vectors_; }
  std::span<const float> state() const noexcept { return vectors_; }

 private:
  struct Kernel {
    std::size_t offset;  ///< in trainable
    std::size_t rows;
    std::size_t columns;
    std::size_t vector;  ///< in vectors_
  };
  double norm(const Kernel& kernel, std::span<const float> values);

  double limit_;
  std::vector<Kernel> kernels_;
  std::vector<float> vectors_;
};

}  // namespace showergan::training
