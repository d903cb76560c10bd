#include "training/spectral_limit.hpp"

#include <cmath>

#include "base/contract.hpp"
#include "base/random.hpp"

namespace showergan::training {
namespace {

constexpr double kTiny = 1e-20;

/// Divides by the length; gives it.
double normalise(std::span<double> vector) {
  double square = 0;
  for (const double x : vector) square += x * x;
  const double length = std::sqrt(square);
  for (double& x : vector) x /= length + kTiny;
  return length;
}

}  // namespace

SpectralLimit::SpectralLimit(const nn::Graph& graph, double limit) : limit_(limit) {
  SHOWERGAN_EXPECT(limit > 0);
  for (const nn::Parameter& parameter : graph.parameters()) {
    if (!parameter.trainable || parameter.role != "kernel") continue;
    const auto rows = static_cast<std::size_t>(parameter.shape[0]);
    const auto elements = static_cast<std::size_t>(nn::element_count(parameter.shape));
    kernels_.push_back(
        {static_cast<std::size_t>(parameter.offset), rows, elements / rows, vectors_.size()});
    vectors_.resize(vectors_.size() + rows);
  }
  // Any vector that is not orthogonal to the singular one will do.
  CounterRandom(0, RandomPurpose::initial).fill_normal(0, vectors_);
}

double SpectralLimit::norm(const Kernel& kernel, std::span<const float> values) {
  const auto left = std::span(vectors_).subspan(kernel.vector, kernel.rows);
  std::vector<double> right(kernel.columns);
  for (std::size_t i = 0; i < kernel.rows; ++i) {
    const auto u = static_cast<double>(left[i]);
    const float* row = values.data() + i * kernel.columns;
    for (std::size_t j = 0; j < kernel.columns; ++j) right[j] += u * static_cast<double>(row[j]);
  }
  normalise(right);
  std::vector<double> image(kernel.rows);
  for (std::size_t i = 0; i < kernel.rows; ++i) {
    const float* row = values.data() + i * kernel.columns;
    for (std::size_t j = 0; j < kernel.columns; ++j) {
      image[i] += static_cast<double>(row[j]) * right[j];
    }
  }
  const double length = normalise(image);
  if (!(length > kTiny)) return length;  // a kernel of zeros may grow again
  for (std::size_t i = 0; i < kernel.rows; ++i) left[i] = static_cast<float>(image[i]);
  return length;
}

void SpectralLimit::apply(std::span<float> trainable) {
  for (const Kernel& kernel : kernels_) {
    const auto values = trainable.subspan(kernel.offset, kernel.rows * kernel.columns);
    const double length = norm(kernel, values);
    if (!(length > limit_)) continue;
    const auto factor = static_cast<float>(limit_ / length);
    for (float& value : values) value *= factor;
  }
}

}  // namespace showergan::training
