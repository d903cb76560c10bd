#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "showergan/condition.hpp"

namespace showergan {

/// A trained discriminator: what it says about showers, with moving statistics and without dropout.
class Discriminator {
 public:
  /// `model` is a path to an ONNX file or the name of a shipped model: a network with the input
  /// `image` ((nx, ny, nz), GeV), and `condition` (those of its card, physical units) if it is told
  /// them. Throws InputError for anything else. `threads` 0: all cores.
  explicit Discriminator(const std::string& model, int threads = 0);
  ~Discriminator();
  Discriminator(Discriminator&&) noexcept;
  Discriminator& operator=(Discriminator&&) noexcept;

  struct Result {
    std::string name;                 ///< of the output: generation, auxiliary, ecal …
    std::vector<std::int64_t> shape;  ///< per shower
    std::vector<float> values;        ///< (n, shape)
  };

  std::array<std::int64_t, 3> grid() const noexcept;

  /// The conditions that it is told, in their order; none if it looks at images only.
  const std::vector<ConditionRange>& conditions() const noexcept;

  /// All outputs for n showers, `showers` being (n, nx, ny, nz) in GeV and `conditions` (n,
  /// conditions()).
  std::vector<Result> score(std::span<const float> showers, std::span<const float> conditions = {});

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace showergan
