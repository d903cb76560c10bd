#include "gan/divergence.hpp"

#include <fmt/format.h>

namespace showergan::gan {

void DivergenceWatch::check(std::int64_t step, const StepResult& result) {
  if (!result.finite()) {
    throw DivergenceError(fmt::format("the training diverged in step {}", step),
                          "a loss or a gradient is not a finite number",
                          "checkpoints are from before; train anew with a lower rate or with clip");
  }
  if (!result.images.decidable) return;
  if (!result.images.empty && !result.images.identical) {
    suspicious_ = 0;
    return;
  }
  if (++suspicious_ < patience_) return;
  throw DivergenceError(
      fmt::format("the training collapsed: {} images for {} steps, up to step {}",
                  result.images.empty ? "empty" : "identical", suspicious_, step),
      "the generator does not learn any more",
      "checkpoints are from before; train anew with another train.seed or a lower generator.rate");
}

}  // namespace showergan::gan
