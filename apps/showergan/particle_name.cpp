#include "particle_name.hpp"

#include <string_view>

namespace showergan::app {

std::string particle_name(const ShowerReader& file) {
  constexpr std::string_view kBefore = "): ";
  const std::string& source = file.provenance().source;
  if (!source.starts_with("Monte Carlo (showergan ")) return "";
  const std::size_t before = source.find(kBefore);
  if (before == std::string::npos) return "";
  const std::size_t first = before + kBefore.size();
  const std::size_t end = source.find(',', first);
  return end == std::string::npos ? "" : source.substr(first, end - first);
}

}  // namespace showergan::app
