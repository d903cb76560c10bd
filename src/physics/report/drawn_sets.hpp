#pragma once

#include <string>
#include <vector>

#include "physics/energy_bins.hpp"
#include "physics/report/figure.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

/// Legends of a figure.
struct FigureLabels {
  std::string reference;
  std::vector<std::string> candidates;
};

/// The showers that all figures of a comparison draw (comparable_samples), and the bins of the
/// energy, which span the reference.
class DrawnSets {
 public:
  /// `samples`: the reference, which must not be empty, then a sample for each label of a
  /// candidate.
  DrawnSets(std::vector<Sample> samples, FigureLabels labels);

  const Sample& reference() const noexcept { return samples_.front(); }
  const std::vector<Sample>& samples() const noexcept { return samples_; }
  const FigureLabels& labels() const noexcept { return labels_; }
  const EnergyBins& bins() const noexcept { return bins_; }

  /// An empty figure with the legends of the sets.
  Figure figure(std::string name, std::string title, std::size_t columns) const;

  /// Puts the curve of each sample into the panel.
  template <class CurveOf>
  void draw(Panel& panel, CurveOf curve_of) const {
    panel.reference = curve_of(samples_.front());
    for (std::size_t i = 1; i < samples_.size(); ++i) {
      panel.candidates.push_back(curve_of(samples_[i]));
    }
  }

  /// A panel of the mean of an observable against the energy.
  Panel energy_panel(Observable observable, std::string title, std::string y_label,
                     double scale = 1) const;
  /// A panel of the distribution of an observable at fixed energy, in the bins that all sets
  /// populate; empty if there is none.
  Panel fixed_energy_panel(Observable observable, std::string title, std::string x_label,
                           double scale = 1) const;

 private:
  std::vector<Sample> samples_;
  FigureLabels labels_;
  EnergyBins bins_;
};

/// A panel of histograms, the reference's first.
Panel histogram_panel(std::string title, std::string x_label, std::vector<Curve> curves);

}  // namespace showergan::physics
