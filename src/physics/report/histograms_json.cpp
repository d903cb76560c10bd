#include <nlohmann/json.hpp>

#include "physics/report/report_json.hpp"

namespace showergan::physics {
namespace {

using nlohmann::ordered_json;

ordered_json curve_json(const std::string& label, const Curve& curve) {
  return {{"label", label}, {"x", curve.x}, {"y", curve.y}, {"error", curve.error}};
}

ordered_json content(const Figure& figure) {
  ordered_json panels = ordered_json::array();
  for (const Panel& panel : figure.panels) {
    ordered_json curves = ordered_json::array();
    curves.push_back(curve_json(figure.reference_label, panel.reference));
    for (std::size_t i = 0; i < panel.candidates.size(); ++i) {
      curves.push_back(curve_json(figure.candidate_labels[i], panel.candidates[i]));
    }
    if (!panel.context.x.empty()) {
      curves.push_back(curve_json(figure.context_label, panel.context));
    }
    panels.push_back({{"title", panel.title},
                      {"x_label", panel.x_label},
                      {"y_label", panel.y_label},
                      {"curves", std::move(curves)}});
  }
  return {{"panels", std::move(panels)}};
}

ordered_json content(const MatrixFigure& figure) {
  ordered_json matrices = ordered_json::array();
  for (const MatrixFigure::Matrix& matrix : figure.matrices) {
    matrices.push_back({{"title", matrix.title}, {"values", matrix.values}});
  }
  return {{"labels", figure.labels}, {"matrices", std::move(matrices)}};
}

ordered_json content(const ShowerFigure& figure) {
  ordered_json pictures = ordered_json::array();
  for (const ShowerFigure::Picture& picture : figure.pictures) {
    ordered_json cells = ordered_json::array();
    for (const Cell& cell : picture.cells) cells.push_back({cell.x, cell.y, cell.z, cell.energy});
    pictures.push_back({{"title", picture.title}, {"cells", std::move(cells)}});
  }
  return {{"pictures", std::move(pictures)}};
}

}  // namespace

std::string histograms_json(const Report& report) {
  ordered_json figures = ordered_json::array();
  for (const ReportSection& section : report.sections) {
    for (const AnyFigure& figure : section.figures) {
      ordered_json object = {{"name", name_of(figure)}, {"title", title_of(figure)}};
      object.update(std::visit([](const auto& any) { return content(any); }, figure));
      figures.push_back(std::move(object));
    }
  }
  const ordered_json document = {{"figures", std::move(figures)}};
  return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::vector<std::string> figure_names(std::string_view json) {
  std::vector<std::string> names;
  const auto document = nlohmann::json::parse(json, nullptr, false);
  if (!document.is_object() || !document.contains("figures")) return names;
  for (const auto& figure : document["figures"]) {
    if (!figure.is_object() || !figure.contains("name") || !figure["name"].is_string()) continue;
    names.push_back(figure["name"].get<std::string>());
  }
  return names;
}

}  // namespace showergan::physics
