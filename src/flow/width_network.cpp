#include "flow/width_network.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "flow/cell_spectrum.hpp"
#include "flow/graph_builder.hpp"
#include "flow/layer_graph.hpp"
#include "flow/layer_regressors.hpp"
#include "flow/spectrum_density.hpp"

namespace showergan::flow {
namespace {

using nn::BinaryFunction;

constexpr double kMostSquare = 4;    // of a centre
constexpr std::int64_t kFirst = 6;   // layers that are told apart
constexpr double kSlope = 0.2;       // of the leaky ReLU
constexpr double kUnshared = 0.003;  // in b
// What a network begins with: nearly all layers have a width, of e^(0 ± 0.5) cells.
constexpr float kFirstHit = 2;
constexpr float kFirstLogSlope = -0.7f;

/// Mean and standard deviation of the layers, weighted by their energies, of the order of 1: (1)
/// each.
std::vector<nn::NodeId> append_depth_and_length(GraphBuilder& build, std::int64_t n,
                                                nn::NodeId log_energies) {
  std::vector<float> places;
  for (std::int64_t l = 0; l < n; ++l) {
    places.push_back(static_cast<float>(l) / static_cast<float>(n));
  }
  const nn::NodeId place = build.constant("places", {n}, std::move(places));
  const nn::NodeId part = build.add("part", nn::Softmax{0}, {log_energies});
  const nn::NodeId first = build.binary("first_moment", BinaryFunction::multiply, part, place);
  const nn::NodeId depth = build.sum("depth", first, {0}, true);
  const nn::NodeId away = build.binary("away", BinaryFunction::subtract, place, depth);
  const nn::NodeId square = build.binary("away_square", BinaryFunction::multiply, away, away);
  const nn::NodeId second = build.sum(
      "second_moment", build.binary("spread", BinaryFunction::multiply, part, square), {0}, true);
  const nn::NodeId length = build.add("length", nn::Activation{nn::Function::power, 0.5},
                                      {build.clip("spread_positive", second, 1e-6, HUGE_VAL)});
  return {build.binary("depth_scaled", BinaryFunction::subtract,
                       build.binary("depth_large", BinaryFunction::multiply, depth, 8.0), 3.5),
          build.binary("length_scaled", BinaryFunction::subtract,
                       build.binary("length_large", BinaryFunction::multiply, length, 25.0), 4.0)};
}

/// a(1 − a) of centres along one axis: between cells at whole numbers, or at halves of odd numbers.
nn::NodeId append_shared(GraphBuilder& build, nn::NodeId square, nn::NodeId size,
                         bool between_cells) {
  if (between_cells) {
    return build.binary("shared", BinaryFunction::subtract, build.number("most", 0.25),
                        build.clip("inside", square, 0, 0.25));
  }
  const nn::NodeId near = build.clip("near", size, 0, 1);
  return build.binary("shared", BinaryFunction::subtract, near,
                      build.binary("near_square", BinaryFunction::multiply, near, near));
}

/// Functions of the centres along one axis, (1, layers) each.
std::vector<nn::NodeId> append_centre_functions(GraphBuilder& build, nn::NodeId centres,
                                                bool between_cells) {
  const nn::NodeId square = build.binary("square", BinaryFunction::multiply, centres, centres);
  const nn::NodeId size =
      build.add("size", nn::Activation{nn::Function::leaky_relu, -1.0}, {centres});
  const nn::NodeId beyond = build.function(
      "beyond", nn::Function::relu, build.binary("less_one", BinaryFunction::subtract, size, 1.0));
  const nn::NodeId share = append_shared(build, square, size, between_cells);
  const nn::NodeId log =
      build.function("shared_log", nn::Function::log,
                     build.binary("above", BinaryFunction::add, share, kUnshared));
  const nn::NodeId shared =
      build.binary("shared_scaled", BinaryFunction::add,
                   build.binary("shared_half", BinaryFunction::multiply, log, 0.5), 2.0);
  return {centres, size, build.clip("square_near", square, 0, kMostSquare), beyond, shared};
}

/// (CellSpectrum::numbers, layers) from (channels, 1, 1, layers).
nn::NodeId append_network(GraphBuilder& build, nn::NodeId image) {
  const std::int64_t n = build.shape_of(image).back();
  const auto convolution = [&](const std::string& name, std::int64_t filters, std::int64_t reach,
                               nn::NodeId from) {
    nn::Conv3d conv;
    conv.filters = filters;
    conv.kernel = {1, 1, 2 * reach + 1};
    conv.padding = nn::same_padding(conv.kernel);
    return build.add(name, conv, {from});
  };
  const auto active = [&](const std::string& name, nn::NodeId from) {
    return build.add(name + "_active", nn::Activation{nn::Function::leaky_relu, kSlope}, {from});
  };
  nn::NodeId hidden = active("conv1", convolution("conv1", kWidthUnits, 2, image));
  const nn::NodeId second = active("conv2", convolution("conv2", kWidthUnits, 2, hidden));
  hidden = build.binary("sum2", BinaryFunction::add, hidden, second);
  const nn::NodeId third = active("conv3", convolution("conv3", kWidthUnits, 0, hidden));
  hidden = build.binary("sum3", BinaryFunction::add, hidden, third);
  nn::Conv3d last;
  last.filters = CellSpectrum::numbers;
  last.kernel_initializer = nn::Initializer::zeros;
  const nn::NodeId change =
      build.reshape("change", build.add("last", last, {hidden}), {CellSpectrum::numbers, n});
  std::vector<float> first(CellSpectrum::numbers, kFirstLogSlope);
  first[0] = kFirstHit;
  first[1] = 0;
  return build.binary("numbers", BinaryFunction::add, change,
                      build.constant("first", {CellSpectrum::numbers, 1}, std::move(first)));
}

/// What both networks see, (channels, 1, 1, layers).
nn::NodeId append_width_inputs(nn::Graph& graph, const LayerFlow& flow, const std::string& prefix,
                               const WidthInputs& inputs) {
  GraphBuilder build(graph, prefix);
  const std::int64_t n = flow.geometry.layers();
  const std::int64_t first = std::min(kFirst, n);
  std::vector<float> own(static_cast<std::size_t>((first + 1) * n));
  for (std::int64_t l = 0; l < n; ++l) {
    own[static_cast<std::size_t>(l)] = -1 + 2 * static_cast<float>(l) / static_cast<float>(n);
    if (l < first) own[static_cast<std::size_t>((1 + l) * n + l)] = 1;
  }
  std::vector<nn::NodeId> rows = {
      build.reshape("scaled_rows",
                    append_scaled_energies(graph, flow.geometry, prefix, inputs.log_energies),
                    {1, n}),
      build.constant("own", {first + 1, n}, std::move(own))};
  const std::vector<nn::NodeId> whole = append_depth_and_length(build, n, inputs.log_energies);
  const nn::NodeId shared =
      build.add("of_all", nn::Concatenate{0}, {inputs.features, whole[0], whole[1]});
  const std::int64_t count = nn::element_count(build.shape_of(shared));
  const nn::NodeId none =
      build.constant("none", {1, n}, std::vector<float>(static_cast<std::size_t>(n), 0.0f));
  rows.push_back(build.binary("of_all_rows", BinaryFunction::add,
                              build.reshape("of_all_column", shared, {count, 1}), none));
  const nn::NodeId bounded =
      build.clip("bounded_centres", inputs.centres, -kFarthestCentre, kFarthestCentre);
  for (const std::int64_t axis : {0, 1}) {
    GraphBuilder of_axis(graph, prefix + (axis == 0 ? "x_" : "y_"));
    const nn::NodeId centres = of_axis.reshape(
        "row", of_axis.slice("centres", bounded, 0, axis * n, (axis + 1) * n), {1, n});
    for (const nn::NodeId row :
         append_centre_functions(of_axis, centres, flow.geometry.between_cells(axis))) {
      rows.push_back(row);
    }
  }
  const nn::NodeId all = build.add("all", nn::Concatenate{0}, rows);
  return build.reshape("image", all, {build.shape_of(all)[0], 1, 1, n});
}

/// Numbers (CellSpectrum::numbers, layers) of widths along x.
nn::NodeId append_width_spectra_x(nn::Graph& graph, const std::string& prefix, nn::NodeId told) {
  GraphBuilder build(graph, prefix);
  return append_network(build, told);
}

/// The same along y, from the widths along x (layers), which are 0 in an empty layer.
nn::NodeId append_width_spectra_y(nn::Graph& graph, const std::string& prefix, nn::NodeId told,
                                  nn::NodeId widths_x) {
  GraphBuilder build(graph, prefix);
  const std::int64_t n = build.shape_of(told).back();
  const nn::NodeId above = build.binary("other_above", BinaryFunction::add, widths_x, kLeastWidth);
  const nn::NodeId log = build.function("other_log", nn::Function::log, above);
  const nn::NodeId other = build.reshape("other_image", log, {1, 1, 1, n});
  return append_network(build, build.add("told", nn::Concatenate{0}, {told, other}));
}

}  // namespace

nn::NodeId append_widths(nn::Graph& graph, const LayerFlow& flow, const std::string& prefix,
                         const WidthInputs& inputs, nn::NodeId chance, nn::NodeId size) {
  const std::int64_t n = flow.geometry.layers();
  const auto drawn = [&](const std::string& name, std::int64_t first, nn::NodeId spectra) {
    GraphBuilder build(graph, name);
    const nn::NodeId hit = build.slice("chance", chance, 0, first, first + n);
    const nn::NodeId amount = build.slice("size", size, 0, first, first + n);
    const nn::NodeId noise = build.add("noise", nn::Concatenate{0}, {hit, amount});
    const nn::NodeId pairs = build.reshape("noise_pairs", noise, {2, n});
    const nn::NodeId numbers = build.reshape("spectra", spectra, {CellSpectrum::numbers, 1, 1, n});
    const nn::NodeId widths =
        build.reshape("widths", append_cell_spectrum(graph, name, numbers, pairs), {n});
    return append_true_widths(graph, flow.geometry, name, inputs.log_energies, widths);
  };
  const nn::NodeId told = append_width_inputs(graph, flow, prefix + "width_", inputs);
  const nn::NodeId x =
      drawn(prefix + "widths_x_", 0, append_width_spectra_x(graph, prefix + "width_x_", told));
  const nn::NodeId y =
      drawn(prefix + "widths_y_", n, append_width_spectra_y(graph, prefix + "width_y_", told, x));
  return graph.add(prefix + "all_widths", nn::Concatenate{0}, {x, y});
}

nn::Graph width_graph(const LayerFlow& flow, WidthOutput output) {
  nn::Graph graph;
  GraphBuilder build(graph, "");
  const LayerGeometry& layers = flow.geometry;
  const std::int64_t n = layers.layers();
  const std::int64_t place = flow.energy_place();
  const nn::NodeId code = graph.add("code", nn::Input{{layers.code_size()}});
  const nn::NodeId condition = graph.add("condition", nn::Input{{std::ssize(flow.conditions)}});
  const nn::NodeId primary = build.slice("primary_energy", condition, 0, place, place + 1);
  WidthInputs inputs;
  inputs.features = flow.features().append(graph, "condition_", condition);
  const nn::NodeId energies =
      build.slice("energies", code, 0, LayerGeometry::energies(), layers.centres());
  inputs.log_energies = append_log_energies(graph, layers, "layer_", energies, primary);
  inputs.centres = build.slice("centres", code, 0, layers.centres(), layers.widths());
  const nn::NodeId widths_x =
      build.slice("widths_x", code, 0, layers.widths(), layers.widths() + n);
  const nn::NodeId widths_y =
      build.slice("widths_y", code, 0, layers.widths() + n, layers.code_size());
  const nn::NodeId told = append_width_inputs(graph, flow, "width_", inputs);
  const nn::NodeId spectra_x = append_width_spectra_x(graph, "width_x_", told);
  const nn::NodeId spectra_y = append_width_spectra_y(graph, "width_y_", told, widths_x);
  const SpectrumDensity x = append_spectrum_density(graph, "density_x_", spectra_x, widths_x);
  const SpectrumDensity y = append_spectrum_density(graph, "density_y_", spectra_y, widths_y);
  if (output == WidthOutput::noise) {
    graph.set_output("noise", build.add("noise", nn::Concatenate{0}, {x.noise, y.noise}));
    return graph;
  }
  const nn::NodeId both = build.binary("both", BinaryFunction::add, x.loss, y.loss);
  const nn::NodeId above = build.binary("above_threshold", BinaryFunction::subtract,
                                        inputs.log_energies, std::log(layers.threshold));
  const nn::NodeId counted =
      build.add("counted", nn::Where{}, {above, both, build.number("empty", 0)});
  graph.set_output("loss",
                   build.add("loss", nn::Reduction{nn::Reducer::mean, {0}, true}, {counted}));
  return graph;
}

}  // namespace showergan::flow
