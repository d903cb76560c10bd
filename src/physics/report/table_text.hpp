#pragma once

#include <string>

#include "physics/report/report.hpp"
#include "physics/summary/summary_comparison.hpp"

namespace showergan::physics {

/// The table for the terminal: for each candidate value, floor and excess of every metric, grouped;
/// then the limits that are broken, the metrics that have become worse and the warnings, which are
/// red if `colour` is on.
std::string table_text(const Report& report, bool colour);
/// The same for a Monte Carlo summary: before it a line per energy bin with Monte Carlo, candidate
/// and their deviation for each quantity.
std::string table_text(const Report& report, const SummaryComparison& result, bool colour);

}  // namespace showergan::physics
