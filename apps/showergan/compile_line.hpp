#pragma once

#include <string>

#include <fmt/format.h>

#include "nn/plan/compile_times.hpp"

namespace showergan::app {

/// "2 plans compiled in 4.5 ms, the slowest in 3.5 ms", for people.
inline std::string compile_line(const nn::CompileTimes& times) {
  return fmt::format("{} plan{} compiled in {:.1f} ms, the slowest in {:.1f} ms", times.plans,
                     times.plans == 1 ? "" : "s", 1e3 * times.seconds, 1e3 * times.slowest);
}

}  // namespace showergan::app
