#pragma once

#include <filesystem>
#include <string>

#include "physics/report/figure.hpp"
#include "physics/report/series.hpp"

namespace showergan::physics {

enum class FigureFormat { png, svg };

/// ".png", ".svg"
std::string extension_of(FigureFormat format);

/// Candidates that the curves of one figure tell apart by colour, dash and marker.
inline constexpr std::size_t kMostCandidates = 5;

/// The gnuplot commands, data included, that draw a figure into `output`. The reference is black
/// points in a grey band of its statistical error; the candidates have the colours of M. Okabe and
/// K. Ito, which colour-blind readers tell apart, and markers and (but for histograms) dashes of
/// their own. Below the
/// curves stands their ratio to the reference, or their difference.
std::string gnuplot_script(const Figure& figure, FigureFormat format,
                           const std::filesystem::path& output);
/// Matrices as colours, from blue (negative) over white to red, with the numbers in percent.
std::string gnuplot_script(const MatrixFigure& figure, FigureFormat format,
                           const std::filesystem::path& output);
/// Cells as points in 3D, the depth to the right, coloured and sized by the logarithm of the
/// energy; one scale for all pictures.
std::string gnuplot_script(const ShowerFigure& figure, FigureFormat format,
                           const std::filesystem::path& output);
/// Lines over time, each with a band from the least to the largest number where it stands for
/// several; floors dashed, marks dotted.
std::string gnuplot_script(const SeriesFigure& figure, FigureFormat format,
                           const std::filesystem::path& output);
std::string gnuplot_script(const AnyFigure& figure, FigureFormat format,
                           const std::filesystem::path& output);

}  // namespace showergan::physics
