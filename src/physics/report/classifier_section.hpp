#pragma once

#include <string>
#include <vector>

#include "physics/classifier/classifier_result.hpp"
#include "physics/metric/metric_result.hpp"
#include "physics/report/report.hpp"

namespace showergan::physics {

/// The AUC as it stands in the table: the ideal is 0.5, and there is no floor, which two halves of
/// the reference would give as well (0.5 within the uncertainty).
MetricResult metric_of(const ClassifierResult& classifier);

/// The classifiers of one candidate.
struct ClassifiedSet {
  std::string label;
  std::vector<ClassifierResult> classifiers;
};

/// ROC curves, one panel for each classifier, with a table of the runs.
ReportSection classifier_section(const std::vector<ClassifiedSet>& sets);

}  // namespace showergan::physics
