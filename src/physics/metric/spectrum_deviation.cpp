#include "physics/metric/spectrum_deviation.hpp"

#include <cmath>

namespace showergan::physics {
namespace {

constexpr double kLeastEntries = 100;

}  // namespace

Outcome spectrum_deviation(const Comparison& comparison, Spectrum spectrum) {
  const std::string reason = "no bin holds 100 cells of the reference";
  if (comparison.reference().size() == 0 || comparison.candidate().size() == 0) {
    return Outcome::none(reason);
  }
  const std::vector<double> reference = comparison.reference().summed_spectrum(spectrum);
  const std::vector<double> candidate = comparison.candidate().summed_spectrum(spectrum);
  const double scale = static_cast<double>(comparison.reference().size()) /
                       static_cast<double>(comparison.candidate().size());
  Average average;
  for (std::size_t bin = 0; bin < reference.size(); ++bin) {
    if (reference[bin] < kLeastEntries) continue;
    average.add(std::abs(reference[bin] - scale * candidate[bin]) / reference[bin]);
  }
  return average.outcome(reason);
}

}  // namespace showergan::physics
