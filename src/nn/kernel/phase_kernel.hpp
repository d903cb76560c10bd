#pragma once

#include <cstdint>
#include <vector>

#include "nn/graph/conv3d.hpp"

namespace showergan::nn::kernel {

/// Some phases of an up-sampling convolution (see LowResolution): `count` along each axis, from
/// `first` on. As output channels they are numbered like DepthToSpace's, with the filters
/// innermost.
struct Phases {
  Triple first{0, 0, 0};
  Triple count{1, 1, 1};

  std::int64_t number() const { return count[0] * count[1] * count[2]; }
};

/// All phases of a convolution, cut into equal parts of `count` phases each.
std::vector<Phases> parts_of_phases(const Triple& upsampling, const Triple& count);

/// Where the convolution of some phases is computed: the cells of the low resolution that have one
/// of their results in the image, and the padding for that.
struct PhaseCells {
  Triple first{0, 0, 0};  ///< of LowResolution's cells
  Triple extents{1, 1, 1};
  Padding padding;
};

/// `taps`: of the phases' kernel; `source`: the image before the up-sampling; `result`: after the
/// convolution.
PhaseCells cells_of_phases(const Conv3d& conv, const Phases& phases, const Triple& taps,
                           const Shape& source, const Shape& result);

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
