#include "gan/checkpoint_summary.hpp"

#include <cmath>

#include <fmt/format.h>

#include "gan/checkpoint_content.hpp"
#include "gan/recipe.hpp"

namespace showergan::gan {

CheckpointSummary summary_of(const Checkpoint& checkpoint) {
  const Recipe recipe = parse_recipe(text_of(checkpoint, "recipe"), "the checkpoint's recipe");
  CheckpointSummary summary;
  summary.model = recipe.model;
  summary.step = counter_of(checkpoint, "step");
  summary.seconds = number_of(checkpoint, "seconds");
  const std::int64_t size = counter_of(checkpoint, "data/showers");
  if (size < 1 || summary.step < 0) {
    throw InputError("the checkpoint is not of such a training",
                     fmt::format("{} steps with {} showers", summary.step, size));
  }
  const std::int64_t per_epoch = (size - 1) / recipe.batch + 1;
  summary.epoch = static_cast<double>(summary.step) / static_cast<double>(per_epoch);
  // The last batch of an epoch may be smaller.
  summary.showers = summary.step / per_epoch * size + summary.step % per_epoch * recipe.batch;
  const double best = number_of(checkpoint, "best_figure");
  if (std::isfinite(best)) summary.best = best;
  return summary;
}

}  // namespace showergan::gan
