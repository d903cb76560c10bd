#pragma once

#include <vector>

#include "physics/report/figure.hpp"
#include "physics/sample.hpp"
#include "physics/shower_set.hpp"
#include "physics/summary/summary_comparison.hpp"

namespace showergan::physics {

/// Legends of a figure.
struct FigureLabels {
  std::string reference;
  std::string candidate;
};

/// Longitudinal, lateral and radial profiles, sampling fraction and response against energy, hits
/// against energy and the cell spectrum. Errors are statistical. The energy bins span the
/// reference, which must not be empty.
std::vector<Figure> figures_of(const Sample& reference, const Sample& candidate,
                               const FigureLabels& labels);

/// The correlation matrices of 3DGAN, over all energies, of {first and second moments; ΣE; Ep; hits
/// above 300 keV; the three thirds}: reference, candidate, and half their difference.
MatrixFigure correlation_figure(const Sample& reference, const Sample& candidate,
                                const FigureLabels& labels);

/// Profiles and, against energy, sampling fraction, response, depth and hits of a candidate beside
/// the summary of a Monte Carlo sample.
std::vector<Figure> figures_of(const SummaryComparison& comparison, const ShowerSet& candidate,
                               const FigureLabels& labels);

}  // namespace showergan::physics
