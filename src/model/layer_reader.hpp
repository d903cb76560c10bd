#pragma once

#include <string>
#include <vector>

#include "model/definition_table.hpp"
#include "nn/graph/operation.hpp"

namespace showergan {

/// What a [[….layers]] table of a definition describes.
struct LayerSettings {
  nn::Operation operation;
  /// What `activation = "…"` adds after the operator: linear if there is none.
  nn::Activation activation;
};

/// Reads the keys that belong to a layer's type; those common to all (type, name, inputs) are the
/// caller's. docs/models.md has the list of types and keys. Throws InputError for an unknown type,
/// naming the known ones.
LayerSettings read_layer(const std::string& type, const DefinitionTable& table);

/// Names of all types, those of read_composite_layer() among them, sorted.
std::vector<std::string> layer_types();

}  // namespace showergan
