#include <cmath>
#include <cstddef>

#include "training/optimizer/denormal.hpp"
#include "training/optimizer/registry.hpp"

namespace showergan::training::optimizer {
namespace {

/// base^exponent with multiplications only: std::pow may differ between C libraries.
double power(double base, std::int64_t exponent) {
  double result = 1;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) result *= base;
    base *= base;
  }
  return result;
}

class Adam : public Optimizer {
 public:
  Adam(const ParameterValues& values, std::int64_t size)
      : Optimizer(size),
        beta_1_(values.at("beta_1")),
        beta_2_(values.at("beta_2")),
        epsilon_(static_cast<float>(values.at("epsilon"))),
        weight_decay_(values.at("weight_decay")),
        mean_(static_cast<std::size_t>(size)),
        mean_square_(static_cast<std::size_t>(size)) {}

  std::vector<OptimizerState> state() override {
    return {{"mean", mean_}, {"mean_square", mean_square_}};
  }

 private:
  void apply(std::span<float> weights, std::span<const float> gradients, double rate,
             std::int64_t number) override {
    const auto old_1 = static_cast<float>(beta_1_), new_1 = static_cast<float>(1 - beta_1_);
    const auto old_2 = static_cast<float>(beta_2_), new_2 = static_cast<float>(1 - beta_2_);
    const auto step = static_cast<float>(rate / (1 - power(beta_1_, number)));
    const auto correction = static_cast<float>(1 / std::sqrt(1 - power(beta_2_, number)));
    const auto shrink = static_cast<float>(rate * weight_decay_);
    const float epsilon = epsilon_;
    const float* gradient = gradients.data();
    float* weight = weights.data();
    float* mean = mean_.data();
    float* mean_square = mean_square_.data();
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const float g = gradient[i];
      mean[i] = without_denormal(old_1 * mean[i] + new_1 * g);
      mean_square[i] = without_denormal(old_2 * mean_square[i] + new_2 * (g * g));
      const float size = std::sqrt(mean_square[i]) * correction + epsilon;
      weight[i] -= step * (mean[i] / size) + shrink * weight[i];
    }
  }

  double beta_1_, beta_2_;
  float epsilon_;
  double weight_decay_;
  std::vector<float> mean_, mean_square_;
};

}  // namespace

/// Adam (Kingma & Ba, arXiv:1412.6980, algorithm 1): m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g²,
/// w ← w − rate · m̂ / (√v̂ + epsilon) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ) in update t. With
/// weight_decay also w ← w − rate · weight_decay · w, apart from the gradient (AdamW: Loshchilov &
/// Hutter, arXiv:1711.05101).
Kind adam() {
  return {"adam",
          {{"beta_1", 0.9, Range::below_one},
           {"beta_2", 0.999, Range::below_one},
           {"epsilon", 1e-7, Range::positive},
           {"weight_decay", 0, Range::not_negative}},
          [](const ParameterValues& values, std::int64_t size) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Adam>(values, size);
          }};
}

}  // namespace showergan::training::optimizer
