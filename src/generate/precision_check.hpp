#pragma once

#include "generate/generator_engine.hpp"

namespace showergan {

/// Makes one shower in the middle of the model's conditions with an engine of lower precision and
/// with float32. Throws Error if they differ by more, in relative L2 norm, than rounding can
/// explain (5 % in bf16, 20 % in int8): then this machine computes something else, and nobody
/// should use it.
void check_precision(const GeneratorModel& model, GeneratorEngine& engine, Precision precision);

}  // namespace showergan
