#include "training/schedule/registry.hpp"

namespace showergan::training::schedule {
namespace {

class Constant : public Schedule {
 public:
  double factor(double /*epoch*/, double /*epochs*/) const override { return 1; }
};

}  // namespace

/// Always 1.
Kind constant() {
  return {"constant", {}, [](const ParameterValues&) -> std::unique_ptr<Schedule> {
            return std::make_unique<Constant>();
          }};
}

}  // namespace showergan::training::schedule
