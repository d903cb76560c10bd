#include <cmath>

#include <fmt/format.h>

#include "physics/report/closeness.hpp"
#include "physics/report/html.hpp"
#include "physics/report/report_page.hpp"

namespace showergan::physics {
namespace {

std::string banner(const std::string& kind, const std::string& heading, const std::string& body) {
  return html_element("div", html_element("h2", heading) + body, "class=\"banner " + kind + "\"") +
         "\n";
}

std::string list(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += html_element("li", item);
  return items.empty() ? "" : html_element("ul", text);
}

std::string gate_banner(const GateResult& gate) {
  std::vector<std::string> items;
  for (const LimitCheck& check : gate.checks) {
    if (check.verdict == Verdict::kept) continue;
    items.push_back(html_element("strong", html_text(check.metric)) + " of " +
                    html_text(check.set) + ": " + html_text(check.text));
  }
  const std::size_t skipped = gate.count(Verdict::not_gated);
  std::string heading =
      gate.passed() ? fmt::format("Passed: all {} limits kept", gate.checks.size() - skipped)
                    : fmt::format("Failed: {} of {} limits broken", gate.count(Verdict::broken),
                                  gate.checks.size() - skipped);
  if (skipped > 0) heading += fmt::format(", {} not gated", skipped);
  return banner(gate.passed() ? "good" : "bad", heading,
                html_element("p", "Limits of " + html_text(gate.file) + ".") + list(items));
}

std::string in_floors(const MetricResult& metric) {
  const double floors = *excess_in_floors(metric);
  const std::string times =
      std::isinf(floors) ? "above a floor of 0" : fmt::format("{:.2g} floors", floors);
  return fmt::format("{} {:.3g} ({})", html_element("strong", html_text(metric.name)),
                     *metric.excess, times);
}

/// How many metrics are within the floor, and which are furthest from it.
std::string excesses_of(const JudgedSet& set) {
  constexpr std::size_t kShown = 5;
  std::size_t within = 0;
  std::size_t known = 0;
  for (const MetricResult& metric : set.metrics) {
    known += closeness(metric) != Closeness::unknown ? 1 : 0;
    within += closeness(metric) == Closeness::within ? 1 : 0;
  }
  std::string text = html_element("strong", html_text(set.info.label)) + ": ";
  if (known == 0) return text + "no metric has a floor, so there is no excess.";
  text += fmt::format(
      "{} of {} metrics have an excess within their floor. Largest excesses: ", within, known);
  std::string separator;
  for (const MetricResult& metric : worst_metrics(set.metrics, kShown)) {
    text += separator + in_floors(metric);
    separator = ", ";
  }
  return text + ".";
}

std::string excess_banner(const Report& report) {
  std::vector<std::string> items;
  for (const JudgedSet& set : report.candidates) items.push_back(excesses_of(set));
  return banner("plain", "No limits given", list(items));
}

std::string regression_banner(const Regression& regression) {
  std::vector<std::string> items;
  for (const MetricChange& change : regression.worse) {
    items.push_back(html_element("strong", html_text(change.metric)) + ": " +
                    html_text(change.text));
  }
  const std::string heading = regression.passed()
                                  ? "Not worse than before"
                                  : fmt::format("Worse than before in {} metrics", items.size());
  return banner(regression.passed() ? "good" : "bad", heading,
                html_element("p", fmt::format("{} metrics compared with {}.", regression.compared,
                                              html_text(regression.file))) +
                    list(items));
}

std::string warnings(const Report& report) {
  std::string text;
  for (const JudgedSet& set : report.candidates) {
    const std::string who = report.candidates.size() > 1 ? html_text(set.info.label) + ": " : "";
    for (const std::string& warning : set.warnings) {
      text += html_element("p", who + html_text(warning), "class=\"warning\"") + "\n";
    }
  }
  return text;
}

}  // namespace

std::string verdict_html(const Report& report) {
  std::string text = report.gate ? gate_banner(*report.gate) : excess_banner(report);
  if (report.regression) text += regression_banner(*report.regression);
  return text + warnings(report);
}

}  // namespace showergan::physics
