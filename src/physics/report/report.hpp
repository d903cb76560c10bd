#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "physics/metric/compare.hpp"
#include "physics/report/figure.hpp"
#include "physics/report/gate.hpp"
#include "physics/report/judged_set.hpp"
#include "physics/report/regression.hpp"

namespace showergan::physics {

/// A table of a section, all in plain text; each row has as many cells as the header.
struct ReportTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

/// A part of the report: what a module that measures something has to show.
struct ReportSection {
  std::string title;
  std::string text;  ///< sentences that explain it, plain text; may be empty
  std::vector<ReportTable> tables{};
  std::vector<AnyFigure> figures{};  ///< names differ from those of all other figures
};

/// Everything that the report of a comparison says.
struct Report {
  SetInfo reference;                  ///< the Monte Carlo; of a summary, its source
  std::vector<JudgedSet> candidates;  ///< at least one
  std::string detector;               ///< name of the description; empty if unknown
  double threshold = 0;               ///< GeV; cells below were read as 0
  std::optional<GateResult> gate{};
  std::optional<Regression> regression{};
  std::vector<ReportSection> sections{};
  /// How values and floors were made, lines for the terminal, where it is not as compare() does.
  std::string method{};
};

}  // namespace showergan::physics
