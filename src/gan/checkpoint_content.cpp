#include "gan/checkpoint_content.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "showergan/error.hpp"

namespace showergan::gan {
namespace {

template <class Map>
const auto& find(const Map& map, const std::string& name) {
  const auto found = map.find(name);
  if (found == map.end()) {
    throw InputError("the checkpoint is not of such a training",
                     fmt::format("it has no '{}'", name));
  }
  return found->second;
}

}  // namespace

std::int64_t counter_of(const Checkpoint& checkpoint, const std::string& name) {
  return find(checkpoint.counters, name);
}

double number_of(const Checkpoint& checkpoint, const std::string& name) {
  return find(checkpoint.numbers, name);
}

const std::string& text_of(const Checkpoint& checkpoint, const std::string& name) {
  return find(checkpoint.texts, name);
}

void copy_array(const Checkpoint& checkpoint, const std::string& name, std::span<float> values) {
  const std::vector<float>& array = find(checkpoint.arrays, name);
  if (array.size() != values.size()) {
    throw InputError(
        "the checkpoint is not of such a training",
        fmt::format("its '{}' has {} numbers instead of {}", name, array.size(), values.size()));
  }
  std::ranges::copy(array, values.begin());
}

}  // namespace showergan::gan
