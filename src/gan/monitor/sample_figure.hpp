#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "physics/report/figure.hpp"

namespace showergan::gan {

/// Those of ascending epochs that show how a training learns, `count` at most (2 or more): the
/// first and the latest, close together at the start, where most happens; and beside these the
/// best, if there is a sample of it.
std::vector<std::int64_t> shown_epochs(const std::vector<std::int64_t>& epochs, std::size_t count,
                                       std::optional<std::int64_t> best);

/// The showers of a folder that SampleShowers wrote: a row of the Monte Carlo, and one for each of
/// some epochs. Files that cannot be read are left out; nothing if there is no sample.
std::optional<physics::ShowerFigure> sample_figure(const std::filesystem::path& folder,
                                                   std::optional<std::int64_t> best);

}  // namespace showergan::gan
