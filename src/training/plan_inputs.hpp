#pragma once

#include <cstdint>
#include <span>

#include "nn/plan/plan.hpp"
#include "training/sample_source.hpp"

namespace showergan::training {

/// Gives the samples to the inputs of a plan, whose batch may be larger: the rest is 0.
void set_inputs(nn::Plan& plan, const SampleSource& source, std::span<const std::int64_t> samples);

/// Numbers per sample of a network's only output. Throws InputError if it has another number of
/// outputs.
std::int64_t output_width(const nn::Graph& graph);

}  // namespace showergan::training
