#include "nn/kernel/row_product.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "base/threads.hpp"
#include "nn/kernel/aligned_buffer.hpp"
#include "nn/kernel/precision.hpp"
#include "nn/kernel/vector_targets.hpp"

namespace showergan::nn::kernel {
namespace {

std::vector<float> normal_numbers(std::int64_t count, std::uint64_t index) {
  std::vector<float> values(static_cast<std::size_t>(count));
  CounterRandom(1, RandomPurpose::noise).fill_normal(index, values);
  return values;
}

/// Those that this processor multiplies.
std::vector<Precision> precisions() {
  if (has_instructions(Precision::bf16)) return {Precision::f32, Precision::bf16};
  return {Precision::f32};
}

/// The nearest number of eight bits of mantissa, the even one of two.
double rounded(float value, Precision precision) {
  const auto exact = static_cast<double>(value);
  if (precision == Precision::f32 || value == 0) return exact;
  int exponent = 0;
  const double mantissa = std::frexp(exact, &exponent);
  return std::ldexp(std::nearbyint(mantissa * 256), exponent - 8);
}

/// A matrix with random numbers for all that a product can have.
struct Matrix {
  Matrix(std::int64_t inputs, std::int64_t outputs)
      : weights(normal_numbers(inputs * outputs, 1)),
        start(normal_numbers(outputs, 2)),
        scale(normal_numbers(outputs, 3)),
        shift(normal_numbers(outputs, 4)) {}

