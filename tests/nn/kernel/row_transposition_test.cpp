#include "nn/kernel/row_transposition.hpp"

#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

class RowTransposition : public OnEveryTarget {};
INSTANTIATE_TEST_SUITE_P(, RowTransposition, testing::ValuesIn(vector_targets()), target_name);

/// A row of `cells` cells, and its channels `stride` floats apart. With guards behind them the
/// memory beyond is watched; without, the buffers end where the numbers do, for the address
/// sanitizer.
struct Rows {
  std::int64_t channels;
  std::int64_t cells;
  std::int64_t stride;
  std::int64_t guards;

  std::size_t together() const { return static_cast<std::size_t>(cells * channels + guards); }
  std::size_t apart() const {
    return static_cast<std::size_t>((channels - 1) * stride + cells + guards);
  }
  std::string text() const {
    return std::to_string(channels) + " channels of " + std::to_string(cells) + " cells, stride " +
           std::to_string(stride);
  }
};

/// Calls check(rows) for rows that are shorter than, as long as and longer than the blocks of 16
/// cells, of which the last one may overlap the one before.
template <class Check>
void for_all_rows(Check&& check) {
  for (std::int64_t channels = 1; channels <= 9; ++channels) {
    for (std::int64_t cells = 1; cells <= 50; ++cells) {
      for (const std::int64_t gap : {0, 1, 19}) {
        for (const std::int64_t guards : {0, 16}) {
          const Rows rows{channels, cells, cells + gap, guards};
          SCOPED_TRACE(rows.text());
          check(rows);
        }
      }
    }
  }
}

std::vector<float> counting(std::size_t count) {
  std::vector<float> values(count);
  std::iota(values.begin(), values.end(), 1.0f);
  return values;
}

TEST_P(RowTransposition, ChannelsGoApartAndNothingElseIsWritten) {
  for_all_rows([](const Rows& r) {
    const std::vector<float> row = counting(r.together());
    std::vector<float> found(r.apart(), -1.0f);
    std::vector<float> expected = found;
    for (std::int64_t i = 0; i < r.cells; ++i) {
      for (std::int64_t c = 0; c < r.channels; ++c) {
        expected[static_cast<std::size_t>(c * r.stride + i)] =
            row[static_cast<std::size_t>(i * r.channels + c)];
      }
    }
    channels_apart(row.data(), r.cells, r.channels, r.stride, found.data());
    EXPECT_EQ(found, expected);
  });
}

TEST_P(RowTransposition, ChannelsComeTogetherAndNothingElseIsWritten) {
  for_all_rows([](const Rows& r) {
    const std::vector<float> apart = counting(r.apart());
    std::vector<float> found(r.together(), -1.0f);
    std::vector<float> expected = found;
    for (std::int64_t i = 0; i < r.cells; ++i) {
      for (std::int64_t c = 0; c < r.channels; ++c) {
        expected[static_cast<std::size_t>(i * r.channels + c)] =
            apart[static_cast<std::size_t>(c * r.stride + i)];
      }
    }
    channels_together(apart.data(), r.stride, r.cells, r.channels, found.data());
    EXPECT_EQ(found, expected);
  });
}

}  // namespace
}  // namespace showergan::nn::kernel
