#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "nn/kernel/aligned_buffer.hpp"
#include "nn/kernel/epilogue.hpp"
#include "nn/kernel/plain_convolution.hpp"

/// Tests of convolutions whose results come row by row: NarrowConvolution and WinogradRows.
namespace showergan::nn::kernel {

inline std::string text_of(const ConvolutionGeometry& g, Precision precision) {
  return std::to_string(g.in_channels) + " channels of " + to_string(g.in) + " to " +
         std::to_string(g.out_channels) + " of " + to_string(g.out) + " by " + to_string(g.kernel) +
         ", " + std::string(name_of(precision));
}

/// A layer with such an epilogue, and normalisation.
class Layer {
 public:
  Layer(std::int64_t filters, const Activation& activation) {
    Conv3d conv{filters, {1, 1, 1}};
    conv.epilogue = {activation, true, 0};
    node_ = graph_.add("conv", conv, {graph_.add("x", Input{{1, 1, 1, 1}})});
    const Request request{graph_, graph_.node(node_), 1, false, false, {false}, {false}};
    epilogue_.emplace(request, conv.epilogue, conv.bias, filters);
  }

  const EpilogueKernel& epilogue() const { return *epilogue_; }

  /// What the epilogue reads for this finish: means 0 and variances 1.
  AlignedBuffer prepared(const PlainFinish& finish) const {
    Parameters parameters = initial_parameters(graph_, 1);
    const std::vector<float>* values[] = {&finish.bias, &finish.scale, &finish.shift};
    for (std::size_t i = 0; i < 3; ++i) {  // bias, gamma and beta
      std::ranges::copy(*values[i], parameters.of(graph_.parameters()[i + 1]).begin());
    }
    AlignedBuffer prepared(epilogue_->prepared_bytes());
    epilogue_->prepare(parameters, prepared.data());
    return prepared;
  }

 private:
  Graph graph_;
  NodeId node_;
  std::optional<EpilogueKernel> epilogue_;
};

/// Rows as they come; all memory is exactly as large as asked for, and what is not written is no
/// number.
template <class Form>
std::vector<float> run(const ConvolutionGeometry& g, Precision precision,
                       const std::vector<float>& image, const std::vector<float>& kernel,
                       const PlainFinish& finish) {
  constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
  const Layer layer(g.out_channels, {Function::leaky_relu, static_cast<double>(finish.slope)});
  const Form convolution(g, precision, layer.epilogue());
  AlignedBuffer weights(convolution.weights_bytes());
  convolution.prepare(kernel.data(), weights.data());
  const AlignedBuffer epilogue = layer.prepared(finish);
  AlignedBuffer scratch(convolution.scratch_bytes());
  std::fill_n(reinterpret_cast<float*>(scratch.data()), convolution.scratch_bytes() / sizeof(float),
              not_a_number);
  std::vector<float> out(static_cast<std::size_t>(g.out_channels * product(g.out)), not_a_number);
  convolution.run(image.data(), weights.data(), epilogue.data(), scratch.data(),
                  [&](std::int64_t x, std::int64_t y, const float* row) {
                    float* to = out.data() + (x * g.out[1] + y) * g.out[2] * g.out_channels;
                    for (std::int64_t z = 0; z < g.out[2]; ++z, to += g.out_channels) {
                      std::copy_n(row + z * convolution.cell_stride(), g.out_channels, to);
                    }
                  });
  return out;
}

using Numbers = std::vector<float>(std::int64_t count, std::uint64_t index);

struct Compared {
  std::vector<float> found;
  std::vector<double> expected;
};

template <class Form>
Compared compare(const ConvolutionGeometry& g, Precision precision, Numbers* numbers, float slope) {
  const std::int64_t filters = g.out_channels;
  const auto image = numbers(g.in_channels * product(g.in), 1);
  const auto kernel = numbers(filters * g.in_channels * product(g.kernel), 2);
  const PlainFinish finish{numbers(filters, 3), numbers(filters, 4), numbers(filters, 5), slope};
  return {run<Form>(g, precision, image, kernel, finish), convolved(g, image, kernel, finish)};
}

template <class Form>
void expect_exact(const std::vector<ConvolutionGeometry>& geometries, Precision precision) {
  EXPECT_FALSE(geometries.empty());
  for (const ConvolutionGeometry& g : geometries) {
    const Compared c = compare<Form>(g, precision, whole_numbers, 0.5f);
    EXPECT_EQ(c.found, std::vector<float>(c.expected.begin(), c.expected.end()))
        << text_of(g, precision);
  }
}

template <class Form>
void expect_close(const std::vector<ConvolutionGeometry>& geometries, Precision precision,
                  double tolerance) {
  EXPECT_FALSE(geometries.empty());
  for (const ConvolutionGeometry& g : geometries) {
    const Compared c = compare<Form>(g, precision, uniform_numbers, 0.3f);
    EXPECT_LT(relative_difference(c.found, c.expected), tolerance) << text_of(g, precision);
  }
}

}  // namespace showergan::nn::kernel
