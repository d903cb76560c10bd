#include "nn/kernel/short_copy.hpp"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace showergan::nn::kernel {
namespace {

TEST(ShortCopy, CopiesEveryLengthAndNothingElse) {
  constexpr unsigned char untouched = 0xEE;
  constexpr std::size_t margin = 32;
  for (std::size_t length = 0; length <= 80; ++length) {
    for (const std::size_t offset : {0u, 1u, 5u}) {  // no alignment is asked for
      // Of exactly that length: the sanitizers would see what is read beyond it.
      std::vector<unsigned char> from(length);
      std::iota(from.begin(), from.end(), static_cast<unsigned char>(1));
      std::vector<unsigned char> expected(margin + length + margin, untouched);
      std::vector<unsigned char> to = expected;
      for (std::size_t i = 0; i < length; ++i) expected[margin + offset + i] = from[i];
      short_copy(to.data() + margin + offset, from.data(), length);
      EXPECT_EQ(to, expected) << length << " bytes at " << offset;
    }
  }
}

}  // namespace
}  // namespace showergan::nn::kernel
