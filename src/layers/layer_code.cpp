#include "layers/layer_code.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/contract.hpp"
#include "base/random.hpp"
#include "physics/cell.hpp"

namespace showergan::layers {
namespace {

/// Random numbers for the layers of a shower, in rows of one for each layer.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t index, std::size_t layers)
      : layers_(layers), uniform_(3 * layers), normal_(4 * layers) {
    CounterRandom(seed, RandomPurpose::spreading, 0).fill_uniform(index, uniform_);
    CounterRandom(seed, RandomPurpose::spreading, 1).fill_normal(index, normal_);
  }

  double uniform(std::size_t row, std::size_t layer) const {
    return static_cast<double>(uniform_[row * layers_ + layer]);
  }
  double normal(std::size_t row, std::size_t layer) const {
    return static_cast<double>(normal_[row * layers_ + layer]);
  }

 private:
  std::size_t layers_;
  std::vector<float> uniform_;
  std::vector<float> normal_;
};

struct Extent {
  double centre = 0;
  double width = 0;
};

/// Energy of each layer along x or y.
class Profile {
 public:
  Profile(std::int64_t positions, std::int64_t layers)
      : positions_(positions), energy_(static_cast<std::size_t>(positions * layers)) {}

  void add(std::int64_t position, std::int64_t layer, double energy) {
    energy_[static_cast<std::size_t>(layer * positions_ + position)] += energy;
  }
  double energy(std::int64_t layer) const {
    double sum = 0;
    for (const double energy : row(layer)) sum += energy;
    return sum;
  }
  Extent extent(std::int64_t layer) const {
    const double sum = energy(layer);
    if (sum <= 0) return {};
    const std::span<const double> energies = row(layer);
    const auto mean = [&](auto function) {
      double weighted = 0;
      for (std::size_t i = 0; i < energies.size(); ++i) {
        weighted += energies[i] * function(static_cast<double>(i) - axis());
      }
      return weighted / sum;
    };
    const double centre =
        mean([](double x) { return 2 * flow::kReach * std::tanh(x / (2 * flow::kReach)); });
    const double q = mean([&](double x) {
      const double square = (x - centre) * (x - centre);
      return square / (square + flow::kReach * flow::kReach);
    });
    return {centre, flow::kReach * std::sqrt(q / (1 - q))};
  }

 private:
  double axis() const { return 0.5 * static_cast<double>(positions_ - 1); }
  std::span<const double> row(std::int64_t layer) const {
    return std::span(energy_).subspan(static_cast<std::size_t>(layer * positions_),
                                      static_cast<std::size_t>(positions_));
  }

  std::int64_t positions_;
  std::vector<double> energy_;  // (layers, positions)
};

double logit(double p) {
  constexpr double least = 1e-12;
  p = std::clamp(p, least, 1 - least);
  return std::log(p) - std::log1p(-p);
}

double width_code(double width, double uniform) {
  const double spread =
      width < flow::kLeastWidth ? 0.01 + (flow::kLeastWidth - 0.01) * uniform : width;
  return std::log(spread + flow::kLeastWidth);
}

double width_of(double code) {
  const double width = std::exp(code) - flow::kLeastWidth;
  return width < flow::kLeastWidth ? 0 : width;
}

}  // namespace

LayerCode::LayerCode(physics::ImageGeometry geometry) : geometry_(std::move(geometry)) {
  SHOWERGAN_EXPECT(geometry_.grid.nz >= 2);
  SHOWERGAN_EXPECT(std::ssize(geometry_.layer_weights) == geometry_.grid.nz);
  geometry_.cell_x = geometry_.cell_y = 1;
}

Layers LayerCode::measure(std::span<const float> image) const {
  std::vector<physics::Cell> cells;
  physics::read_out(image, geometry_.grid, geometry_.threshold, cells);
  Profile along_x(geometry_.grid.nx, geometry_.grid.nz);
  Profile along_y(geometry_.grid.ny, geometry_.grid.nz);
  for (const physics::Cell& cell : cells) {
    along_x.add(cell.x, cell.z, cell.energy);
    along_y.add(cell.y, cell.z, cell.energy);
  }
  Layers result;
  for (std::int64_t l = 0; l < layers(); ++l) {
    const Extent x = along_x.extent(l);
    const Extent y = along_y.extent(l);
    result.energy.push_back(along_x.energy(l));
    result.centre_x.push_back(x.centre);
    result.centre_y.push_back(y.centre);
    result.width_x.push_back(x.width);
    result.width_y.push_back(y.width);
  }
  return result;
}

void LayerCode::encode(const Layers& layers, double energy, std::uint64_t seed, std::uint64_t index,
                       std::span<float> code) const {
  const auto n = static_cast<std::size_t>(this->layers());
  SHOWERGAN_EXPECT(code.size() == 5 * n && energy > 0);
  const Draws draws(seed, index, n);
  const auto put = [&](std::size_t place, double value) {
    code[place] = static_cast<float>(value);
  };
  double rest = 0;  // Σ_{j ≥ l} w_j E_j
  for (std::size_t l = n; l-- > 0;) {
    const bool empty = layers.energy[l] < geometry_.threshold;
    // One decade below the threshold.
    const double held =
        empty ? geometry_.threshold * std::pow(10.0, -draws.uniform(0, l)) : layers.energy[l];
    const double weighted = geometry_.layer_weights[l] * held;
    rest += weighted;
    if (l + 1 < n) put(1 + l, logit(weighted / rest));
    put(n + l, empty ? 0.5 * draws.normal(0, l) : layers.centre_x[l]);
    put(2 * n + l, empty ? 0.5 * draws.normal(1, l) : layers.centre_y[l]);
    put(3 * n + l,
        empty ? 0.5 * draws.normal(2, l) - 1 : width_code(layers.width_x[l], draws.uniform(1, l)));
    put(4 * n + l,
        empty ? 0.5 * draws.normal(3, l) - 1 : width_code(layers.width_y[l], draws.uniform(2, l)));
  }
  put(0, std::log(rest / energy));
}

Layers LayerCode::decode(std::span<const float> code, double energy) const {
  const auto n = static_cast<std::size_t>(layers());
  SHOWERGAN_EXPECT(code.size() == 5 * n);
  Layers layers = {std::vector<double>(n), std::vector<double>(n), std::vector<double>(n),
                   std::vector<double>(n), std::vector<double>(n)};
  const auto at = [&](std::size_t place) { return static_cast<double>(code[place]); };
  double rest = std::exp(at(0)) * energy;
  for (std::size_t l = 0; l < n; ++l) {
    const double part = l + 1 < n ? 1 / (1 + std::exp(-at(1 + l))) : 1;
    const double held = rest * part / geometry_.layer_weights[l];
    rest -= rest * part;
    if (held < geometry_.threshold) continue;
    layers.energy[l] = held;
    layers.centre_x[l] = at(n + l);
    layers.centre_y[l] = at(2 * n + l);
    layers.width_x[l] = width_of(at(3 * n + l));
    layers.width_y[l] = width_of(at(4 * n + l));
  }
  return layers;
}

}  // namespace showergan::layers
