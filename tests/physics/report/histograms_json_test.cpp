#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "physics/report/report_json.hpp"

namespace showergan::physics {
namespace {

Report report_with_figures() {
  Figure curves = {"energy", "Energy", "mc", {"gan"}, {}};
  Panel panel;
  panel.title = "response";
  panel.x_label = "x";
  panel.reference = {{1}, {2}, {0.5}};
  panel.candidates = {{{1}, {3}, {0.25}}};
  curves.panels = {panel};
  Report report;
  report.sections = {
      {"One", "", {}, {curves, MatrixFigure{"correlation", "C", {"a"}, {{"mc", {1}}}}}},
      {"Two", "", {}, {ShowerFigure{"showers", "S", {2, 2, 2}, {{"mc", {{0, 1, 1, 0.5}}}}, 1}}}};
  return report;
}

TEST(HistogramsJson, HasTheContextWhereThereIsOne) {
  Report report = report_with_figures();
  auto& figure = std::get<Figure>(report.sections[0].figures[0]);
  figure.context_label = "pions";
  figure.panels[0].context = {{1}, {7}, {0}};
  const auto json = nlohmann::json::parse(histograms_json(report));
  const auto& curves = json["figures"][0]["panels"][0]["curves"];
  ASSERT_EQ(curves.size(), 3u);
  EXPECT_EQ(curves[2]["label"], "pions");
  EXPECT_EQ(curves[2]["y"][0], 7);
}

TEST(HistogramsJson, HoldsAllCurvesAsNumbers) {
  const auto figures = nlohmann::json::parse(histograms_json(report_with_figures()))["figures"];
  ASSERT_EQ(figures.size(), 3u);
  EXPECT_EQ(figures[0]["name"], "energy");
  const auto& panel = figures[0]["panels"][0];
  EXPECT_EQ(panel["title"], "response");
  EXPECT_EQ(panel["curves"][0]["label"], "mc");
  EXPECT_EQ(panel["curves"][0]["y"][0], 2);
  EXPECT_EQ(panel["curves"][1]["label"], "gan");
  EXPECT_EQ(panel["curves"][1]["error"][0], 0.25);
  EXPECT_EQ(figures[1]["matrices"][0]["values"][0], 1);
  EXPECT_EQ(figures[2]["pictures"][0]["cells"][0], (nlohmann::json{0, 1, 1, 0.5}));
}

TEST(HistogramsJson, NamesItsFigures) {
  EXPECT_EQ(figure_names(histograms_json(report_with_figures())),
            (std::vector<std::string>{"energy", "correlation", "showers"}));
  for (const char* other :
       {"", "{", "[]", "{\"figures\": 3}", "{\"figures\": [1, {\"name\": 2}]}"}) {
    EXPECT_TRUE(figure_names(other).empty()) << other;
  }
}

}  // namespace
}  // namespace showergan::physics
