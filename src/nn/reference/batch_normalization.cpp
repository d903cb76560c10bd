#include "nn/graph/batch_normalization.hpp"

#include "nn/reference/normalization.hpp"
#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// Places of the parameters.
enum { gamma, beta, moving_mean, moving_variance };

struct Moments {
  std::vector<double> mean;
  std::vector<double> variance;  ///< biased
};

/// Over batch and cells, in two passes for the sake of accuracy.
Moments moments(const Channels& channels, std::span<const double> x) {
  const double weight = static_cast<double>(channels.count()) / static_cast<double>(x.size());
  Moments result{std::vector<double>(channels.count(), 0.0),
                 std::vector<double>(channels.count(), 0.0)};
  for (std::size_t i = 0; i < x.size(); ++i) result.mean[channels.of(i)] += weight * x[i];
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double distance = x[i] - result.mean[channels.of(i)];
    result.variance[channels.of(i)] += weight * distance * distance;
  }
  return result;
}

void move(double momentum, std::span<const double> to, std::span<double> moving) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    moving[i] = momentum * moving[i] + (1 - momentum) * to[i];
  }
}

/// dx = gamma / σ (dy − mean(dy) − x̂ mean(dy x̂)): the statistics depend on every x.
void backward_training(const BatchNormalization& normalization, const BackwardCall& call) {
  const Channels channels(call.output.shape);
  const std::span<const double> x = call.inputs[0].values;
  const Moments m = moments(channels, x);
  const Statistics statistics = statistics_of(m.mean, m.variance, normalization.epsilon);
  const double weight = static_cast<double>(channels.count()) / static_cast<double>(x.size());
  std::vector<double> sum(channels.count(), 0.0);
  std::vector<double> product(channels.count(), 0.0);
  normalize_backward(channels, statistics, call.parameters[gamma], x, call.output_gradient, product,
                     sum, call.input_gradients[0]);
  for (std::size_t c = 0; c < channels.count(); ++c) {
    call.parameter_gradients[gamma][c] += product[c];
    call.parameter_gradients[beta][c] += sum[c];
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::size_t c = channels.of(i);
    const double normalized = (x[i] - statistics.mean[c]) * statistics.inverse_deviation[c];
    call.input_gradients[0][i] -= call.parameters[gamma][c] * statistics.inverse_deviation[c] *
                                  weight * (sum[c] + normalized * product[c]);
  }
}

}  // namespace

void forward(const BatchNormalization& normalization, const ForwardCall& call) {
  const Channels channels(call.output_shape);
  const std::span<const double> x = call.inputs[0].values;
  Statistics statistics;
  if (call.options.training) {
    const Moments m = moments(channels, x);
    statistics = statistics_of(m.mean, m.variance, normalization.epsilon);
    move(normalization.momentum, m.mean, call.parameters[moving_mean]);
    move(normalization.momentum, m.variance, call.parameters[moving_variance]);
  } else {
    statistics = statistics_of(call.parameters[moving_mean], call.parameters[moving_variance],
                               normalization.epsilon);
  }
  normalize(channels, statistics, call.parameters[gamma], call.parameters[beta], x, call.output);
}

void backward(const BatchNormalization& normalization, const BackwardCall& call) {
  if (call.options.training) return backward_training(normalization, call);
  const Statistics statistics = statistics_of(
      call.parameters[moving_mean], call.parameters[moving_variance], normalization.epsilon);
  normalize_backward(Channels(call.output.shape), statistics, call.parameters[gamma],
                     call.inputs[0].values, call.output_gradient, call.parameter_gradients[gamma],
                     call.parameter_gradients[beta], call.input_gradients[0]);
}

}  // namespace showergan::nn::reference
