#include "physics/report/table_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "physics/metric/registry.hpp"

namespace showergan::physics {
namespace {

/// With as many decimals as leave room in a column of 10 characters.
std::string number(const std::optional<double>& value) {
  if (!value) return "n/a";
  const double size = std::abs(*value);
  if (size >= 1e6) return fmt::format("{:.3e}", *value);
  return fmt::format("{:.{}f}", *value, size >= 1000 ? 1 : size >= 100 ? 2 : 4);
}

std::string set_line(const char* role, const SetInfo& info) {
  return fmt::format("{:<10} {}: {} showers, {:.4g} to {:.4g} GeV\n", role, info.file, info.showers,
                     info.energy_low, info.energy_high);
}

std::string head(const Report& report) {
  std::string text = set_line("Reference", report.reference);
  for (const JudgedSet& set : report.candidates) {
    text += set_line(set.yardstick ? "Yardstick" : "Candidate", set.info);
  }
  return text + fmt::format("{:<10} {}, cells below {:g} GeV read as 0\n", "Detector",
                            report.detector.empty()
                                ? "unknown (cells of 1 mm, layers of equal weight)"
                                : report.detector,
                            report.threshold);
}

std::string in_red(const std::string& text, bool colour) {
  return colour ? "\033[31m" + text + "\033[0m" : text;
}

std::string warning_lines(const Report& report, bool colour) {
  std::string text;
  for (const JudgedSet& set : report.candidates) {
    const std::string who = report.candidates.size() > 1 ? set.info.label + ": " : "";
    for (const std::string& warning : set.warnings) {
      text += in_red("warning: " + who + warning, colour) + "\n";
    }
  }
  return text.empty() ? text : "\n" + text;
}

/// Value, floor and excess of a metric of one candidate.
std::string numbers(const MetricResult& metric) {
  return fmt::format("{:>10}{:>10}{:>10}", number(metric.value), number(metric.floor),
                     number(metric.excess));
}

/// Names of the candidates above their columns, where there are several.
std::string column_heads(const Report& report) {
  constexpr std::size_t kColumns = 30;
  std::string text;
  if (report.candidates.size() > 1) {
    text += fmt::format("  {:<28}", "");
    for (const JudgedSet& set : report.candidates) {
      text += fmt::format("{:>{}}", set.info.label, kColumns);
    }
    text += '\n';
  }
  text += fmt::format("  {:<28}", "metric");
  for (std::size_t i = 0; i < report.candidates.size(); ++i) {
    text += fmt::format("{:>10}{:>10}{:>10}", "value", "floor", "excess");
  }
  return text + '\n';
}

/// The uncertainty of the value, of the only candidate.
std::string uncertainty(const MetricResult& metric) {
  return metric.uncertainty ? "  +- " + number(metric.uncertainty) : "";
}

std::string metric_lines(const Report& report) {
  std::string text = column_heads(report);
  std::string group;
  for (const MetricResult* metric : all_metrics(report.candidates)) {
    if (metric->detail) continue;
    if (metric->group != group) text += metric->group + "\n";
    group = metric->group;
    text += fmt::format("  {:<28}", metric->name);
    for (const JudgedSet& set : report.candidates) {
      const MetricResult* own = set.find(metric->name);
      text += own == nullptr ? fmt::format("{:>10}{:>10}{:>10}", "-", "-", "-") : numbers(*own);
    }
    if (report.candidates.size() == 1) text += uncertainty(*metric);
    // Reasons of a lacking floor are the same for many lines; that of a lacking value is said here.
    if (!metric->value) text += "  " + metric->reason;
    text += '\n';
  }
  return text;
}

/// A sentence on why values have no floor, if some have none.
std::string floor_note(const Report& report) {
  for (const MetricResult& metric : report.candidates.front().metrics) {
    if (metric.value && !metric.floor && !metric.reason.empty()) {
      return "No floor: " + metric.reason + ".\n";
    }
  }
  return "";
}

bool is_of_observables(const MetricResult& result) {
  return std::ranges::any_of(metrics(),
                             [&](const Metric& metric) { return metric.name == result.name; });
}

/// On the sizes that all metrics of observables have.
std::string size_note(const Report& report) {
  if (!report.method.empty()) return report.method;
  const std::vector<MetricResult>& results = report.candidates.front().metrics;
  const auto first = std::ranges::find_if(results, [](const MetricResult& metric) {
    return metric.floor.has_value() && is_of_observables(metric);
  });
  if (first == results.end()) return "";
  return fmt::format(
      "Observables compare {0} with {0} showers: a value is the mean over two halves of the "
      "sets,\nthe floor is between the two halves of the reference.\n",
      first->showers);
}

std::string gate_lines(const GateResult& gate, bool colour) {
  std::string text = fmt::format("\nLimits of {}: {} of {} kept\n", gate.file,
                                 gate.count(Verdict::kept), gate.checks.size());
  for (const LimitCheck& check : gate.checks) {
    if (check.verdict == Verdict::kept) continue;
    const bool broken = check.verdict == Verdict::broken;
    const std::string line =
        fmt::format("{}{}: {}: {}", broken ? "FAILED " : "", check.set, check.metric, check.text);
    text += (broken ? in_red(line, colour) : line) + "\n";
  }
  return text;
}

std::string regression_lines(const Regression& regression, bool colour) {
  std::string text = fmt::format("\nAgainst {}: {} metrics compared, {} worse\n", regression.file,
                                 regression.compared, regression.worse.size());
  for (const MetricChange& change : regression.worse) {
    text += in_red("WORSE " + change.metric + ": " + change.text, colour) + "\n";
  }
  return text;
}

/// What stands below the metrics.
std::string end_lines(const Report& report, bool colour) {
  std::string text = floor_note(report) + warning_lines(report, colour);
  if (report.gate) text += gate_lines(*report.gate, colour);
  if (report.regression) text += regression_lines(*report.regression, colour);
  return text;
}

std::string quantity_lines(const SummaryComparison& result, const std::string& title,
                           Deviation BinComparison::*quantity, double scale, int decimals) {
  std::string text =
      fmt::format("\n{}\n  {:>15}  {:>9}  {:>12}  {:>12}  {:>18}\n", title, "energy (GeV)",
                  "showers", "Monte Carlo", "candidate", "deviation (%)");
  for (const BinComparison& bin : result.bins) {
    text +=
        fmt::format("  {:>7.1f} -{:>6.1f}  {:>9}", bin.energy_low, bin.energy_high, bin.showers);
    if (!bin.compared) {
      text += "  n/a: fewer than 20 showers of the candidate\n";
      continue;
    }
    const Deviation& d = bin.*quantity;
    text += fmt::format("  {:>12.{}f}  {:>12.{}f}  {:>+9.2f} +- {:>5.2f}\n", scale * d.reference,
                        decimals, scale * d.candidate, decimals, 100 * d.deviation, 100 * d.error);
  }
  return text;
}

std::string maximum_lines(const SummaryComparison& result) {
  std::string text = fmt::format("\n{}\n  {:>15}  {:>9}  {:>12}  {:>12}  {:>18}\n",
                                 "Depth: maximum of the mean profile (layers)", "energy (GeV)",
                                 "showers", "Monte Carlo", "candidate", "difference");
  for (const BinComparison& bin : result.bins) {
    if (!bin.compared) continue;
    text += fmt::format("  {:>7.1f} -{:>6.1f}  {:>9}  {:>12.2f}  {:>12.2f}  {:>+18.2f}\n",
                        bin.energy_low, bin.energy_high, bin.showers, bin.maximum_reference,
                        bin.maximum_candidate, bin.maximum_candidate - bin.maximum_reference);
  }
  return text;
}

std::string profile_lines(const SummaryComparison& result) {
  std::string text = fmt::format("\n{}\n  {:>15}  {:>9}  {:>12}  {:>12}\n",
                                 "Profiles, mean deviation over slices with 1 % of the energy (%)",
                                 "energy (GeV)", "showers", "along z", "along x");
  for (const BinComparison& bin : result.bins) {
    if (!bin.compared) continue;
    text += fmt::format("  {:>7.1f} -{:>6.1f}  {:>9}  {:>12.2f}  {:>12.2f}\n", bin.energy_low,
                        bin.energy_high, bin.showers, 100 * bin.profile_z, 100 * bin.profile_x);
  }
  return text;
}

}  // namespace

std::string table_text(const Report& report, bool colour) {
  return head(report) + size_note(report) + "\n" + metric_lines(report) + end_lines(report, colour);
}

std::string table_text(const Report& report, const SummaryComparison& result, bool colour) {
  return head(report) +
         quantity_lines(result, "Sampling fraction (%)", &BinComparison::sampling_fraction, 100,
                        4) +
         quantity_lines(result, "Response, layers weighted (%)", &BinComparison::response, 100, 4) +
         quantity_lines(result, "Depth: centre of gravity (layers)", &BinComparison::depth, 1, 3) +
         maximum_lines(result) +
         quantity_lines(result, "Cells above 300 keV", &BinComparison::hits_300keV, 1, 1) +
         profile_lines(result) + "\n" + metric_lines(report) + end_lines(report, colour);
}

}  // namespace showergan::physics
