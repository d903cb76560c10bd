#include "flow/condition_features.hpp"

#include <cmath>
#include <utility>

#include "base/contract.hpp"

namespace showergan::flow {
namespace {

constexpr double kUnit = 100;  // GeV

bool is_energy(const ConditionRange& range) {
  return range.name == "energy";
}

double middle(const ConditionRange& range) {
  return (range.low + range.high) / 2;
}

double half_width(const ConditionRange& range) {
  return (range.high - range.low) / 2;
}

}  // namespace

ConditionFeatures::ConditionFeatures(std::vector<ConditionRange> conditions)
    : conditions_(std::move(conditions)) {
  SHOWERGAN_EXPECT(!conditions_.empty());
}

void ConditionFeatures::fill(std::span<const float> condition, std::span<float> features) const {
  SHOWERGAN_EXPECT(condition.size() == conditions_.size());
  SHOWERGAN_EXPECT(std::ssize(features) == count());
  for (std::size_t i = 0; i < conditions_.size(); ++i) {
    const ConditionRange& range = conditions_[i];
    const auto value = static_cast<double>(condition[i]);
    const double f =
        is_energy(range) ? std::log(value / kUnit) : (value - middle(range)) / half_width(range);
    features[i] = static_cast<float>(f);
    features[conditions_.size() + i] = static_cast<float>(f * f);
  }
}

nn::NodeId ConditionFeatures::append(nn::Graph& graph, const std::string& prefix,
                                     nn::NodeId condition) const {
  const auto number = [&](const std::string& name, double value) {
    return graph.add(prefix + name, nn::Constant{{1}, {static_cast<float>(value)}});
  };
  std::vector<nn::NodeId> parts;
  for (std::size_t i = 0; i < conditions_.size(); ++i) {
    const ConditionRange& range = conditions_[i];
    const auto first = static_cast<std::int64_t>(i);
    const nn::NodeId value =
        graph.add(prefix + range.name, nn::Slice{0, first, first + 1}, {condition});
    if (is_energy(range)) {
      const nn::NodeId scaled =
          graph.add(prefix + "scaled_" + range.name, nn::Arithmetic{nn::BinaryFunction::multiply},
                    {value, number("energy_unit", 1 / kUnit)});
      parts.push_back(
          graph.add(prefix + "log_" + range.name, nn::Activation{nn::Function::log}, {scaled}));
      continue;
    }
    const nn::NodeId centred =
        graph.add(prefix + "centred_" + range.name, nn::Arithmetic{nn::BinaryFunction::subtract},
                  {value, number(range.name + "_middle", middle(range))});
    parts.push_back(graph.add(prefix + "scaled_" + range.name,
                              nn::Arithmetic{nn::BinaryFunction::multiply},
                              {centred, number(range.name + "_unit", 1 / half_width(range))}));
  }
  const nn::NodeId plain =
      parts.size() == 1 ? parts.front() : graph.add(prefix + "plain", nn::Concatenate{0}, parts);
  const nn::NodeId squares =
      graph.add(prefix + "squares", nn::Arithmetic{nn::BinaryFunction::multiply}, {plain, plain});
  return graph.add(prefix + "features", nn::Concatenate{0}, {plain, squares});
}

}  // namespace showergan::flow
