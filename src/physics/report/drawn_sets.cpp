#include "physics/report/drawn_sets.hpp"

#include "base/contract.hpp"
#include "physics/metric/fixed_energy.hpp"
#include "physics/report/curves.hpp"

namespace showergan::physics {

DrawnSets::DrawnSets(std::vector<Sample> samples, FigureLabels labels)
    : samples_(std::move(samples)), labels_(std::move(labels)), bins_(samples_.front().energy()) {
  SHOWERGAN_EXPECT(samples_.size() == labels_.candidates.size() + 1);
}

Figure DrawnSets::figure(std::string name, std::string title, std::size_t columns) const {
  return {std::move(name), std::move(title), labels_.reference, labels_.candidates, {}, columns};
}

Panel DrawnSets::energy_panel(Observable observable, std::string title, std::string y_label,
                              double scale) const {
  Panel panel;
  panel.title = std::move(title);
  panel.x_label = "primary energy (GeV)";
  panel.y_label = std::move(y_label);
  draw(panel, [&](const Sample& sample) { return energy_curve(sample, observable, bins_, scale); });
  return panel;
}

Panel DrawnSets::fixed_energy_panel(Observable observable, std::string title, std::string x_label,
                                    double scale) const {
  const std::vector<std::size_t> populated = populated_bins(bins_, samples_);
  if (populated.empty()) return histogram_panel(std::move(title), std::move(x_label), {});
  std::vector<std::vector<double>> values;
  for (const Sample& sample : samples_) {
    const Comparison comparison(reference(), sample, bins_, populated);
    values.push_back(residuals_at_fixed_energy(comparison, observable).candidate);
    for (double& value : values.back()) value *= scale;
  }
  return histogram_panel(std::move(title), std::move(x_label), distribution_curves(values));
}

Panel histogram_panel(std::string title, std::string x_label, std::vector<Curve> curves) {
  Panel panel;
  panel.title = std::move(title);
  panel.x_label = std::move(x_label);
  panel.y_label = "showers per bin (%)";
  panel.steps = true;
  if (curves.empty()) return panel;
  panel.reference = std::move(curves.front());
  panel.candidates.assign(std::make_move_iterator(curves.begin() + 1),
                          std::make_move_iterator(curves.end()));
  return panel;
}

}  // namespace showergan::physics
