#pragma once

#include <functional>
#include <string>
#include <vector>

#include "figure.hpp"

namespace showergan::montecarlo::figures {

/// Edges of `count` bins of equal width, or of equal width in the logarithm.
std::vector<double> even_edges(double low, double high, int count);
std::vector<double> logarithmic_edges(double low, double high, int count);

/// Shares of a density (of any normalisation) in bins, which together hold all of it.
std::vector<double> shares(const std::vector<double>& edges,
                           const std::function<double(double)>& density);

/// How a sampled distribution is drawn.
struct Binning {
  std::vector<double> edges;
  bool per_logarithm = false;  ///< dN/d ln x in place of dN/dx
  double scale = 1;            ///< on both
};

/// Adds to the panel a histogram of `count` values from `draw`, with its statistical errors, the
/// `expected` shares of its bins as a line, and the ratio of both where 20 values or more are
/// expected. Values outside of the bins count in the normalisation.
void add_distribution(Panel& panel, const std::string& label, int colour, const Binning& binning,
                      const std::vector<double>& expected, int count,
                      const std::function<double()>& draw);

}  // namespace showergan::montecarlo::figures
