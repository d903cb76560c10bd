#include "gan/monitor/run_progress.hpp"

#include <algorithm>
#include <span>

namespace showergan::gan {
namespace {

/// Steps that a rate is taken over: an epoch, but so many at least.
constexpr std::size_t kFewestSteps = 20;

struct Totals {
  double seconds = 0;
  double waited = 0;
  double showers = 0;
};

Totals totals_of(std::span<const StepRecord> steps) {
  Totals totals;
  for (const StepRecord& step : steps) {
    totals.seconds += step.seconds;
    totals.waited += step.waited;
    totals.showers += static_cast<double>(step.showers);
  }
  return totals;
}

std::span<const StepRecord> recent(const HistoryRecord& history, std::int64_t per_epoch) {
  const std::size_t count = std::min(
      history.steps.size(),
      std::max(kFewestSteps, static_cast<std::size_t>(std::max<std::int64_t>(0, per_epoch))));
  return std::span(history.steps).last(count);
}

/// Share of an epoch's time that its validation took.
std::optional<double> validation_share(const HistoryRecord& history) {
  for (std::size_t i = history.epochs.size(); i-- > 0;) {
    const EpochRecord& epoch = history.epochs[i];
    if (!epoch.validation_seconds) continue;
    const std::int64_t before = i == 0 ? 0 : history.epochs[i - 1].step;
    double seconds = 0;
    for (const StepRecord& step : history.steps) {
      if (step.step > before && step.step <= epoch.step) seconds += step.seconds;
    }
    return *epoch.validation_seconds / std::max(1e-9, *epoch.validation_seconds + seconds);
  }
  return std::nullopt;
}

/// Mean over the epochs, validated or not.
double validation_seconds(const HistoryRecord& history) {
  double seconds = 0;
  for (const EpochRecord& epoch : history.epochs) {
    seconds += epoch.validation_seconds.value_or(0);
  }
  return history.epochs.empty() ? 0 : seconds / static_cast<double>(history.epochs.size());
}

}  // namespace

RunProgress progress_of(const HistoryRecord& history) {
  RunProgress progress;
  std::int64_t per_epoch = 0;
  if (!history.starts.empty()) {
    const StartRecord& start = history.starts.back();
    per_epoch = start.steps_per_epoch;
    progress.steps = start.step;
    progress.total_steps = start.total_steps;
    if (per_epoch > 0) progress.epochs = (start.total_steps + per_epoch - 1) / per_epoch;
  }
  for (const EpochRecord& epoch : history.epochs) {
    if (epoch.best) progress.best = epoch;
  }
  progress.validation = validation_share(history);
  if (history.steps.empty()) return progress;

  progress.steps = history.steps.back().step;
  progress.epoch = history.steps.back().epoch + 1;
  for (const StepRecord& step : history.steps) progress.showers += step.showers;
  const std::span<const StepRecord> steps = recent(history, per_epoch);
  const Totals totals = totals_of(steps);
  if (totals.seconds <= 0) return progress;
  progress.showers_per_second = totals.showers / totals.seconds;
  progress.waiting = totals.waited / totals.seconds;
  if (!progress.total_steps) return progress;
  const auto left =
      static_cast<double>(std::max<std::int64_t>(0, *progress.total_steps - progress.steps));
  progress.seconds_left = left * totals.seconds / static_cast<double>(steps.size());
  if (per_epoch > 0) {
    *progress.seconds_left += left / static_cast<double>(per_epoch) * validation_seconds(history);
  }
  return progress;
}

}  // namespace showergan::gan
