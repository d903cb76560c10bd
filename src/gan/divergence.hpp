#pragma once

#include <cstdint>

#include "showergan/error.hpp"

#include "gan/adversarial_step.hpp"

namespace showergan::gan {

/// The training leads nowhere.
class DivergenceError : public Error {
 public:
  using Error::Error;
};

/// Notices that a training leads nowhere: losses or gradients that are no numbers, or generated
/// images that stay empty or identical.
class DivergenceWatch {
 public:
  explicit DivergenceWatch(int patience) : patience_(patience) {}

  /// Throws DivergenceError that says what happened if the training should end after this step.
  void check(std::int64_t step, const StepResult& result);

  /// Steps in a row with empty or identical images. While there are any, the state is not worth a
  /// checkpoint.
  std::int64_t suspicious() const noexcept { return suspicious_; }
  void set_suspicious(std::int64_t steps) { suspicious_ = steps; }

 private:
  int patience_;
  std::int64_t suspicious_ = 0;
};

}  // namespace showergan::gan
