#pragma once

#include <filesystem>
#include <string>

/// What `inspect` and `convert` do with models.
namespace showergan::app {

/// Text about a model file: ONNX, a TOML definition, or Keras weights. Throws InputError for a file
/// that is none of them or is damaged.
std::string describe_model_file(const std::filesystem::path& path);

struct ConvertModelOptions {
  std::filesystem::path in;    ///< checkpoint, Keras weights (HDF5), or a definition (TOML)
  std::filesystem::path out;   ///< ONNX model
  std::string architecture;    ///< name or path of the definition that the weights belong to
  std::string part;            ///< "generator", "discriminator", or empty: found by the weights
  bool last_weights = false;   ///< checkpoint: not the generator's moving average
  std::filesystem::path card;  ///< JSON object with texts, ranges and facts for the card, or empty
  bool force = false;          ///< overwrite `out`
};

/// Puts published weights into their architecture, or initial weights into a definition, and writes
/// the ONNX model. Throws InputError for
/// a wrong input and Error if the output cannot be written.
void convert_model(const ConvertModelOptions& options);

}  // namespace showergan::app
