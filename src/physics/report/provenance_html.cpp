#include <fmt/format.h>

#include "physics/report/html.hpp"
#include "physics/report/report_page.hpp"

namespace showergan::physics {
namespace {

/// An attribute that stands in a line of its own.
constexpr const char* kTime = "ms_per_shower";

std::string line(const std::string& name, const std::string& value) {
  return html_element("dt", html_text(name)) + html_element("dd", html_text(value));
}

std::string card(const std::string& role, const SetInfo& info) {
  std::string lines = line("file", info.file);
  lines += line("showers", std::to_string(info.showers));
  lines += line("primary energy",
                info.energy_low == info.energy_high
                    ? fmt::format("{:.4g} GeV", info.energy_low)
                    : fmt::format("{:.4g} to {:.4g} GeV", info.energy_low, info.energy_high));
  if (const auto time = info.attribute(kTime)) lines += line("time per shower", *time + " ms");
  for (const auto& [name, value] : info.attributes) {
    if (name != kTime) lines += line(name, value);
  }
  return html_element(
             "div",
             html_element("h3", html_text(role + ": " + info.label)) + html_element("dl", lines),
             "class=\"card\"") +
         "\n";
}

}  // namespace

std::string provenance_html(const Report& report) {
  std::string cards = card("Reference", report.reference);
  for (const JudgedSet& set : report.candidates) {
    cards += card(set.yardstick ? "Yardstick" : "Candidate", set.info);
  }
  const std::string detector =
      report.detector.empty() ? "unknown: cells of 1 mm, layers of equal weight" : report.detector;
  return html_element("div", cards, "class=\"cards\"") + "\n" +
         html_element("p", fmt::format("Detector: {}. Cells below {:g} GeV are read as 0.",
                                       html_text(detector), report.threshold)) +
         "\n";
}

}  // namespace showergan::physics
