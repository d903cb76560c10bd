#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace showergan::physics {

/// Points with statistical errors.
struct Curve {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> error;  ///< of y
};

/// One plot of the reference and the candidate, with their ratio below.
struct Panel {
  std::string title;
  std::string x_label;
  std::string y_label;
  bool log_x = false;
  bool log_y = false;
  Curve reference;
  Curve candidate;  ///< at the same x; points without entries may be missing
};

/// Panels side by side.
struct Figure {
  std::string name;  ///< of its files, without extension
  std::string title;
  std::string reference_label;
  std::string candidate_label;
  std::vector<Panel> panels;
};

/// A figure of square matrices with numbers from −1 to 1, side by side.
struct MatrixFigure {
  std::string name;
  std::string title;
  std::vector<std::string> labels;  ///< of rows and columns
  struct Matrix {
    std::string title;
    std::vector<double> values;  ///< (labels, labels), row-major
  };
  std::vector<Matrix> matrices;
};

}  // namespace showergan::physics
