#include <fmt/format.h>

#include "physics/report/closeness.hpp"
#include "physics/report/html.hpp"
#include "physics/report/metric_meaning.hpp"
#include "physics/report/report_page.hpp"

namespace showergan::physics {
namespace {

std::string number(const std::optional<double>& value) {
  return value ? fmt::format("{:.4f}", *value) : "–";
}

/// Colour and words, so that the words alone suffice.
std::string mark(const char* kind, const std::string& words) {
  return html_element("span", html_text(words), fmt::format("class=\"mark {}\"", kind));
}

std::string closeness_mark(const MetricResult& metric) {
  const std::optional<double> floors = excess_in_floors(metric);
  switch (closeness(metric)) {
    case Closeness::within:
      return mark("good", "≤ floor");
    case Closeness::visible:
      return mark("fair", fmt::format("{:.1f} floors", *floors));
    case Closeness::far:
      return mark("bad", *floors > 1e6 ? "no floor" : fmt::format("{:.3g} floors", *floors));
    case Closeness::unknown:
      break;
  }
  return "";
}

std::string limit_mark(const LimitCheck& check) {
  switch (check.verdict) {
    case Verdict::kept:
      return mark("good", "limit kept");
    case Verdict::broken:
      return mark("bad", "FAILED");
    case Verdict::not_gated:
      break;
  }
  return mark("plain", "not gated");
}

/// The five cells of a metric of one candidate.
std::string cells_of(const Report& report, const JudgedSet& set, const MetricResult* metric) {
  if (metric == nullptr) return html_element("td", "not computed", "colspan=\"4\"");
  if (!metric->value) {
    return html_element("td", "no value: " + html_text(metric->reason), "colspan=\"4\" class=why");
  }
  std::string value = number(metric->value);
  if (metric->uncertainty) value += fmt::format(" ± {:.4f}", *metric->uncertainty);
  const LimitCheck* check = report.gate ? report.gate->find(set.info.label, metric->name) : nullptr;
  return html_element("td", value, "class=first") + html_element("td", number(metric->floor)) +
         html_element("td", number(metric->excess)) +
         html_element("td", check != nullptr ? limit_mark(*check) : closeness_mark(*metric),
                      "class=marks");
}

std::string head(const Report& report) {
  std::string names = html_element("th", "metric", "rowspan=\"2\" class=name");
  std::string columns;
  for (const JudgedSet& set : report.candidates) {
    const std::string role = set.yardstick ? "yardstick " : "";
    names += html_element("th", role + html_text(set.info.label), "colspan=\"4\" class=first");
    columns +=
        html_element("th", "value", "class=first") + "<th>floor</th><th>excess</th><th></th>";
  }
  return html_element("thead", html_element("tr", names) + html_element("tr", columns)) + "\n";
}

std::string name_cell(const std::string& metric) {
  const std::string meaning = metric_meaning(metric);
  std::string text = html_element("code", html_text(metric));
  if (!meaning.empty()) text += html_element("small", html_text(meaning));
  return html_element("th", text, "scope=row class=name");
}

std::string notes(const Report& report) {
  std::string text =
      "The floor is the same metric between two halves of the reference, the excess "
      "√max(0, value² − floor²). A mark says how many floors the excess is.";
  for (const MetricResult& metric : report.candidates.front().metrics) {
    if (!metric.value || metric.floor) continue;
    text += " No floor: " + html_text(metric.reason) + ".";
    break;
  }
  return html_element("p", text, "class=note") + "\n";
}

}  // namespace

std::string metrics_html(const Report& report) {
  const std::size_t columns = 1 + 4 * report.candidates.size();
  std::string body;
  std::string group;
  for (const MetricResult* metric : all_metrics(report.candidates)) {
    if (metric->detail) continue;
    if (metric->group != group) {
      group = metric->group;
      body += html_element(
          "tr", html_element("th", html_text(group), fmt::format("colspan=\"{}\"", columns)),
          "class=group");
    }
    std::string row = name_cell(metric->name);
    for (const JudgedSet& set : report.candidates) {
      row += cells_of(report, set, set.find(metric->name));
    }
    body += html_element("tr", row) + "\n";
  }
  return html_element(
             "div",
             html_element("table", head(report) + html_element("tbody", body), "class=metrics"),
             "class=scroll") +
         "\n" + notes(report);
}

}  // namespace showergan::physics
