#include "nn/reference/epilogue.hpp"

#include "nn/reference/normalization.hpp"

namespace showergan::nn::reference {
namespace {

enum { gamma, beta, moving_mean, moving_variance, normalization_count };

}  // namespace

void apply_epilogue(const Epilogue& epilogue, const Shape& shape, ParameterValues parameters,
                    std::span<double> values) {
  for (double& value : values) value = evaluate(epilogue.activation, value);
  if (!epilogue.normalize) return;
  const ParameterValues p = parameters.last(normalization_count);
  const Statistics statistics = statistics_of(p[moving_mean], p[moving_variance], epilogue.epsilon);
  normalize(Channels(shape), statistics, p[gamma], p[beta], values, values);
}

std::vector<double> epilogue_backward(const Epilogue& epilogue, const Shape& shape,
                                      ParameterValues parameters, std::span<const double> before,
                                      std::span<const double> output_gradient,
                                      ParameterGradients gradients) {
  std::vector<double> gradient(output_gradient.begin(), output_gradient.end());
  if (epilogue.normalize) {
    std::vector<double> activated(before.begin(), before.end());
    for (double& value : activated) value = evaluate(epilogue.activation, value);
    const ParameterValues p = parameters.last(normalization_count);
    const ParameterGradients g = gradients.last(normalization_count);
    const Statistics statistics =
        statistics_of(p[moving_mean], p[moving_variance], epilogue.epsilon);
    gradient.assign(gradient.size(), 0.0);
    normalize_backward(Channels(shape), statistics, p[gamma], activated, output_gradient, g[gamma],
                       g[beta], gradient);
  }
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    gradient[i] *= derivative(epilogue.activation, before[i]);
  }
  return gradient;
}

}  // namespace showergan::nn::reference
