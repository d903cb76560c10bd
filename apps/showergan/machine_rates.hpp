#pragma once

#include "showergan/precision.hpp"

namespace showergan::app {

/// What this machine can do at best on a number of threads, measured now: the yardstick for every
/// other rate of the same run.
struct MachineRates {
  double convolution = 0;  ///< GFLOP/s of a convolution 32 → 32 channels, 3×3×3, 25×25×25 cells
  double copy = 0;         ///< GB/s read and written by a copy far larger than the caches
};

MachineRates measure_machine(int threads, Precision precision);

/// The convolution alone.
double convolution_rate(int threads, Precision precision);

}  // namespace showergan::app
