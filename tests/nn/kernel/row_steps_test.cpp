#include "nn/kernel/row_steps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "nn/kernel/aligned_buffer.hpp"
#include "nn/kernel/channel_pattern.hpp"
#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

/// Two rows of numbers, one number that is everywhere the same, and a row for results.
class RowSteps : public OnEveryTarget {
 protected:
  RowSteps() {
    for (std::size_t row = 0; row < 2; ++row) {
      CounterRandom(1, RandomPurpose::noise).fill_normal(row, {at(row), row_block});
    }
    std::fill_n(at(2), lanes_multiple, 1.5f);
    table_[2].step = 0;
  }

  float* at(std::size_t row) const { return table_[row].data; }
  const float* run(const PlacedStep& step) const {
    run_row_steps({&step, 1}, table_, row_block);
    return at(3);
  }

 private:
  AlignedBuffer memory_{4 * row_block * sizeof(float)};
  RowPointer table_[4] = {{row(0)}, {row(1)}, {row(2)}, {row(3)}};

  float* row(std::size_t i) { return reinterpret_cast<float*>(memory_.data()) + i * row_block; }
};
INSTANTIATE_TEST_SUITE_P(, RowSteps, testing::ValuesIn(vector_targets()), target_name);

TEST_P(RowSteps, DoArithmeticWithRowsAndNumbers) {
  for (const std::size_t other : {std::size_t{1}, std::size_t{2}}) {
    const auto b = [&](std::size_t i) { return at(other)[other == 2 ? 0 : i]; };
    const float* to = run({RowFunction::add, {}, {0, other, 0}, 3});
    for (std::size_t i = 0; i < row_block; ++i) ASSERT_EQ(to[i], at(0)[i] + b(i));
    run({RowFunction::subtract, {}, {0, other, 0}, 3});
    for (std::size_t i = 0; i < row_block; ++i) ASSERT_EQ(to[i], at(0)[i] - b(i));
    run({RowFunction::multiply, {}, {0, other, 0}, 3});
    for (std::size_t i = 0; i < row_block; ++i) ASSERT_EQ(to[i], at(0)[i] * b(i));
    run({RowFunction::divide, {}, {0, other, 0}, 3});
    for (std::size_t i = 0; i < row_block; ++i) ASSERT_EQ(to[i], at(0)[i] / b(i));
    run({RowFunction::choose, {}, {0, 1, other}, 3});
    for (std::size_t i = 0; i < row_block; ++i) {
      ASSERT_EQ(to[i], at(0)[i] > 0 ? at(1)[i] : b(i));
    }
  }
}

TEST_P(RowSteps, EvaluateFunctions) {
  for (const Activation& activation :
       {Activation{}, Activation{Function::relu}, Activation{Function::leaky_relu, 0.2},
        Activation{Function::sigmoid}, Activation{Function::tanh}, Activation{Function::exp},
        Activation{Function::clip, -0.3, 0.8}}) {
    const float* to = run({RowFunction::function, activation, {0, 0, 0}, 3});
    for (std::size_t i = 0; i < row_block; ++i) {
      const double expected = evaluate(activation, static_cast<double>(at(0)[i]));
      ASSERT_NEAR(to[i], expected, 3e-7 * std::max(1.0, std::abs(expected)))
          << name_of(activation.function) << " of " << at(0)[i];
    }
  }
  for (std::size_t i = 0; i < row_block; ++i) at(0)[i] = std::abs(at(0)[i]) + 1e-3f;
  const float* to = run({RowFunction::function, {Function::log}, {0, 0, 0}, 3});
  for (std::size_t i = 0; i < row_block; ++i) {
    ASSERT_NEAR(to[i], std::log(static_cast<double>(at(0)[i])), 1e-6);
  }
}

TEST_P(RowSteps, AreRightAtTheEndsOfTheirRange) {
  const float large[] = {88, 95, 104, 200, 1e30f, std::numeric_limits<float>::infinity()};
  std::copy(std::begin(large), std::end(large), at(0));
  for (std::size_t i = 0; i < 6; ++i) at(0)[6 + i] = -large[i];
  const float* to = run({RowFunction::function, {Function::exp}, {0, 0, 0}, 3});
  EXPECT_NEAR(to[0] / std::exp(88.0f), 1, 1e-6);
  for (std::size_t i = 1; i < 6; ++i) EXPECT_TRUE(std::isinf(to[i])) << large[i];
  EXPECT_NEAR(to[6] / std::exp(-88.0f), 1, 1e-4);
  for (std::size_t i = 7; i < 12; ++i) EXPECT_LT(to[i], 1e-38f);
  run({RowFunction::function, {Function::sigmoid}, {0, 0, 0}, 3});
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(to[i], 1) << large[i];
  for (std::size_t i = 6; i < 12; ++i) EXPECT_NEAR(to[i], 0, 1e-37);
  run({RowFunction::function, {Function::tanh}, {0, 0, 0}, 3});
  for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(to[i], i < 6 ? 1 : -1) << i;
  at(0)[12] = 0;
  run({RowFunction::function, {Function::log}, {0, 0, 0}, 3});
  EXPECT_NEAR(to[4], std::log(1e30), 1e-4);
  EXPECT_EQ(to[5], at(0)[5]);
  for (std::size_t i = 6; i < 12; ++i) EXPECT_TRUE(std::isnan(to[i])) << i;
  EXPECT_EQ(to[12], -at(0)[5]);
}

TEST_P(RowSteps, DoNotHideWhatIsNoNumber) {
  at(0)[4] = 0.5f;  // a number for all of them
  at(0)[5] = std::numeric_limits<float>::quiet_NaN();
  for (const Activation& activation :
       {Activation{Function::relu}, Activation{Function::leaky_relu, 0.2},
        Activation{Function::sigmoid}, Activation{Function::exp}, Activation{Function::tanh},
        Activation{Function::log}, Activation{Function::clip, -0.3, 0.8}}) {
    const float* to = run({RowFunction::function, activation, {0, 0, 0}, 3});
    EXPECT_TRUE(std::isnan(to[5])) << name_of(activation.function);
    EXPECT_FALSE(std::isnan(to[4]));
  }
}

}  // namespace
}  // namespace showergan::nn::kernel
