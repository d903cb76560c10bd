#pragma once

#include <array>
#include <cstddef>
#include <numeric>
#include <span>

namespace showergan::nn::kernel {

/// Numbers per channel, repeated until the period is a multiple of every vector length, so that
/// vectors run straight over an array with few channels. Long rows are used as they are.
inline constexpr std::size_t longest_period = 1024;
inline constexpr std::size_t lanes_multiple = 16;

inline std::size_t period_of(std::size_t channels) {
  const std::size_t period = std::lcm(channels, lanes_multiple);
  return period <= longest_period ? period : channels;
}

class ChannelPattern {
 public:
  explicit ChannelPattern(std::span<const float> values) : period_(period_of(values.size())) {
    if (period_ > longest_period) {
      data_ = values.data();
      return;
    }
    for (std::size_t i = 0; i < period_; ++i) storage_[i] = values[i % values.size()];
    data_ = storage_.data();
  }
  ChannelPattern(const ChannelPattern&) = delete;
  ChannelPattern& operator=(const ChannelPattern&) = delete;

  const float* data() const { return data_; }
  std::size_t period() const { return period_; }

 private:
  std::array<float, longest_period> storage_;
  const float* data_ = nullptr;
  std::size_t period_;
};

}  // namespace showergan::nn::kernel