  std::vector<float> weights;  ///< (inputs, outputs)
  std::vector<float> start;
  std::vector<float> scale;
  std::vector<float> shift;
};

AlignedBuffer prepared(const RowProduct& product, const Matrix& matrix) {
  AlignedBuffer buffer(product.prepared_bytes());
  std::fill_n(buffer.data(), product.prepared_bytes(), std::byte{0xff});  // clear() is to do it
  product.clear(buffer.data());
  for (std::int64_t k = 0; k < product.inputs(); ++k) {
    product.set_row(k, matrix.weights.data() + k * product.outputs(), buffer.data());
  }
  std::ranges::copy(matrix.start, product.start(buffer.data()));
  std::ranges::copy(matrix.scale, product.scale(buffer.data()));
  std::ranges::copy(matrix.shift, product.shift(buffer.data()));
  return buffer;
}

/// Rows in and rows out are allocations of exactly their size, for the address sanitizer.
std::vector<float> run(const RowProduct& product, const AlignedBuffer& matrix,
                       std::span<const float> rows, float slope) {
  const std::int64_t count = static_cast<std::int64_t>(rows.size()) / product.inputs();
  const auto results = static_cast<std::size_t>(count * product.outputs());
  const auto in = std::make_unique<float[]>(rows.size());
  std::ranges::copy(rows, in.get());
  const auto out = std::make_unique<float[]>(results);
  AlignedBuffer scratch(product.scratch_bytes(count));
  std::fill_n(scratch.data(), product.scratch_bytes(count), std::byte{0xff});
  product.run(in.get(), count, matrix.data(), slope, out.get(), scratch.data());
  return {out.get(), out.get() + results};
}

/// Its definition, in double precision, of numbers that were rounded as the product's are.
double defined(const RowProduct& product, const Matrix& matrix, Precision precision,
               std::span<const float> row, std::size_t n, float slope) {
  const auto outputs = static_cast<std::size_t>(product.outputs());
  double sum = static_cast<double>(matrix.start[n]);
  for (std::size_t k = 0; k < row.size(); ++k) {
    sum += rounded(row[k], precision) * rounded(matrix.weights[k * outputs + n], precision);
  }
  const double bent = sum > 0 ? sum : static_cast<double>(slope) * sum;
  return bent * static_cast<double>(matrix.scale[n]) + static_cast<double>(matrix.shift[n]);
}

void expect_defined(std::int64_t inputs, std::int64_t outputs, std::int64_t rows, float slope,
                    Precision precision) {
  SCOPED_TRACE(std::to_string(rows) + " rows of " + std::to_string(inputs) + " by " +
               std::to_string(outputs) + " in " + std::string(name_of(precision)));
  const RowProduct product(inputs, outputs, precision);
  const Matrix matrix(inputs, outputs);
  const AlignedBuffer buffer = prepared(product, matrix);
  const std::vector<float> in = normal_numbers(rows * inputs, 5);
  const std::vector<float> out = run(product, buffer, in, slope);
  const double tolerance = 1e-6 * (2 + std::sqrt(static_cast<double>(inputs)));
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto row = static_cast<std::size_t>(static_cast<std::int64_t>(i) / outputs);
    const std::size_t n = i % static_cast<std::size_t>(outputs);
    const auto width = static_cast<std::size_t>(inputs);
    const double expected =
        defined(product, matrix, precision, std::span(in).subspan(row * width, width), n, slope);
    ASSERT_NEAR(static_cast<double>(out[i]), expected, tolerance * (1 + std::abs(expected)))
        << "row " << row << ", output " << n;
  }
}

class RowProductTest : public OnEveryTarget {};
INSTANTIATE_TEST_SUITE_P(, RowProductTest, testing::ValuesIn(vector_targets()), target_name);

TEST_P(RowProductTest, IsWhatItsDefinitionSays) {
  for (const Precision precision : precisions()) {
    for (const std::int64_t inputs : {1, 2, 7, 8, 33}) {
      for (const std::int64_t outputs : {1, 31, 32, 33, 100}) {
        for (const std::int64_t rows : {1, 3, 12, 15}) {
          expect_defined(inputs, outputs, rows, 0.3f, precision);
        }
      }
    }
    expect_defined(201, 70, 5, 0.3f, precision);
  }
}

TEST_P(RowProductTest, ForAnyNumberOfRows) {
  for (const Precision precision : precisions()) {
    for (std::int64_t rows = 1; rows <= 40; ++rows) expect_defined(9, 37, rows, 0.3f, precision);
  }
}

TEST_P(RowProductTest, ForAnySlope) {
  for (const Precision precision : precisions()) {
    for (const float slope : {0.0f, 1.0f, -0.5f}) expect_defined(6, 40, 13, slope, precision);
  }
}

TEST_P(RowProductTest, ARowIsTheSameInAnyGroup) {
  constexpr std::int64_t rows = 40;
  for (const Precision precision : precisions()) {
    for (const std::int64_t inputs : {64, 97}) {
      SCOPED_TRACE(std::string(name_of(precision)) + ", " + std::to_string(inputs) + " inputs");
      const RowProduct product(inputs, 75, precision);
      const AlignedBuffer matrix = prepared(product, Matrix(inputs, 75));
      const std::vector<float> in = normal_numbers(rows * inputs, 5);
      const std::vector<float> together = run(product, matrix, in, 0.3f);
      for (std::int64_t size = 1; size < rows; ++size) {
        std::vector<float> in_groups;
        for (std::int64_t first = 0; first < rows; first += size) {
          const auto group = std::span(in).subspan(
              static_cast<std::size_t>(first * inputs),
              static_cast<std::size_t>(std::min(size, rows - first) * inputs));
          std::ranges::copy(run(product, matrix, group, 0.3f), std::back_inserter(in_groups));
        }
        ASSERT_EQ(in_groups, together) << "groups of " << size;
      }
    }
  }
}

/// Another row that is no number, or very large, does not change it either.
TEST_P(RowProductTest, ARowDoesNotSeeTheOthers) {
  for (const Precision precision : precisions()) {
    SCOPED_TRACE(name_of(precision));
    const RowProduct product(21, 50, precision);
    const AlignedBuffer matrix = prepared(product, Matrix(21, 50));
    std::vector<float> in = normal_numbers(14 * 21, 5);
    const std::vector<float> before = run(product, matrix, in, 0.3f);
    std::fill_n(in.begin() + 5 * 21, 21, NAN);
    std::fill_n(in.begin() + 13 * 21, 21, 1e30f);
    const std::vector<float> after = run(product, matrix, in, 0.3f);
    for (std::size_t row = 0; row < 14; ++row) {
      const auto of = [&](const std::vector<float>& out) {
        return std::vector<float>(out.begin() + static_cast<std::ptrdiff_t>(row * 50),
                                  out.begin() + static_cast<std::ptrdiff_t>((row + 1) * 50));
      };
      EXPECT_EQ(of(after) == of(before), row != 5 && row != 13) << row;
    }
  }
}

TEST(RowProductMatrix, IsZeroWithoutRows) {
  for (const Precision precision : precisions()) {
    const RowProduct product(7, 45, precision);
    AlignedBuffer matrix(product.prepared_bytes());
    std::fill_n(matrix.data(), product.prepared_bytes(), std::byte{0xff});
    product.clear(matrix.data());
    EXPECT_EQ(run(product, matrix, normal_numbers(3 * 7, 5), 0.3f),
              std::vector<float>(3 * 45, 0.0f));
  }
}

TEST(RowProductMatrix, ThreadsMaySetItsRows) {
  for (const Precision precision : precisions()) {
    SCOPED_TRACE(name_of(precision));
    const RowProduct product(300, 75, precision);
    const Matrix matrix(300, 75);
    const AlignedBuffer expected = prepared(product, matrix);
    AlignedBuffer found(product.prepared_bytes());
    product.clear(found.data());
    parallel_for(4, product.inputs(), [&](std::int64_t k, int) {
      product.set_row(k, matrix.weights.data() + k * product.outputs(), found.data());
    });
    std::ranges::copy(matrix.start, product.start(found.data()));
    std::ranges::copy(matrix.scale, product.scale(found.data()));
    std::ranges::copy(matrix.shift, product.shift(found.data()));
    EXPECT_TRUE(std::equal(found.data(), found.data() + product.prepared_bytes(), expected.data()));
  }
}

TEST(RowProductMatrix, SaysInWhichPrecisionItMultiplies) {
  EXPECT_EQ(RowProduct(3, 4, Precision::f32).implementation(), "rows by panels");
  if (!has_instructions(Precision::bf16)) return;
  EXPECT_EQ(RowProduct(3, 4, Precision::bf16).implementation(), "rows by panels, bf16");
}

}  // namespace
}  // namespace showergan::nn::kernel
