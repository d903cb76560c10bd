#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/units.hpp"
#include "physics/report/gnuplot_script.hpp"
#include "physics/report/script_parts.hpp"

namespace showergan::physics {
namespace {

constexpr int kWidth = 430;  // pixels
constexpr int kHeight = 330;
constexpr int kStrip = 64;

/// Decades of the cell energy in MeV that the colours span, over all pictures.
std::pair<double, double> colour_range(const ShowerFigure& figure) {
  double low = 0;
  double high = 0;
  for (const ShowerFigure::Picture& picture : figure.pictures) {
    for (const Cell& cell : picture.cells) {
      const double energy = cell.energy / units::MeV;
      low = low == 0 ? energy : std::min(low, energy);
      high = std::max(high, energy);
    }
  }
  if (low <= 0) return {0.1, 1};
  return {low, std::max(high, 1.1 * low)};
}

/// Hot cells come last, so that they are drawn over the others.
std::string cells_block(const ShowerFigure::Picture& picture, std::size_t index) {
  std::vector<Cell> cells = picture.cells;
  std::ranges::stable_sort(cells, {}, &Cell::energy);
  std::string text = fmt::format("$cells{} << EOD\n", index);
  for (const Cell& cell : cells) {
    text += fmt::format("{} {} {} {:.4g}\n", cell.z, cell.x, cell.y, cell.energy / units::MeV);
  }
  return text + "EOD\n";
}

/// Distance of tics, so that an axis has two to five of them.
std::int64_t tic_step(std::int64_t cells) {
  for (std::int64_t decade = 1;; decade *= 10) {
    for (const std::int64_t step : {1, 2, 5}) {
      if (4 * step * decade >= cells - 1) return step * decade;
    }
  }
}

std::string axes(const Grid& grid) {
  constexpr const char* kTics = "font ',9' textcolor rgb 'black'";
  return fmt::format(
      "set xrange [0:{0}]\nset yrange [0:{1}]\nset zrange [0:{2}]\nset xyplane 0\n"
      "set view 72,22,1,0.8\nset border 4095 lw 0.5 lc rgb '#909090'\n"
      "set xlabel 'layer' offset 0,-0.2 font ',10'\n"
      "set ylabel 'x (cells)' offset -2.5,-0.6 font ',10'\n"
      "set zlabel 'y (cells)' rotate offset 3,0 font ',10'\n"
      "set xtics {3} offset 0,-0.3 {6}\nset ytics {4} {6}\nset ztics {5} {6}\n"
      "set cbtics {6}\n",
      grid.nz - 1, grid.nx - 1, grid.ny - 1, tic_step(grid.nz), tic_step(grid.nx),
      tic_step(grid.ny), kTics);
}

std::string picture_plot(const ShowerFigure& figure, const FigureGrid& grid, std::size_t index,
                         double lowest) {
  constexpr std::size_t kLongestTitle = 48;
  const ShowerFigure::Picture& picture = figure.pictures[index];
  std::string text = cells_block(picture, index);
  text +=
      margins(grid.x(index, 0.21), grid.x(index, 0.83), grid.y(index, 0.18), grid.y(index, 0.84));
  text += fmt::format("set title {} offset 0,1.3\n", shortened_text(picture.title, kLongestTitle));
  if (picture.cells.empty()) return text + "splot NaN notitle\n";
  return text + fmt::format(
                    "splot $cells{} using 1:2:3:(0.25+0.3*log10($4/{:.4g})):4 with points pt 5 ps "
                    "variable lc palette notitle\n",
                    index, lowest);
}

}  // namespace

std::string gnuplot_script(const ShowerFigure& figure, FigureFormat format,
                           const std::filesystem::path& output) {
  const FigureGrid grid(figure.pictures.size(), figure.columns, kWidth, kHeight, kStrip);
  const auto [low, high] = colour_range(figure);
  std::string text = script_header(format, grid.width(), grid.height(), output);
  text += axes(figure.grid);
  text += fmt::format(
      "set logscale cb\nset cbrange [{:.4g}:{:.4g}]\n"
      "set palette defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')\n"
      "unset key\nset multiplot\nset label 1 {} at screen 0.5,{:.4f} center font ',14'\n",
      low, high, plain_text(figure.title), grid.from_top(14));
  text += fmt::format(
      "set colorbox horizontal user origin screen 0.3,{:.4f} size 0.4,{:.4f}\n"
      "set label 2 'cell energy (MeV)' at screen 0.29,{:.4f} right font ',10'\n",
      grid.from_top(42), 10.0 / grid.height(), grid.from_top(37));
  for (std::size_t index = 0; index < figure.pictures.size(); ++index) {
    text += picture_plot(figure, grid, index, low);
    if (index == 0) text += "unset label 1\nunset label 2\nunset colorbox\n";
  }
  return text + "unset multiplot\nset output\n";
}

}  // namespace showergan::physics
