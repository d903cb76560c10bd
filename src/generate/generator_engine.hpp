#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "showergan/condition.hpp"

#include "base/pinning.hpp"
#include "generate/generator_model.hpp"
#include "nn/plan/compile_times.hpp"
#include "nn/plan/plan.hpp"

namespace showergan {

/// What becomes of a dense layer and a convolution at the beginning of a generator.
enum class FirstLayers {
  composed,  ///< one matrix, where that is cheaper for a group of showers; takes a while to compute
  separate,
};

/// Runs a generator's network over any number of showers on several threads, depth first: each
/// thread takes one shower through the network, so that its tensors stay in the core's own cache,
/// and a shower comes from the same calls of the same kernels whatever else is asked for.
///
/// Where its first layers are composed, a thread computes them for a group of showers at once,
/// because their matrix is larger than that cache; the rest follows shower by shower. Their kernel
/// gives a shower the same numbers in any group (nn/kernel/row_product.hpp).
///
/// Several engines may share a model; it must outlive them.
class GeneratorEngine {
 public:
  /// Showers whose composed layers a thread computes at once: their matrix is read once for all of
  /// them, and their results have to stay in a shared cache.
  static constexpr std::int64_t largest_group = 64;

  /// Mode and batch of `options` are the engine's own. Threads are bound to CPUs while they work if
  /// `pinning`, of so many threads, says so.
  GeneratorEngine(const GeneratorModel& model, nn::CompileOptions options, int threads,
                  FirstLayers first_layers = FirstLayers::composed, Pinning pinning = {});

  /// Fills the noise of a shower of this call, (noise_count()), the inputs one after the other.
  using FillNoise = std::function<void(std::int64_t shower, std::span<float> noise)>;
  /// Independent standard-normal numbers: those of showers first_index … of `seed`.
  FillNoise drawn_noise(std::uint64_t seed, std::uint64_t first_index) const;

  /// Makes conditions.size() showers, (n, nx, ny, nz) in GeV. Throws InputError if `showers` has
  /// another size.
  void run(std::span<const Condition> conditions, const FillNoise& fill_noise,
           std::span<float> showers);

  int threads() const noexcept { return static_cast<int>(workers_.size()); }
  /// Of the plans of all threads.
  nn::CompileTimes compile_times() const;
  /// Of the first thread, without composed layers; with one thread and one shower it still holds
  /// that shower's tensors.
  const nn::Plan& plan() const noexcept { return workers_.front().body; }
  /// After the passes, without composed layers.
  const nn::Graph& lowered() const noexcept { return workers_.front().body.lowered(); }
  /// The composed layers, or null.
  const nn::Plan* head() const noexcept {
    return workers_.front().head ? &*workers_.front().head : nullptr;
  }

 private:
  struct Worker {
    std::optional<nn::Plan> head;
    nn::Plan body;
    std::vector<float> noise;      ///< (showers of a group, noise_count)
    std::vector<float> condition;  ///< (showers of a group, conditions)
    std::vector<float> staged;     ///< one input of the head
  };

  void run_group(Worker& worker, std::span<const Condition> conditions, std::int64_t first,
                 const FillNoise& fill_noise, std::span<float> showers);
  /// Sets the inputs that a plan has from `count` showers of the group, from `first` on.
  void set_inputs(Worker& worker, nn::Plan& plan, std::size_t first, std::size_t count);

  const GeneratorModel& model_;
  std::string seam_;  ///< name of the last composed layer
  Pinning pinning_;
  std::vector<Worker> workers_;
  std::shared_ptr<const nn::PreparedWeights> head_weights_;
  std::shared_ptr<const nn::PreparedWeights> body_weights_;
};

}  // namespace showergan
