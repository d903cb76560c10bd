#include <cmath>
#include <cstddef>

#include "training/optimizer/denormal.hpp"
#include "training/optimizer/registry.hpp"

namespace showergan::training::optimizer {
namespace {

class RmsProp : public Optimizer {
 public:
  RmsProp(const ParameterValues& values, std::int64_t size)
      : Optimizer(size),
        rho_(static_cast<float>(values.at("rho"))),
        rest_(static_cast<float>(1 - values.at("rho"))),
        epsilon_(static_cast<float>(values.at("epsilon"))),
        momentum_(static_cast<float>(values.at("momentum"))),
        mean_square_(static_cast<std::size_t>(size)),
        velocity_(momentum_ == 0 ? 0 : static_cast<std::size_t>(size)) {}

  std::vector<OptimizerState> state() override {
    std::vector<OptimizerState> result{{"mean_square", mean_square_}};
    if (!velocity_.empty()) result.push_back({"velocity", velocity_});
    return result;
  }

 private:
  void apply(std::span<float> weights, std::span<const float> gradients, double rate,
             std::int64_t /*number*/) override {
    const float* gradient = gradients.data();
    float* weight = weights.data();
    float* mean_square = mean_square_.data();
    const float step = static_cast<float>(rate);
    const auto scaled = [mean_square, rho = rho_, rest = rest_, epsilon = epsilon_](std::size_t i,
                                                                                    float g) {
      mean_square[i] = without_denormal(rho * mean_square[i] + rest * (g * g));
      return g / (std::sqrt(mean_square[i]) + epsilon);
    };
    if (momentum_ == 0) {
      for (std::size_t i = 0; i < weights.size(); ++i) weight[i] -= step * scaled(i, gradient[i]);
      return;
    }
    const float momentum = momentum_;
    float* velocity = velocity_.data();
    for (std::size_t i = 0; i < weights.size(); ++i) {
      velocity[i] = without_denormal(momentum * velocity[i] + scaled(i, gradient[i]));
      weight[i] -= step * velocity[i];
    }
  }

  float rho_, rest_, epsilon_, momentum_;
  std::vector<float> mean_square_, velocity_;
};

}  // namespace

/// RMSprop (Tieleman & Hinton, Coursera lecture 6.5, 2012) as Keras 2 has it:
/// a ← rho · a + (1 − rho) · g², w ← w − rate · g / (√a + epsilon). With momentum
/// v ← momentum · v + g / (√a + epsilon), w ← w − rate · v.
Kind rmsprop() {
  return {"rmsprop",
          {{"rho", 0.9, Range::below_one},
           {"epsilon", 1e-7, Range::positive},
           {"momentum", 0, Range::below_one}},
          [](const ParameterValues& values, std::int64_t size) -> std::unique_ptr<Optimizer> {
            return std::make_unique<RmsProp>(values, size);
          }};
}

}  // namespace showergan::training::optimizer
