#include "layers/train_layer_flow.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/contract.hpp"
#include "flow/layer_regressors.hpp"
#include "layers/layer_regressors.hpp"
#include "layers/standardisation.hpp"
#include "layers/width_learner.hpp"
#include "training/supervised.hpp"

namespace showergan::layers {
namespace {

constexpr std::int64_t kPart = 128;
constexpr double kAverage = 0.998;  // of the weights
constexpr double kWidthAverage = 0.98;

std::vector<float> inputs_of(const LayerRegressors& regressors, const LayerSample& sample,
                             std::size_t size) {
  const std::size_t n = sample.codes.size() / size;
  if (n == 0) return {};
  const std::size_t conditions = sample.conditions.size() / n;
  const std::size_t width = regressors.inputs();
  std::vector<float> result(n * width);
  for (std::size_t i = 0; i < n; ++i) {
    regressors.fill_inputs(std::span(sample.codes).subspan(i * size, size),
                           std::span(sample.conditions).subspan(i * conditions, conditions),
                           std::span(result).subspan(i * width, width));
  }
  return result;
}

/// The networks of the widths learn with larger steps than the flow, from smaller batches.
training::SupervisedRecipe for_widths(training::SupervisedRecipe recipe, int epochs) {
  recipe.rate *= 2;
  recipe.batch = std::max<std::int64_t>(recipe.batch / 2, 1);
  recipe.epochs = epochs;
  recipe.patience = 0;
  recipe.average = kWidthAverage;
  recipe.optimizer_parameters["weight_decay"] *= 0.2;
  return recipe;
}

/// Standardised codes with their features: inputs `x` and `features`. There is nothing to predict.
class StandardSamples : public training::SampleSource {
 public:
  StandardSamples(std::size_t size, std::size_t features)
      : size_(size), features_width_(features) {}

  /// The features of a sample's condition come first among its inputs.
  void add(const Standardisation& standardisation, const NumberTable& table) {
    for (std::size_t i = 0; i < table.samples(); ++i) {
      x_.resize(x_.size() + size_);
      standardisation.apply(table.numbers_of(i), table.inputs_of(i), std::span(x_).last(size_));
      const auto features = table.inputs_of(i).first(features_width_);
      features_.insert(features_.end(), features.begin(), features.end());
    }
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
  std::size_t features_width_;
  std::vector<float> x_;
  std::vector<float> features_;
};

/// Coefficients of numbers `first` to `last`, as parameters of the nodes that begin with `name`:
/// those of 1, of regressors that all numbers share, and of the last `own` of each number's.
void put_coefficients(std::map<std::string, std::vector<float>>& parameters,
                      const std::string& name, std::int64_t own, std::int64_t first,
                      std::int64_t last,
                      const std::function<std::span<const double>(std::size_t)>& coefficients) {
  const auto put = [&](const std::string& parameter, std::span<const double> values) {
    std::vector<float>& place = parameters[name + parameter];
    for (const double value : values) place.push_back(static_cast<float>(value));
  };
  for (std::int64_t number = first; number < last; ++number) {
    const std::span<const double> all = coefficients(static_cast<std::size_t>(number));
    const std::size_t shared = all.size() - static_cast<std::size_t>(own);
    put("/bias", all.first(1));
    put("/kernel", all.subspan(1, shared - 1));
    if (own > 0) put("_own/kernel", all.subspan(shared));
  }
}

std::vector<float> to_float(const std::vector<double>& values) {
  return {values.begin(), values.end()};
}

}  // namespace

LearntLayerFlow train_layer_flow(const flow::LayerFlow& flow, const LayerSample& training,
                                 const LayerSample& validation, const LayerFlowRecipe& recipe,
                                 ThreadTeam& team, const EpochDone& done) {
  const std::int64_t size = flow.geometry.code_size();
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
  const WidthLearner widths(flow, training, validation, for_widths(learning, recipe.width_epochs),
                            team);
  const LayerSample normal = {widths.normal_codes(training, recipe.seed, team),
                              training.conditions};
  const LayerSample normal_judging = {widths.normal_codes(validation, recipe.seed + 1, team),
                                      validation.conditions};
  const LayerRegressors regressors(flow);
  const auto table = [&](const LayerSample& sample, const std::vector<float>& inputs) {
    return NumberTable{sample.codes, inputs, static_cast<std::size_t>(size), regressors.inputs()};
  };
  const std::vector<float> learnt_inputs =
      inputs_of(regressors, normal, static_cast<std::size_t>(size));
  const Standardisation standardisation(table(normal, learnt_inputs), regressors);
  StandardSamples samples(static_cast<std::size_t>(size),
                          static_cast<std::size_t>(flow.features().count()));
  samples.add(standardisation, table(normal, learnt_inputs));
  const std::vector<float> judging_inputs =
      inputs_of(regressors, normal_judging, static_cast<std::size_t>(size));
  samples.add(standardisation, table(normal_judging, judging_inputs));
  flow::CouplingFlow coupling = flow.coupling();
  coupling.dropout = recipe.dropout;
  const nn::Graph graph = flow::density_graph(coupling, "");
  const std::int64_t learnt = std::ssize(training.codes) / size;
  const std::int64_t judging = std::ssize(validation.codes) / size;
  training::SupervisedResult result =
      training::train_supervised(graph, samples, sample_numbers(0, learnt),
                                 sample_numbers(learnt, judging), learning, team, done);
  LearntLayerFlow learned;
  learned.parameters = widths.parameters();
  learned.width_loss = widths.loss();
  for (const nn::Parameter& parameter : graph.parameters()) {
    const auto values = result.parameters.of(parameter);
    learned.parameters[parameter.name] = {values.begin(), values.end()};
  }
  learned.parameters["root/kernel"] = to_float(standardisation.root());
  learned.parameters["marginal_start/kernel"] = to_float(standardisation.marginal_start());
  learned.parameters["marginal_slope/kernel"] = to_float(standardisation.marginal_slope());
  const auto put = [&](const std::string& group, std::int64_t own, std::int64_t first,
                       std::int64_t last) {
    put_coefficients(learned.parameters, group + "_mean", own, first, last,
                     [&](std::size_t number) { return standardisation.mean(number); });
    put_coefficients(learned.parameters, group + "_log_spread", own, first, last,
                     [&](std::size_t number) { return standardisation.log_spread(number); });
  };
  const flow::LayerGeometry& layers = flow.geometry;
  put("energies", 0, flow::LayerGeometry::energies(), layers.centres());
  put("centres", flow::kCentreRegressors, layers.centres(), layers.widths());
  put("widths", 0, layers.widths(), size);
  learned.validation_loss = std::move(result.validation_loss);
  learned.best_epoch = result.best_epoch;
  return learned;
}

}  // namespace showergan::layers
