#pragma once

#include <vector>

#include "physics/report/judged_set.hpp"
#include "physics/report/report.hpp"

namespace showergan::physics {

/// How the candidates are identified beside the Monte Carlo: a table of the working points, and for
/// each other particle a figure with the distributions of the score, the efficiency at 90 % against
/// the energy, and the rejection against the efficiency. Yardsticks are left out; at least one set
/// has identifications.
ReportSection identification_section(const std::vector<JudgedSet>& sets,
                                     const std::string& reference_label);

}  // namespace showergan::physics
