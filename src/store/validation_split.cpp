#include "store/validation_split.hpp"

namespace showergan {

ValidationSplit::ValidationSplit(std::uint64_t seed, double part)
    : random_(seed, RandomPurpose::split), limit_(part * 0x1p32) {}

bool ValidationSplit::is_validation(std::int64_t global_row) const noexcept {
  return random_.words(static_cast<std::uint64_t>(global_row), 0)[0] < limit_;
}

bool ValidationSplit::is_left_out(std::int64_t global_row) const noexcept {
  return !left_out_.empty() && left_out_[static_cast<std::size_t>(global_row)];
}

std::vector<std::int64_t> ValidationSplit::select(std::int64_t first, std::int64_t count,
                                                  bool validation) const {
  std::vector<std::int64_t> rows;
  for (std::int64_t row = 0; row < count; ++row) {
    if (is_left_out(first + row)) continue;
    if (is_validation(first + row) == validation) rows.push_back(row);
  }
  return rows;
}

}  // namespace showergan
