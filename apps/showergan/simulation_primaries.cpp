#include "simulation_primaries.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "montecarlo/constants.hpp"
#include "shower/condition.hpp"

namespace showergan::app {
namespace {

using montecarlo::two_pi;

/// Primaries that the Monte Carlo is made for: GeV, rad.
const ConditionRange energies{"energy", 1e-3, 1000};
const ConditionRange thetas{"theta", 0,
                            1.5};  // the depth axis is 0; beyond it would miss the front
const ConditionRange phis{"phi", -two_pi, two_pi};

/// `where`: "shower 17 of 'x.h5'", or empty.
void check(const Condition& condition, const std::string& where) {
  for (const ConditionRange& range : {energies, thetas, phis}) {
    const auto value = static_cast<double>(value_of(condition, range.name));
    // What is written 0.001 may be a little less as a float.
    if (value >= range.low * (1 - 1e-6) && value <= range.high * (1 + 1e-6)) continue;
    throw InputError(
        fmt::format("{} {:g} is outside {:g} to {:g}", range.name, value, range.low, range.high),
        where,
        range.name == "energy"  ? "energies are in GeV"
        : range.name == "theta" ? "theta is the angle to the depth axis, in rad"
                                : "angles are in rad");
  }
}

/// Showers of a file whose primaries are looked at together.
constexpr std::int64_t block = 64;

void check_file(const PrimaryOptions& options, ConditionSource& source) {
  const bool impacts = has_impacts(options, source);
  for (std::int64_t first = 0; first < *source.size(); first += block) {
    const std::int64_t here = std::min(block, *source.size() - first);
    const std::vector<Condition> conditions = source.read(first, here);
    const std::vector<ImpactPoint> points = source.read_impacts(first, here);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const std::string where = fmt::format(
          "shower {} of '{}'", first + static_cast<std::int64_t>(i), options.like.string());
      check(conditions[i], where);
      if (!impacts) continue;
      // One beside the detector is allowed, as a spread makes such: the primary escapes.
      if (std::isfinite(points[i].x) && std::isfinite(points[i].y)) continue;
      throw InputError("an impact is not a number", where, "check the file with showergan inspect");
    }
  }
}

/// Whether a shower of a file is of that primary. A file in MeV gives an energy in GeV to rounding
/// only.
bool is_of(const ShowerBatch& stored, std::size_t i, const Condition& asked) {
  return std::abs(stored.energy[i] - asked.energy) <= 1e-6F * asked.energy &&
         (stored.theta.empty() ? 0.0F : stored.theta[i]) == asked.theta &&
         (stored.phi.empty() ? 0.0F : stored.phi[i]) == asked.phi;
}

bool came_to(const ShowerBatch& stored, std::size_t i, const ImpactPoint& point) {
  return i < stored.impact_x.size() && i < stored.impact_y.size() &&
         stored.impact_x[i] == point.x && stored.impact_y[i] == point.y;
}

}  // namespace

std::string PrimaryOptions::describe() const {
  std::string text = particle + ", ";
  if (!like.empty()) {
    text += "like " + like.filename().string();
  } else {
    text += energy + " GeV";
    if (!theta.empty()) text += ", theta " + theta;
    if (!phi.empty()) text += ", phi " + phi;
  }
  return text + app::describe(spot);
}

std::unique_ptr<ConditionSource> make_primaries(const PrimaryOptions& options, std::uint64_t seed,
                                                const ReadOptions& reading) {
  ConditionNeeds needs{"a simulation", {energies}};
  if (!options.like.empty()) {
    auto source = conditions_like(options.like, needs, reading);
    check_file(options, *source);
    return source;
  }
  const RequestedConditions requested = parse_requested(options.energy, options.theta, options.phi);
  if (requested.theta) needs.conditions.push_back(thetas);
  if (requested.phi) needs.conditions.push_back(phis);
  auto source = drawn_conditions(requested, needs, seed);
  const auto [theta, phi] =
      std::pair{requested.theta.value_or(ValueOrRange{}), requested.phi.value_or(ValueOrRange{})};
  check({requested.energy->low, theta.low, phi.low}, {});
  check({requested.energy->high, theta.high, phi.high}, {});
  return source;
}

bool has_impacts(const PrimaryOptions& options, const ConditionSource& source) {
  return !options.spot.given && source.has_impacts();
}

void check_resumed(const std::filesystem::path& path, std::int64_t count,
                   const PrimaryOptions& options, ConditionSource& source) {
  const ShowerReader reader(path);
  const bool impacts = has_impacts(options, source);
  for (std::int64_t first = 0; first < count; first += block) {
    const std::int64_t here = std::min(block, count - first);
    const ShowerBatch stored = reader.read_primaries(first, here);
    const std::vector<Condition> asked = source.read(first, here);
    const std::vector<ImpactPoint> points = source.read_impacts(first, here);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (is_of(stored, i, asked[i]) && (!impacts || came_to(stored, i, points[i]))) continue;
      throw InputError(fmt::format("'{}' has other primaries than are asked for", path.string()),
                       fmt::format("from shower {} on", first + static_cast<std::int64_t>(i)),
                       "give the settings that it was begun with, or the name of another file");
    }
  }
}

}  // namespace showergan::app
