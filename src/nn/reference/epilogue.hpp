#pragma once

#include <span>
#include <vector>

#include "nn/graph/activation.hpp"

namespace showergan::nn::reference {

/// Values or gradients of an operator's parameters, by role; the last four belong to the
/// normalisation of its epilogue if it has one: gamma, beta, moving mean, moving variance.
using ParameterValues = std::span<const std::span<const double>>;
using ParameterGradients = std::span<const std::span<double>>;

/// Applies the epilogue to the linear results (batch, shape), in place.
void apply_epilogue(const Epilogue& epilogue, const Shape& shape, ParameterValues parameters,
                    std::span<double> values);

/// The gradient of the linear results `before` from that of the epilogue's; adds those of gamma and
/// beta to `gradients`.
std::vector<double> epilogue_backward(const Epilogue& epilogue, const Shape& shape,
                                      ParameterValues parameters, std::span<const double> before,
                                      std::span<const double> output_gradient,
                                      ParameterGradients gradients);

}  // namespace showergan::nn::reference
