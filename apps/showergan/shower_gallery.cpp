#include "shower_gallery.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "physics/report/shower_picture.hpp"

namespace showergan::app {
namespace {

/// Energies at which a tenth, half and nine tenths of the showers lie below; each once.
std::vector<float> shown_energies(std::vector<float> energies) {
  std::ranges::sort(energies);
  std::vector<float> shown;
  for (const double fraction : {0.1, 0.5, 0.9}) {
    const double position = fraction * static_cast<double>(energies.size() - 1);
    shown.push_back(energies[static_cast<std::size_t>(position)]);
  }
  shown.erase(std::unique(shown.begin(), shown.end()), shown.end());
  return shown;
}

std::int64_t nearest(const std::vector<float>& energies, float energy) {
  const auto distance = [energy](float other) { return std::abs(other - energy); };
  return std::ranges::min_element(energies, {}, distance) - energies.begin();
}

}  // namespace

physics::ReportSection shower_gallery(const std::vector<NamedShowers>& files,
                                      const physics::ImageGeometry& geometry) {
  std::vector<std::vector<float>> energies;
  for (const NamedShowers& showers : files) {
    energies.push_back(showers.file->read_energies(0, showers.file->size()));
  }
  physics::ShowerFigure figure = {
      "showers", "Single showers, cells above 0.3 MeV", geometry.grid, {}, files.size()};
  for (const float energy : shown_energies(energies.front())) {
    for (std::size_t i = 0; i < files.size(); ++i) {
      const ShowerBatch shower = files[i].file->read(nearest(energies[i], energy), 1);
      figure.pictures.push_back(
          shower_picture(shower.shower(0), geometry,
                         fmt::format("{}, {:.4g} GeV", files[i].label, shower.energy.front())));
    }
  }
  return {"Single showers",
          "Of each set the shower nearest to a low, a middle and a high energy of the reference; "
          "the beam comes from the left.",
          {},
          {std::move(figure)}};
}

}  // namespace showergan::app
