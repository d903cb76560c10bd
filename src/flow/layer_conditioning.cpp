#include "flow/layer_conditioning.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "flow/cell_spectrum.hpp"
#include "flow/graph_builder.hpp"
#include "flow/layer_graph.hpp"
#include "nn/graph/shape_error.hpp"

namespace showergan::flow {
namespace {

using nn::BinaryFunction;

constexpr double kMostChange = 4;    // of a cell, a factor
constexpr double kMeV = 1000;        // in a GeV
constexpr double kMostLogSlope = 1;  // s_0: such a cell is known within a factor of 15
// Of the variance by hits, P (1 − P) e^{2c}, that counts; chosen by what the rings and centres of
// the first layers look like (docs/physics.md).
constexpr double kHitPart = 0.3;

/// Shorthand for what is computed with numbers of a layer.
class Arithmetic {
 public:
  explicit Arithmetic(GraphBuilder& build, std::string prefix)
      : build_(build), prefix_(std::move(prefix)) {}

  template <class T>
  nn::NodeId plus(nn::NodeId a, T b) {
    return build_.binary(next(), BinaryFunction::add, a, b);
  }
  template <class T>
  nn::NodeId minus(nn::NodeId a, T b) {
    return build_.binary(next(), BinaryFunction::subtract, a, b);
  }
  template <class T>
  nn::NodeId times(nn::NodeId a, T b) {
    return build_.binary(next(), BinaryFunction::multiply, a, b);
  }
  nn::NodeId over(nn::NodeId a, nn::NodeId b) {
    return build_.binary(next(), BinaryFunction::divide, a, b);
  }
  /// Σ over positions, (positions, z) → (1, z).
  nn::NodeId along(nn::NodeId a) { return build_.sum(next(), a, {0}, true); }

 private:
  std::string next() { return prefix_ + std::to_string(++count_); }

