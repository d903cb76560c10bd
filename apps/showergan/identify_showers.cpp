#include "identify_showers.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "particle_name.hpp"
#include "physics/identification/particle_check.hpp"

namespace showergan::app {
namespace {

namespace fs = std::filesystem;

/// A name that may stand in that of a metric.
bool is_particle(const std::string& name) {
  return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '+' || c == '-' || c == '_';
  });
}

/// PARTICLE=FILE, or the name of a file, which may hold a '='.
std::pair<std::string, fs::path> parse(const std::string& argument) {
  const std::size_t equals = argument.find('=');
  std::error_code ignored;
  if (equals == std::string::npos || fs::exists(argument, ignored)) return {"", argument};
  return {argument.substr(0, equals), argument.substr(equals + 1)};
}

OtherShowers open_other(const std::string& argument, int threads) {
  auto [name, path] = parse(argument);
  OtherShowers other = {std::move(name), ShowerReader(path, {.threads = threads})};
  if (other.particle.empty()) other.particle = particle_name(other.file);
  if (is_particle(other.particle)) return other;
  throw InputError(
      other.particle.empty()
          ? fmt::format("'{}' does not say of which particle its showers are", path.string())
          : fmt::format("'{}' is no name of a particle", other.particle),
      other.particle.empty() ? "" : "letters, digits, + - _",
      fmt::format("give --identify PARTICLE={}", path.string()));
}

void check_file(const OtherShowers& other, std::span<const ShowerReader> compared) {
  const std::string path = other.file.path().string();
  if (other.file.grid() != compared.front().grid()) {
    throw InputError(fmt::format("the showers of '{}' have another grid than the reference", path),
                     "", "give showers of the same calorimeter");
  }
  for (const ShowerReader& file : compared) {
    std::error_code error;
    if (!fs::equivalent(other.file.path(), file.path(), error)) continue;
    throw InputError(fmt::format("'{}' is both compared and given to --identify", path), "",
                     "give Monte Carlo showers of another particle");
  }
  if (other.particle == particle_name(compared.front())) {
    throw InputError(
        fmt::format("'{}' holds showers of {}, as the reference does", path, other.particle), "",
        "give --identify Monte Carlo showers of another particle");
  }
}

void check_names(const std::vector<OtherShowers>& others) {
  std::vector<std::string> names;
  for (const OtherShowers& other : others) names.push_back(other.particle);
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  if (twice == names.end()) return;
  throw InputError(fmt::format("{} is given to --identify twice", *twice), "",
                   "give one file for each particle, or names with PARTICLE=FILE");
}

/// Found out now, rather than after the comparison: whether there is enough to learn from.
void check_energies(const OtherShowers& other, const std::vector<float>& reference) {
  const auto range = std::ranges::minmax(reference);
  const std::vector<float> energies = other.file.read_energies(0, other.file.size());
  const auto shared = std::ranges::count_if(
      energies, [&range](float energy) { return energy >= range.min && energy <= range.max; });
  if (shared >= physics::kLeastOfParticle) return;
  throw InputError(
      fmt::format("too few showers of {} to learn from", other.particle),
      fmt::format("'{}': {} at the energies of the reference, {:.4g} to {:.4g} GeV, fewer than {}",
                  other.file.path().string(), shared, range.min, range.max,
                  physics::kLeastOfParticle),
      "simulate more with --like REFERENCE");
}

}  // namespace

std::vector<OtherShowers> open_others(const std::vector<std::string>& arguments,
                                      std::span<const ShowerReader> compared, int threads) {
  std::vector<OtherShowers> others;
  if (arguments.empty()) return others;
  const ShowerReader& reference = compared.front();
  if (reference.size() < physics::kLeastOfParticle) {
    throw InputError("too few showers of the reference to learn from",
                     fmt::format("'{}': {}, fewer than {}", reference.path().string(),
                                 reference.size(), physics::kLeastOfParticle),
                     "give a larger file, or leave out --identify");
  }
  const std::vector<float> energies = reference.read_energies(0, reference.size());
  for (const std::string& argument : arguments) {
    others.push_back(open_other(argument, threads));
    check_file(others.back(), compared);
    check_energies(others.back(), energies);
  }
  check_names(others);
  return others;
}

void identify_showers(physics::Report& report, std::span<OtherShowers> others,
                      const MeasuredComparison& compared, const MeasuringDetector& detector,
                      const physics::IdentificationOptions& options) {
  for (OtherShowers& other : others) {
    const physics::ShowerSet showers =
        measure(other.file, detector.geometry, options.threads, options.quiet);
    const physics::ParticleCheck check(
        compared.reference, {other.particle, other.file.path().string(), showers}, options);
    for (std::size_t i = 0; i < compared.candidates.size(); ++i) {
      physics::Identification found = check.apply(compared.candidates[i]);
      physics::JudgedSet& set = report.candidates[i];
      set.metrics.insert(set.metrics.end(), found.metrics.begin(), found.metrics.end());
      set.warnings.insert(set.warnings.end(), found.warnings.begin(), found.warnings.end());
      set.identifications.push_back(std::move(found));
    }
  }
}

}  // namespace showergan::app
