#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "showergan/condition.hpp"
#include "showergan/precision.hpp"

namespace showergan {

struct GeneratorOptions {
  int threads = 0;  ///< 0: every core that the process may use
  Precision precision = Precision::f32;
  /// Whether each thread of a call stays on a CPU of its own, of those that the process may use;
  /// the caller's goes back to where it may run at the end of a call (Linux).
  bool pin = false;
};

/// A trained model, ready to make showers.
///
/// One call runs at a time on one instance; a call uses all its threads. Loading throws InputError
/// for a file that is missing, damaged or not a generator, and for int8 if the model has not been
/// calibrated (`showergan quantize`), and for more threads than can be pinned; the calls throw
/// InputError for arguments of wrong size.
///
/// A lower precision is checked against float32 on one shower while loading, which throws Error if
/// they are far apart. Where the processor has no instructions for it, float32 is used instead.
class Generator {
 public:
  /// `model` is a path to an ONNX file or the name of a shipped model.
  explicit Generator(const std::string& model, const GeneratorOptions& options = {});
  ~Generator();
  Generator(Generator&&) noexcept;
  Generator& operator=(Generator&&) noexcept;

  const std::string& name() const noexcept;           ///< of the model, from its card
  const std::string& detector() const noexcept;       ///< name of the detector description
  std::array<std::int64_t, 3> grid() const noexcept;  ///< cells along x, y, z
  std::int64_t cells() const noexcept;                ///< nx · ny · nz
  int threads() const noexcept;
  Precision precision() const noexcept;  ///< in use

  /// What the model is asked with, and where it is valid.
  const std::vector<ConditionRange>& conditions() const noexcept;

  /// The model's inputs of standard-normal numbers.
  struct NoiseInput {
    std::string name;
    std::int64_t count = 0;  ///< numbers per shower
  };
  const std::vector<NoiseInput>& noise_inputs() const noexcept;
  std::int64_t noise_count() const noexcept;  ///< numbers per shower, over all inputs

  /// Makes showers first_index … first_index + n − 1 of `seed`, n = conditions.size(), into
  /// `showers`
  /// ((n, nx, ny, nz), GeV). A shower depends on the model, its condition, the seed and its index,
  /// and on nothing else: not on the number of threads or on how a job is cut into calls.
  void generate(std::span<const Condition> conditions, std::uint64_t seed,
                std::uint64_t first_index, std::span<float> showers);

  /// The same from given noise: (n, noise_count()), the inputs of one shower one after the other.
  void generate_from_noise(std::span<const Condition> conditions, std::span<const float> noise,
                           std::span<float> showers);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace showergan
