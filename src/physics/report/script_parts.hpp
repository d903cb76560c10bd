#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "physics/report/gnuplot_script.hpp"

namespace showergan::physics {

/// A gnuplot string. Single quotes, because gnuplot runs what stands in `…` inside double ones.
std::string gnuplot_string(const std::string& text);

/// The text as a title or label, which is drawn as it is: without it gnuplot takes _ and ^ for
/// subscripts and superscripts.
std::string plain_text(const std::string& text);

/// The same cut to a length (bytes, at least 4) between two characters.
std::string shortened_text(const std::string& text, std::size_t longest);

/// Encoding, terminal and output.
std::string script_header(FigureFormat format, int width, int height,
                          const std::filesystem::path& output);

/// Pictures of equal size in rows below a strip for title and legend; positions are fractions of
/// the whole, from the left and from the bottom.
class FigureGrid {
 public:
  FigureGrid(std::size_t pictures, std::size_t columns, int picture_width, int picture_height,
             int strip_height);

  int width() const noexcept { return width_; }    ///< pixels
  int height() const noexcept { return height_; }  ///< pixels
  /// Position of a point of a picture; 0 and 1 are its left and right edge.
  double x(std::size_t picture, double fraction) const;
  /// The same from its lower (0) to its upper edge (1).
  double y(std::size_t picture, double fraction) const;
  /// Position of a line `pixels` below the upper edge of the figure.
  double from_top(int pixels) const;

 private:
  std::size_t columns_;
  int picture_width_;
  int picture_height_;
  int strip_height_;
  int width_;
  int height_;
};

/// Commands that put the following plot between these positions.
std::string margins(double left, double right, double bottom, double top);

}  // namespace showergan::physics
