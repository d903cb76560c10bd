#include "nn/kernel/convolution.hpp"

#include <gtest/gtest.h>

namespace showergan::nn::kernel {
namespace {

/// Cubes with this padding on all sides.
std::string kernel_gradient_of(std::int64_t channels, std::int64_t filters, std::int64_t extent,
                               std::int64_t taps, std::int64_t padding = 0) {
  const std::int64_t out = extent + 2 * padding - taps + 1;
  const Triple all_sides{padding, padding, padding};
  const ConvolutionGeometry geometry{2,
                                     channels,
                                     filters,
                                     {extent, extent, extent},
                                     {out, out, out},
                                     {taps, taps, taps},
                                     {1, 1, 1},
                                     {all_sides, all_sides}};
  return ConvolutionBackwardWeights(geometry, true).implementation();
}

bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

TEST(ConvolutionBackwardWeights, FewFiltersOfFewChannelsRunInBlocks) {
  EXPECT_TRUE(contains(kernel_gradient_of(2, 1, 4, 3), " in blocks of 2 × 2 × 2"));
}

TEST(ConvolutionBackwardWeights, FewFiltersOfManyChannelsRunMirrored) {
  const std::string form = kernel_gradient_of(vector_lanes(), vector_lanes() / 4, 6, 3, 2);
  EXPECT_TRUE(contains(form, " mirrored")) << form;
}

TEST(ConvolutionBackwardWeights, BlocksAreNextWhereMirroringIsCheaperButNotDirect) {
  // Mirrored, the missing padding would become one of all taps but one.
  const std::string form = kernel_gradient_of(vector_lanes(), vector_lanes() / 4, 6, 3);
  EXPECT_TRUE(contains(form, " in blocks of 1 × 2 × 2")) << form;
}

TEST(ConvolutionBackwardWeights, ManyFiltersRunAsTheyAre) {
  const std::string form = kernel_gradient_of(2 * vector_lanes(), 2 * vector_lanes(), 6, 3);
  EXPECT_FALSE(contains(form, "blocks") || contains(form, "mirrored")) << form;
}

TEST(ConvolutionBackwardWeights, NoFormThatWouldUnrollImagesIsTaken) {
  // Blocks and mirroring would both take fewer operations; oneDNN has direct kernels for neither.
  const std::string form = kernel_gradient_of(2, 1, 16, 12);
  EXPECT_FALSE(contains(form, "gemm") || contains(form, "blocks") || contains(form, "mirrored"))
      << form;
}

}  // namespace
}  // namespace showergan::nn::kernel
