#include "montecarlo/bremsstrahlung.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/contract.hpp"
#include "montecarlo/constants.hpp"
#include "montecarlo/gauss_legendre.hpp"
#include "montecarlo/scaled_bremsstrahlung.hpp"
#include "montecarlo/settings.hpp"
#include "montecarlo/tsai_direction.hpp"

namespace showergan::montecarlo {
namespace {

constexpr double model_joint = 1e3;  // MeV

// Of the scaled cross-section: close where it bends, at the soft end and at the tip.
constexpr std::array<double, 32> kappas = {
    0,    0.025, 0.05, 0.075, 0.1,   0.15,   0.2,    0.25,    0.3,     0.35, 0.4,
    0.45, 0.5,   0.55, 0.6,   0.65,  0.7,    0.75,   0.8,     0.85,    0.9,  0.925,
    0.95, 0.97,  0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99995, 0.99999, 1};
constexpr double scaled_lowest = 1e-3;  // MeV
constexpr double scaled_rows_per_log = 8 / std::numbers::ln10;
constexpr std::size_t scaled_rows = 49;  // to 1 GeV

// The upper model needs more: LPM and dielectric suppression alternate within a short range of
// energy.
constexpr double acceptance_rows_per_log = 12 / std::numbers::ln10;
constexpr double relativistic_rows_per_log = 24 / std::numbers::ln10;
constexpr std::size_t acceptance_intervals = 64;
constexpr std::size_t relativistic_intervals = 256;

/// Index of the interval of `kappas` that holds κ.
std::size_t kappa_interval(double kappa) {
  if (kappa < 0.1) return static_cast<std::size_t>(kappa * 40);
  if (kappa < 0.9) return 4 + static_cast<std::size_t>((kappa - 0.1) * 20);
  std::size_t i = 20;
  while (i + 2 < kappas.size() && kappa >= kappas[i + 1]) ++i;
  return i;
}

/// Over (0, 1).
template <typename Function>
double integral(const Function& function) {
  return gauss_legendre(function, 0, 1, 6);
}

/// Photon energies between the cut and the electron's are taken evenly in ln(k² + k_p²), for dk
/// k/(k² + k_p²) is half of its differential. What share of the way down from the electron's energy
/// is done is a function of v in (0, 1) that gives more points to the tip of the spectrum, and to
/// its soft end, where the polarisation of the medium cuts the LPM effect off.
double share_at(double v) {
  return v < 0.5 ? 2 * v * v : 1 - 2 * (1 - v) * (1 - v);
}

double place_of_share(double share) {
  const double from_end = std::sqrt(0.5 * std::min(share, 1 - share));
  return share < 0.5 ? from_end : 1 - from_end;
}

double velocity2(double energy) {
  const double total = energy + electron_mass;
  return energy * (energy + 2 * electron_mass) / (total * total);
}

}  // namespace

Bremsstrahlung::Bremsstrahlung(const Medium& medium, double photon_cut)
    : cut_(photon_cut),
      plasma_ratio2_(std::pow(medium.plasma_energy / electron_mass, 2)),
      relativistic_(medium) {
  for (const ParticleKind which : {ParticleKind::electron, ParticleKind::positron}) {
    Kind& kind = kinds_[which == ParticleKind::positron];
    kind.scaled = scaled_table(medium, which);
    kind.acceptance = acceptance_table(kind, false);
    kind.loss_joint = loss_by(kind, model_joint, false) / loss_by(kind, model_joint, true) - 1;
    if (cut_ < model_joint) {
      kind.cross_section_joint =
          cross_section_by(kind, model_joint, false) / cross_section_by(kind, model_joint, true) -
          1;
    }
  }
  relativistic_acceptance_ = acceptance_table(kinds_[0], true);
}

Bremsstrahlung::ScaledTable Bremsstrahlung::scaled_table(const Medium& medium,
                                                         ParticleKind kind) const {
  ScaledTable table;
  table.values.resize(scaled_rows * kappas.size());
  for (std::size_t row = 0; row < scaled_rows; ++row) {
    const double energy = scaled_lowest * std::exp(static_cast<double>(row) / scaled_rows_per_log);
    for (const MediumElement& element : medium.elements) {
      const ScaledBremsstrahlung scaled(element.z, energy);
      const double scale = element.density * element.z * element.z;
      for (std::size_t i = 0; i < kappas.size(); ++i) {
        const double factor = kind == ParticleKind::positron
                                  ? positron_to_electron(element.z, energy, kappas[i] * energy)
                                  : 1;
        table.values[row * kappas.size() + i] += scale * scaled(kappas[i]) * factor;
      }
    }
  }
  return table;
}

double Bremsstrahlung::ScaledTable::operator()(double energy, double kappa) const {
  const double place = std::clamp(std::log(energy / scaled_lowest) * scaled_rows_per_log, 0.0,
                                  static_cast<double>(scaled_rows - 1));
  const std::size_t row = std::min(static_cast<std::size_t>(place), scaled_rows - 2);
  const double up = place - static_cast<double>(row);
  const std::size_t i = kappa_interval(kappa);
  const double right = (kappa - kappas[i]) / (kappas[i + 1] - kappas[i]);
  const double* lower = values.data() + row * kappas.size() + i;
  const double* upper = lower + kappas.size();
  return (1 - up) * ((1 - right) * lower[0] + right * lower[1]) +
         up * ((1 - right) * upper[0] + right * upper[1]);
}

double Bremsstrahlung::without_suppression(const Kind& kind, double energy, double photon_energy,
                                           bool high) const {
  if (high) return relativistic_(energy + electron_mass, photon_energy);
  return kind.scaled(energy, std::min(1.0, photon_energy / energy)) / velocity2(energy);
}

double Bremsstrahlung::differential(ParticleKind kind, double energy, double photon_energy) const {
  const double total = energy + electron_mass;
  const double plasma2 = plasma_ratio2_ * total * total;
  const double k2 = photon_energy * photon_energy;
  return without_suppression(of(kind), energy, photon_energy, energy > model_joint) * k2 /
         (k2 + plasma2);
}

double Bremsstrahlung::loss_by(const Kind& kind, double energy, bool high) const {
  const double highest = std::min(cut_, energy);
  const double total = energy + electron_mass;
  const double plasma2 = plasma_ratio2_ * total * total;
  // k = x² times the highest: more points where suppression sets in.
  return 2 * highest * integral([&](double x) {
           const double k = highest * x * x;
           return x * without_suppression(kind, energy, k, high) * k * k / (k * k + plasma2);
         });
}

double Bremsstrahlung::cross_section_by(const Kind& kind, double energy, bool high) const {
  if (energy <= cut_) return 0;
  const double total = energy + electron_mass;
  const double plasma2 = plasma_ratio2_ * total * total;
  const double top = energy * energy + plasma2;
  const double log_range = std::log(top / (cut_ * cut_ + plasma2));
  return 2 * log_range * integral([&](double v) {
           const double k2 = top * std::exp(-share_at(v) * log_range) - plasma2;
           return std::min(v, 1 - v) *
                  without_suppression(kind, energy, std::sqrt(std::max(k2, 0.0)), high);
         });
}

double Bremsstrahlung::loss(ParticleKind kind, double energy) const {
  if (energy <= 0) return 0;
  if (energy <= model_joint) return loss_by(of(kind), energy, false);
  return loss_by(of(kind), energy, true) * (1 + of(kind).loss_joint * model_joint / energy);
}

double Bremsstrahlung::cross_section(ParticleKind kind, double energy) const {
  if (energy <= model_joint) return cross_section_by(of(kind), energy, false);
  return cross_section_by(of(kind), energy, true) *
         (1 + of(kind).cross_section_joint * model_joint / energy);
}

Bremsstrahlung::AcceptanceTable Bremsstrahlung::acceptance_table(const Kind& kind,
                                                                 bool high) const {
  AcceptanceTable table;
  const double lowest = high ? std::max(cut_, model_joint) : cut_;
  const double highest = high ? highest_energy : model_joint;
  if (lowest >= highest) return table;
  table.intervals = high ? relativistic_intervals : acceptance_intervals;
  const double range = std::log(highest / lowest);
  const double rows =
      std::ceil(range * (high ? relativistic_rows_per_log : acceptance_rows_per_log));
  table.rows = static_cast<std::size_t>(rows) + 1;
  table.log_lowest = std::log(lowest);
  table.rows_per_log = rows / range;
  for (std::size_t row = 0; row < table.rows; ++row) {
    // The lowest has no range of photon energies; it stands for those just above.
    const double energy = lowest * std::exp(static_cast<double>(row) / table.rows_per_log);
    add_row(table, kind, std::max(energy, 1.001 * cut_), high);
  }
  return table;
}

void Bremsstrahlung::add_row(AcceptanceTable& table, const Kind& kind, double energy,
                             bool high) const {
  const double total = energy + electron_mass;
  const double plasma2 = plasma_ratio2_ * total * total;
  const double top = energy * energy + plasma2;
  const double log_range = std::log(top / (cut_ * cut_ + plasma2));
  std::vector<double> densities;
  for (std::size_t i = 0; i <= table.intervals; ++i) {
    const double v = static_cast<double>(i) / static_cast<double>(table.intervals);
    const double k2 = top * std::exp(-share_at(v) * log_range) - plasma2;
    densities.push_back(without_suppression(kind, energy, std::sqrt(std::max(k2, 0.0)), high));
  }
  const double largest = *std::max_element(densities.begin(), densities.end());
  for (const double density : densities) {
    table.values.push_back(static_cast<float>(density / largest));
  }
}

double Bremsstrahlung::sample_photon_energy(const Kind& kind, double energy,
                                            RandomStream& random) const {
  const AcceptanceTable& table = energy > model_joint ? relativistic_acceptance_ : kind.acceptance;
  // One of the two rows around, with the weights of a linear interpolation.
  const double place =
      (std::log(energy) - table.log_lowest) * table.rows_per_log + random.uniform();
  const std::size_t row = std::min(static_cast<std::size_t>(std::max(place, 0.0)), table.rows - 1);
  const float* kept = table.values.data() + row * (table.intervals + 1);
  const auto intervals = static_cast<double>(table.intervals);
  double share;
  for (;;) {
    share = random.uniform();
    const double at = place_of_share(share) * intervals;
    const auto i = static_cast<std::size_t>(at);
    const double acceptance = kept[i] + (at - static_cast<double>(i)) * (kept[i + 1] - kept[i]);
    if (random.uniform() < acceptance) break;
  }
  const double total = energy + electron_mass;
  const double plasma2 = plasma_ratio2_ * total * total;
  const double top = energy * energy + plasma2;
  const double k2 = top * std::exp(share * std::log((cut_ * cut_ + plasma2) / top)) - plasma2;
  return std::clamp(std::sqrt(std::max(k2, 0.0)), cut_, energy);
}

void Bremsstrahlung::interact(const Particle& particle, RandomStream& random,
                              Interaction& out) const {
  SHOWERGAN_EXPECT(particle.energy > cut_);
  const double energy = particle.energy;
  const double k = sample_photon_energy(of(particle.kind), energy, random);

  const Vector3 towards =
      tsai_direction(particle.direction, energy, two_pi * random.uniform(), random);
  const double momentum = std::sqrt(energy * (energy + 2 * electron_mass));
  out.energy = energy - k;
  out.direction = normalized(momentum * particle.direction - k * towards);
  out.add(ParticleKind::photon, k, particle.position, towards);
}

}  // namespace showergan::montecarlo
