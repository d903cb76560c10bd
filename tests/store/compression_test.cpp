#include "store/compression.hpp"

#include <cstring>

#include <gtest/gtest.h>

namespace showergan {
namespace {

const std::vector<float> numbers = {0, 0, 1.5F, -2, 0, 3e30F, 1e-30F};

TEST(ChunkDecoderTest, UndoesTheCompression) {
  const std::vector<std::byte> packed = compress_chunk(numbers);
  std::vector<float> out(numbers.size());
  ASSERT_TRUE(ChunkDecoder().decode(packed, ChunkCoding::shuffled_deflated, out));
  EXPECT_EQ(out, numbers);
}

TEST(ChunkDecoderTest, CopiesPlainNumbers) {
  std::vector<std::byte> plain(numbers.size() * sizeof(float));
  std::memcpy(plain.data(), numbers.data(), plain.size());
  std::vector<float> out(numbers.size());
  ASSERT_TRUE(ChunkDecoder().decode(plain, ChunkCoding::plain, out));
  EXPECT_EQ(out, numbers);
  plain.pop_back();
  EXPECT_FALSE(ChunkDecoder().decode(plain, ChunkCoding::plain, out));
}

TEST(ChunkDecoderTest, RefusesDamageAndOtherLengths) {
  const std::vector<std::byte> packed = compress_chunk(numbers);
  ChunkDecoder decoder;
  for (std::size_t i = 0; i < packed.size(); ++i) {
    std::vector<std::byte> damaged = packed;
    damaged[i] ^= std::byte{0x5a};
    std::vector<float> out(numbers.size());
    if (decoder.decode(damaged, ChunkCoding::shuffled_deflated, out)) {
      EXPECT_EQ(out, numbers) << i;  // a change of the stream's level field means nothing
    }
  }
  for (const std::size_t length : {numbers.size() - 1, numbers.size() + 1}) {
    std::vector<float> out(length);
    EXPECT_FALSE(decoder.decode(packed, ChunkCoding::shuffled_deflated, out));
  }
  std::vector<float> out(numbers.size());
  EXPECT_FALSE(decoder.decode({}, ChunkCoding::deflated, out));
  EXPECT_TRUE(decoder.decode(packed, ChunkCoding::shuffled_deflated, out));  // still usable
}

}  // namespace
}  // namespace showergan
