#pragma once

#include <string>

#include "model/model.hpp"

namespace showergan::app {

/// A model to time: an ONNX file or the name of a shipped one, or a definition (path, or name of a
/// shipped one) with initial weights, whose speed is that of trained ones. `part` is "generator" or
/// "discriminator"; a model file has one part only.
Model bench_model(const std::string& name, const std::string& part = "generator");

}  // namespace showergan::app
