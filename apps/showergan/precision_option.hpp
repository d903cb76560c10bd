#pragma once

#include <CLI/CLI.hpp>

#include "showergan/precision.hpp"

namespace showergan::app {

/// --precision f32|bf16|int8.
void add_precision_option(CLI::App& command, Precision& precision);

/// Says on standard error if another precision is used than was asked for, and why.
void warn_of_precision(Precision wanted, Precision used);

}  // namespace showergan::app
