#include "flow/cell_spectrum.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "flow/graph_builder.hpp"
#include "nn/graph/shape_error.hpp"

namespace showergan::flow {
namespace {

using nn::BinaryFunction;

/// Knots on one side of 0: segments between `first` and `last`, each run through from the inner
/// end.
struct Side {
  const char* name;
  std::size_t first;  ///< knot
  std::size_t last;
  bool up;  ///< whether the inner end is the left one
};

/// ∫ s over the segments of one side, as far as z goes. With t from 0 to 1 inside a segment of
/// length h that is h ((t − t²/2) e^{inner} + t²/2 e^{outer}).
nn::NodeId side_integral(GraphBuilder& build, const Side& side, nn::NodeId slopes, nn::NodeId z) {
  const std::string name = side.name;
  const auto named = [&](const char* part) { return name + "_" + part; };
  std::vector<float> scale;
  std::vector<float> start;
  std::vector<float> length;
  for (std::size_t i = side.first; i < side.last; ++i) {
    const double h = CellSpectrum::knots[i + 1] - CellSpectrum::knots[i];
    const double sign = side.up ? 1 : -1;
    const double inner = side.up ? CellSpectrum::knots[i] : CellSpectrum::knots[i + 1];
    scale.push_back(static_cast<float>(sign / h));
    start.push_back(static_cast<float>(sign * inner / h));
    length.push_back(static_cast<float>(sign * h));
  }
  const auto first = static_cast<std::int64_t>(side.first);
  const auto last = static_cast<std::int64_t>(side.last);
  const nn::Shape shape = {last - first, 1};
  nn::NodeId t = build.binary(named("scaled"), BinaryFunction::multiply, z,
                              build.constant(named("scale"), shape, scale));
  t = build.binary(named("from_start"), BinaryFunction::subtract, t,
                   build.constant(named("start"), shape, start));
  t = build.clip(named("way"), t, 0, 1);
  const nn::NodeId square = build.binary(named("square"), BinaryFunction::multiply, t, t);
  const nn::NodeId outer_part =
      build.binary(named("outer_part"), BinaryFunction::multiply, square, 0.5);
  const nn::NodeId inner_part =
      build.binary(named("inner_part"), BinaryFunction::subtract, t, outer_part);
  const std::int64_t up = side.up ? 1 : 0;
  const nn::NodeId inner = build.slice(named("inner"), slopes, 0, first + 1 - up, last + 1 - up);
  const nn::NodeId outer = build.slice(named("outer"), slopes, 0, first + up, last + up);
  const nn::NodeId terms =
      build.binary(named("terms"), BinaryFunction::add,
                   build.binary(named("inner_term"), BinaryFunction::multiply, inner_part, inner),
                   build.binary(named("outer_term"), BinaryFunction::multiply, outer_part, outer));
  return build.sum(named("integral"),
                   build.binary(named("parts"), BinaryFunction::multiply, terms,
                                build.constant(named("length"), shape, length)),
                   {0});
}

/// s times how far z is beyond the last knot of a side.
nn::NodeId tail(GraphBuilder& build, const std::string& name, std::size_t knot, nn::NodeId slopes,
                nn::NodeId z) {
  const auto k = static_cast<std::int64_t>(knot);
  const double from = CellSpectrum::knots[knot];
  const nn::NodeId clipped = from < 0 ? build.clip(name + "_way", z, -HUGE_VAL, from)
                                      : build.clip(name + "_way", z, from, HUGE_VAL);
  const nn::NodeId beyond = build.binary(name + "_beyond", BinaryFunction::subtract, clipped, from);
  const nn::NodeId product = build.binary(name + "_product", BinaryFunction::multiply, beyond,
                                          build.slice(name + "_slope", slopes, 0, k, k + 1));
  return build.sum(name, product, {0});
}

}  // namespace

nn::NodeId append_cell_spectrum(nn::Graph& graph, const std::string& prefix, nn::NodeId numbers,
                                nn::NodeId noise) {
  constexpr std::size_t last = CellSpectrum::knots.size() - 1;
  GraphBuilder build(graph, prefix);
  const nn::Shape image = build.shape_of(numbers);
  if (image.size() != 4 || image[0] != CellSpectrum::numbers) {
    throw nn::ShapeError(
        fmt::format("spectra of cells need numbers of shape ({}, x, y, z)", CellSpectrum::numbers),
        prefix);
  }
  // In rows of cells: an image of a plan has its channels innermost, which are few here.
  const std::int64_t cells = image[1] * image[2] * image[3];
  numbers = build.reshape("numbers_rows", numbers, {CellSpectrum::numbers, cells});
  noise = build.reshape("noise_rows", noise, {2, cells});
  const nn::NodeId z = build.slice("energy_noise", noise, 0, 1, 2);
  const nn::NodeId slopes = build.function(
      "slopes", nn::Function::exp,
      build.clip("log_slopes", build.slice("all_log_slopes", numbers, 0, 2, CellSpectrum::numbers),
                 CellSpectrum::least_log_slope, CellSpectrum::most_log_slope));
  nn::NodeId sum = build.sum("middle", build.slice("middle_row", numbers, 0, 1, 2), {0});
  const std::vector<nn::NodeId> parts = {
      side_integral(build, {"below", 0, CellSpectrum::middle, false}, slopes, z),
      side_integral(build, {"above", CellSpectrum::middle, last, true}, slopes, z),
      tail(build, "low_tail", 0, slopes, z), tail(build, "high_tail", last, slopes, z)};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    sum = build.binary("sum" + std::to_string(i + 1), BinaryFunction::add, sum, parts[i]);
  }
  const nn::NodeId energy = build.function(
      "energy", nn::Function::exp,
      build.clip("log_energy", sum, CellSpectrum::least_log_energy, CellSpectrum::most_log_energy));
  const nn::NodeId hit = build.sum(
      "hit",
      build.binary("hit_row", BinaryFunction::add, build.slice("hit_noise", noise, 0, 0, 1),
                   build.slice("hit_middle", numbers, 0, 0, 1)),
      {0});
  return build.reshape("cells",
                       build.add("drawn", nn::Where{}, {hit, energy, build.number("nothing", 0)}),
                       {image[1], image[2], image[3]});
}

}  // namespace showergan::flow
