#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "nn/graph/graph.hpp"
#include "shower/condition.hpp"

namespace showergan::flow {

/// What a flow is told of a condition, two numbers f and f² for each: of the energy
/// f = ln(E / 100 GeV), of an angle its place in the model's range, from −1 to 1.
class ConditionFeatures {
 public:
  explicit ConditionFeatures(std::vector<ConditionRange> conditions);

  std::int64_t count() const noexcept { return 2 * std::ssize(conditions_); }

  /// Of one shower: `condition` as a generator's input, in physical units.
  void fill(std::span<const float> condition, std::span<float> features) const;

  /// The same as nodes, from the input `condition`.
  nn::NodeId append(nn::Graph& graph, const std::string& prefix, nn::NodeId condition) const;

 private:
  std::vector<ConditionRange> conditions_;
};

}  // namespace showergan::flow
