#include "telling_showers.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "physics/report/shower_picture.hpp"

namespace showergan::app {

physics::ReportSection telling_showers(const ShowerReader& candidate, std::size_t number,
                                       const std::string& label,
                                       const physics::ClassifierResult& classifier,
                                       const physics::ImageGeometry& geometry) {
  constexpr std::size_t kShown = 3;
  std::vector<physics::ScoredShower> scores;
  std::ranges::copy_if(classifier.scores, std::back_inserter(scores),
                       &physics::ScoredShower::candidate);
  std::ranges::stable_sort(scores, {}, &physics::ScoredShower::probability);
  physics::ShowerFigure figure = {"telling_showers_" + std::to_string(number),
                                  "Least and most like Monte Carlo: " + label,
                                  geometry.grid,
                                  {},
                                  kShown};
  const auto show = [&](const physics::ScoredShower& score) {
    const ShowerBatch shower = candidate.read(score.row, 1);
    figure.pictures.push_back(shower_picture(
        shower.shower(0), geometry,
        fmt::format("{:.4g} GeV, {:.2g}", shower.energy.front(), score.probability)));
  };
  const std::size_t shown = std::min(kShown, scores.size() / 2);
  figure.columns = std::max<std::size_t>(1, shown);
  for (std::size_t i = 0; i < shown; ++i) show(scores[i]);
  for (std::size_t i = 0; i < shown; ++i) show(scores[scores.size() - 1 - i]);
  return {"Showers that tell: " + label,
          fmt::format("The showers that {} takes least (above) and most (below) for Monte Carlo, "
                      "with the probability that it gives them.",
                      classifier.name),
          {},
          {std::move(figure)}};
}

}  // namespace showergan::app
