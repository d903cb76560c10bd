#pragma once

#include <cstdint>
#include <string>

#include "gan/history_record.hpp"

namespace showergan::test {

/// The history of a run of `steps` steps, ten to an epoch, of twenty epochs in all: a loss that
/// falls, half a second and 16 showers a step, and the best epoch the second.
inline gan::HistoryRecord sample_history(std::int64_t steps) {
  gan::HistoryRecord history;
  history.starts.push_back({0, 1'700'000'000, "0.1.0", "farm", 2, 200, 10, 160, 16});
  history.columns = {"real.ecal",
                     "real.total",
                     "fake.ecal",
                     "fake.total",
                     "generator.ecal",
                     "generator.total",
                     "gradient_norm.discriminator",
                     "gradient_norm.generator",
                     "rate.discriminator",
                     "rate.generator"};
  for (std::int64_t i = 1; i <= steps; ++i) {
    const double fall = 100.0 / static_cast<double>(i);
    history.steps.push_back({i,
                             (i - 1) / 10,
                             16,
                             0.5,
                             0.05,
                             false,
                             {0, fall, fall, 2 * fall, 3, fall, 1, 2, 0.1, 0.2}});
    ++history.lines;
    if (i % 10 != 0) continue;
    const std::int64_t number = i / 10;
    const double figure = number == 2 ? 0.5 : 1 + 1.0 / static_cast<double>(number);
    gan::EpochRecord epoch;
    epoch.step = i;
    epoch.epoch = number;
    epoch.showers_per_second = 32;
    epoch.waiting = 0.1;
    epoch.metrics = {{"profile_x_mean", figure, 0.1}, {"profile_z_mean", 2 * figure, 0.2}};
    epoch.figure = 3 * figure;
    epoch.best = number <= 2;
    epoch.validation_seconds = 1;
    history.epochs.push_back(epoch);
    ++history.lines;
  }
  return history;
}

}  // namespace showergan::test
