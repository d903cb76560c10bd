#include "nn/graph/dropout.hpp"

#include <cmath>
#include <vector>

#include "nn/graph/shape_error.hpp"

namespace showergan::nn {

Shape infer_shape(const Dropout& dropout, std::span<const Shape> inputs) {
  expect_inputs(Dropout::type, inputs, 1);
  if (!(dropout.rate >= 0 && dropout.rate < 1)) {
    throw ShapeError("dropout needs a rate from 0 to below 1");
  }
  return inputs[0];
}

CounterRandom dropout_random(const Dropout& dropout, std::uint64_t seed) {
  return CounterRandom(seed, RandomPurpose::dropout, dropout.stream);
}

std::uint32_t dropout_threshold(const Dropout& dropout) {
  // A uniform float in [0, 1) is the upper 24 bits over 2^24; it is compared with the rate as
  // float.
  const auto rate = static_cast<double>(static_cast<float>(dropout.rate));
  return static_cast<std::uint32_t>(std::ceil(rate * 0x1p24));
}

void dropout_factors(const Dropout& dropout, std::uint64_t seed, std::uint64_t sample_index,
                     std::span<float> factors) {
  std::vector<std::uint32_t> words(factors.size());
  dropout_random(dropout, seed).fill_words(sample_index, 0, words);
  const std::uint32_t threshold = dropout_threshold(dropout);
  const auto kept = static_cast<float>(1.0 / (1.0 - dropout.rate));
  for (std::size_t i = 0; i < factors.size(); ++i) {
    factors[i] = words[i] >> 8 < threshold ? 0.0f : kept;
  }
}

}  // namespace showergan::nn
