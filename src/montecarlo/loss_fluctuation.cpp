#include "montecarlo/loss_fluctuation.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace showergan::montecarlo {
namespace {

constexpr double lowest_ionisation = 10e-6;  // MeV
constexpr double ionisation_share = 0.56;
/// Numbers of collisions up to this are drawn one by one.
constexpr double few = 8;

constexpr std::size_t largest_count = 48;  // 1e-21 of the counts with mean 8 are above

constexpr std::array<double, largest_count> inverses = [] {
  std::array<double, largest_count> values{};
  for (std::size_t n = 1; n < values.size(); ++n) values[n] = 1 / static_cast<double>(n);
  return values;
}();

/// Poisson with a mean of at most `few`.
int sample_count(double mean, RandomStream& random) {
  double left = random.uniform();
  double probability = std::exp(-mean);
  std::size_t n = 0;
  while (left > probability && n + 1 < largest_count) {
    left -= probability;
    probability *= mean * inverses[++n];
  }
  return static_cast<int>(n);
}

/// Between 0 and twice the mean. Where the normal distribution would lose most of itself to that,
/// it is replaced by the uniform one.
double sample_sum(double mean, double variance, RandomStream& random) {
  const double deviation = std::sqrt(variance);
  if (mean < 0.25 * deviation) return 2 * mean * random.uniform();
  while (true) {
    const double sum = mean + deviation * random.normal();
    if (sum >= 0 && sum <= 2 * mean) return sum;
  }
}

double sample_ionisations(double mean_loss, double largest, RandomStream& random) {
  constexpr double lowest = lowest_ionisation;
  const double ratio = largest / lowest;
  const double count = mean_loss * (ratio - 1) / (largest * std::log(ratio));
  double single = count;  // mean number of those drawn one by one, and from what energy
  double from = lowest;
  double loss = 0;
  if (count > few) {
    // Of many, those below α times the lowest energy are summed up, with α such that few are left.
    const double alpha = ratio * (few + count) / (few * ratio + count);
    const double summed = count * count / (few + count);
    const double mean = alpha * std::log(alpha) / (alpha - 1);  // of one, over the lowest
    single -= summed;
    from *= alpha;
    loss = sample_sum(summed * lowest * mean, summed * lowest * lowest * (alpha - mean * mean),
                      random);
  }
  const double slope = 1 - from / largest;
  for (int n = sample_count(single, random); n > 0; --n)
    loss += from / (1 - slope * random.uniform());
  return loss;
}

}  // namespace

double LossFluctuation::sample(double mean_loss, double largest_transfer,
                               RandomStream& random) const {
  if (mean_loss < lowest_ionisation || largest_transfer <= lowest_ionisation) return mean_loss;
  // For small cuts the distribution would be too narrow.
  const double widening = std::min(1 + 0.5e-3 / largest_transfer, 1.5);
  const double mean = mean_loss / widening;
  if (largest_transfer <= mean_excitation_) {
    return widening * sample_ionisations(mean, largest_transfer, random);
  }
  return widening * (sample_excitations((1 - ionisation_share) * mean, random) +
                     sample_ionisations(ionisation_share * mean, largest_transfer, random));
}

double LossFluctuation::sample_excitations(double mean_loss, RandomStream& random) const {
  // The excitation's energy is wider than the mean excitation energy where there are many, which
  // stands for the different energies of the shells.
  constexpr double many = 42;
  const double plain_count = mean_loss / mean_excitation_;
  const double width = plain_count < many ? 0.1 + 3.9 * std::sqrt(plain_count / many) : 4;
  const double energy = width * mean_excitation_;
  const double count = plain_count / width;
  if (count > few) return sample_sum(mean_loss, mean_loss * energy, random);
  const int n = sample_count(count, random);
  return n > 0 ? energy * (n + 1 - 2 * random.uniform()) : 0;  // smeared
}

}  // namespace showergan::montecarlo
