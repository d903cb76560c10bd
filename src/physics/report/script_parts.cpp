#include "physics/report/script_parts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace showergan::physics {

std::string gnuplot_string(const std::string& text) {
  std::string result = "'";
  for (const char c : one_line(text)) {
    if (c == '\'') result += '\'';
    result += c;
  }
  return result + "'";
}

std::string plain_text(const std::string& text) {
  return gnuplot_string(text) + " noenhanced";
}

std::string shortened_text(const std::string& text, std::size_t longest) {
  if (text.size() <= longest) return plain_text(text);
  std::size_t end = longest - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // UTF-8
  return plain_text(text.substr(0, end) + "...");
}

std::string extension_of(FigureFormat format) {
  return format == FigureFormat::png ? ".png" : ".svg";
}

std::string script_header(FigureFormat format, int width, int height,
                          const std::filesystem::path& output) {
  const char* terminal = format == FigureFormat::png ? "pngcairo" : "svg";
  return fmt::format(
      "set encoding utf8\n"
      "set terminal {} size {},{} font 'DejaVu Sans,12' background '#ffffff'\n"
      "set output {}\n",
      terminal, width, height, gnuplot_string(std::filesystem::absolute(output).string()));
}

FigureGrid::FigureGrid(std::size_t pictures, std::size_t columns, int picture_width,
                       int picture_height, int strip_height)
    : columns_(std::max<std::size_t>(1, std::min(columns, pictures))),
      picture_width_(picture_width),
      picture_height_(picture_height),
      strip_height_(strip_height) {
  const auto rows = static_cast<int>((pictures + columns_ - 1) / columns_);
  width_ = picture_width_ * static_cast<int>(columns_);
  height_ = strip_height_ + picture_height_ * std::max(1, rows);
}

double FigureGrid::x(std::size_t picture, double fraction) const {
  return (static_cast<double>(picture % columns_) + fraction) * picture_width_ / width_;
}

double FigureGrid::y(std::size_t picture, double fraction) const {
  const auto row = static_cast<double>(picture / columns_);
  return 1 - (strip_height_ + (row + 1 - fraction) * picture_height_) / height_;
}

double FigureGrid::from_top(int pixels) const {
  return 1 - static_cast<double>(pixels) / height_;
}

std::string margins(double left, double right, double bottom, double top) {
  return fmt::format(
      "set lmargin at screen {:.4f}\nset rmargin at screen {:.4f}\n"
      "set bmargin at screen {:.4f}\nset tmargin at screen {:.4f}\n",
      left, right, bottom, top);
}

std::string gnuplot_script(const AnyFigure& figure, FigureFormat format,
                           const std::filesystem::path& output) {
  return std::visit([&](const auto& any) { return gnuplot_script(any, format, output); }, figure);
}

}  // namespace showergan::physics
