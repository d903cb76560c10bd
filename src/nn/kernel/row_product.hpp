#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "showergan/precision.hpp"

namespace showergan::nn::kernel {

/// A matrix product of a few rows with a matrix that is larger than a core's cache,
///
///   out(m, n) = f(start(n) + Σ_k in(m, k) · W(k, n)) · scale(n) + shift(n),
///
/// f(x) = x for x > 0 and slope · x elsewhere. The matrix is read once for all rows, panel by
/// panel. Each result is one sum in the order of k whatever the number of rows, so a row comes out
/// the same, bit for bit, alone and among others; library products don't promise that.
///
/// In bf16 rows and matrix are bf16, sums float32.
class RowProduct {
 public:
  /// `inputs` × `outputs` numbers in W; `precision` f32, or bf16 on a processor that has it.
  RowProduct(std::int64_t inputs, std::int64_t outputs, Precision precision);

  std::int64_t inputs() const { return inputs_; }
  std::int64_t outputs() const { return outputs_; }

  /// Of W, start, scale and shift.
  std::size_t prepared_bytes() const;
  /// Puts row k of W in its place. Threads may set different rows at the same time, after clear().
  void set_row(std::int64_t k, const float* row, std::byte* prepared) const;
  /// Before the rows are set: start = 0, scale = 1, shift = 0, and 0 wherever no row comes.
  void clear(std::byte* prepared) const;
  /// (outputs) numbers each.
  float* start(std::byte* prepared) const;
  float* scale(std::byte* prepared) const { return start(prepared) + padded_outputs(); }
  float* shift(std::byte* prepared) const { return scale(prepared) + padded_outputs(); }

  std::size_t scratch_bytes(std::int64_t rows) const;
  /// `in` (rows, inputs), `out` (rows, outputs).
  void run(const float* in, std::int64_t rows, const std::byte* prepared, float slope, float* out,
           std::byte* scratch) const;

  std::string implementation() const;

 private:
  std::int64_t padded_outputs() const;
  /// Steps of the sum: one input in float32, two in bf16.
  std::int64_t steps() const;
  std::size_t weights_bytes() const;

  std::int64_t inputs_;
  std::int64_t outputs_;
  Precision precision_;
};

}  // namespace showergan::nn::kernel
