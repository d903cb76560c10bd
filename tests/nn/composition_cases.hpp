#pragma once

#include "nn/cases.hpp"

/// Networks that begin with a dense layer, a reshape and a convolution, which can be composed.
namespace showergan::nn {

/// What varies between them.
struct FirstConvolution {
  std::string name;
  Conv3d convolution;
  Activation activation = {Function::leaky_relu, 0.3};
  bool dense_bias = true;
  bool normalize = false;
  bool upsample = false;  ///< before the convolution
  bool last = false;      ///< nothing behind it
};

/// 3 × 4 × 3 × 5 numbers of 7, the convolution called `first`, and another one behind it.
inline Case composition_case(const FirstConvolution& first) {
  Case c{"composition_" + first.name, {}, 3};
  Graph& g = c.graph;
  NodeId x = g.add("x", Input{{7}});
  Dense dense{180};
  dense.bias = first.dense_bias;
  x = g.add("dense", dense, {x});
  x = g.add("image", Reshape{{3, 4, 3, 5}}, {x});
  if (first.upsample) x = g.add("up", Upsampling{{2, 1, 2}}, {x});
  x = g.add("first", first.convolution, {x});
  if (!first.activation.is_linear()) x = g.add("activation", first.activation, {x});
  if (first.normalize) x = g.add("norm", BatchNormalization{}, {x});
  if (!first.last) {
    x = g.add("second", Conv3d{4, {2, 2, 2}, {1, 1, 1}, same_padding({2, 2, 2})}, {x});
  }
  g.set_output("y", x);
  return c;
}

inline std::vector<Case> composition_cases() {
  const Conv3d plain{8, {3, 2, 3}};
  Conv3d same = plain;
  same.padding = same_padding(plain.kernel);
  Conv3d unbiased = same;
  unbiased.bias = false;
  Conv3d strided = same;
  strided.stride = {2, 2, 2};
  Conv3d padded = plain;
  padded.padding = {{2, 0, 1}, {1, 1, 3}};
  Conv3d single = same;
  single.filters = 1;
  Conv3d odd = same;
  odd.filters = 5;
  const Activation leaky{Function::leaky_relu, 0.3};
  const Activation linear{};
  const Activation tanh{Function::tanh};
  std::vector<Case> cases;
  for (const FirstConvolution& first : std::vector<FirstConvolution>{
           {"plain", plain, linear},
           {"same", same},
           {"no_dense_bias", same, leaky, false},
           {"no_convolution_bias", unbiased},
           {"no_bias", unbiased, linear, false},
           {"normalized", same, leaky, true, true},
           {"normalized_linear", odd, linear, true, true},
           {"normalized_relu", odd, {Function::relu}, true, true},
           {"tanh", same, tanh},
           {"tanh_normalized", same, tanh, false, true},
           {"softplus_no_bias", unbiased, {Function::softplus}, false},
           {"padded", padded},
           {"strided", strided},
           {"strided_normalized", strided, tanh, true, true},
           {"upsampled", same, leaky, true, false, true},
           {"upsampled_normalized", same, leaky, true, true, true},
           {"one_filter", single},
           {"five_filters", odd},
           {"last", same, leaky, true, true, false, true},
       }) {
    cases.push_back(composition_case(first));
  }
  return cases;
}

}  // namespace showergan::nn
