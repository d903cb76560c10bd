#pragma once

#include <CLI/CLI.hpp>

#include "showergan/generator.hpp"
#include "showergan/precision.hpp"

namespace showergan::app {

/// --precision f32|bf16|int8.
void add_precision_option(CLI::App& command, Precision& precision);

/// Says on standard error if the generator runs in another precision than was asked for, and why.
void warn_of_precision(Precision wanted, const Generator& generator);

}  // namespace showergan::app
