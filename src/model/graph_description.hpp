#pragma once

#include <string>

#include "nn/graph/graph.hpp"

namespace showergan {

/// Lines about a network for people: inputs and outputs, parameters, multiply-adds, and a table of
/// its layers with shapes (without constants). Every line begins with `indent`.
std::string describe_graph(const nn::Graph& graph, const std::string& indent);

}  // namespace showergan
