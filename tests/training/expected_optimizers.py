"""Prints expected_optimizers.hpp: what PyTorch's optimisers make of a few weights in five updates.

python3 tests/training/expected_optimizers.py > tests/training/expected_optimizers.hpp
clang-format-14 -i tests/training/expected_optimizers.hpp

PyTorch calculates here in double precision. Its RMSprop adds epsilon to the root, not under it, as
Keras 2 and this project do. Made with PyTorch 2.15.
"""

import torch

RATE = 0.01
WEIGHTS = [0.5, -1.25, 3.0, 0.0]
GRADIENTS = [[0.5, -2.0, 0.001, 30.0],
             [-0.25, -1.0, 0.002, 10.0],
             [0.125, 0.5, 0.0, -20.0],
             [0.75, -0.125, -0.004, 0.25],
             [-1.5, 2.0, 0.001, 5.0]]
# Ours, its parameters, and the same of PyTorch.
CASES = [
    ("sgd", {}, torch.optim.SGD, {}),
    ("sgd", {"momentum": 0.9}, torch.optim.SGD, {"momentum": 0.9}),
    ("sgd", {"momentum": 0.75, "nesterov": 1}, torch.optim.SGD,
     {"momentum": 0.75, "nesterov": True}),
    ("rmsprop", {}, torch.optim.RMSprop, {"alpha": 0.9, "eps": 1e-7}),
    ("rmsprop", {"rho": 0.5, "epsilon": 0.01, "momentum": 0.75}, torch.optim.RMSprop,
     {"alpha": 0.5, "eps": 0.01, "momentum": 0.75}),
    ("adam", {}, torch.optim.Adam, {"eps": 1e-7}),
    ("adam", {"beta_1": 0.5, "beta_2": 0.75, "epsilon": 0.01, "weight_decay": 0.25},
     torch.optim.AdamW, {"betas": (0.5, 0.75), "eps": 0.01, "weight_decay": 0.25}),
]


def final_weights(optimizer, settings):
    weights = torch.tensor(WEIGHTS, dtype=torch.float64, requires_grad=True)
    optimizer = optimizer([weights], lr=RATE, **settings)
    for gradient in GRADIENTS:
        weights.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
    return weights.tolist()


def braces(numbers, end=""):
    return "{" + ", ".join(repr(n) + end for n in numbers) + "}"


def main():
    print(f"""#pragma once

// Printed by expected_optimizers.py.

#include <array>
#include <map>
#include <string>
#include <vector>

namespace showergan::test {{

inline constexpr double kRate = {RATE};
inline constexpr std::array<float, 4> kWeights = {braces(WEIGHTS, "F")};
inline constexpr std::array<std::array<float, 4>, 5> kGradients = {{{{""")
    for gradient in GRADIENTS:
        print("    " + braces(gradient, "F") + ",")
    print("""}};

struct OptimizerCase {
  std::string optimizer;
  std::map<std::string, double> parameters;
  std::array<double, 4> weights;  ///< after the five updates
};

inline const std::vector<OptimizerCase> kOptimizerCases = {""")
    for name, parameters, optimizer, settings in CASES:
        values = ", ".join(f'{{"{k}", {v}}}' for k, v in parameters.items())
        print(f'    {{"{name}",\n     {{{values}}},')
        print(f"     {braces(final_weights(optimizer, settings))}}},")
    print("""};

}  // namespace showergan::test""")


if __name__ == "__main__":
    main()
