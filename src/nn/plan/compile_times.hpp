#pragma once

#include <algorithm>

#include "nn/plan/plan.hpp"

namespace showergan::nn {

/// How long the compilation of some plans took.
struct CompileTimes {
  int plans = 0;
  double seconds = 0;  ///< of all together
  double slowest = 0;  ///< seconds of the slowest of them

  void add(const Plan& plan) { add({1, plan.compile_seconds(), plan.compile_seconds()}); }
  void add(const CompileTimes& others) {
    plans += others.plans;
    seconds += others.seconds;
    slowest = std::max(slowest, others.slowest);
  }
};

}  // namespace showergan::nn
