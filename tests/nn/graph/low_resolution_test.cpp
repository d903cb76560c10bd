#include "nn/graph/low_resolution.hpp"

#include <gtest/gtest.h>

namespace showergan::nn {
namespace {

std::int64_t floor_division(std::int64_t a, std::int64_t b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/// One axis, spelled out: where each result reads through each tap, at both resolutions.
void expect_same_cells(std::int64_t cells, std::int64_t s, std::int64_t k, std::int64_t before,
                       std::int64_t after) {
  const std::int64_t result = cells * s + before + after - k + 1;
  if (result < 1) return;
  const Conv3d conv{1,    {k, 1, 1}, {1, 1, 1}, {{before, 0, 0}, {after, 0, 0}},
                    true, {},        {},        {s, 1, 1}};
  const LowResolution low = low_resolution(conv, {1, cells, 1, 1});
  ASSERT_GE(low.padding.before[0], 0);
  ASSERT_GE(low.padding.after[0], 0);
  ASSERT_EQ(low.extents[0], cells + low.padding.before[0] + low.padding.after[0] - low.taps[0] + 1);
  ASSERT_GE(low.skip[0], 0);
  ASSERT_LT(low.skip[0], s);
  ASSERT_LT(s * low.extents[0] - low.skip[0] - result, s);
  for (std::int64_t o = 0; o < result; ++o) {
    const std::int64_t cell = (o + low.skip[0]) / s;
    const std::int64_t phase = (o + low.skip[0]) % s;
    ASSERT_LT(cell, low.extents[0]);
    for (std::int64_t t = 0; t < k; ++t) {
      const std::int64_t tap = (phase + t) / s;
      ASSERT_LT(tap, low.taps[0]);
      ASSERT_EQ(cell + tap - low.padding.before[0], floor_division(o - before + t, s));
    }
  }
  // A part of the phases has fewer taps at the end, and never needs to cut its source.
  for (std::int64_t r = 0; r < s; ++r) {
    ASSERT_GE(low.padding.after[0] - (low.taps[0] - ((r + k - 1) / s + 1)), 0);
  }
}

TEST(LowResolution, ReadsTheSameCells) {
  for (std::int64_t cells = 1; cells <= 4; ++cells) {
    for (std::int64_t s = 1; s <= 7; ++s) {
      for (std::int64_t k = 1; k <= 9; ++k) {
        for (std::int64_t before = 0; before <= 8; ++before) {
          for (std::int64_t after = 0; after <= 8; ++after) {
            SCOPED_TRACE(testing::Message() << "cells " << cells << ", factor " << s << ", kernel "
                                            << k << ", padding " << before << " " << after);
            expect_same_cells(cells, s, k, before, after);
            if (testing::Test::HasFatalFailure()) return;
          }
        }
      }
    }
  }
}

TEST(LowResolution, OfThePublishedGenerator) {
  const Conv3d conv{6, {3, 3, 8}, {1, 1, 1}, {{1, 0, 3}, {1, 0, 3}}, true, {}, {}, {2, 2, 3}};
  const LowResolution low = low_resolution(conv, {6, 13, 14, 9});
  EXPECT_EQ(low.taps, (Triple{2, 2, 4}));
  EXPECT_EQ(low.padding, (Padding{{1, 0, 1}, {1, 0, 2}}));
  EXPECT_EQ(low.extents, (Triple{14, 13, 9}));
  EXPECT_EQ(low.skip, (Triple{1, 0, 0}));
  EXPECT_EQ(multiply_adds(conv, low, 6), 14 * 13 * 9 * 72 * 6 * 16);
}

}  // namespace
}  // namespace showergan::nn
