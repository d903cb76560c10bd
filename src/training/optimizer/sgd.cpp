#include <cstddef>

#include "training/optimizer/denormal.hpp"
#include "training/optimizer/registry.hpp"

namespace showergan::training::optimizer {
namespace {

class Sgd : public Optimizer {
 public:
  Sgd(const ParameterValues& values, std::int64_t size)
      : Optimizer(size),
        momentum_(static_cast<float>(values.at("momentum"))),
        nesterov_(values.at("nesterov") != 0),
        velocity_(momentum_ == 0 ? 0 : static_cast<std::size_t>(size)) {}

  std::vector<OptimizerState> state() override {
    if (velocity_.empty()) return {};
    return {{"velocity", velocity_}};
  }

 private:
  void apply(std::span<float> weights, std::span<const float> gradients, double rate,
             std::int64_t /*number*/) override {
    const float* gradient = gradients.data();
    float* weight = weights.data();
    const float step = static_cast<float>(rate);
    if (momentum_ == 0) {
      for (std::size_t i = 0; i < weights.size(); ++i) weight[i] -= step * gradient[i];
      return;
    }
    // Both kinds of momentum go along a · velocity + b · gradient.
    const float a = nesterov_ ? momentum_ : 1.0F;
    const float b = nesterov_ ? 1.0F : 0.0F;
    const float momentum = momentum_;
    float* velocity = velocity_.data();
    for (std::size_t i = 0; i < weights.size(); ++i) {
      velocity[i] = without_denormal(momentum * velocity[i] + gradient[i]);
      weight[i] -= step * (a * velocity[i] + b * gradient[i]);
    }
  }

  float momentum_;
  bool nesterov_;
  std::vector<float> velocity_;
};

}  // namespace

/// Stochastic gradient descent: v ← momentum · v + g, w ← w − rate · v, or with Nesterov's momentum
/// w ← w − rate · (momentum · v + g) (Sutskever et al., ICML 2013, in the form of PyTorch). The
/// rate is not part of v, so that a change of it acts at once.
Kind sgd() {
  return {"sgd",
          {{"momentum", 0, Range::below_one}, {"nesterov", 0, Range::flag}},
          [](const ParameterValues& values, std::int64_t size) -> std::unique_ptr<Optimizer> {
            return std::make_unique<Sgd>(values, size);
          }};
}

}  // namespace showergan::training::optimizer
