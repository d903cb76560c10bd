#pragma once

#include <optional>
#include <string>

namespace showergan::physics {

/// A number, or the reason why there is none. A number is always finite.
class Outcome {
 public:
  /// A number that is not finite becomes a reason.
  explicit Outcome(double value);
  static Outcome none(std::string reason);

  explicit operator bool() const noexcept { return value_.has_value(); }
  std::optional<double> value() const noexcept { return value_; }
  const std::string& reason() const noexcept { return reason_; }

 private:
  Outcome() = default;
  std::optional<double> value_;
  std::string reason_;
};

/// Collects numbers for their mean.
class Average {
 public:
  void add(double value);
  /// The mean; `reason` if nothing was added.
  Outcome outcome(const std::string& reason) const;

 private:
  double sum_ = 0;
  double count_ = 0;
};

}  // namespace showergan::physics
