#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "showergan/generator.hpp"

#include "model/model.hpp"
#include "nn/plan/plan.hpp"

namespace showergan {

/// A model that was found to be a generator, with what its graph says about its inputs and output.
struct GeneratorModel : Model {
  std::array<std::int64_t, 3> grid{0, 0, 0};
  std::vector<Generator::NoiseInput> noise_inputs;
  std::int64_t noise_count = 0;  ///< standard-normal numbers per shower

  std::int64_t cells() const { return grid[0] * grid[1] * grid[2]; }
};

/// Checks the contract of generators (see Model); `name` is what messages call it. Throws
/// InputError that says what is missing.
GeneratorModel as_generator(Model model, const std::string& name);

/// Loads a model by path or shipped name and checks it.
GeneratorModel load_generator_model(const std::string& name_or_path);

/// The precision that was asked for, or float32 where the processor has no instructions for it.
/// Throws InputError for int8 if the model has no calibration.
Precision usable_precision(const GeneratorModel& model, Precision wanted);

/// The middle of every range, to try a model with.
Condition middle_of(const std::vector<ConditionRange>& ranges);

/// What a generator's network is compiled with.
nn::CompileOptions generation_options(const GeneratorModel& model, Precision precision);

}  // namespace showergan
