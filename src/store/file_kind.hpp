#pragma once

#include <filesystem>

namespace showergan {

enum class FileKind {
  missing,        ///< there is no such file
  showers,        ///< HDF5 with `ECAL` or `showers`
  checkpoint,     ///< state of a training, HDF5
  keras_weights,  ///< HDF5 with Keras' `layer_names`
  other_hdf5,
  onnx,  ///< by its extension
  toml,  ///< by its extension
  unknown,
};

/// What a file is, by a look at its content, or at its extension where content has no mark. Does
/// not throw for a damaged file: that is for whoever reads it.
FileKind file_kind(const std::filesystem::path& path);

}  // namespace showergan
