#include "comparison.hpp"

#include <cmath>
#include <cstddef>

#include <fmt/format.h>

namespace showergan::montecarlo::figures {
namespace {

std::string column_text(double at, const std::string& unit) {
  if (unit != "MeV") return fmt::format("{:g} {}", at, unit);
  const double energy = at;
  if (energy < 1) return fmt::format("{:g} keV", energy * 1e3);
  if (energy < 1e3) return fmt::format("{:g} MeV", energy);
  return fmt::format("{:g} GeV", energy / 1e3);
}

}  // namespace

Series curve(const Panel& panel, const std::string& label, Style style, int colour,
             const std::function<double(double)>& formula) {
  constexpr int steps = 400;
  Series series{label, style, colour, {}, {}, {}};
  const Axis& x = panel.x;
  for (int i = 0; i <= steps; ++i) {
    const double part = static_cast<double>(i) / steps;
    const double at =
        x.logarithmic ? x.low * std::pow(x.high / x.low, part) : std::lerp(x.low, x.high, part);
    const double value = formula(at);
    if (std::isfinite(value) && (value > 0 || !panel.y.logarithmic)) series.add(at, value);
  }
  return series;
}

void Comparison::add(Panel& panel, int colour, const Published& published,
                     const std::function<double(double)>& ours) {
  add(published, ours);
  panel.series.push_back(curve(panel, published.medium, Style::line, colour, ours));
  panel.series.push_back({"", Style::published, colour, published.at, published.values, {}});
  panel.ratios.push_back({"", Style::sampled, colour, published.at, rows_.back().ratios, {}});
}

void Comparison::add(const Published& published, const std::function<double(double)>& ours) {
  Row row{published, {}};
  for (std::size_t i = 0; i < published.at.size(); ++i) {
    row.ratios.push_back(ours(published.at[i]) / published.values[i]);
  }
  rows_.push_back(std::move(row));
}

std::string Comparison::table() const {
  std::string text;
  for (const Row& row : rows_) {
    std::string head = fmt::format("| {}: {} |", title_, row.published.medium);
    std::string rule = "|---|";
    std::string values = "| reference |";
    std::string ratios = "| ours / reference |";
    for (std::size_t i = 0; i < row.ratios.size(); ++i) {
      head += fmt::format(" {} |", column_text(row.published.at[i], unit_));
      rule += "---|";
      values += fmt::format(" {:.4g} |", row.published.values[i]);
      ratios += fmt::format(" {:.3f} |", row.ratios[i]);
    }
    text += fmt::format("{}\n{}\n{}\n{}\n\n", head, rule, values, ratios);
  }
  return text;
}

}  // namespace showergan::montecarlo::figures
