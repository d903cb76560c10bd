#include "gan/image_check.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace showergan::gan {
namespace {

constexpr double tolerance = 1e-6;

bool same_shape(std::span<const float> a, std::span<const float> b) {
  const double sum_a = std::accumulate(a.begin(), a.end(), 0.0);
  const double sum_b = std::accumulate(b.begin(), b.end(), 0.0);
  if (sum_a == 0 || sum_b == 0) return sum_a == sum_b;
  const double largest = static_cast<double>(*std::ranges::max_element(a)) / std::abs(sum_a);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double difference = static_cast<double>(a[i]) / sum_a - static_cast<double>(b[i]) / sum_b;
    if (!(std::abs(difference) <= tolerance * largest)) return false;  // also if it is no number
  }
  return true;
}

}  // namespace

ImageCheck check_images(std::span<const float> cells, std::int64_t images) {
  const auto size = cells.size() / static_cast<std::size_t>(images);
  ImageCheck check;
  check.empty = std::ranges::all_of(cells, [](float cell) { return cell == 0; });
  check.decidable = images > 1 || check.empty;
  check.identical = images > 1 && !check.empty;
  for (std::int64_t i = 1; check.identical && i < images; ++i) {
    check.identical =
        same_shape(cells.first(size), cells.subspan(static_cast<std::size_t>(i) * size, size));
  }
  return check;
}

}  // namespace showergan::gan
