#include "flow/spectrum_density.hpp"

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "flow/cell_spectrum.hpp"
#include "flow/graph_builder.hpp"
#include "nn/graph/shape_error.hpp"

namespace showergan::flow {
namespace {

using nn::BinaryFunction;

constexpr auto kMiddle = static_cast<std::int64_t>(CellSpectrum::middle);
constexpr auto kKnots = static_cast<std::int64_t>(CellSpectrum::knots.size());

/// How far the noise goes on one side of 0, and what that adds to the slope of the quantile
/// function; each (1, n).
struct Way {
  nn::NodeId noise = 0;
  nn::NodeId slope = 0;
};

/// Goes outwards from 0: `distance` (1, n) is how far ln E lies on this side of the middle, at
/// least 0, and `slopes` (knots, n) those at the knots.
class Side {
 public:
  Side(GraphBuilder build, bool up, nn::NodeId slopes) : build_(std::move(build)), up_(up) {
    // Rows of segments in the order of the knots. An inner end is that nearer to 0.
    const std::int64_t first = up ? kMiddle : 0;
    segments_ = up ? kKnots - 1 - kMiddle : kMiddle;
    const std::int64_t inner = up ? first : first + 1;
    const std::int64_t outer = up ? first + 1 : first;
    inner_ = build_.slice("inner", slopes, 0, inner, inner + segments_);
    outer_ = build_.slice("outer", slopes, 0, outer, outer + segments_);
    const std::int64_t last = up ? kKnots - 1 : 0;
    last_ = build_.slice("last", slopes, 0, last, last + 1);
    for (std::int64_t k = first; k < first + segments_; ++k) {
      const auto at = static_cast<std::size_t>(k);
      lengths_.push_back(static_cast<float>(CellSpectrum::knots[at + 1] - CellSpectrum::knots[at]));
    }
  }

  Way go(nn::NodeId distance) {
    const nn::NodeId lengths = build_.constant("lengths", {segments_, 1}, lengths_);
    const nn::NodeId sum = build_.binary("ends", BinaryFunction::add, inner_, outer_);
    const nn::NodeId whole =
        build_.binary("whole", BinaryFunction::multiply, sum,
                      build_.binary("halves", BinaryFunction::multiply, lengths, 0.5));
    const nn::NodeId rest =
        build_.binary("rest", BinaryFunction::subtract, distance, before(whole));
    const nn::NodeId inside = build_.binary(
        "inside", BinaryFunction::subtract, positive("rest_positive", rest),
        positive("too_much", build_.binary("rest_beyond", BinaryFunction::subtract, rest, whole)));
    const nn::NodeId rise = build_.binary("rise", BinaryFunction::subtract, outer_, inner_);
    const nn::NodeId curvature = build_.binary("curvature", BinaryFunction::divide, rise, lengths);
    // The t that goes so far: t (inner + t curvature / 2) = inside.
    const nn::NodeId bend = build_.binary("bend", BinaryFunction::multiply, curvature, inside);
    const nn::NodeId square =
        build_.binary("square", BinaryFunction::add,
                      build_.binary("inner_square", BinaryFunction::multiply, inner_, inner_),
                      build_.binary("bend_twice", BinaryFunction::multiply, bend, 2.0));
    const nn::NodeId root = build_.add("root", nn::Activation{nn::Function::power, 0.5},
                                       {build_.clip("square_positive", square, 1e-8, HUGE_VAL)});
    const nn::NodeId t =
        build_.binary("t", BinaryFunction::divide,
                      build_.binary("inside_twice", BinaryFunction::multiply, inside, 2.0),
                      build_.binary("root_and_inner", BinaryFunction::add, root, inner_));
    const nn::NodeId far = build_.binary("far", BinaryFunction::subtract, distance,
                                         build_.sum("all", whole, {0}, true));
    const nn::NodeId tail =
        build_.binary("tail", BinaryFunction::divide, positive("far_positive", far), last_);
    const nn::NodeId noise =
        build_.binary("noise", BinaryFunction::add, build_.sum("ways", t, {0}, true), tail);
    const nn::NodeId slope = build_.sum(
        "slope", build_.binary("slopes", BinaryFunction::multiply, curvature, t), {0}, true);
    return {noise, slope};
  }

 private:
  nn::NodeId positive(const std::string& name, nn::NodeId from) {
    return build_.function(name, nn::Function::relu, from);
  }

