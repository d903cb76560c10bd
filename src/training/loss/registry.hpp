#pragma once

#include <vector>

#include "training/loss.hpp"

namespace showergan::training::loss {

/// What each NAME() of this folder returns.
using Kind = Loss;

/// The kinds of all files in this folder, in the order of their names.
std::vector<Kind> all();

}  // namespace showergan::training::loss
