#include "flow/layer_flow.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

#include "base/contract.hpp"
#include "training/supervised.hpp"

namespace showergan::flow {
namespace {

constexpr std::int64_t kPart = 128;

std::vector<float> features_of(const ConditionFeatures& features, const LayerSample& sample) {
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

nn::NodeId dense(nn::Graph& graph, const std::string& name, std::int64_t units, bool bias,
                 nn::NodeId from) {
  nn::Dense dense;
  dense.units = units;
  dense.bias = bias;
  return graph.add(name, dense, {from});
}

}  // namespace

LayerFlow::LayerFlow(const LayerCode& code, const ConditionFeatures& features,
                     const LayerSample& training, const LayerSample& validation,
                     const LayerFlowRecipe& recipe, ThreadTeam& team, const EpochDone& done)
    : size_(code.size()),
      features_(features),
      standardisation_(training.codes, features_of(features, training), code.size(),
                       features.count()),
      flow_{code.size(), features.count(), recipe.blocks, recipe.units} {
  StandardSamples samples(static_cast<std::size_t>(size_),
                          static_cast<std::size_t>(features.count()));
  for (const LayerSample* part : {&training, &validation}) {
    samples.add(standardisation_, *part, features_of(features, *part));
  }
  training::SupervisedRecipe learning;
  learning.loss = "output";
  learning.rate = recipe.rate;
  learning.batch = recipe.batch;
  learning.part = kPart;
  learning.epochs = recipe.epochs;
  learning.patience = recipe.patience;
  learning.seed = recipe.seed;
  const nn::Graph graph = density_graph(flow_, "");
  training::SupervisedResult result = training::train_supervised(
      graph, samples, numbers(0, training.size(code)),
      numbers(training.size(code), validation.size(code)), learning, team, done);
  for (const nn::Parameter& parameter : graph.parameters()) {
    const auto values = result.parameters.of(parameter);
    weights_[parameter.name] = {values.begin(), values.end()};
  }
  validation_loss_ = std::move(result.validation_loss);
  best_epoch_ = result.best_epoch;
}

nn::NodeId LayerFlow::append(nn::Graph& graph, const std::string& prefix, nn::NodeId noise,
                             nn::NodeId condition) const {
  const nn::NodeId features = features_.append(graph, prefix, condition);
  const nn::NodeId x = append_sampling(graph, flow_, prefix, noise, features);
  const nn::NodeId residual = dense(graph, prefix + "root", size_, false, x);
  const nn::NodeId scale = graph.add(prefix + "scale", nn::Activation{nn::Function::exp},
                                     {dense(graph, prefix + "log_scale", size_, true, features)});
  const nn::NodeId mean = dense(graph, prefix + "mean", size_, true, features);
  const nn::NodeId scaled =
      graph.add(prefix + "scaled", nn::Arithmetic{nn::BinaryFunction::multiply}, {residual, scale});
  return graph.add(prefix + "code", nn::Arithmetic{nn::BinaryFunction::add}, {scaled, mean});
}

std::map<std::string, std::vector<float>> LayerFlow::parameters(const std::string& prefix) const {
  std::map<std::string, std::vector<float>> values;
  for (const auto& [name, weights] : weights_) values[prefix + name] = weights;
  values[prefix + "root/kernel"] = to_float(standardisation_.root());
  values[prefix + "log_scale/kernel"] = to_float(standardisation_.scale_kernel());
  values[prefix + "log_scale/bias"] = to_float(standardisation_.scale_bias());
  values[prefix + "mean/kernel"] = to_float(standardisation_.mean_kernel());
  values[prefix + "mean/bias"] = to_float(standardisation_.mean_bias());
  return values;
}

}  // namespace showergan::flow
