#include "gan/monitor/sample_figure.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "gan/sample_showers.hpp"
#include "physics/report/shower_picture.hpp"
#include "store/shower_reader.hpp"

namespace showergan::gan {
namespace {

constexpr std::size_t kRows = 6;

/// The showers of a file; nothing if it is not there, or was replaced while it was read.
std::optional<ShowerBatch> showers_in(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  try {
    const ShowerReader reader(path);
    return reader.read(0, reader.size());
  } catch (const Error&) {
    return std::nullopt;
  }
}

void add_row(physics::ShowerFigure& figure, const ShowerBatch& showers, const std::string& title) {
  figure.grid = showers.grid;
  figure.columns = std::max(figure.columns, static_cast<std::size_t>(showers.size()));
  const physics::ImageGeometry geometry = physics::unit_geometry(showers.grid);
  for (std::int64_t i = 0; i < showers.size(); ++i) {
    figure.pictures.push_back(physics::shower_picture(
        showers.shower(i), geometry,
        fmt::format("{}, {:.4g} GeV", title, showers.energy[static_cast<std::size_t>(i)])));
  }
}

}  // namespace

std::vector<std::int64_t> shown_epochs(const std::vector<std::int64_t>& epochs, std::size_t count,
                                       std::optional<std::int64_t> best) {
  std::vector<std::int64_t> shown;
  if (epochs.size() <= count) {
    shown = epochs;
  } else {
    const auto last = static_cast<double>(epochs.size());
    for (std::size_t k = 0; k < count; ++k) {
      const double place = std::pow(last, static_cast<double>(k) / static_cast<double>(count - 1));
      shown.push_back(epochs[static_cast<std::size_t>(std::llround(place)) - 1]);
    }
  }
  if (best && std::ranges::count(epochs, *best) > 0) shown.push_back(*best);
  std::ranges::sort(shown);
  shown.erase(std::unique(shown.begin(), shown.end()), shown.end());
  return shown;
}

std::optional<physics::ShowerFigure> sample_figure(const std::filesystem::path& folder,
                                                   std::optional<std::int64_t> best) {
  physics::ShowerFigure figure;
  figure.name = "samples";
  figure.title = "The same showers after some epochs, cells above 0.3 MeV";
  figure.columns = 1;
  const auto monte_carlo = showers_in(folder / SampleShowers::monte_carlo_name);
  if (monte_carlo) add_row(figure, *monte_carlo, "Monte Carlo");
  bool any = false;
  for (const std::int64_t epoch : shown_epochs(SampleShowers::epochs_in(folder), kRows, best)) {
    const auto showers = showers_in(folder / SampleShowers::file_name(epoch));
    if (!showers || (!figure.pictures.empty() && showers->grid != figure.grid)) continue;
    add_row(figure, *showers,
            fmt::format("epoch {}{}", epoch, best && *best == epoch ? ", the best" : ""));
    any = true;
  }
  if (!any) return std::nullopt;
  return figure;
}

}  // namespace showergan::gan
