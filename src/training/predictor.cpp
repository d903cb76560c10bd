#include "training/predictor.hpp"

#include <algorithm>

#include "training/plan_inputs.hpp"

namespace showergan::training {

Predictor::Predictor(const nn::Graph& graph, const SampleSource& source, std::int64_t group,
                     ThreadTeam& team, Precision precision)
    : source_(&source), group_(group), width_(output_width(graph)), team_(&team) {
  for (int member = 0; member < team.size(); ++member) {
    plans_.push_back(
        nn::compile(graph, {.mode = nn::Mode::infer, .batch = group, .precision = precision}));
  }
}

std::vector<float> Predictor::run(const nn::Parameters& parameters,
                                  std::span<const std::int64_t> samples) {
  const auto count = static_cast<std::int64_t>(samples.size());
  std::vector<float> results(samples.size() * static_cast<std::size_t>(width_));
  if (count == 0) return results;
  const std::int64_t groups = (count + group_ - 1) / group_;
  const auto weights = plans_.front().prepare(parameters);
  const int members = static_cast<int>(std::min<std::int64_t>(team_->size(), groups));
  team_->run(members, [&](int member) {
    for (std::int64_t group = member; group < groups; group += members) {
      const auto first = static_cast<std::size_t>(group * group_);
      const auto size = std::min(samples.size() - first, static_cast<std::size_t>(group_));
      const auto width = static_cast<std::size_t>(width_);
      run_group(plans_[static_cast<std::size_t>(member)], *weights, samples.subspan(first, size),
                std::span(results).subspan(first * width, size * width));
    }
  });
  return results;
}

void Predictor::run_group(nn::Plan& plan, const nn::PreparedWeights& weights,
                          std::span<const std::int64_t> samples, std::span<float> results) const {
  set_inputs(plan, *source_, samples);
  plan.forward(weights);
  std::vector<float> values(static_cast<std::size_t>(group_ * width_));
  plan.get_output(plan.lowered().outputs().front().name, values);
  std::copy_n(values.begin(), results.size(), results.begin());
}

}  // namespace showergan::training
