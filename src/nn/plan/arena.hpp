#pragma once

#include <cstddef>

#include "nn/kernel/aligned_buffer.hpp"

namespace showergan::nn {

/// Memory for the tensors of one plan, or of several that never hold something at the same time and
/// run on the same thread: such as a network's plans for learning and for judging. It is as large
/// as the largest of them needs.
class Arena {
 public:
  /// Makes room; what was in it is lost if it has to grow.
  void reserve(std::size_t bytes) {
    if (bytes <= bytes_) return;
    bytes_ = 0;
    buffer_ = AlignedBuffer();  // freed first: both together may be too much
    buffer_ = AlignedBuffer(bytes);
    bytes_ = bytes;
  }

  std::byte* data() noexcept { return buffer_.data(); }
  std::size_t bytes() const noexcept { return bytes_; }

 private:
  AlignedBuffer buffer_;
  std::size_t bytes_ = 0;
};

}  // namespace showergan::nn
