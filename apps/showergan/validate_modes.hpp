#pragma once

#include "validate_options.hpp"

namespace showergan::app {

/// The three things that `validate` does. They throw as the commands do.

/// Compares candidates with a reference, shower set against shower set.
void compare_files(const ValidateOptions& options);

/// Compares a candidate with the Monte Carlo values in a model's card.
void compare_with_card(const ValidateOptions& options);

/// Writes the summary of a reference for a model's card.
void summarize_file(const ValidateOptions& options);

}  // namespace showergan::app
