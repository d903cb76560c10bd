#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "showergan/generator.hpp"

#include "model/model.hpp"

namespace showergan {

/// A model that was found to be a generator, with what its graph says about its inputs and output.
struct GeneratorModel : Model {
  std::array<std::int64_t, 3> grid{0, 0, 0};
  std::vector<Generator::NoiseInput> noise_inputs;
  std::int64_t noise_count = 0;  ///< standard-normal numbers per shower

  std::int64_t cells() const { return grid[0] * grid[1] * grid[2]; }
};

/// Loads a model by path or shipped name and checks the contract of generators (see Model). Throws
/// InputError that names the file and what is missing.
GeneratorModel load_generator_model(const std::string& name_or_path);

}  // namespace showergan
