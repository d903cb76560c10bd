#include <cmath>

#include <fmt/format.h>

#include "physics/report/gnuplot_script.hpp"
#include "physics/report/script_parts.hpp"

namespace showergan::physics {
namespace {

constexpr int kWidth = 520;  // pixels
constexpr int kHeight = 480;
constexpr int kStrip = 30;

std::string matrix_plot(const MatrixFigure& figure, const FigureGrid& grid, std::size_t index) {
  constexpr std::size_t kLongestTitle = 50;
  const MatrixFigure::Matrix& matrix = figure.matrices[index];
  const std::size_t size = figure.labels.size();
  std::string text = fmt::format("$matrix{} << EOD\n", index);
  for (std::size_t i = 0; i < matrix.values.size(); ++i) {
    text += fmt::format("{} {} {:.4f}\n", i % size, i / size, matrix.values[i]);
  }
  text += "EOD\n" + margins(grid.x(index, 0.2), grid.x(index, 0.86), grid.y(index, 0.22),
                            grid.y(index, 0.93));
  // Dark squares have white numbers.
  return text + fmt::format(
                    "set cbrange [-{0:.4g}:{0:.4g}]\nset title {1} offset 0,-0.7\n"
                    "plot $matrix{2} using 1:2:3 with image, \\\n"
                    "     $matrix{2} using 1:2:(sprintf('%d', floor(100*$3 + 0.5))):(abs($3) > "
                    "{3:.4g} ? 0xffffff : "
                    "0x000000) with labels font ',8' tc rgb variable\n",
                    matrix.range, shortened_text(matrix.title, kLongestTitle), index,
                    0.65 * matrix.range);
}

}  // namespace

std::string gnuplot_script(const MatrixFigure& figure, FigureFormat format,
                           const std::filesystem::path& output) {
  constexpr std::size_t kColumns = 3;
  const std::size_t size = figure.labels.size();
  const FigureGrid grid(figure.matrices.size(), kColumns, kWidth, kHeight, kStrip);
  std::string text = script_header(format, grid.width(), grid.height(), output);
  std::string tics;
  for (std::size_t i = 0; i < size; ++i) {
    tics += fmt::format("{}{} {}", i ? ", " : "", gnuplot_string(figure.labels[i]), i);
  }
  text += fmt::format(
      "set xtics ({0}) noenhanced rotate by 90 right font ',10'\nset ytics ({0}) noenhanced font "
      "',10'\n"
      "set tics scale 0\nset cbtics font ',10'\n"
      "set xrange [-0.5:{1}]\nset yrange [{1}:-0.5]\n"
      "set palette defined (-1 '#2166ac', -0.5 '#92c5de', 0 '#f7f7f7', 0.5 '#f4a582', 1 "
      "'#b2182b')\n"
      "unset key\nset multiplot\nset label 1 {2} at screen 0.5,{3:.4f} center font ',14'\n",
      tics, static_cast<double>(size) - 0.5, plain_text(figure.title + " (numbers in %)"),
      grid.from_top(kStrip / 2));
  for (std::size_t index = 0; index < figure.matrices.size(); ++index) {
    text += matrix_plot(figure, grid, index);
    if (index == 0) text += "unset label 1\n";
  }
  return text + "unset multiplot\nset output\n";
}

}  // namespace showergan::physics
