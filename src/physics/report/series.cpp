#include "physics/report/series.hpp"

#include <algorithm>
#include <cmath>

namespace showergan::physics {
namespace {

bool drawn(const Series& series, std::size_t i) {
  return std::isfinite(series.x[i]) && std::isfinite(series.y[i]);
}

/// The numbers that fall into a column.
struct Column {
  double x = 0;
  double y = 0;
  double low = 0;
  double high = 0;
  double count = 0;

  void add(double at, double value) {
    low = count == 0 ? value : std::min(low, value);
    high = count == 0 ? value : std::max(high, value);
    ++count;
    x += (at - x) / count;
    y += (value - y) / count;
  }
};

void append(Series& series, const Column& column) {
  if (column.count == 0) return;
  series.x.push_back(column.x);
  series.y.push_back(column.y);
  series.low.push_back(column.low);
  series.high.push_back(column.high);
}

}  // namespace

Series thinned(const Series& series, std::size_t columns) {
  if (series.x.size() <= columns || columns == 0) return series;
  const double first = series.x.front();
  const double width = (series.x.back() - first) / static_cast<double>(columns);
  Series result = {series.label, {}, {}};
  Column column;
  double number = 0;
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    if (!drawn(series, i)) continue;
    const double at = width > 0 ? std::floor((series.x[i] - first) / width) : 0;
    if (std::min(at, static_cast<double>(columns - 1)) != number) {
      append(result, column);
      column = {};
      number = std::min(at, static_cast<double>(columns - 1));
    }
    column.add(series.x[i], series.y[i]);
  }
  append(result, column);
  return result;
}

bool suits_logarithm(const SeriesPanel& panel) {
  constexpr double kFactor = 20;
  std::vector<const Series*> shown;
  for (const Series& series : panel.series) shown.push_back(&series);
  if (panel.floor) shown.push_back(&*panel.floor);
  double low = 0;
  double high = 0;
  for (const Series* series : shown) {
    if (std::ranges::all_of(series->y, [](double y) { return y == 0; })) continue;
    for (std::size_t i = 0; i < series->y.size(); ++i) {
      if (!drawn(*series, i)) continue;
      const double least = series->low.empty() ? series->y[i] : series->low[i];
      const double largest = series->high.empty() ? series->y[i] : series->high[i];
      if (least <= 0) return false;
      low = low == 0 ? least : std::min(low, least);
      high = std::max(high, largest);
    }
  }
  return low > 0 && high > kFactor * low;
}

}  // namespace showergan::physics
