#include "layers/width_learner.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/random.hpp"
#include "flow/width_network.hpp"
#include "training/predictor.hpp"

namespace showergan::layers {
namespace {

constexpr float kMostNoise = 5;  // a width that the networks did not expect
constexpr std::int64_t kGroup = 128;

/// Inputs `code` and `condition`. There is nothing to predict.
class Showers : public training::SampleSource {
 public:
  explicit Showers(std::int64_t code_size) : code_size_(static_cast<std::size_t>(code_size)) {}

  void add(const LayerSample& sample) { parts_.push_back(&sample); }

  std::int64_t size_of(std::size_t part) const {
    return std::ssize(parts_[part]->codes) / static_cast<std::int64_t>(code_size_);
  }

  std::vector<std::string> inputs() const override { return {"code", "condition"}; }
  void fill(std::int64_t sample, std::size_t input, std::span<float> values) const override {
    std::size_t part = 0;
    for (; sample >= size_of(part); ++part) sample -= size_of(part);
    const std::vector<float>& from = input == 0 ? parts_[part]->codes : parts_[part]->conditions;
    std::copy_n(from.begin() + sample * std::ssize(values), values.size(), values.begin());
  }
  void target(std::int64_t, std::span<float> values) const override {
    std::ranges::fill(values, 0.0f);
  }

 private:
  std::size_t code_size_;
  std::vector<const LayerSample*> parts_;
};

}  // namespace

WidthLearner::WidthLearner(const flow::LayerFlow& flow, const LayerSample& training,
                           const LayerSample& validation, training::SupervisedRecipe recipe,
                           ThreadTeam& team)
    : flow_(flow), graph_(width_graph(flow, flow::WidthOutput::loss)) {
  Showers showers(flow.geometry.code_size());
  showers.add(training);
  showers.add(validation);
  recipe.loss = "output";
  const std::int64_t learnt = showers.size_of(0);
  training::SupervisedResult result =
      training::train_supervised(graph_, showers, sample_numbers(0, learnt),
                                 sample_numbers(learnt, showers.size_of(1)), recipe, team);
  loss_ = result.validation_loss[static_cast<std::size_t>(result.best_epoch)];
  parameters_ = std::move(result.parameters);
}

std::map<std::string, std::vector<float>> WidthLearner::parameters() const {
  std::map<std::string, std::vector<float>> result;
  for (const nn::Parameter& parameter : graph_.parameters()) {
    const auto values = parameters_.of(parameter);
    result[parameter.name] = {values.begin(), values.end()};
  }
  return result;
}

std::vector<float> WidthLearner::normal_codes(const LayerSample& sample, std::uint64_t seed,
                                              ThreadTeam& team) const {
  const auto size = static_cast<std::size_t>(flow_.geometry.code_size());
  const auto first = static_cast<std::size_t>(flow_.geometry.widths());
  Showers showers(flow_.geometry.code_size());
  showers.add(sample);
  // The same nodes but for the last ones: the same parameters.
  const nn::Graph graph = width_graph(flow_, flow::WidthOutput::noise);
  training::Predictor predictor(graph, showers, kGroup, team);
  const std::int64_t count = showers.size_of(0);
  const std::vector<float> noise = predictor.run(parameters_, sample_numbers(0, count));
  std::vector<float> codes = sample.codes;
  std::vector<float> drawn(size - first);
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    CounterRandom(seed, RandomPurpose::spreading, 3).fill_normal(i, drawn);
    for (std::size_t k = 0; k < drawn.size(); ++k) {
      float& number = codes[i * size + first + k];
      number =
          number > 0 ? std::clamp(noise[i * drawn.size() + k], -kMostNoise, kMostNoise) : drawn[k];
    }
  }
  return codes;
}

}  // namespace showergan::layers