  GraphBuilder& build_;
  std::string prefix_;
  int count_ = 0;
};

/// u² / (u² + r²)
nn::NodeId share_beyond(Arithmetic& compute, nn::NodeId u) {
  const nn::NodeId square = compute.times(u, u);
  return compute.over(square, compute.plus(square, kReach * kReach));
}

/// What the sums of a layer are taken of along x or y: functions of the position, whose means are 0
/// if centre and width are as told.
struct Axis {
  nn::NodeId first = 0;   ///< (positions, z)
  nn::NodeId second = 0;  ///< (positions, z)
};

/// `row`: of the centre in `shape`; the width stands two below.
Axis axis_functions(nn::Graph& graph, const std::string& prefix, const std::string& name,
                    std::int64_t positions, nn::NodeId shape, std::int64_t row) {
  GraphBuilder build(graph, prefix);
  Arithmetic compute(build, name + "_function");
  std::vector<float> at;
  std::vector<float> bent_at;
  for (std::int64_t i = 0; i < positions; ++i) {
    const double x = static_cast<double>(i) - 0.5 * static_cast<double>(positions - 1);
    at.push_back(static_cast<float>(x));
    bent_at.push_back(static_cast<float>(bent(x)));
  }
  const nn::NodeId centre = build.slice(name + "_centre", shape, 0, row, row + 1);
  const nn::NodeId width = build.slice(name + "_width", shape, 0, row + 2, row + 3);
  const nn::NodeId position = build.constant(name + "_position", {positions, 1}, std::move(at));
  const nn::NodeId core = build.constant(name + "_core", {positions, 1}, std::move(bent_at));
  const nn::NodeId told = share_beyond(compute, width);
  const nn::NodeId middle = append_straight(graph, prefix + name + "_middle_", centre);
  // Divided by what they are like, so that all numbers are of the order of 1.
  const nn::NodeId first = compute.over(compute.minus(core, centre), compute.plus(width, 0.3));
  const nn::NodeId second =
      compute.over(compute.minus(share_beyond(compute, compute.minus(position, middle)), told),
                   compute.plus(told, 0.05));
  return {first, second};
}

/// b φ₁ + c φ₂ of one axis, (positions, z), where φ are without their means: with `share` and
/// `weight` (positions, z), the sums of the cells' E and variances over the other axis, and
/// `missing`, what is added to all cells for the energy's sake, (1, z).
nn::NodeId axis_change(GraphBuilder& build, const std::string& name, const Axis& axis,
                       nn::NodeId share, nn::NodeId weight, nn::NodeId weight_sum,
                       nn::NodeId missing) {
  Arithmetic compute(build, name);
  // Means over the cells with these weights are of the order of 1 in every layer, an empty one too:
  // the determinant's square is a divisor in the gradient.
  const nn::NodeId part = compute.over(weight, weight_sum);
  const nn::NodeId first_mean = compute.along(compute.times(part, axis.first));
  const nn::NodeId second_mean = compute.along(compute.times(part, axis.second));
  const nn::NodeId first = compute.minus(axis.first, first_mean);
  const nn::NodeId second = compute.minus(axis.second, second_mean);
  const nn::NodeId weighted_first = compute.times(part, first);
  // A layer of one column of cells cannot be moved: a small number keeps its equations solvable.
  constexpr double ridge = 1e-3;
  const nn::NodeId a11 = compute.plus(compute.along(compute.times(weighted_first, first)), ridge);
  const nn::NodeId a12 = compute.along(compute.times(weighted_first, second));
  const nn::NodeId a22 =
      compute.plus(compute.along(compute.times(compute.times(part, second), second)), ridge);
  // Minus what is wrong once the energy is right, for each unit of weight.
  const nn::NodeId added = compute.times(missing, weight_sum);
  const nn::NodeId r1 = compute.over(compute.plus(compute.along(compute.times(share, axis.first)),
                                                  compute.times(added, first_mean)),
                                     weight_sum);
  const nn::NodeId r2 = compute.over(compute.plus(compute.along(compute.times(share, axis.second)),
                                                  compute.times(added, second_mean)),
                                     weight_sum);
  const nn::NodeId determinant = compute.minus(compute.times(a12, a12), compute.times(a11, a22));
  const nn::NodeId b =
      compute.over(compute.minus(compute.times(r1, a22), compute.times(r2, a12)), determinant);
  const nn::NodeId c =
      compute.over(compute.minus(compute.times(r2, a11), compute.times(r1, a12)), determinant);
  return compute.plus(compute.times(b, first), compute.times(c, second));
}

/// e^{2 s_0} of each cell, (x, y, z), with the number s_0 of its spectrum (CellSpectrum): its
/// energy changes by the factor e^{±e^{s_0}} for each standard deviation of the noise near z = 0.
nn::NodeId relative_variance(GraphBuilder& build, nn::NodeId spectra, const nn::Shape& cells) {
  constexpr std::int64_t row = 2 + static_cast<std::int64_t>(CellSpectrum::middle);
  const nn::NodeId slope = build.slice("spectrum_slope", spectra, 0, row, row + 1);
  const nn::NodeId bounded =
      build.clip("spectrum_slope_bounded", build.reshape("spectrum_slopes", slope, cells),
                 CellSpectrum::least_log_slope, kMostLogSlope);
  const nn::NodeId twice =
      build.binary("spectrum_slope_twice", BinaryFunction::multiply, bounded, 2.0);
  return build.function("relative_variance", nn::Function::exp, twice);
}

/// kHitPart P (1 − P) e^{2c} of each cell, (x, y, z) in MeV², with m and c of its spectrum: what
/// hit or not adds to the variance of its energy. P = Φ(m), as the logistic function has it within
/// 0.01.
nn::NodeId hit_variance(GraphBuilder& build, nn::NodeId spectra, const nn::Shape& cells) {
  const auto row = [&](const std::string& name, std::int64_t index) {
    return build.reshape(name + "_cells", build.slice(name, spectra, 0, index, index + 1), cells);
  };
  const nn::NodeId chance = build.function(
      "hit_chance", nn::Function::sigmoid,
      build.binary("hit_scaled", BinaryFunction::multiply, row("hit_middle", 0), 1.702));
  const nn::NodeId square = build.function(
      "hit_square", nn::Function::exp,
      build.binary("hit_twice", BinaryFunction::multiply,
                   build.clip("hit_log_energy", row("hit_energy", 1),
                              CellSpectrum::least_log_energy, CellSpectrum::most_log_energy),
                   2.0));
  const nn::NodeId both =
      build.binary("hit_spread", BinaryFunction::subtract, chance,
                   build.binary("hit_chance_square", BinaryFunction::multiply, chance, chance));
  return build.binary("hit_part", BinaryFunction::multiply,
                      build.binary("hit_variance", BinaryFunction::multiply, both, square),
                      kHitPart);
}

}  // namespace

nn::NodeId append_layer_conditioning(nn::Graph& graph, const std::string& prefix,
                                     const ConditionedLayers& layers, int rounds,
                                     double threshold) {
  const auto& [cells, layer_energy, layer_shape, spectra] = layers;
  GraphBuilder build(graph, prefix);
  const nn::Shape image = build.shape_of(cells);
  if (image.size() != 3) {
    throw nn::ShapeError("conditioning of layers needs cells (x, y, z)", prefix);
  }
  const std::int64_t nz = image[2];
  if (build.shape_of(layer_shape) != nn::Shape{4, nz} ||
      nn::element_count(build.shape_of(layer_energy)) != nz) {
    throw nn::ShapeError(
        "conditioning of layers needs the energies (z) and the shapes (4, z) of the "
        "layers of its cells (x, y, z)",
        prefix);
  }
  if (spectra &&
      build.shape_of(*spectra) != nn::Shape{CellSpectrum::numbers, image[0], image[1], image[2]}) {
    throw nn::ShapeError("conditioning of layers needs the spectra of its cells", prefix);
  }
  const nn::NodeId energy = build.binary("energy_mev", BinaryFunction::multiply,
                                         build.reshape("energy_row", layer_energy, {1, nz}), kMeV);
  const nn::NodeId inverse =
      build.binary("inverse_energy", BinaryFunction::divide, build.number("one", 1),
                   build.binary("energy_above_zero", BinaryFunction::add, energy, 1e-3));
  const Axis x = axis_functions(graph, prefix, "x", image[0], layer_shape, 0);
  const Axis y = axis_functions(graph, prefix, "y", image[1], layer_shape, 1);
  // Shares of the layer's energy.
  nn::NodeId share = build.binary("share", BinaryFunction::multiply, cells, inverse);
  const nn::NodeId uncertain =
      spectra ? relative_variance(build, *spectra, image) : build.number("equal_slopes", 1);
  std::optional<nn::NodeId> hits;  // variance of shares
  if (spectra) {
    const nn::NodeId variance = hit_variance(build, *spectra, image);
    const nn::NodeId over =
        build.binary("hit_over_energy", BinaryFunction::multiply, variance, inverse);
    hits = build.binary("hit_share", BinaryFunction::multiply, over, inverse);
  }
  for (int round = 1; round <= rounds; ++round) {
    const std::string name = "round" + std::to_string(round) + "_";
    Arithmetic compute(build, name);
    const nn::NodeId relative = compute.times(share, uncertain);
    const nn::NodeId of_energies = compute.times(share, relative);
    const nn::NodeId variance = hits ? compute.plus(of_energies, *hits) : of_energies;
    const nn::NodeId share_x = build.sum(name + "share_x", share, {1});
    const nn::NodeId share_y = build.sum(name + "share_y", share, {0});
    const nn::NodeId variance_x = build.sum(name + "variance_x", variance, {1});
    const nn::NodeId variance_y = build.sum(name + "variance_y", variance, {0});
    const nn::NodeId weight_sum = compute.plus(compute.along(variance_x), 1e-12);
    const nn::NodeId missing = compute.over(
        compute.minus(build.number(name + "whole", 1), compute.along(share_x)), weight_sum);
    const nn::NodeId half = compute.times(missing, 0.5);
    const nn::NodeId change_x = compute.plus(
        axis_change(build, name + "x", x, share_x, variance_x, weight_sum, missing), half);
    const nn::NodeId change_y = compute.plus(
        axis_change(build, name + "y", y, share_y, variance_y, weight_sum, missing), half);
    const nn::NodeId change =
        compute.plus(build.reshape(name + "change_x", change_x, {image[0], 1, nz}), change_y);
    const nn::NodeId factor =
        build.clip(name + "factor", compute.plus(compute.times(relative, change), 1.0),
                   1 / kMostChange, kMostChange);
    share = compute.times(share, factor);
  }
  const nn::NodeId sum = build.binary("sum_above_zero", BinaryFunction::add,
                                      build.sum("sum", share, {0, 1}, true), 1e-9);
  const nn::NodeId scale = build.binary("scale", BinaryFunction::divide,
                                        build.reshape("layer_gev", layer_energy, {1, 1, nz}), sum);
  const nn::NodeId result = build.binary("cells_gev", BinaryFunction::multiply, share, scale);
  const nn::NodeId above =
      build.binary("above_threshold", BinaryFunction::subtract, result, threshold);
  return build.add("read", nn::Where{}, {above, result, build.number("nothing", 0)});
}

}  // namespace showergan::flow
