#include "base/text.hpp"

#include <algorithm>
#include <cstddef>

namespace showergan {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  // cost[i][j]: from the first i characters of a to the first j of b.
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({replaced, cost[i - 1][j] + 1, cost[i][j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

std::string_view most_similar(std::string_view name, const std::vector<std::string_view>& names) {
  std::string_view best;
  std::size_t least = 0;
  for (const std::string_view candidate : names) {
    const std::size_t differing = distance(name, candidate);
    if (3 * differing > std::max(name.size(), candidate.size())) continue;
    if (best.empty() || differing < least) {
      best = candidate;
      least = differing;
    }
  }
  return best;
}

}  // namespace showergan
