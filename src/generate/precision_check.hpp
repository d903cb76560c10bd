#pragma once

#include "generate/generator_engine.hpp"

namespace showergan {

/// How far a shower of the engine, in the middle of the model's conditions, is from that of
/// float32: relative L2 norm.
double difference_from_f32(const GeneratorModel& model, GeneratorEngine& engine);

/// What rounding may explain of it in a sound network: 1e-4 in float32, where layers that are
/// composed add up in another order, 5 % in bf16, 20 % in int8.
double largest_difference(Precision precision);

/// Throws Error if the difference is larger: then this machine computes something else, or the
/// network is one that the precision, or its calibration, does not suit.
void check_precision(const GeneratorModel& model, GeneratorEngine& engine, Precision precision);

}  // namespace showergan
