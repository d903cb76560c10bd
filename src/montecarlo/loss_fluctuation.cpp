#include "montecarlo/loss_fluctuation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace showergan::montecarlo {
namespace {

constexpr double lowest_ionisation = 10e-6;  // MeV
constexpr double ionisation_share = 0.56;
/// Up to this mean number, collisions are drawn one by one.
constexpr double few = 8;

/// Poisson's distribution for one mean, to be drawn from by its cumulative one.
class PoissonTable {
 public:
  constexpr explicit PoissonTable(int mean) {
    double probability = 1;
    for (int i = 0; i < mean; ++i) probability *= inverse_e;
    double sum = 0;
    for (std::size_t n = 0; n + 1 < size; ++n) {
      sum += probability;
      below_[n] = sum;
      probability *= mean / static_cast<double>(n + 1);
    }
    below_[size - 1] = 2;
    for (std::size_t i = 0, n = 0; i < starts; ++i) {
      while (below_[n] * starts <= static_cast<double>(i)) ++n;
      start_[i] = static_cast<std::uint8_t>(n);
    }
  }

  int sample(double uniform) const {
    std::size_t n = start_[static_cast<std::size_t>(uniform * starts)];
    while (uniform > below_[n]) ++n;
    return static_cast<int>(n);
  }

 private:
  static constexpr double inverse_e = 0.36787944117144232;
  static constexpr std::size_t size = 48;  // with a mean of 8, one in 1e20 numbers is larger
  static constexpr std::size_t starts = 64;

  std::array<double, size> below_{};  // probability of n or less
  std::array<std::uint8_t, starts> start_{};
};

/// Calls `each` with the places, in (0, 1), of a Poisson process with `mean` of them, at most
/// `few`, and with some beyond that do not count: it is a part of a process with a whole mean. That
/// is left to `each` because a branch on it would be mispredicted.
template <typename Each>
void draw_places(double mean, RandomStream& random, Each each) {
  static constexpr std::array<PoissonTable, 8> tables = {
      PoissonTable(1), PoissonTable(2), PoissonTable(3), PoissonTable(4),
      PoissonTable(5), PoissonTable(6), PoissonTable(7), PoissonTable(8)};
  const auto level = std::min<std::size_t>(static_cast<std::size_t>(mean), tables.size() - 1);
  const double stretch = static_cast<double>(level + 1) / mean;
  for (int n = tables[level].sample(random.uniform()); n > 0; --n) {
    each(stretch * random.uniform());
  }
}

/// The loss in collisions that are drawn one by one, and what the others add.
struct Loss {
  double drawn = 0;
  double mean = 0;
  double variance = 0;
};

void add_excitations(double mean_loss, double mean_excitation, RandomStream& random, Loss& loss) {
  // Where there are many, one stands for several: the energies of the shells differ.
  constexpr double many = 42;
  const double plain_count = mean_loss / mean_excitation;
  const double width = plain_count < many ? 0.1 + 3.9 * std::sqrt(plain_count / many) : 4;
  const double energy = width * mean_excitation;
  const double count = plain_count / width;
  if (count > few) {
    loss.mean += mean_loss;
    loss.variance += mean_loss * energy;
    return;
  }
  int n = 0;
  draw_places(count, random, [&](double place) { n += place < 1 ? 1 : 0; });
  if (n > 0) loss.drawn += energy * (n + 1 - 2 * random.uniform());  // not in multiples of it only
}

void add_ionisations(double mean_loss, double largest, RandomStream& random, Loss& loss) {
  constexpr double lowest = lowest_ionisation;
  const double ratio = largest / lowest;
  const double count = mean_loss * (ratio - 1) / (largest * std::log(ratio));
  double single = count;  // how many of them are drawn one by one, and from what energy
  double from = lowest;
  if (count > few) {
    // Those below α times the lowest energy are summed up, with α such that few are above.
    const double alpha = ratio * (few + count) / (few * ratio + count);
    const double mean = alpha * std::log(alpha) / (alpha - 1);  // of one, over the lowest
    const double summed = count * count / (few + count);
    loss.mean += summed * lowest * mean;
    loss.variance += summed * lowest * lowest * std::max(0.0, alpha - mean * mean);
    single -= summed;
    from *= alpha;
  }
  const double slope = 1 - from / largest;
  draw_places(single, random, [&](double place) {
    const double energy = from / (1 - slope * std::min(place, 1.0));
    loss.drawn += place < 1 ? energy : 0;
  });
}

}  // namespace

double LossFluctuation::sample(double mean_loss, double largest_transfer,
                               RandomStream& random) const {
  if (mean_loss < lowest_ionisation || largest_transfer < 2 * lowest_ionisation) return mean_loss;
  // For small cuts the distribution would be too narrow.
  const double widening = std::min(1 + 0.5e-3 / largest_transfer, 1.5);
  double ionisations = mean_loss / widening;
  Loss loss;
  if (largest_transfer > mean_excitation_) {
    add_excitations((1 - ionisation_share) * ionisations, mean_excitation_, random, loss);
    ionisations *= ionisation_share;
  }
  add_ionisations(ionisations, largest_transfer, random, loss);
  if (loss.mean == 0) return widening * loss.drawn;
  // The mean is at least √few deviations, so that hardly any is rejected.
  const double deviation = std::sqrt(loss.variance);
  while (true) {
    const double sum = loss.mean + deviation * random.normal();
    if (sum >= 0 && sum <= 2 * loss.mean) return widening * (sum + loss.drawn);
  }
}

}  // namespace showergan::montecarlo
