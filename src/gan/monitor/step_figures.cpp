#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "gan/monitor/history_figures.hpp"

namespace showergan::gan {
namespace {

using physics::Series;
using physics::SeriesFigure;
using physics::SeriesPanel;

/// Points of a line: about as many as a panel has pixels for.
constexpr std::size_t kColumns = 400;

constexpr std::array<const char*, 3> kPasses = {"real", "fake", "generator"};

/// Outputs of the discriminator, "total" first.
std::vector<std::string> outputs_of(const HistoryRecord& history) {
  std::vector<std::string> outputs = {"total"};
  const std::string pass = std::string(kPasses.front()) + ".";
  for (const std::string& column : history.columns) {
    if (!column.starts_with(pass)) continue;
    const std::string output = column.substr(pass.size());
    if (output != "total") outputs.push_back(output);
  }
  return outputs;
}

SeriesPanel panel_of(std::string title, std::string y_label) {
  SeriesPanel panel;
  panel.title = std::move(title);
  panel.y_label = std::move(y_label);
  return panel;
}

/// The same column of both networks.
SeriesPanel network_panel(const HistoryRecord& history, const std::string& group,
                          const std::string& title) {
  SeriesPanel panel = panel_of(title, "");
  for (const char* network : {"discriminator", "generator"}) {
    panel.series.push_back(
        physics::thinned(step_series(history, group + "." + network, network), kColumns));
  }
  panel.log_y = physics::suits_logarithm(panel);
  return panel;
}

/// A number of each step, of its timing.
template <typename Number>
Series timing_series(const HistoryRecord& history, const Number& number) {
  Series series;
  for (const StepRecord& step : history.steps) {
    series.x.push_back(static_cast<double>(step.step));
    series.y.push_back(number(step));
  }
  return physics::thinned(series, kColumns);
}

/// Ratio of two sums over the steps that a point stands for, times `scale`; both series are thinned
/// to the same columns, so that the ratio of their means is that of the sums.
SeriesPanel ratio_panel(std::string title, std::string y_label, const Series& above,
                        const Series& below, double scale) {
  SeriesPanel panel = panel_of(std::move(title), std::move(y_label));
  Series ratio;
  ratio.x = above.x;
  for (std::size_t i = 0; i < above.y.size(); ++i) {
    ratio.y.push_back(below.y[i] > 0 ? scale * above.y[i] / below.y[i]
                                     : std::numeric_limits<double>::quiet_NaN());
  }
  panel.series = {std::move(ratio)};
  return panel;
}

}  // namespace

Series step_series(const HistoryRecord& history, const std::string& column,
                   const std::string& label) {
  Series series;
  series.label = label;
  const auto found = std::ranges::find(history.columns, column);
  if (found == history.columns.end()) return series;
  const auto index = static_cast<std::size_t>(found - history.columns.begin());
  for (const StepRecord& step : history.steps) {
    if (index >= step.values.size()) continue;
    series.x.push_back(static_cast<double>(step.step));
    series.y.push_back(step.values[index]);
  }
  return series;
}

SeriesFigure loss_figure(const HistoryRecord& history) {
  SeriesFigure figure = {"losses", "Losses of the three passes", "step", {}};
  for (const std::string& output : outputs_of(history)) {
    SeriesPanel panel = panel_of(output, "loss");
    for (const char* pass : kPasses) {
      panel.series.push_back(
          physics::thinned(step_series(history, std::string(pass) + "." + output, pass), kColumns));
    }
    panel.log_y = physics::suits_logarithm(panel);
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

SeriesFigure step_figure(const HistoryRecord& history) {
  const Series seconds = timing_series(history, [](const StepRecord& s) { return s.seconds; });
  const Series waited = timing_series(history, [](const StepRecord& s) { return s.waited; });
  const Series showers =
      timing_series(history, [](const StepRecord& s) { return static_cast<double>(s.showers); });
  SeriesFigure figure = {"steps", "Gradients, rates and speed", "step", {}};
  figure.panels = {network_panel(history, "gradient_norm", "Norm of the gradient, before clipping"),
                   network_panel(history, "rate", "Learning rate"),
                   ratio_panel("Speed", "showers per second", showers, seconds, 1),
                   ratio_panel("Waiting for showers", "% of the time", waited, seconds, 100)};
  return figure;
}

}  // namespace showergan::gan
