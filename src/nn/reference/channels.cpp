#include "nn/reference/channels.hpp"

namespace showergan::nn::reference {

void add_bias(const Channels& channels, std::span<const double> bias, std::span<double> values) {
  for (std::size_t i = 0; i < values.size(); ++i) values[i] += bias[channels.of(i)];
}

void add_bias_gradient(const Channels& channels, std::span<const double> gradient,
                       std::span<double> bias) {
  for (std::size_t i = 0; i < gradient.size(); ++i) bias[channels.of(i)] += gradient[i];
}

}  // namespace showergan::nn::reference
