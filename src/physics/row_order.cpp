#include "physics/row_order.hpp"

#include <algorithm>
#include <numeric>

namespace showergan::physics {

std::vector<std::int64_t> rows_by_energy(std::span<const double> energy) {
  std::vector<std::int64_t> rows(energy.size());
  std::iota(rows.begin(), rows.end(), std::int64_t{0});
  std::ranges::stable_sort(
      rows, {}, [energy](std::int64_t row) { return energy[static_cast<std::size_t>(row)]; });
  return rows;
}

std::vector<std::int64_t> thinned(std::span<const std::int64_t> rows, std::int64_t size) {
  const auto all = static_cast<std::int64_t>(rows.size());
  if (size >= all) return {rows.begin(), rows.end()};
  std::vector<std::int64_t> some;
  for (std::int64_t i = 0; i < size; ++i) {
    some.push_back(rows[static_cast<std::size_t>((2 * i + 1) * all / (2 * size))]);
  }
  return some;
}

std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>> dealt(
    std::span<const std::int64_t> rows) {
  std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>> halves;
  for (std::size_t i = 0; i + 1 < rows.size(); i += 2) {
    halves.first.push_back(rows[i]);
    halves.second.push_back(rows[i + 1]);
  }
  return halves;
}

}  // namespace showergan::physics
