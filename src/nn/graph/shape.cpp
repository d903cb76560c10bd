#include "nn/graph/shape.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace showergan::nn {

std::int64_t element_count(const Shape& shape) {
  std::int64_t count = 1;
  for (const std::int64_t extent : shape) count *= extent;
  return count;
}

std::string to_string(const Triple& triple) {
  return fmt::format("{}", fmt::join(triple, "×"));
}

std::string to_string(const Shape& shape) {
  if (shape.size() == 4) {
    return fmt::format("{} channel{} of {}", shape[0], shape[0] == 1 ? "" : "s",
                       to_string(Triple{shape[1], shape[2], shape[3]}));
  }
  if (shape.empty()) return "1";
  return fmt::format("{}", fmt::join(shape, "×"));
}

}  // namespace showergan::nn
