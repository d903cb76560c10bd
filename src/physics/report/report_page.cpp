#include "physics/report/report_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "showergan/version.hpp"

#include "physics/report/html.hpp"
#include "physics/report/html_page.hpp"

namespace showergan::physics {
namespace {

std::string anchor(std::size_t section) {
  return "section-" + std::to_string(section + 1);
}

/// Panels side by side, from which the least legible width on a telephone follows.
std::size_t columns_of(const AnyFigure& figure) {
  struct Columns {
    std::size_t operator()(const Figure& f) { return std::min(f.columns, f.panels.size()); }
    std::size_t operator()(const MatrixFigure& f) {
      return std::min<std::size_t>(3, f.matrices.size());
    }
    std::size_t operator()(const ShowerFigure& f) { return std::min(f.columns, f.pictures.size()); }
  };
  return std::max<std::size_t>(1, std::visit(Columns(), figure));
}

std::string figure_html(const AnyFigure& figure, const PictureOf& picture_of) {
  constexpr std::size_t kLeastPanel = 290;  // pixels
  const std::optional<EmbeddedPicture> picture = picture_of(figure);
  const std::string name = html_text(name_of(figure));
  if (!picture) {
    return html_element("p", html_text(title_of(figure)) + ": not drawn.", "class=note") + "\n";
  }
  const std::string image =
      picture_html(*picture, title_of(figure), kLeastPanel * columns_of(figure));
  const std::string caption = fmt::format("{0}.svg, {0}.png", name);
  return html_element("figure", image + html_element("figcaption", caption),
                      "id=\"" + name + "\"") +
         "\n";
}

std::string table_html(const ReportTable& table) {
  std::vector<std::string> header;
  for (const std::string& text : table.header) header.push_back(html_text(text));
  std::string rows = html_row(header, "th");
  for (const auto& row : table.rows) {
    std::vector<std::string> cells;
    for (const std::string& text : row) cells.push_back(html_text(text));
    rows += html_row(cells);
  }
  return html_element("div", html_element("table", rows, "class=text"), "class=scroll") + "\n";
}

std::string section_html(const ReportSection& section, std::size_t index,
                         const PictureOf& picture_of) {
  std::string text = html_element("h2", html_text(section.title));
  if (!section.text.empty()) text += html_element("p", html_text(section.text));
  for (const ReportTable& table : section.tables) text += table_html(table);
  for (const AnyFigure& figure : section.figures) text += figure_html(figure, picture_of);
  return html_element("section", text, "id=\"" + anchor(index) + "\"") + "\n";
}

std::string navigation(const Report& report) {
  std::string links = "<a href=\"#sets\">Sets</a>";
  for (std::size_t i = 0; i < report.sections.size(); ++i) {
    links += fmt::format("<a href=\"#{}\">{}</a>", anchor(i), html_text(report.sections[i].title));
  }
  return html_element("nav", links) + "\n";
}

}  // namespace

std::string report_page(const Report& report, const PictureOf& picture_of) {
  std::string title = "Validation of ";
  std::string separator;
  for (const JudgedSet& set : report.candidates) {
    if (set.yardstick) continue;
    title += separator + html_text(set.info.label);
    separator = ", ";
  }
  std::string body = html_element("h1", title + " against " + html_text(report.reference.label));
  body += verdict_html(report) + navigation(report);
  body += html_element("h2", "Metrics") + metrics_html(report);
  body += html_element("h2", "Sets", "id=sets") + provenance_html(report);
  for (std::size_t i = 0; i < report.sections.size(); ++i) {
    body += section_html(report.sections[i], i, picture_of);
  }
  body += html_element("p",
                       "Made by ShowerGAN " SHOWERGAN_VERSION
                       ". Beside this page: metrics.json, and the curves of all figures in "
                       "histograms.json.",
                       "class=note");
  return html_page(title, body);
}

}  // namespace showergan::physics
