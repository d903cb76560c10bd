#pragma once

#include <string>
#include <variant>
#include <vector>

#include "physics/cell.hpp"

namespace showergan::physics {

/// Points with statistical errors.
struct Curve {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> error;  ///< of y
};

/// What stands below the curves of a panel.
enum class Below {
  ratio,       ///< candidate / reference
  difference,  ///< candidate − reference, for what may be 0 or negative
  nothing,
};

/// One plot of the reference and the candidates.
struct Panel {
  std::string title;
  std::string x_label;
  std::string y_label;
  bool log_x = false;
  bool log_y = false;
  bool steps = false;  ///< a histogram; otherwise points
  Below below = Below::ratio;
  Curve reference;
  std::vector<Curve> candidates;  ///< at the same x; points without entries may be missing
  Curve context{};                ///< what is not compared; may be empty
};

/// Panels in rows.
struct Figure {
  std::string name;  ///< of its files, without extension
  std::string title;
  std::string reference_label;
  std::vector<std::string> candidate_labels;
  std::vector<Panel> panels;
  std::size_t columns = 2;
  std::string context_label = {};  ///< of the panels' `context`; empty if they have none
};

/// Square matrices side by side.
struct MatrixFigure {
  std::string name;
  std::string title;
  std::vector<std::string> labels;  ///< of rows and columns
  struct Matrix {
    std::string title;
    std::vector<double> values;  ///< (labels, labels), row-major
    double range = 1;            ///< colours go from −range to range
  };
  std::vector<Matrix> matrices;
};

/// Single showers in 3D, in rows.
struct ShowerFigure {
  std::string name;
  std::string title;
  Grid grid;
  struct Picture {
    std::string title;
    std::vector<Cell> cells;
  };
  std::vector<Picture> pictures;
  std::size_t columns = 2;
};

using AnyFigure = std::variant<Figure, MatrixFigure, ShowerFigure>;

inline const std::string& name_of(const AnyFigure& figure) {
  return std::visit([](const auto& any) -> const std::string& { return any.name; }, figure);
}
inline const std::string& title_of(const AnyFigure& figure) {
  return std::visit([](const auto& any) -> const std::string& { return any.title; }, figure);
}

}  // namespace showergan::physics
