#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/contract.hpp"
#include "training/schedule/registry.hpp"

namespace showergan::training::schedule {
namespace {

class Cosine : public Schedule {
 public:
  Cosine(double epochs, double floor) : epochs_(epochs), floor_(floor) {}

  double factor(double epoch, double epochs) const override {
    SHOWERGAN_EXPECT(!spans_training() || epochs > 0);
    const double part = std::clamp(epoch / (spans_training() ? epochs : epochs_), 0.0, 1.0);
    return floor_ + (1 - floor_) * (1 + std::cos(std::numbers::pi * part)) / 2;
  }

  bool spans_training() const override { return epochs_ == 0; }

 private:
  double epochs_, floor_;
};

}  // namespace

/// From 1 down to `floor` along half a cosine in `epochs` epochs, `floor` from there on
/// (Loshchilov & Hutter, arXiv:1608.03983, equation 5, without restarts). 0 epochs: as many as the
/// training has.
Kind cosine() {
  return {"cosine",
          {{"epochs", 0, Range::not_negative}, {"floor", 0, Range::fraction}},
          [](const ParameterValues& values) -> std::unique_ptr<Schedule> {
            return std::make_unique<Cosine>(values.at("epochs"), values.at("floor"));
          }};
}

}  // namespace showergan::training::schedule
