#include "nn/graph/dropout.hpp"

#include "base/random.hpp"
#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Dropout& dropout, std::span<const Shape> inputs) {
  expect_inputs(Dropout::type, inputs, 1);
  if (!(dropout.rate >= 0 && dropout.rate < 1)) {
    throw ShapeError("dropout needs a rate from 0 to below 1");
  }
  return inputs[0];
}

void dropout_factors(const Dropout& dropout, std::uint64_t seed, std::uint64_t sample_index,
                     std::span<float> factors) {
  const CounterRandom random(seed, RandomPurpose::dropout, dropout.stream);
  random.fill_uniform(sample_index, factors);
  const auto rate = static_cast<float>(dropout.rate);
  const auto kept = static_cast<float>(1.0 / (1.0 - dropout.rate));
  for (float& factor : factors) factor = factor < rate ? 0.0f : kept;
}

}  // namespace showergan::nn
