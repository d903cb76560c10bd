#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace showergan::training {

/// The samples of a supervised training, by number. Threads ask for different samples at the same
/// time.
class SampleSource {
 public:
  virtual ~SampleSource() = default;

  /// The inputs of the network that fill() knows.
  virtual std::vector<std::string> inputs() const = 0;

  /// Writes what sample `sample` gives to input number `input`, in row-major order.
  virtual void fill(std::int64_t sample, std::size_t input, std::span<float> values) const = 0;

  /// Writes what the network's output should be for sample `sample`.
  virtual void target(std::int64_t sample, std::span<float> values) const = 0;
};

}  // namespace showergan::training
