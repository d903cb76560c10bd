#include "training/moving_average.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"

namespace showergan::training {

MovingAverage::MovingAverage(double decay) : decay_(decay) {
  if (!(decay >= 0 && decay < 1)) {
    throw InputError("the decay of the moving average is out of range",
                     fmt::format("it is {}", decay), "it must be 0 or more and below 1");
  }
}

void MovingAverage::update(std::span<float> average, std::span<const float> values) {
  SHOWERGAN_EXPECT(average.size() == values.size());
  const auto part = static_cast<float>(1 - next_decay());
  const float* value = values.data();
  float* mean = average.data();
  // In this form the average of a constant is exactly the constant.
  for (std::size_t i = 0; i < average.size(); ++i) mean[i] += part * (value[i] - mean[i]);
  ++updates_;
}

double MovingAverage::next_decay() const noexcept {
  const auto t = static_cast<double>(updates_);
  return std::min(decay_, (1 + t) / (10 + t));
}

void MovingAverage::set_updates(std::int64_t updates) {
  SHOWERGAN_EXPECT(updates >= 0);
  updates_ = updates;
}

}  // namespace showergan::training