  /// Of each segment, the sum of those between it and 0.
  nn::NodeId before(nn::NodeId whole) {
    std::vector<float> nearer;
    for (std::int64_t row = 0; row < segments_; ++row) {
      for (std::int64_t other = 0; other < segments_; ++other) {
        nearer.push_back((up_ ? other < row : other > row) ? 1.0f : 0.0f);
      }
    }
    const std::int64_t n = build_.shape_of(whole)[1];
    const nn::NodeId rows = build_.reshape("whole_rows", whole, {1, segments_, n});
    const nn::NodeId chosen =
        build_.binary("nearer_rows", BinaryFunction::multiply, rows,
                      build_.constant("nearer", {segments_, segments_, 1}, std::move(nearer)));
    return build_.sum("before", chosen, {1});
  }

  GraphBuilder build_;
  bool up_;
  std::int64_t segments_ = 0;
  std::vector<float> lengths_;
  nn::NodeId inner_ = 0;
  nn::NodeId outer_ = 0;
  nn::NodeId last_ = 0;
};

}  // namespace

SpectrumDensity append_spectrum_density(nn::Graph& graph, const std::string& prefix,
                                        nn::NodeId numbers, nn::NodeId values) {
  GraphBuilder build(graph, prefix);
  const nn::Shape& shape = build.shape_of(numbers);
  const std::int64_t n = nn::element_count(build.shape_of(values));
  if (shape != nn::Shape{CellSpectrum::numbers, n}) {
    throw nn::ShapeError("a density needs the numbers of the spectrum of each value", prefix);
  }
  const nn::NodeId row = build.reshape("values_row", values, {1, n});
  const nn::NodeId slopes = build.function(
      "slopes", nn::Function::exp,
      build.clip("log_slopes", build.slice("all_log_slopes", numbers, 0, 2, CellSpectrum::numbers),
                 CellSpectrum::least_log_slope, CellSpectrum::most_log_slope));
  const nn::NodeId log = build.function(
      "log", nn::Function::log,
      build.clip("above_zero", row, std::exp(CellSpectrum::least_log_energy), HUGE_VAL));
  const nn::NodeId distance = build.binary("distance", BinaryFunction::subtract, log,
                                           build.slice("middle", numbers, 0, 1, 2));
  const nn::NodeId opposite = build.binary("opposite", BinaryFunction::multiply, distance, -1.0);
  const Way up = Side(GraphBuilder(graph, prefix + "up_"), true, slopes)
                     .go(build.function("distance_up", nn::Function::relu, distance));
  const Way down = Side(GraphBuilder(graph, prefix + "down_"), false, slopes)
                       .go(build.function("distance_down", nn::Function::relu, opposite));
  const nn::NodeId z = build.binary("z", BinaryFunction::subtract, up.noise, down.noise);
  const nn::NodeId slope =
      build.binary("slope_up", BinaryFunction::add,
                   build.binary("slope_both", BinaryFunction::add, up.slope, down.slope),
                   build.slice("slope_middle", slopes, 0, kMiddle, kMiddle + 1));
  const nn::NodeId half = build.binary("half", BinaryFunction::multiply,
                                       build.binary("square", BinaryFunction::multiply, z, z), 0.5);
  const nn::NodeId amplitude = build.binary(
      "amplitude", BinaryFunction::add, half,
      build.function("log_slope", nn::Function::log, build.clip("slope", slope, 1e-4, HUGE_VAL)));
  const nn::NodeId m = build.slice("hit_middle", numbers, 0, 0, 1);
  const nn::NodeId cubic = build.binary(
      "hit_bent", BinaryFunction::add,
      build.binary("hit_cubic", BinaryFunction::multiply,
                   build.binary("hit_square", BinaryFunction::multiply, m, m), 0.070566),
      1.5976);
  const nn::NodeId logit = build.binary("hit_logit", BinaryFunction::multiply, m, cubic);
  const nn::NodeId none = build.function("nothing", nn::Function::softplus, logit);
  const nn::NodeId something =
      build.function("something", nn::Function::softplus,
                     build.binary("hit_unlike", BinaryFunction::multiply, logit, -1.0));
  const nn::NodeId hit = build.binary("hit_loss", BinaryFunction::add, something, amplitude);
  const nn::NodeId loss = build.add("loss", nn::Where{}, {row, hit, none});
  return {build.reshape("losses", loss, {n}), build.reshape("noise", z, {n})};
}

}  // namespace showergan::flow
