#include "physics/cell_spectrum.hpp"

#include <algorithm>
#include <cmath>

#include "base/units.hpp"

namespace showergan::physics {
namespace {

std::vector<double> logarithmic_edges(int bins, double low, double high) {
  std::vector<double> edges;
  for (int i = 0; i <= bins; ++i) edges.push_back(low * std::pow(high / low, double(i) / bins));
  edges.back() = high;
  return edges;
}

std::vector<double> linear_edges(int bins, double low, double high) {
  std::vector<double> edges;
  for (int i = 0; i <= bins; ++i) edges.push_back(low + (high - low) * i / bins);
  edges.back() = high;
  return edges;
}

}  // namespace

std::span<const double> spectrum_edges(Spectrum spectrum) {
  static const std::vector<double> wide = logarithmic_edges(30, 1 * units::keV, 1 * units::GeV);
  static const std::vector<double> mip = linear_edges(45, 0.05 * units::MeV, 0.5 * units::MeV);
  static const std::vector<double> full = logarithmic_edges(36, 1 * units::keV, 1000 * units::GeV);
  switch (spectrum) {
    case Spectrum::wide:
      return wide;
    case Spectrum::mip:
      return mip;
    case Spectrum::full:
      break;
  }
  return full;
}

void count_cells(std::span<const Cell> cells, Spectrum spectrum, std::span<std::uint32_t> counts) {
  const std::span<const double> edges = spectrum_edges(spectrum);
  for (const Cell& cell : cells) {
    if (!(cell.energy >= edges.front() && cell.energy <= edges.back())) continue;
    const auto above = std::upper_bound(edges.begin(), edges.end() - 1, cell.energy);
    ++counts[static_cast<std::size_t>(above - edges.begin()) - 1];
  }
}

}  // namespace showergan::physics
