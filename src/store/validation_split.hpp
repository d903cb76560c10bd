#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"

namespace showergan {

/// Which showers are for validation: a hash of (seed, row over all files) decides, so it does not
/// change with the order of reading, the epoch or the number of ranks.
class ValidationSplit {
 public:
  /// `part` of the showers, [0, 1).
  ValidationSplit(std::uint64_t seed, double part);

  bool is_validation(std::int64_t global_row) const noexcept;

  /// Those of the rows [first, first + count) that are (`validation`) or are not for validation,
  /// counted from `first`, ascending.
  std::vector<std::int64_t> select(std::int64_t first, std::int64_t count, bool validation) const;

 private:
  CounterRandom random_;
  double limit_;
};

}  // namespace showergan
