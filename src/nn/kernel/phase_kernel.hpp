#pragma once

#include <cstdint>

#include "nn/graph/conv3d.hpp"

namespace showergan::nn::kernel {

/// Some phases of an up-sampling convolution (see LowResolution): `count` along x from `first` on,
/// and all along y and z. As output channels they are numbered like DepthToSpace's, with the
/// filters innermost.
struct Phases {
  std::int64_t first = 0;
  std::int64_t count = 1;
};

/// The kernels of these phases joined to that of one convolution, (phases · filters, channels,
/// taps…), and the linear map from the original kernel to it. Phases that need fewer taps have
/// zeros.
class PhaseKernel {
 public:
  PhaseKernel(const Conv3d& conv, std::int64_t channels, const Phases& phases);

  /// Of the convolution at low resolution.
  const Triple& taps() const { return taps_; }
  std::int64_t out_channels() const;
  std::int64_t size() const;

  /// joined = S kernel.
  void sum_taps(const float* kernel, float* joined) const;
  /// kernel += Sᵀ joined.
  void add_transposed(const float* joined, float* kernel) const;

 private:
  template <class Use>
  void for_each_tap(Use&& use) const;

  Conv3d conv_;
  std::int64_t channels_;
  Phases phases_;
  Triple taps_;
};

}  // namespace showergan::nn::kernel
