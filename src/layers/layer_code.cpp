#include "layers/layer_code.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/contract.hpp"
#include "base/random.hpp"
#include "physics/cell.hpp"

namespace showergan::layers {
namespace {

/// Random numbers for a shower's layers, in rows of one for each layer, and for the whole of it.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t index, std::size_t layers)
      : layers_(layers), uniform_(3 * layers), normal_(2 * layers), whole_(4) {
    CounterRandom(seed, RandomPurpose::spreading, 0).fill_uniform(index, uniform_);
    CounterRandom(seed, RandomPurpose::spreading, 1).fill_normal(index, normal_);
    CounterRandom(seed, RandomPurpose::spreading, 2).fill_normal(index, whole_);
  }

  double uniform(std::size_t row, std::size_t layer) const {
    return static_cast<double>(uniform_[row * layers_ + layer]);
  }
  double normal(std::size_t row, std::size_t layer) const {
    return static_cast<double>(normal_[row * layers_ + layer]);
  }
  /// Normal, for a number of the whole shower.
  double whole(std::size_t number) const { return static_cast<double>(whole_[number]); }

 private:
  std::size_t layers_;
  std::vector<float> uniform_;
  std::vector<float> normal_;
  std::vector<float> whole_;
};

constexpr double kDepthNoise = 0.03;     // layers
constexpr double kPositionNoise = 0.05;  // cells
constexpr double kColumnSpread = 0.3;    // cells

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
    const double centre = mean(flow::bent);
    const double middle = flow::straight(centre);
    const double q = mean([&](double x) {
      const double square = (x - middle) * (x - middle);
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

/// Where the numbers of a kind begin in a code.
struct Places {
  explicit Places(const flow::LayerGeometry& geometry)
      : energies(static_cast<std::size_t>(flow::LayerGeometry::energies())),
        centres(static_cast<std::size_t>(geometry.centres())),
        widths(static_cast<std::size_t>(geometry.widths())) {}

  std::size_t energies;
  std::size_t centres;
  std::size_t widths;
};

/// Depth, length and position of a whole shower; of each layer its weighted energy and the centres,
/// first all along x.
std::array<double, 4> whole_shower(std::span<const double> energies,
                                   std::span<const double> centres) {
  const std::size_t n = energies.size();
  double sum = 0;
  double first = 0;
  double second = 0;
  double roots = 0;
  std::array<double, 2> position{};
  for (std::size_t l = 0; l < n; ++l) {
    const auto place = static_cast<double>(l);
    sum += energies[l];
    first += energies[l] * place;
    second += energies[l] * place * place;
    const double root = std::sqrt(energies[l]);
    roots += root;
    position[0] += root * centres[l];
    position[1] += root * centres[n + l];
  }
  const double depth = first / sum;
  return {depth, std::sqrt(std::max(second / sum - depth * depth, 0.0)), position[0] / roots,
          position[1] / roots};
}

double width_of(double code) {
  return code < flow::kLeastWidth ? 0 : std::min(code, flow::kMostWidth);
}

/// The centre of a layer of one column, spread.
double spread_column(double centre, double uniform) {
  return flow::bent(flow::straight(centre) + kColumnSpread * (uniform - 0.5));
}

/// Of a layer of this width, in an image of so many columns.
double centre_of(double code, double width, std::int64_t columns) {
  const double most = 0.5 * static_cast<double>(columns - 1);
  if (width > 0) return std::clamp(code, -flow::bent(most), flow::bent(most));
  return flow::bent(std::clamp(std::round(flow::straight(code) + most), 0.0, 2 * most) - most);
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
    const bool empty = along_x.energy(l) <= 0;
    const Extent x = along_x.extent(l);
    const Extent y = along_y.extent(l);
    result.energy.push_back(along_x.energy(l));
    result.width_x.push_back(width_of(x.width));
    result.width_y.push_back(width_of(y.width));
    result.centre_x.push_back(
        empty ? 0 : centre_of(x.centre, result.width_x.back(), geometry_.grid.nx));
    result.centre_y.push_back(
        empty ? 0 : centre_of(y.centre, result.width_y.back(), geometry_.grid.ny));
  }
  return result;
}

void LayerCode::encode(const Layers& layers, double energy, std::uint64_t seed, std::uint64_t index,
                       std::span<float> code) const {
  const auto n = static_cast<std::size_t>(this->layers());
  SHOWERGAN_EXPECT(std::ssize(code) == size() && energy > 0);
  const Draws draws(seed, index, n);
  const Places at(layer_geometry());
  const auto put = [&](std::size_t place, double value) {
    code[place] = static_cast<float>(value);
  };
  std::vector<double> held(n);         // w_l E_l
  std::vector<double> centres(2 * n);  // before they are spread
  double rest = 0;                     // Σ_{j ≥ l} w_j E_j
  for (std::size_t l = n; l-- > 0;) {
    const bool empty = layers.energy[l] < geometry_.threshold;
    // One decade below the threshold.
    held[l] =
        geometry_.layer_weights[l] *
        (empty ? geometry_.threshold * std::pow(10.0, -draws.uniform(0, l)) : layers.energy[l]);
    rest += held[l];
    if (l + 1 < n) put(at.energies + 1 + l, logit(held[l] / rest));
    const double width_x = layers.width_x[l];
    const double width_y = layers.width_y[l];
    centres[l] = empty ? 0.5 * draws.normal(0, l) : layers.centre_x[l];
    centres[n + l] = empty ? 0.5 * draws.normal(1, l) : layers.centre_y[l];
    const bool column_x = !empty && width_x == 0;
    const bool column_y = !empty && width_y == 0;
    put(at.centres + l, column_x ? spread_column(centres[l], draws.uniform(1, l)) : centres[l]);
    put(at.centres + n + l,
        column_y ? spread_column(centres[n + l], draws.uniform(2, l)) : centres[n + l]);
    put(at.widths + l, empty ? 0 : width_x);
    put(at.widths + n + l, empty ? 0 : width_y);
  }
  put(at.energies, std::log(rest / energy));
  const std::array<double, 4> whole = whole_shower(held, centres);
  for (std::size_t k = 0; k < whole.size(); ++k) {
    put(k, whole[k] + (k < 2 ? kDepthNoise : kPositionNoise) * draws.whole(k));
  }
}

Layers LayerCode::decode(std::span<const float> code, double energy) const {
  const auto n = static_cast<std::size_t>(layers());
  SHOWERGAN_EXPECT(std::ssize(code) == size());
  const Places places(layer_geometry());
  Layers layers = {std::vector<double>(n), std::vector<double>(n), std::vector<double>(n),
                   std::vector<double>(n), std::vector<double>(n)};
  const auto at = [&](std::size_t place) { return static_cast<double>(code[place]); };
  double rest = std::exp(at(places.energies)) * energy;
  for (std::size_t l = 0; l < n; ++l) {
    const double part = l + 1 < n ? 1 / (1 + std::exp(-at(places.energies + 1 + l))) : 1;
    const double held = rest * part / geometry_.layer_weights[l];
    rest -= rest * part;
    if (held < geometry_.threshold) continue;
    layers.energy[l] = held;
    layers.width_x[l] = width_of(at(places.widths + l));
    layers.width_y[l] = width_of(at(places.widths + n + l));
    layers.centre_x[l] = centre_of(at(places.centres + l), layers.width_x[l], geometry_.grid.nx);
    layers.centre_y[l] =
        centre_of(at(places.centres + n + l), layers.width_y[l], geometry_.grid.ny);
  }
  return layers;
}

}  // namespace showergan::layers
