#pragma once

#include <cstddef>
#include <vector>

#include "store/checkpoint.hpp"

namespace showergan {

/// The checkpoint as the bytes of a file: HDF5 behind a user block of `checkpoint_header_size`
/// zeros. The same checkpoint gives the same bytes. Throws Error if HDF5 fails.
std::vector<std::byte> pack_checkpoint(const Checkpoint& checkpoint);

/// The checkpoint in bytes that pack_checkpoint made, whatever the user block holds by now. Throws
/// Error if HDF5 cannot read them.
Checkpoint unpack_checkpoint(std::vector<std::byte> bytes);

}  // namespace showergan
