#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/drawn_layers.hpp"
#include "nn/graph/graph.hpp"
#include "shower/condition.hpp"
#include "shower/shower_batch.hpp"

namespace showergan {

/// A model as it is written down in models/*.toml: networks without weights, and what they are for.
struct ModelDefinition {
  std::filesystem::path file;
  std::string name;
  std::string description;
  std::string detector;  ///< name of a detector description; may be one that is not shipped
  std::vector<ConditionRange> conditions;  ///< in the order of the `condition` input, valid ranges

  /// Inputs `noise`… (standard-normal numbers) and `condition` ((conditions), physical units),
  /// output `shower` ((nx, ny, nz), GeV).
  nn::Graph generator;
  /// Of a model whose layers are drawn first; `generator` is the whole of both parts then.
  std::optional<DrawnLayers> layers;
  /// Input `image` ((nx, ny, nz), GeV), and `condition` if it wants to know; outputs of the model's
  /// own choice. Not every model has one.
  std::optional<nn::Graph> discriminator;

  /// The part of the generator that learns against the discriminator: all of it, or the decoder.
  const nn::Graph& adversary() const { return layers ? layers->decoder : generator; }

  /// Standard-normal numbers of one shower, over all noise inputs.
  std::int64_t latent() const;
  /// Cells of `shower`.
  Grid grid() const;
};

/// Reads a definition and checks it: the contract of the generator's inputs and outputs, the
/// discriminator's image, the grid of a shipped detector. Throws InputError that names file, line
/// and layer.
ModelDefinition load_definition(const std::filesystem::path& path);

/// The same from a text, such as the one that a checkpoint keeps; `name` is what messages call it.
ModelDefinition parse_definition(const std::string& text, const std::string& name);

/// A definition by path, or by the name of a shipped one (models/NAME.toml). Throws InputError
/// listing the known names.
ModelDefinition find_definition(const std::string& name_or_path);

}  // namespace showergan
