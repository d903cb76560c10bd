#include "physics/report/sections.hpp"

namespace showergan::physics {

std::vector<ReportSection> sections_of(const DrawnSets& sets) {
  std::vector<ReportSection> sections = {energy_section(sets)};
  for (ReportSection& section : profile_sections(sets)) sections.push_back(std::move(section));
  sections.push_back(moment_section(sets));
  sections.push_back(cell_section(sets));
  sections.push_back(layer_section(sets));
  sections.push_back(correlation_section(sets));
  return sections;
}

}  // namespace showergan::physics
