#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace showergan::nn {

/// Uninitialised bytes at a multiple of 64; large ones in large pages where the system has some.
/// Touching 20 MB page by page for the first time takes longer than filling them.
class AlignedBuffer {
 public:
  AlignedBuffer() noexcept : data_(nullptr, Free{}) {}
  explicit AlignedBuffer(std::size_t bytes);

  std::byte* data() noexcept { return data_.get(); }
  const std::byte* data() const noexcept { return data_.get(); }

 private:
  struct Free {
    std::align_val_t alignment = std::align_val_t{64};
    void operator()(std::byte* data) const noexcept { ::operator delete(data, alignment); }
  };
  std::unique_ptr<std::byte, Free> data_;
};

}  // namespace showergan::nn
