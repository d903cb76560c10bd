#include "store/shower_check.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "showergan/error.hpp"

namespace showergan {
namespace {

constexpr float largest = std::numeric_limits<float>::max();

/// The index of the first number that is not good, or −1.
template <typename Good>
std::int64_t first_bad(std::span<const float> numbers, Good good) {
  const auto bad = std::find_if_not(numbers.begin(), numbers.end(), good);
  return bad == numbers.end() ? -1 : bad - numbers.begin();
}

}  // namespace

void check_cells(std::span<const float> cells, std::int64_t columns, const std::string& where,
                 std::int64_t first_row) {
  // False for NaN too.
  const std::int64_t bad = first_bad(cells, [](float e) { return e >= 0 && e <= largest; });
  if (bad < 0) return;
  throw InputError(
      fmt::format("the energy of a cell is {}", cells[static_cast<std::size_t>(bad)]),
      fmt::format("{}, row {}, cell {}", where, first_row + bad / columns, bad % columns),
      "cell energies must be finite and not negative");
}

void check_primary_energies(std::span<const float> energies, const std::string& where,
                            std::int64_t first_row) {
  const std::int64_t bad = first_bad(energies, [](float e) { return e > 0 && e <= largest; });
  if (bad < 0) return;
  throw InputError(
      fmt::format("the energy of a primary is {}", energies[static_cast<std::size_t>(bad)]),
      fmt::format("{}, row {}", where, first_row + bad),
      "primary energies must be finite and greater than 0");
}

void check_angles(std::span<const float> angles, const std::string& where, std::int64_t first_row) {
  const std::int64_t bad = first_bad(angles, [](float a) { return std::isfinite(a); });
  if (bad < 0) return;
  throw InputError(
      fmt::format("the angle of a primary is {}", angles[static_cast<std::size_t>(bad)]),
      fmt::format("{}, row {}", where, first_row + bad), "angles must be finite");
}

void check_positions(std::span<const float> positions, const std::string& where,
                     std::int64_t first_row) {
  const std::int64_t bad = first_bad(positions, [](float x) { return std::isfinite(x); });
  if (bad < 0) return;
  throw InputError(
      fmt::format("the impact of a primary is at {}", positions[static_cast<std::size_t>(bad)]),
      fmt::format("{}, row {}", where, first_row + bad), "positions must be finite");
}

void check_escaped(std::span<const float> energies, const std::string& where,
                   std::int64_t first_row) {
  const std::int64_t bad = first_bad(energies, [](float e) { return e >= 0 && e <= largest; });
  if (bad < 0) return;
  throw InputError(
      fmt::format("the energy that escaped is {}", energies[static_cast<std::size_t>(bad)]),
      fmt::format("{}, row {}", where, first_row + bad),
      "escaped energies must be finite and not negative");
}

}  // namespace showergan
