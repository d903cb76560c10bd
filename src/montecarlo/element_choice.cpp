#include "montecarlo/element_choice.hpp"

#include <algorithm>
#include <cmath>

namespace showergan::montecarlo {
namespace {

constexpr double nodes_per_decade = 16;

}  // namespace

ElementChoice::ElementChoice(std::size_t elements, double lowest, double highest,
                             const std::function<double(std::size_t, double)>& cross_section)
    : elements_(elements), log_lowest_(std::log(lowest)) {
  if (elements == 1) return;
  const double span = std::log(highest) - log_lowest_;
  nodes_ = static_cast<std::size_t>(span / std::log(10.0) * nodes_per_decade) + 2;
  nodes_per_log_ = static_cast<double>(nodes_ - 1) / span;
  std::vector<double> sums(elements);
  for (std::size_t node = 0; node < nodes_; ++node) {
    const double energy = std::exp(log_lowest_ + static_cast<double>(node) / nodes_per_log_);
    double sum = 0;
    for (std::size_t i = 0; i < elements; ++i) sums[i] = sum += cross_section(i, energy);
    for (std::size_t i = 0; i + 1 < elements; ++i) cumulative_.push_back(sums[i] / sum);
  }
}

std::size_t ElementChoice::draw(double energy, RandomStream& random) const {
  if (elements_ == 1) return 0;
  const double place = std::clamp((std::log(energy) - log_lowest_) * nodes_per_log_, 0.0,
                                  static_cast<double>(nodes_ - 1));
  const std::size_t node = std::min(static_cast<std::size_t>(place), nodes_ - 2);
  const double above = place - static_cast<double>(node);
  const double* low = cumulative_.data() + node * (elements_ - 1);
  const double* high = low + (elements_ - 1);
  const double u = random.uniform();
  std::size_t i = 0;
  while (i + 1 < elements_ && u >= low[i] + above * (high[i] - low[i])) ++i;
  return i;
}

}  // namespace showergan::montecarlo
