#pragma once

#include <cmath>

#include "physics/report/report.hpp"

namespace showergan::test {

/// A metric with a floor, and its excess.
inline physics::MetricResult sample_metric(const std::string& name, double value, double floor) {
  physics::MetricResult metric;
  metric.name = name;
  metric.group = "Group";
  metric.value = value;
  metric.floor = floor;
  metric.excess = value > floor ? std::optional(std::sqrt(value * value - floor * floor)) : 0.0;
  metric.showers = 250;
  return metric;
}

/// A metric without a number.
inline physics::MetricResult missing_metric(const std::string& name, const std::string& reason) {
  physics::MetricResult metric;
  metric.name = name;
  metric.group = "Group";
  metric.showers = 500;
  metric.reason = reason;
  return metric;
}

/// A report of one candidate with a metric of every kind: with all numbers, with none, without a
/// floor.
inline physics::Report sample_report() {
  physics::MetricResult shift = sample_metric("moments_shift", 0.5, 0.3);
  shift.group = "Moments";
  physics::MetricResult spectrum =
      missing_metric("spectrum_mre", "no bin holds 100 cells of the reference");
  spectrum.group = "Cells";
  physics::MetricResult hits = missing_metric("hits_mre", "too few");
  hits.group = "Cells";
  hits.value = 0.25;
  physics::Report report;
  report.reference = {"mc", "mc.h5", 500, 10, 100, {{"source", "Geant4"}}};
  report.candidates = {{{"gan", "gan\xff.h5", 500, 10, 100, {}},
                        {shift, spectrum, hits},
                        {"Fewer showers than wanted."},
                        physics::EnergySpectraTest()}};
  report.detector = "clic-ecal";
  report.threshold = 1e-6;
  return report;
}

/// The same with a second candidate.
inline physics::Report sample_report_of_two() {
  physics::Report report = sample_report();
  physics::JudgedSet second = report.candidates.front();
  second.info.label = "flow";
  second.metrics.front() = sample_metric("moments_shift", 0.31, 0.3);
  second.metrics.push_back(sample_metric("fpd", 12, 11));
  report.candidates.push_back(second);
  return report;
}

}  // namespace showergan::test
