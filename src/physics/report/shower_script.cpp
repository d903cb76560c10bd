#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/units.hpp"
#include "physics/report/gnuplot_script.hpp"
#include "physics/report/script_parts.hpp"

namespace showergan::physics {
namespace {

constexpr int kWidth = 430;  // pixels
constexpr int kHeight = 360;
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

std::string picture_plot(const ShowerFigure& figure, const FigureGrid& grid, std::size_t index,
                         double lowest) {
  constexpr std::size_t kLongestTitle = 48;
  const ShowerFigure::Picture& picture = figure.pictures[index];
  std::string text = cells_block(picture, index);
  text +=
      margins(grid.x(index, 0.06), grid.x(index, 0.96), grid.y(index, 0.03), grid.y(index, 0.93));
  text += fmt::format("set title {} offset 0,-1\n", shortened_string(picture.title, kLongestTitle));
  if (picture.cells.empty()) return text + "splot 1/0 notitle\n";
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
  text += fmt::format(
      "set xrange [0:{}]\nset yrange [0:{}]\nset zrange [0:{}]\nset xyplane 0\n"
      "set view 68,28,1.05,1.1\nset border 4095 lw 0.5 lc rgb '#909090'\n"
      "set xlabel 'layer' offset 0,-0.3\nset ylabel 'x (cells)'\nset zlabel 'y (cells)' rotate\n"
      "set tics font ',9'\nset logscale cb\nset cbrange [{:.4g}:{:.4g}]\n"
      "set palette defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')\n"
      "unset key\nset multiplot\nset label 1 {} at screen 0.5,{:.4f} center font ',14'\n",
      figure.grid.nz - 1, figure.grid.nx - 1, figure.grid.ny - 1, low, high,
      gnuplot_string(figure.title), grid.from_top(14));
  text += fmt::format(
      "set colorbox horizontal user origin screen 0.3,{:.4f} size 0.4,{:.4f}\n"
      "set cblabel 'cell energy (MeV)' offset 0,0.9 font ',10'\n",
      grid.from_top(38), 10.0 / grid.height());
  for (std::size_t index = 0; index < figure.pictures.size(); ++index) {
    text += picture_plot(figure, grid, index, low);
    if (index == 0) text += "unset label 1\nunset colorbox\n";
  }
  return text + "unset multiplot\nset output\n";
}

}  // namespace showergan::physics
