#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "store/checkpoint.hpp"

namespace showergan::gan {

// A checkpoint that is whole may still be of another training. These throw InputError that names
// what is missing or of wrong size.

std::int64_t counter_of(const Checkpoint& checkpoint, const std::string& name);
double number_of(const Checkpoint& checkpoint, const std::string& name);
const std::string& text_of(const Checkpoint& checkpoint, const std::string& name);
/// Copies an array that must have just the size of `values`.
void copy_array(const Checkpoint& checkpoint, const std::string& name, std::span<float> values);

}  // namespace showergan::gan
