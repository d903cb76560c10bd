#include <algorithm>
#include <cmath>

#include "physics/report/sections.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

/// The columns of the 3DGAN matrix, with their labels.
std::vector<std::pair<std::string, std::vector<double>>> columns_of(const Sample& sample) {
  std::vector<std::pair<std::string, std::vector<double>>> columns;
  const auto add = [&](Observable observable) {
    columns.emplace_back(name_of(observable), sample.column(observable));
  };
  for (const Observable moment : kMoments) add(moment);
  add(Observable::e_sum);
  columns.emplace_back("energy", sample.energy());
  add(Observable::hits_300keV);
  for (const Observable third : kThirds) add(third);
  return columns;
}

std::vector<double> correlation_matrix(const Sample& sample) {
  const auto columns = columns_of(sample);
  std::vector<double> matrix;
  for (const auto& row : columns) {
    for (const auto& column : columns) matrix.push_back(correlation(row.second, column.second));
  }
  return matrix;
}

MatrixFigure::Matrix difference_of(const std::vector<double>& a, const std::vector<double>& b) {
  constexpr double kLeastRange = 0.1;  // so that noise does not fill the colour scale
  MatrixFigure::Matrix matrix = {"candidate − Monte Carlo", {}, kLeastRange};
  for (std::size_t i = 0; i < a.size(); ++i) {
    matrix.values.push_back(b[i] - a[i]);
    matrix.range = std::max(matrix.range, std::abs(matrix.values.back()));
  }
  return matrix;
}

}  // namespace

ReportSection correlation_section(const DrawnSets& sets) {
  ReportSection section = {"Correlations",
                           "Pearson correlations over all energies, with the primary energy among "
                           "the observables, as in the papers of 3DGAN."};
  std::vector<std::string> labels;
  for (const auto& [label, values] : columns_of(sets.reference())) labels.push_back(label);
  const std::vector<double> reference = correlation_matrix(sets.reference());
  for (std::size_t i = 1; i < sets.samples().size(); ++i) {
    const std::vector<double> candidate = correlation_matrix(sets.samples()[i]);
    MatrixFigure figure;
    figure.name = i == 1 ? "correlation" : "correlation_" + std::to_string(i);
    figure.title = "Correlations: " + sets.labels().candidates[i - 1];
    figure.labels = labels;
    figure.matrices = {{sets.labels().reference, reference},
                       {sets.labels().candidates[i - 1], candidate},
                       difference_of(reference, candidate)};
    section.figures.emplace_back(std::move(figure));
  }
  return section;
}

}  // namespace showergan::physics
