#include "physics/report/classifier_section.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace showergan::physics {
namespace {

Curve curve_of(const ClassifierResult& classifier) {
  Curve curve;
  for (const RocPoint& point : classifier.roc) {
    curve.x.push_back(point.negatives);
    curve.y.push_back(point.positives);
    curve.error.push_back(0);
  }
  return curve;
}

/// The curve of a classifier that guesses.
Curve diagonal() {
  return {{0, 1}, {0, 1}, {0, 0}};
}

std::vector<std::string> table_row(const std::string& label, const ClassifierResult& classifier) {
  if (!classifier.auc) return {label, classifier.name, "n/a", "", "", classifier.reason};
  return {label,
          classifier.name,
          fmt::format("{:.4f} ± {:.4f}", *classifier.auc, classifier.error),
          fmt::format("{:.4f}", fmt::join(classifier.per_seed, ", ")),
          std::to_string(classifier.showers),
          classifier.gated() ? "" : "too few showers to judge by"};
}

}  // namespace

MetricResult metric_of(const ClassifierResult& classifier) {
  MetricResult metric;
  metric.name = classifier.name;
  metric.group = "Classifiers";
  metric.value = classifier.auc;
  metric.showers = classifier.showers;
  metric.reason = classifier.reason;
  if (classifier.auc) metric.uncertainty = classifier.error;
  metric.ideal = 0.5;
  return metric;
}

ReportSection classifier_section(const std::vector<JudgedSet>& sets) {
  std::vector<const JudgedSet*> classified;
  for (const JudgedSet& set : sets) {
    if (!set.classifiers.empty()) classified.push_back(&set);
  }
  ReportTable table = {{"candidate", "classifier", "AUC", "of each seed", "showers", ""}, {}};
  Figure figure = {"classifiers", "Classifiers", "guessing", {}, {}, 3};
  for (const JudgedSet* set : classified) figure.candidate_labels.push_back(set->info.label);
  const std::size_t classifiers = classified.empty() ? 0 : classified.front()->classifiers.size();
  for (std::size_t i = 0; i < classifiers; ++i) {
    Panel panel;
    panel.title = classified.front()->classifiers[i].name;
    panel.x_label = "candidate showers taken for Monte Carlo";
    panel.y_label = "Monte Carlo showers recognised";
    panel.below = Below::nothing;
    panel.reference = diagonal();
    for (const JudgedSet* set : classified) {
      panel.candidates.push_back(curve_of(set->classifiers[i]));
      table.rows.push_back(table_row(set->info.label, set->classifiers[i]));
    }
    const auto drawn = [](const Curve& curve) { return !curve.x.empty(); };
    if (std::ranges::any_of(panel.candidates, drawn)) figure.panels.push_back(std::move(panel));
  }
  ReportSection section = {
      "Classifiers",
      "Networks trained to tell candidate and Monte Carlo showers apart, judged by showers that "
      "they have not seen: an area under the curve (AUC) of 0.5 cannot tell, 1 always can.",
      {std::move(table)},
      {}};
  if (!figure.panels.empty()) section.figures.push_back(std::move(figure));
  return section;
}

}  // namespace showergan::physics
