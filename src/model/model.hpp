#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "nn/graph/graph.hpp"
#include "nn/kernel/input_range.hpp"
#include "shower/condition.hpp"

namespace showergan {

/// What a user must know of a model; stored as metadata in its ONNX file.
struct ModelCard {
  std::string name;
  std::string description;
  std::string detector;                    ///< name of the detector description
  std::vector<ConditionRange> conditions;  ///< in the order of the `condition` input, valid ranges
  std::string training_data;
  std::string version;  ///< of ShowerGAN that wrote the file
  /// Layers that int8 generation quantises, with the ranges of their inputs (nn::CompileOptions);
  /// empty: the model has not been calibrated for int8.
  std::map<std::string, nn::InputRange> quantization = {};
  std::string facts;  ///< a JSON object with everything else: recipe, cost, Monte Carlo values; may
                      ///< be empty
};

/// A network with its weights. A generator has an input `condition` ((conditions), physical units),
/// one or more inputs of standard-normal numbers (their names begin with `noise`), and an output
/// `shower` ((nx, ny, nz), GeV).
struct Model {
  nn::Graph graph;
  nn::Parameters parameters;
  ModelCard card;
};

}  // namespace showergan
