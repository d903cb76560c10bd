#pragma once

#include <vector>

#include "physics/classifier/classifier_result.hpp"
#include "physics/metric/metric_result.hpp"
#include "physics/report/report.hpp"

namespace showergan::physics {

/// The AUC as it stands in the table: the ideal is 0.5, and there is no floor, which two halves of
/// the reference would give as well (0.5 within the uncertainty).
MetricResult metric_of(const ClassifierResult& classifier);

/// ROC curves, one panel for each classifier, with a table of the runs. The sets have the same
/// classifiers; those without any are passed over.
ReportSection classifier_section(const std::vector<JudgedSet>& sets);

}  // namespace showergan::physics
