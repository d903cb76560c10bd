#include "gan/shower_targets.hpp"

#include <numeric>

#include <fmt/format.h>

#include "showergan/error.hpp"

namespace showergan::gan {
namespace {

const std::vector<float>& values_of(const ShowerBatch& showers, const std::string& name) {
  const std::vector<float>& values = name == "theta" ? showers.theta
                                     : name == "phi" ? showers.phi
                                                     : showers.energy;
  if (values.empty()) {
    throw InputError(fmt::format("the showers have no '{}'", name), "the model is told it",
                     "give files that hold it");
  }
  return values;
}

}  // namespace

std::vector<float> conditions_of(const ShowerBatch& showers,
                                 const std::vector<ConditionRange>& conditions) {
  const std::size_t width = conditions.size();
  std::vector<float> values(static_cast<std::size_t>(showers.size()) * width);
  for (std::size_t c = 0; c < width; ++c) {
    const std::vector<float>& column = values_of(showers, conditions[c].name);
    for (std::size_t i = 0; i < column.size(); ++i) values[i * width + c] = column[i];
  }
  return values;
}

std::vector<float> cell_sums(const ShowerBatch& showers) {
  std::vector<float> sums;
  for (std::int64_t i = 0; i < showers.size(); ++i) {
    const std::span<const float> cells = showers.shower(i);
    sums.push_back(static_cast<float>(std::accumulate(cells.begin(), cells.end(), 0.0)));
  }
  return sums;
}

std::size_t energy_place(const std::vector<ConditionRange>& conditions) {
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (conditions[i].name == "energy") return i;
  }
  throw InputError("the model has no condition 'energy'",
                   "the sum of the cells is expected by energy");
}

}  // namespace showergan::gan
