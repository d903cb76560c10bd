#include "particle_name.hpp"

#include <string_view>

namespace showergan::app {

std::string particle_of_source(const std::string& source) {
  constexpr std::string_view kBefore = "): ";
  if (!source.starts_with("Monte Carlo (showergan ")) return "";
  const std::size_t before = source.find(kBefore);
  if (before == std::string::npos) return "";
  const std::size_t first = before + kBefore.size();
  const std::size_t end = source.find(',', first);
  return end == std::string::npos ? "" : source.substr(first, end - first);
}

std::string particle_name(const ShowerReader& file) {
  for (const auto& [name, value] : file.attributes()) {
    if (name == "particle" && !value.empty()) return value;
  }
  return particle_of_source(file.provenance().source);
}

}  // namespace showergan::app
