#include "physics/report/set_figures.hpp"
#include "physics/sample.hpp"
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

}  // namespace

MatrixFigure correlation_figure(const Sample& reference, const Sample& candidate,
                                const FigureLabels& labels) {
  MatrixFigure figure;
  figure.name = "correlation";
  figure.title = "Correlations over all energies";
  for (const auto& [label, values] : columns_of(reference)) figure.labels.push_back(label);
  const std::vector<double> a = correlation_matrix(reference);
  const std::vector<double> b = correlation_matrix(candidate);
  std::vector<double> difference;
  for (std::size_t i = 0; i < a.size(); ++i) difference.push_back(0.5 * (b[i] - a[i]));
  figure.matrices = {{labels.reference, a},
                     {labels.candidate, b},
                     {"(candidate - reference) / 2", std::move(difference)}};
  return figure;
}

}  // namespace showergan::physics
