#include <cmath>

#include "training/schedule/registry.hpp"

namespace showergan::training::schedule {
namespace {

class Exponential : public Schedule {
 public:
  explicit Exponential(double decay) : decay_(decay) {}

  double factor(double epoch, double /*epochs*/) const override { return std::pow(decay_, epoch); }

 private:
  double decay_;
};

}  // namespace

/// decay^epoch, falling within the epochs as well.
Kind exponential() {
  return {"exponential",
          {{"decay", 0.95, Range::above_zero}},
          [](const ParameterValues& values) -> std::unique_ptr<Schedule> {
            return std::make_unique<Exponential>(values.at("decay"));
          }};
}

}  // namespace showergan::training::schedule
