#include "layers/train_layer_flow.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "base/contract.hpp"
#include "layers/standardisation.hpp"
#include "training/supervised.hpp"

namespace showergan::layers {
namespace {

constexpr std::int64_t kPart = 128;
constexpr double kAverage = 0.998;  // of the weights

std::vector<float> features_of(const flow::ConditionFeatures& features, const LayerSample& sample) {
  const auto width = static_cast<std::size_t>(features.count());
  const std::size_t conditions = width / 2;
  const std::size_t n = sample.conditions.size() / conditions;
  std::vector<float> result(n * width);
  for (std::size_t i = 0; i < n; ++i) {
    features.fill(std::span(sample.conditions).subspan(i * conditions, conditions),
                  std::span(result).subspan(i * width, width));
  }
  return result;
}

/// Standardised codes with their features: inputs `x` and `features`. There is nothing to predict.
class StandardSamples : public training::SampleSource {
 public:
  StandardSamples(std::size_t size, std::size_t features) : size_(size), width_(features) {}

  void add(const Standardisation& standardisation, const LayerSample& sample,
           std::span<const float> features) {
    const std::size_t n = sample.codes.size() / size_;
    const std::size_t first = x_.size();
    x_.resize(first + n * size_);
    for (std::size_t i = 0; i < n; ++i) {
      standardisation.apply(std::span(sample.codes).subspan(i * size_, size_),
                            features.subspan(i * width_, width_),
                            std::span(x_).subspan(first + i * size_, size_));
    }
    features_.insert(features_.end(), features.begin(), features.end());
  }

  std::vector<std::string> inputs() const override { return {"x", "features"}; }
  void fill(std::int64_t sample, std::size_t input, std::span<float> values) const override {
    const std::vector<float>& from = input == 0 ? x_ : features_;
    std::copy_n(from.begin() + sample * std::ssize(values), values.size(), values.begin());
  }
  void target(std::int64_t, std::span<float> values) const override {
    std::ranges::fill(values, 0.0f);
  }

 private:
  std::size_t size_;
  std::size_t width_;
  std::vector<float> x_;
  std::vector<float> features_;
};

std::vector<std::int64_t> numbers(std::int64_t first, std::int64_t count) {
  std::vector<std::int64_t> result(static_cast<std::size_t>(count));
  std::iota(result.begin(), result.end(), first);
  return result;
}

std::vector<float> to_float(const std::vector<double>& values) {
  return {values.begin(), values.end()};
}

}  // namespace

std::span<float> LayerSample::add(std::int64_t code_size, std::span<const float> condition) {
  conditions.insert(conditions.end(), condition.begin(), condition.end());
  codes.resize(codes.size() + static_cast<std::size_t>(code_size));
  return std::span(codes).last(static_cast<std::size_t>(code_size));
}

LearntLayerFlow train_layer_flow(const flow::LayerFlow& flow, const LayerSample& training,
                                 const LayerSample& validation, const LayerFlowRecipe& recipe,
                                 ThreadTeam& team, const EpochDone& done) {
  const flow::ConditionFeatures features = flow.features();
  const std::int64_t size = flow.geometry.code_size();
  const Standardisation standardisation(training.codes, features_of(features, training), size,
                                        features.count());
  StandardSamples samples(static_cast<std::size_t>(size),
                          static_cast<std::size_t>(features.count()));
  for (const LayerSample* part : {&training, &validation}) {
    samples.add(standardisation, *part, features_of(features, *part));
  }
  training::SupervisedRecipe learning;
  learning.loss = "output";
  learning.optimizer_parameters = {{"weight_decay", recipe.weight_decay}};
  learning.rate = recipe.rate;
  learning.schedule = "cosine";
  learning.batch = recipe.batch;
  learning.part = kPart;
  learning.epochs = recipe.epochs;
  learning.patience = recipe.patience;
  learning.seed = recipe.seed;
  learning.average = kAverage;
  flow::CouplingFlow coupling = flow.coupling();
  coupling.dropout = recipe.dropout;
  const nn::Graph graph = flow::density_graph(coupling, "");
  const std::int64_t learnt = std::ssize(training.codes) / size;
  const std::int64_t judging = std::ssize(validation.codes) / size;
  training::SupervisedResult result = training::train_supervised(
      graph, samples, numbers(0, learnt), numbers(learnt, judging), learning, team, done);
  LearntLayerFlow learned;
  for (const nn::Parameter& parameter : graph.parameters()) {
    const auto values = result.parameters.of(parameter);
    learned.parameters[parameter.name] = {values.begin(), values.end()};
  }
  learned.parameters["root/kernel"] = to_float(standardisation.root());
  learned.parameters["marginal_start/kernel"] = to_float(standardisation.marginal_start());
  learned.parameters["marginal_slope/kernel"] = to_float(standardisation.marginal_slope());
  learned.parameters["log_scale/kernel"] = to_float(standardisation.scale_kernel());
  learned.parameters["log_scale/bias"] = to_float(standardisation.scale_bias());
  learned.parameters["mean/kernel"] = to_float(standardisation.mean_kernel());
  learned.parameters["mean/bias"] = to_float(standardisation.mean_bias());
  learned.validation_loss = std::move(result.validation_loss);
  learned.best_epoch = result.best_epoch;
  return learned;
}

}  // namespace showergan::layers
