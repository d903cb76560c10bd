#include <algorithm>
#include <limits>

#include "gan/monitor/history_figures.hpp"

namespace showergan::gan {
namespace {

using physics::Series;
using physics::SeriesFigure;
using physics::SeriesPanel;

constexpr std::size_t kColumns = 400;
/// Of more epochs single points cannot be told apart.
constexpr std::size_t kMostPoints = 80;

/// Names in the order in which they first come.
std::vector<std::string> metrics_of(const HistoryRecord& history) {
  std::vector<std::string> names;
  for (const EpochRecord& epoch : history.epochs) {
    for (const MetricRecord& metric : epoch.metrics) {
      if (std::ranges::count(names, metric.name) == 0) names.push_back(metric.name);
    }
  }
  return names;
}

std::optional<double> best_epoch(const HistoryRecord& history) {
  std::optional<double> best;
  for (const EpochRecord& epoch : history.epochs) {
    if (epoch.best) best = static_cast<double>(epoch.epoch);
  }
  return best;
}

SeriesPanel panel_of(const HistoryRecord& history, std::string title, const Series& values) {
  SeriesPanel panel;
  panel.title = std::move(title);
  panel.points = values.x.size() <= kMostPoints;
  panel.series = {physics::thinned(values, kColumns)};
  panel.log_y = physics::suits_logarithm(panel);
  panel.mark = best_epoch(history);
  return panel;
}

SeriesPanel metric_panel(const HistoryRecord& history, const std::string& name) {
  Series values;
  Series floor;
  values.label = "held-out showers";
  for (const EpochRecord& epoch : history.epochs) {
    const auto metric = std::ranges::find(epoch.metrics, name, &MetricRecord::name);
    if (metric == epoch.metrics.end()) continue;
    const auto x = static_cast<double>(epoch.epoch);
    values.x.push_back(x);
    values.y.push_back(metric->value);
    floor.x.push_back(x);
    floor.y.push_back(metric->floor);
  }
  SeriesPanel panel = panel_of(history, name, values);
  panel.floor = physics::thinned(floor, kColumns);
  panel.log_y = physics::suits_logarithm(panel);
  return panel;
}

SeriesPanel figure_panel(const HistoryRecord& history) {
  Series values;
  for (const EpochRecord& epoch : history.epochs) {
    if (!epoch.figure) continue;
    values.x.push_back(static_cast<double>(epoch.epoch));
    values.y.push_back(*epoch.figure);
  }
  return panel_of(history, "Sum of the metrics that decide", values);
}

}  // namespace

SeriesFigure deciding_figure(const HistoryRecord& history,
                             const std::vector<std::string>& deciding) {
  SeriesFigure figure = {"deciding",
                         "What decides about the best generator (dotted line)",
                         "epoch",
                         {figure_panel(history)}};
  const std::vector<std::string> known = metrics_of(history);
  for (const std::string& name : deciding) {
    if (std::ranges::count(known, name) > 0) figure.panels.push_back(metric_panel(history, name));
  }
  return figure;
}

SeriesFigure metric_figure(const HistoryRecord& history) {
  SeriesFigure figure = {"metrics", "All metrics against the epoch, floors dashed", "epoch", {}, 4,
                         true};
  for (const std::string& name : metrics_of(history)) {
    figure.panels.push_back(metric_panel(history, name));
  }
  return figure;
}

}  // namespace showergan::gan
