#include "distribution.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "montecarlo/sampled_distribution.hpp"

namespace showergan::montecarlo::figures {

std::vector<double> even_edges(double low, double high, int count) {
  std::vector<double> edges;
  for (int i = 0; i <= count; ++i) edges.push_back(low + (high - low) * i / count);
  return edges;
}

std::vector<double> logarithmic_edges(double low, double high, int count) {
  std::vector<double> edges = even_edges(std::log(low), std::log(high), count);
  for (double& edge : edges) edge = std::exp(edge);
  return edges;
}

std::vector<double> shares(const std::vector<double>& edges,
                           const std::function<double(double)>& density) {
  std::vector<double> result;
  double total = 0;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    result.push_back(integral(density, edges[i], edges[i + 1]));
    total += result.back();
  }
  for (double& share : result) share /= total;
  return result;
}

void add_distribution(Panel& panel, const std::string& label, int colour, const Binning& binning,
                      const std::vector<double>& expected, int count,
                      const std::function<double()>& draw) {
  constexpr double fewest = 20;
  const std::vector<double>& edges = binning.edges;
  std::vector<double> found(expected.size());
  for (int i = 0; i < count; ++i) {
    const double value = draw();
    const auto above = std::upper_bound(edges.begin(), edges.end(), value);
    if (above != edges.begin() && above != edges.end()) {
      ++found[static_cast<std::size_t>(above - edges.begin()) - 1];
    }
  }
  Series sampled{label, Style::sampled, colour, {}, {}, {}};
  Series formula{"", Style::line, colour, {}, {}, {}};
  Series ratio{"", Style::sampled, colour, {}, {}, {}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const bool logarithmic = binning.per_logarithm;
    const double centre =
        logarithmic ? std::sqrt(edges[i] * edges[i + 1]) : 0.5 * (edges[i] + edges[i + 1]);
    const double width = logarithmic ? std::log(edges[i + 1] / edges[i]) : edges[i + 1] - edges[i];
    const double unit = binning.scale / (count * width);
    formula.add(centre, expected[i] * count * unit);
    if (found[i] > 0) sampled.add(centre, found[i] * unit, std::sqrt(found[i]) * unit);
    const double mean = expected[i] * count;
    if (mean >= fewest) ratio.add(centre, found[i] / mean, std::sqrt(found[i]) / mean);
  }
  panel.series.push_back(std::move(formula));
  panel.series.push_back(std::move(sampled));
  panel.ratios.push_back(std::move(ratio));
}

}  // namespace showergan::montecarlo::figures
