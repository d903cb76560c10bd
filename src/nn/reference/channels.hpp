#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nn/graph/shape.hpp"

namespace showergan::nn::reference {

/// How the first axis of a shape, the channels, lies in a row-major batch of tensors.
class Channels {
 public:
  explicit Channels(const Shape& shape)
      : count_(static_cast<std::size_t>(shape[0])),
        cells_(static_cast<std::size_t>(element_count(shape) / shape[0])) {}

  std::size_t count() const noexcept { return count_; }
  /// The channel of element i of the batch.
  std::size_t of(std::size_t i) const noexcept { return i / cells_ % count_; }

 private:
  std::size_t count_;
  std::size_t cells_;
};

/// values += bias of each channel
void add_bias(const Channels& channels, std::span<const double> bias, std::span<double> values);

/// bias += sum of each channel
void add_bias_gradient(const Channels& channels, std::span<const double> gradient,
                       std::span<double> bias);

}  // namespace showergan::nn::reference
