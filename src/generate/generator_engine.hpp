#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "showergan/condition.hpp"

#include "base/pinning.hpp"
#include "generate/generator_model.hpp"
#include "nn/plan/compile_times.hpp"
#include "nn/plan/plan.hpp"

namespace showergan {

/// Runs a generator's network over any number of showers on several threads, depth first: each
/// thread takes one shower through the whole network, so that its tensors stay in the core's own
/// cache, and a shower comes from the same calls of the same kernels whatever else is asked for.
///
/// Several engines may share a model; it must outlive them.
class GeneratorEngine {
 public:
  /// Mode and batch of `options` are the engine's own. Threads are bound to CPUs while they work if
  /// `pinning`, of so many threads, says so.
  GeneratorEngine(const GeneratorModel& model, nn::CompileOptions options, int threads,
                  Pinning pinning = {});

  /// Fills the noise of a shower of this call, (noise_count()), the inputs one after the other.
  using FillNoise = std::function<void(std::int64_t shower, std::span<float> noise)>;
  /// Independent standard-normal numbers: those of showers first_index … of `seed`.
  FillNoise drawn_noise(std::uint64_t seed, std::uint64_t first_index) const;

  /// Makes conditions.size() showers, (n, nx, ny, nz) in GeV. Throws InputError if `showers` has
  /// another size.
  void run(std::span<const Condition> conditions, const FillNoise& fill_noise,
           std::span<float> showers);

  int threads() const noexcept { return static_cast<int>(workers_.size()); }
  /// Of the first thread; with one thread and one shower it still holds that shower's tensors.
  const nn::Plan& plan() const noexcept { return workers_.front().plan; }
  /// Of the plans of all threads.
  nn::CompileTimes compile_times() const;
  /// After the passes.
  const nn::Graph& lowered() const noexcept { return workers_.front().plan.lowered(); }

 private:
  struct Worker {
    nn::Plan plan;
    std::vector<float> noise;
    std::vector<float> condition;
  };

  void run_shower(Worker& worker, const Condition& condition, std::span<float> shower);

  const GeneratorModel& model_;
  Pinning pinning_;
  std::vector<Worker> workers_;
  std::shared_ptr<const nn::PreparedWeights> weights_;
};

}  // namespace showergan
