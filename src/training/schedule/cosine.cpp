#include <algorithm>
#include <cmath>
#include <numbers>

#include "training/schedule/registry.hpp"

namespace showergan::training::schedule {
namespace {

class Cosine : public Schedule {
 public:
  Cosine(double epochs, double floor) : epochs_(epochs), floor_(floor) {}

  double factor(double epoch) const override {
    const double part = std::clamp(epoch / epochs_, 0.0, 1.0);
    return floor_ + (1 - floor_) * (1 + std::cos(std::numbers::pi * part)) / 2;
  }

 private:
  double epochs_, floor_;
};

}  // namespace

/// From 1 down to `floor` along half a cosine in `epochs` epochs, `floor` from there on
/// (Loshchilov & Hutter, arXiv:1608.03983, equation 5, without restarts).
Kind cosine() {
  return {"cosine",
          {{"epochs", 25, Range::positive}, {"floor", 0, Range::fraction}},
          [](const ParameterValues& values) -> std::unique_ptr<Schedule> {
            return std::make_unique<Cosine>(values.at("epochs"), values.at("floor"));
          }};
}

}  // namespace showergan::training::schedule
