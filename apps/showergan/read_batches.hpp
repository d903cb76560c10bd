#pragma once

#include <functional>
#include <string>

#include "store/shower_reader.hpp"

namespace showergan::app {

/// Reads all showers of a file in batches of bounded memory, in their order, with a progress bar of
/// that name. Throws InputError for a shower that is not physical and Error if the user interrupts.
void read_batches(const ShowerReader& file, const std::string& name, bool quiet,
                  const std::function<void(const ShowerBatch&)>& use);

}  // namespace showergan::app
