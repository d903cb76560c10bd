#include "physics/calochallenge/outside_ranges.hpp"

#include <fmt/format.h>

#include "physics/calochallenge/protocol_axis.hpp"
#include "physics/calochallenge/protocol_observable.hpp"

namespace showergan::physics {

std::optional<std::string> outside_ranges(const ComparedVoxels& sets) {
  constexpr double kMost = 0.01;
  constexpr double kPercent = 100;
  std::size_t affected = 0;
  double worst = kMost;
  std::string text;
  for (const ProtocolObservable& observable : protocol_observables(sets.reference)) {
    const auto edges = protocol_edges(sets.reference, observable);
    if (edges.empty() || observable.high > 0) continue;
    const double r = part_inside(edges, values_of(sets.reference, observable));
    const double c = part_inside(edges, values_of(sets.candidate, observable));
    if (r - c <= kMost) continue;
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
