#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "nn/graph/graph.hpp"

/// Small networks that cover every operator over odd shapes. The reference is checked on them
/// against finite differences, the passes against the unlowered graph, and the kernels against the
/// reference, so a new operator or a new corner needs one new case here. Link showergan_nn_cases.
namespace showergan::nn {

struct Range {
  float low = -1;
  float high = 1;
};

struct Case {
  std::string name;  ///< letters, digits and underscores
  Graph graph;
  std::int64_t batch = 2;
  std::map<std::string, Range> ranges = {};  ///< of inputs that are not uniform in [−1, 1)
};

/// (batch, shape) numbers by the name of an input or output.
using Tensors = std::map<std::string, std::vector<float>>;

/// One case per operator and corner. Sums stay below some hundred terms, so that float and double
/// can be compared: 1e-5 forward and 1e-4 for gradients (relative L2 norm).
std::vector<Case> operator_cases();

/// Networks of several layers: what the passes look for, tensors with several uses, several
/// outputs, and the published generator and discriminator in miniature.
std::vector<Case> stack_cases();

/// Both.
std::vector<Case> all_cases();

/// Uniform numbers in the case's ranges for every input.
Tensors random_inputs(const Case& c, std::uint64_t seed);

/// Initial kernels, and for everything else numbers that are not the neutral ones: biases, beta and
/// moving means in [−0.5, 0.5), gamma in [0.5, 1.5), moving variances in [0.5, 2).
Parameters random_parameters(const Case& c, std::uint64_t seed);

/// Uniform numbers in [−1, 1) for every output: the gradient of a random linear function of it.
Tensors random_output_gradients(const Case& c, std::uint64_t seed);

}  // namespace showergan::nn
