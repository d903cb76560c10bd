#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "nn/graph/graph.hpp"
#include "shower/condition.hpp"

namespace showergan::gan {

/// A pass of images through the discriminator within one step.
enum class Pass : std::uint32_t {
  real = 0,       ///< Monte Carlo, the discriminator learns
  fake = 1,       ///< generated, the discriminator learns
  generator = 2,  ///< generated, the generator learns; its second update is 3, and so on
  start = 255,    ///< generated, the generator learns alone
};

/// The pass of generator update `update`, counted from 0.
Pass generator_pass(int update);

/// The random numbers of training steps. Each belongs to a pass and to the number of a shower in
/// the training (TrainingBatch::index), and so neither to a place in the batch nor to a thread or a
/// rank.
class StepRandom {
 public:
  /// `generator`: its noise inputs are asked for noise. `ranges` are those of the conditions.
  StepRandom(std::uint64_t seed, const nn::Graph& generator, std::vector<ConditionRange> ranges);

  std::uint64_t seed() const noexcept { return seed_; }

  /// One number per shower and pass, which no other shower or pass has in the whole training:
  /// pass · 2^56 + index.
  static std::vector<std::uint64_t> numbers(Pass pass, std::span<const std::uint64_t> index);

  struct NoiseInput {
    std::string name;
    std::int64_t count = 0;  ///< numbers per shower
  };
  const std::vector<NoiseInput>& noise_inputs() const noexcept { return noise_inputs_; }
  /// (n, count) standard-normal numbers for noise input `input`; the stream is the input's place.
  std::vector<float> noise(std::size_t input, std::span<const std::uint64_t> numbers) const;

  /// (n, conditions) uniform in the ranges of the model.
  std::vector<float> conditions(std::span<const std::uint64_t> numbers) const;

  /// (n) `label`, or with probability `flips` 1 − `label`.
  std::vector<float> labels(float label, double flips,
                            std::span<const std::uint64_t> numbers) const;

 private:
  std::uint64_t seed_;
  std::vector<NoiseInput> noise_inputs_;
  std::vector<ConditionRange> ranges_;
};

}  // namespace showergan::gan
