#include <algorithm>

#include <fmt/format.h>

#include "physics/report/report.hpp"

namespace showergan::physics {
namespace {

std::string number(const std::optional<double>& value) {
  return value ? fmt::format("{:.4f}", *value) : "n/a";
}

std::string set_line(const char* role, const SetInfo& info) {
  return fmt::format("{:<10} {}: {} showers, {:.4g} to {:.4g} GeV\n", role, info.file, info.showers,
                     info.energy_low, info.energy_high);
}

std::string head(const ReportContext& context) {
  return set_line("Reference", context.reference) + set_line("Candidate", context.candidate) +
         fmt::format("{:<10} {}, cells below {:g} GeV read as 0\n", "Detector",
                     context.detector.empty() ? "unknown (cells of 1 mm, layers of equal weight)"
                                              : context.detector,
                     context.threshold);
}

std::string warning_lines(const std::vector<std::string>& warnings, bool colour) {
  std::string text;
  for (const std::string& warning : warnings) {
    text += fmt::format("{}warning: {}{}\n", colour ? "\033[31m" : "", warning,
                        colour ? "\033[0m" : "");
  }
  return text.empty() ? text : "\n" + text;
}

std::string metric_lines(const std::vector<MetricResult>& metrics) {
  constexpr const char* kColumns = "  {:<28}{:>10}{:>10}{:>10}";
  std::string text = fmt::format(fmt::runtime(kColumns), "metric", "value", "floor", "excess");
  text += '\n';
  std::string group;
  for (const MetricResult& metric : metrics) {
    if (metric.group != group) text += metric.group + "\n";
    group = metric.group;
    text += fmt::format(fmt::runtime(kColumns), metric.name, number(metric.value),
                        number(metric.floor), number(metric.excess));
    // Reasons of a lacking floor are the same for many lines; that of a lacking value is said here.
    if (!metric.value) text += "  " + metric.reason;
    text += '\n';
  }
  return text;
}

/// A sentence on why values have no floor, if some have none.
std::string floor_note(const std::vector<MetricResult>& metrics) {
  for (const MetricResult& metric : metrics) {
    if (metric.value && !metric.floor) return "No floor: " + metric.reason + ".\n";
  }
  return "";
}

std::string size_note(const std::vector<MetricResult>& metrics) {
  std::int64_t showers = 0;
  for (const MetricResult& metric : metrics) {
    if (metric.floor) showers = std::max(showers, metric.showers);
  }
  if (showers == 0) return "";
  return fmt::format(
      "Every number compares {0} with {0} showers: a value is the mean over two halves of the "
      "sets,\nthe floor is between the two halves of the reference.\n",
      showers);
}

/// One line for each classifier that was trained to tell the sets apart.
std::string classifier_lines(const std::vector<ClassifierResult>& classifiers) {
  if (classifiers.empty()) return "";
  std::string text = "Classifiers, area under the curve: 0.5 cannot tell, 1 always can\n";
  for (const ClassifierResult& classifier : classifiers) {
    text += fmt::format("  {:<28}", classifier.name);
    if (!classifier.auc) {
      text += fmt::format("{:>10}  {}\n", "n/a", classifier.reason);
      continue;
    }
    text += fmt::format("{:>10.4f} +- {:.4f}  {} showers of each set{}\n", *classifier.auc,
                        classifier.error, classifier.showers,
                        classifier.gated() ? "" : ", too few to judge by");
  }
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

std::string table_text(const ReportContext& context, const ComparisonResult& result, bool colour) {
  return head(context) + size_note(result.metrics) + "\n" + metric_lines(result.metrics) +
         classifier_lines(result.classifiers) + floor_note(result.metrics) +
         warning_lines(result.warnings, colour);
}

std::string table_text(const ReportContext& context, const SummaryComparison& result, bool colour) {
  return head(context) +
         quantity_lines(result, "Sampling fraction (%)", &BinComparison::sampling_fraction, 100,
                        4) +
         quantity_lines(result, "Response, layers weighted (%)", &BinComparison::response, 100, 4) +
         quantity_lines(result, "Depth: centre of gravity (layers)", &BinComparison::depth, 1, 3) +
         maximum_lines(result) +
         quantity_lines(result, "Cells above 300 keV", &BinComparison::hits_300keV, 1, 1) +
         profile_lines(result) + "\n" + metric_lines(result.metrics) + floor_note(result.metrics) +
         warning_lines(result.warnings, colour);
}

}  // namespace showergan::physics
