#include "physics/calochallenge/protocol_axis.hpp"

#include <algorithm>
#include <cmath>

namespace showergan::physics {

std::vector<double> linear_edges(double low, double high, std::size_t bins) {
  std::vector<double> edges;
  const double width = (high - low) / static_cast<double>(bins);
  for (std::size_t i = 0; i < bins; ++i) edges.push_back(low + static_cast<double>(i) * width);
  edges.push_back(high);
  return edges;
}

std::vector<double> logarithmic_edges(double low, double high, std::size_t bins) {
  if (!(low > 0 && high > low)) return {};
  std::vector<double> edges = linear_edges(std::log10(low), std::log10(high), bins);
  for (double& edge : edges) edge = std::pow(10, edge);
  // Exactly, so that the largest value is inside.
  edges.front() = low;
  edges.back() = high;
  return edges;
}

std::optional<std::size_t> bin_of(std::span<const double> edges, double value) {
  if (edges.empty() || !(value >= edges.front() && value <= edges.back())) return std::nullopt;
  const auto above = std::ranges::upper_bound(edges, value);
  const auto bin = static_cast<std::size_t>(above - edges.begin()) - 1;
  return std::min(bin, edges.size() - 2);
}

double part_inside(std::span<const double> edges, std::span<const double> values) {
  if (values.empty()) return 0;
  const auto inside = std::ranges::count_if(
      values, [edges](double value) { return bin_of(edges, value).has_value(); });
  return static_cast<double>(inside) / static_cast<double>(values.size());
}

}  // namespace showergan::physics
