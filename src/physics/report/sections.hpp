#pragma once

#include <vector>

#include "physics/report/drawn_sets.hpp"
#include "physics/report/report.hpp"
#include "physics/shower_set.hpp"
#include "physics/summary/summary_comparison.hpp"

namespace showergan::physics {

/// What the report shows of a comparison of shower sets: energy, profiles, moments, hits, cells,
/// layers and correlations. Errors are statistical.
std::vector<ReportSection> sections_of(const DrawnSets& sets);

/// The parts of it, each in a file of its own.
ReportSection energy_section(const DrawnSets& sets);
std::vector<ReportSection> profile_sections(const DrawnSets& sets);
ReportSection moment_section(const DrawnSets& sets);
ReportSection cell_section(const DrawnSets& sets);
ReportSection layer_section(const DrawnSets& sets);
/// The correlation matrices of 3DGAN, over all energies, of {first and second moments; ΣE; Ep; hits
/// above 300 keV; the three thirds}: reference, candidate, and their difference; a figure for each
/// candidate.
ReportSection correlation_section(const DrawnSets& sets);

/// Profiles and, against energy, sampling fraction, response, depth and hits of a candidate beside
/// the summary of a Monte Carlo sample.
std::vector<ReportSection> sections_of(const SummaryComparison& comparison,
                                       const ShowerSet& candidate, const FigureLabels& labels);

}  // namespace showergan::physics
