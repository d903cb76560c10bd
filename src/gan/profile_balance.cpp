#include "gan/profile_balance.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"
#include "gan/checkpoint_content.hpp"

namespace showergan::gan {
namespace {

constexpr double kMeV = 1000;  // in a GeV
/// A class whose energy is below this part of the mean one's says nothing yet.
constexpr double kLeast = 1e-9;
/// The most by which a class may be found to be wrong, so that an empty one sends no jump.
constexpr double kMostRatio = 2;

}  // namespace

ProfileBalance::ProfileBalance(const ProfileRecipe& recipe, const Grid& grid,
                               const ConditionRange& energies)
    : recipe_(recipe),
      log_low_(std::log(energies.low)),
      log_high_(std::log(energies.high)),
      layers_(grid.nz) {
  const auto from_middle = [](std::int64_t i, std::int64_t n) {
    return static_cast<double>(i) - 0.5 * static_cast<double>(n - 1);
  };
  const auto ring = [&](std::int64_t x, std::int64_t y) {
    return std::lround(std::hypot(from_middle(x, grid.nx), from_middle(y, grid.ny)));
  };
  rings_ = ring(0, 0) + 1;
  for (std::int64_t x = 0; x < grid.nx; ++x) {
    for (std::int64_t y = 0; y < grid.ny; ++y) {
      for (std::int64_t z = 0; z < grid.nz; ++z) places_.push_back(z * rings_ + ring(x, y));
    }
  }
  truth_.assign(static_cast<std::size_t>(kEnergyClasses * layers_ * rings_), 0.0f);
  generated_ = truth_;
}

std::int64_t ProfileBalance::energy_class(double energy) const {
  const double place = (std::log(energy) - log_low_) / (log_high_ - log_low_);
  const auto found = static_cast<std::int64_t>(std::floor(place * kEnergyClasses));
  return std::clamp<std::int64_t>(found, 0, kEnergyClasses - 1);
}

std::vector<double> ProfileBalance::sums(std::span<const float> images,
                                         std::span<const double> energies) const {
  SHOWERGAN_EXPECT(images.size() == energies.size() * places_.size());
  std::vector<double> result(truth_.size(), 0.0);
  for (std::size_t n = 0; n < energies.size(); ++n) {
    const std::span<const float> image = images.subspan(n * places_.size(), places_.size());
    double* of_class = result.data() + energy_class(energies[n]) * layers_ * rings_;
    for (std::size_t i = 0; i < image.size(); ++i) {
      of_class[places_[i]] += static_cast<double>(image[i]);
    }
  }
  return result;
}

double ProfileBalance::observe(std::span<const float> truth, std::span<const float> generated,
                               std::span<const double> energies) {
  const auto move = [&](std::vector<float>& average, std::span<const float> images) {
    const std::vector<double> now = sums(images, energies);
    for (std::size_t i = 0; i < average.size(); ++i) {
      average[i] = static_cast<float>(recipe_.decay * static_cast<double>(average[i]) +
                                      (1 - recipe_.decay) * now[i]);
    }
  };
  move(truth_, truth);
  move(generated_, generated);
  double difference = 0;
  double all = 0;
  for (std::size_t i = 0; i < truth_.size(); ++i) {
    difference += std::abs(static_cast<double>(generated_[i]) - static_cast<double>(truth_[i]));
    all += static_cast<double>(truth_[i]);
  }
  return all > 0 ? difference / all : 0;
}

void ProfileBalance::add_gradient(std::span<const double> energies, std::int64_t all,
                                  std::span<float> gradient) const {
  SHOWERGAN_EXPECT(gradient.size() == energies.size() * places_.size() && all > 0);
  double total = 0;
  for (const float sum : truth_) total += static_cast<double>(sum);
  const double least = kLeast * total / static_cast<double>(truth_.size());
  std::vector<float> slopes(truth_.size(), 0.0f);
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    const auto made = static_cast<double>(generated_[i]);
    if (made <= least) continue;
    const double ratio = std::min(static_cast<double>(truth_[i]) / made, kMostRatio);
    slopes[i] = static_cast<float>(recipe_.weight * kMeV * (1 - ratio) / static_cast<double>(all));
  }
  for (std::size_t n = 0; n < energies.size(); ++n) {
    const float* of_class = slopes.data() + energy_class(energies[n]) * layers_ * rings_;
    float* image = gradient.data() + n * places_.size();
    for (std::size_t i = 0; i < places_.size(); ++i) image[i] += of_class[places_[i]];
  }
}

void ProfileBalance::store(const std::string& name, Checkpoint& checkpoint) const {
  checkpoint.arrays[name + "/truth"] = truth_;
  checkpoint.arrays[name + "/generated"] = generated_;
}

void ProfileBalance::restore(const std::string& name, const Checkpoint& checkpoint) {
  copy_array(checkpoint, name + "/truth", truth_);
  copy_array(checkpoint, name + "/generated", generated_);
}

}  // namespace showergan::gan
