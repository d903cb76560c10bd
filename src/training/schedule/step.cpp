#include <cmath>

#include "training/schedule/registry.hpp"

namespace showergan::training::schedule {
namespace {

class Step : public Schedule {
 public:
  Step(double every, double factor) : every_(every), factor_(factor) {}

  double factor(double epoch, double /*epochs*/) const override {
    // 0.3 / 0.1 is a little less than 3: the first step of an epoch belongs to it all the same.
    return std::pow(factor_, std::floor(epoch / every_ + 1e-9));
  }

 private:
  double every_, factor_;
};

}  // namespace

/// Multiplied with `factor` after each `every` epochs, constant between.
Kind step() {
  return {"step",
          {{"every", 10, Range::positive}, {"factor", 0.5, Range::above_zero}},
          [](const ParameterValues& values) -> std::unique_ptr<Schedule> {
            return std::make_unique<Step>(values.at("every"), values.at("factor"));
          }};
}

}  // namespace showergan::training::schedule
