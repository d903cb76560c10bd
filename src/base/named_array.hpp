#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace showergan {

/// A numeric array read from a file: weights of a layer, inputs of a model.
struct NamedArray {
  std::vector<std::int64_t> shape;  ///< row-major; empty for a single number
  std::vector<float> values;        ///< as many as the product of the shape
};

/// Arrays by their path in the file, without leading slash: "sequential_1/dense_1/kernel:0".
using NamedArrays = std::map<std::string, NamedArray>;

}  // namespace showergan
