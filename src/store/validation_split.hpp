#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/random.hpp"

namespace showergan {

/// Which showers are for validation: a hash of (seed, row over all files) decides, so it does not
/// change with the order of reading, the epoch or the number of ranks, nor with what is left out.
class ValidationSplit {
 public:
  /// `part` of the showers, [0, 1).
  ValidationSplit(std::uint64_t seed, double part);

  /// Puts the rows that are true into neither part; (showers in all files).
  void leave_out(std::vector<bool> rows) { left_out_ = std::move(rows); }

  bool is_validation(std::int64_t global_row) const noexcept;
  bool is_left_out(std::int64_t global_row) const noexcept;

  /// Those of the rows [first, first + count) that are (`validation`) or are not for validation,
  /// counted from `first`, ascending; those left out are in neither part.
  std::vector<std::int64_t> select(std::int64_t first, std::int64_t count, bool validation) const;

 private:
  CounterRandom random_;
  double limit_;
  std::vector<bool> left_out_;  ///< empty: nothing is
};

}  // namespace showergan
