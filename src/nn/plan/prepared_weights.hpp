#pragma once

#include <cstddef>
#include <vector>

#include "nn/kernel/aligned_buffer.hpp"

namespace showergan::nn {

/// See plan.hpp: one block, and where each node's part begins.
class PreparedWeights {
 public:
  PreparedWeights(std::size_t bytes, std::vector<std::size_t> offsets)
      : buffer_(bytes), offsets_(std::move(offsets)) {}

  std::byte* of(std::size_t node) { return buffer_.data() + offsets_[node]; }
  const std::byte* of(std::size_t node) const { return buffer_.data() + offsets_[node]; }
  std::size_t nodes() const noexcept { return offsets_.size(); }

 private:
  AlignedBuffer buffer_;
  std::vector<std::size_t> offsets_;
};

}  // namespace showergan::nn
