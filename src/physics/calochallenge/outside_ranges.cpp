#include "physics/calochallenge/outside_ranges.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "physics/calochallenge/protocol_axis.hpp"
#include "physics/calochallenge/protocol_observable.hpp"

namespace showergan::physics {

namespace {

/// Statistical error of the difference of the parts of both sets that are inside, if both are
/// `part`.
double error_of_difference(double part, const ComparedVoxels& sets) {
  const auto n = static_cast<double>(sets.reference.size());
  const auto m = static_cast<double>(sets.candidate.size());
  return std::sqrt(part * (1 - part) * (1 / n + 1 / m));
}

}  // namespace

std::optional<std::string> outside_ranges(const ComparedVoxels& sets) {
  constexpr double kMost = 0.01;
  constexpr double kSigmas = 4;  // some hundred observables are looked at
  constexpr double kPercent = 100;
  std::size_t affected = 0;
  double worst = kMost;
  std::string text;
  for (const ProtocolObservable& observable : protocol_observables(sets.reference)) {
    const auto edges = protocol_edges(sets.reference, observable);
    // At one energy of set 1 the other showers do not count, and are no numbers.
    if (edges.empty() || observable.high > 0) continue;
    const double r = part_inside(edges, values_of(sets.reference, observable));
    const double c = part_inside(edges, values_of(sets.candidate, observable));
    if (r - c <= std::max(kMost, kSigmas * error_of_difference(r, sets))) continue;
    ++affected;
    if (r - c <= worst) continue;
    worst = r - c;
    text = fmt::format("{:.3g} % of the candidate and {:.3g} % of the reference for {}",
                       kPercent * (1 - c), kPercent * (1 - r), observable.name);
  }
  if (affected == 0) return std::nullopt;
  return fmt::format(
      "Of {} observables more showers of the candidate than of the reference lie outside the range "
      "of the histogram, which the protocol does not count: most of all {}.",
      affected, text);
}

}  // namespace showergan::physics
