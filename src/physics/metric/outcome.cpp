#include "physics/metric/outcome.hpp"

#include <cmath>

namespace showergan::physics {

Outcome::Outcome(double value) {
  if (std::isfinite(value)) {
    value_ = value;
  } else {
    reason_ = "the number is not finite";
  }
}

Outcome Outcome::none(std::string reason) {
  Outcome outcome;
  outcome.reason_ = std::move(reason);
  return outcome;
}

void Average::add(double value) {
  sum_ += value;
  count_ += 1;
}

Outcome Average::outcome(const std::string& reason) const {
  return count_ > 0 ? Outcome(sum_ / count_) : Outcome::none(reason);
}

}  // namespace showergan::physics
