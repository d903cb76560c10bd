#pragma once

#include <cstdint>
#include <string>

namespace showergan::app {

/// What `--seed` says: a whole number of 64 bits. Throws InputError for anything else.
std::uint64_t parse_seed(const std::string& text);

}  // namespace showergan::app
