#pragma once

#include <filesystem>
#include <string>

#include "physics/report/figure.hpp"

namespace showergan::physics {

enum class FigureFormat { png, svg };

/// ".png", ".svg"
std::string extension_of(FigureFormat format);

/// The gnuplot commands, data included, that draw a figure into `output`. The reference is black
/// points in a grey band of its statistical error, the candidate a vermilion line with error bars
/// (two colours of M. Okabe and K. Ito that colour-blind readers tell apart); below, their ratio.
std::string gnuplot_script(const Figure& figure, FigureFormat format,
                           const std::filesystem::path& output);
std::string gnuplot_script(const MatrixFigure& figure, FigureFormat format,
                           const std::filesystem::path& output);

}  // namespace showergan::physics
