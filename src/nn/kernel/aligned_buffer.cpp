#include "nn/kernel/aligned_buffer.hpp"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace showergan::nn {
namespace {

constexpr std::size_t cache_line = 64;
constexpr std::size_t large_page = std::size_t{1} << 21;

}  // namespace

AlignedBuffer::AlignedBuffer(std::size_t bytes) : AlignedBuffer() {
  const bool large = bytes >= 2 * large_page;
  const std::align_val_t alignment{large ? large_page : cache_line};
  data_ = std::unique_ptr<std::byte, Free>(
      static_cast<std::byte*>(::operator new(bytes, alignment)), Free{alignment});
#if defined(__linux__)
  // Whole pages only; that it fails where there are no large pages does no harm.
  if (large) madvise(data_.get(), bytes / large_page * large_page, MADV_HUGEPAGE);
#endif
}

}  // namespace showergan::nn
