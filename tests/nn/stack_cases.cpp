#include <utility>

#include "nn/cases.hpp"

namespace showergan::nn {
namespace {

Activation leaky_relu() {
  return {Function::leaky_relu, 0.3};
}

Conv3d convolution(std::int64_t filters, Triple kernel, Padding padding = {}) {
  return {filters, kernel, {1, 1, 1}, padding};
}

/// Convolution, then one activation after it; `use_twice` makes the convolution's result an output
/// as well, so that nothing may be fused.
Case convolution_activation(std::string name, Activation activation, bool use_twice) {
  Case c{std::move(name), {}};
  Graph& g = c.graph;
  const NodeId x = g.add("x", Input{{2, 4, 3, 5}});
  const NodeId conv = g.add("conv", convolution(5, {2, 3, 2}), {x});
  g.set_output("y", g.add("activation", activation, {conv}));
  if (use_twice) g.set_output("linear", conv);
  return c;
}

/// Few filters, so that the results are computed in blocks, with an activation to fuse.
Case convolution_in_blocks() {
  Case c{"stack_convolution_in_blocks", {}};
  Graph& g = c.graph;
  const NodeId x = g.add("x", Input{{3, 3, 4, 8}});
  const NodeId conv = g.add("conv", convolution(8, {2, 2, 4}), {x});
  g.set_output("y", g.add("leaky", leaky_relu(), {conv}));
  return c;
}

/// Every producer with an epilogue, each with activation and normalisation after it.
Case producers() {
  Case c{"stack_producers", {}, 3};
  Graph& g = c.graph;
  NodeId x = g.add("x", Input{{7}});
  x = g.add("dense", Dense{48}, {x});
  x = g.add("dense_relu", Activation{Function::relu}, {x});
  x = g.add("dense_norm", BatchNormalization{}, {x});
  x = g.add("image", Reshape{{4, 2, 3, 2}}, {x});
  x = g.add("up", Conv3dTranspose{3, {2, 2, 2}, {2, 2, 2}}, {x});
  x = g.add("up_tanh", Activation{Function::tanh}, {x});
  x = g.add("up_norm", BatchNormalization{}, {x});
  x = g.add("conv", convolution(5, {3, 2, 3}), {x});
  x = g.add("conv_norm", BatchNormalization{}, {x});
  x = g.add("conv_sigmoid", Activation{Function::sigmoid}, {x});
  g.set_output("y", x);
  return c;
}

/// One padding read by two convolutions that have padding of their own, and a chain of paddings.
Case paddings() {
  Case c{"stack_paddings", {}};
  Graph& g = c.graph;
  const NodeId x = g.add("x", Input{{3, 4, 5, 3}});
  const NodeId pad = g.add("pad", ZeroPadding{{{1, 0, 2}, {0, 1, 1}}}, {x});
  const NodeId a = g.add("a", convolution(2, {3, 3, 3}, same_padding({3, 3, 3})), {pad});
  const NodeId b = g.add("b", convolution(2, {3, 3, 3}, same_padding({3, 3, 3})), {pad});
  const NodeId sum = g.add("sum", Arithmetic{BinaryFunction::add}, {a, b});
  const NodeId first = g.add("first", ZeroPadding{{{1, 0, 0}, {0, 0, 0}}}, {sum});
  const NodeId second = g.add("second", ZeroPadding{{{0, 2, 0}, {0, 0, 1}}}, {first});
  g.set_output("y", g.add("c", convolution(2, {2, 2, 2}), {second}));
  return c;
}

/// A padding that is also averaged, so it has to stay.
Case padding_with_other_use() {
  Case c{"stack_padding_with_other_use", {}};
  Graph& g = c.graph;
  const NodeId x = g.add("x", Input{{2, 3, 4, 5}});
  const NodeId pad = g.add("pad", ZeroPadding{{{1, 1, 1}, {1, 1, 1}}}, {x});
  g.set_output("y", g.add("conv", convolution(3, {3, 3, 3}), {pad}));
  g.set_output("mean", g.add("mean", Reduction{Reducer::mean, {1, 2, 3}, false}, {pad}));
  return c;
}

/// One tensor used four times, twice by the same node.
Case several_uses() {
  Case c{"stack_several_uses", {}};
  Graph& g = c.graph;
  const NodeId x = g.add("x", Input{{5}});
  const NodeId dense = g.add("dense", Dense{5}, {x});
  const NodeId square = g.add("square", Arithmetic{BinaryFunction::multiply}, {dense, dense});
  const NodeId sum = g.add("sum", Arithmetic{BinaryFunction::add}, {square, dense});
  const NodeId tanh = g.add("tanh", Activation{Function::tanh}, {dense});
  g.set_output("y", g.add("difference", Arithmetic{BinaryFunction::subtract}, {sum, tanh}));
  g.set_output("same", dense);
  return c;
}

/// Things that disappear: linear activations, dropout in inference, a branch nobody reads.
Case superfluous() {
  Case c{"stack_superfluous", {}};
  Graph& g = c.graph;
  const NodeId x = g.add("x", Input{{2, 3, 4, 5}});
  NodeId y = g.add("conv", convolution(4, {2, 2, 2}), {x});
  y = g.add("linear", Activation{}, {y});
  y = g.add("dropout", Dropout{0.25}, {y});
  y = g.add("leaky", leaky_relu(), {y});
  y = g.add("norm", BatchNormalization{}, {y});
  g.add("unread", Activation{Function::exp}, {y});
  g.add("unread_conv", convolution(2, {1, 1, 1}), {y});
  g.set_output("y", g.add("second_linear", Activation{}, {y}));
  return c;
}

/// Input → up-sampling → zero padding → convolution → activation.
Case upsampled(std::string name, Shape shape, Triple factor, Padding padding, Conv3d conv,
               Activation activation = {Function::leaky_relu, 0.3}) {
  Case c{"stack_upsampled_" + std::move(name), {}};
  Graph& g = c.graph;
  NodeId x = g.add("x", Input{std::move(shape)});
  x = g.add("up", Upsampling{factor}, {x});
  x = g.add("pad", ZeroPadding{padding}, {x});
  x = g.add("conv", conv, {x});
  g.set_output("y", g.add("activation", activation, {x}));
  return c;
}

void add_upsampled_convolutions(std::vector<Case>& cases) {
  Conv3d no_bias = convolution(5, {3, 2, 4}, same_padding({3, 2, 4}));
  no_bias.bias = false;
  const auto add = [&](auto&&... arguments) { cases.push_back(upsampled(arguments...)); };
  add("second_of_a", Shape{2, 3, 3, 5}, Triple{2, 2, 2}, Padding{{2, 2, 0}, {2, 2, 0}},
      convolution(6, {6, 5, 8}));
  add("third_of_a", Shape{3, 3, 4, 2}, Triple{2, 2, 3}, Padding{{1, 0, 3}, {1, 0, 3}},
      convolution(6, {3, 3, 8}));
  add("first_of_c", Shape{1, 2, 2, 2}, Triple{6, 6, 6}, Padding{}, convolution(8, {6, 6, 8}),
      Activation{Function::relu});
  add("kernel_below_factor", Shape{2, 3, 2, 3}, Triple{3, 6, 2}, Padding{{0, 1, 0}, {0, 0, 1}},
      convolution(3, {2, 3, 3}));
  add("padding_no_multiple", Shape{2, 2, 3, 2}, Triple{3, 2, 6}, Padding{{1, 1, 7}, {2, 0, 4}},
      convolution(3, {4, 4, 4}, same_padding({4, 4, 4})));
  add("padding_beyond_kernel", Shape{2, 2, 2, 3}, Triple{2, 2, 2}, Padding{{5, 4, 1}, {6, 2, 3}},
      convolution(3, {3, 2, 3}));
  add("no_bias_tanh", Shape{3, 3, 2, 2}, Triple{2, 1, 3}, Padding{}, no_bias,
      Activation{Function::tanh});
  add("clip", Shape{2, 3, 3, 2}, Triple{1, 1, 2}, Padding{}, convolution(1, {2, 2, 3}),
      Activation{Function::clip, -0.25, 0.5});
  add("atan", Shape{17, 2, 3, 2}, Triple{2, 2, 2}, Padding{}, convolution(3, {2, 3, 3}),
      Activation{Function::atan});
}

/// Two in a row, each with activation and normalisation, as generators have them.
Case upsampled_twice() {
  Case c{"stack_upsampled_twice", {}, 3};
  Graph& g = c.graph;
  NodeId x = g.add("x", Input{{3, 2, 3, 2}});
  x = g.add("up1", Upsampling{{2, 2, 3}}, {x});
  x = g.add("conv1", convolution(4, {3, 3, 4}, same_padding({3, 3, 4})), {x});
  x = g.add("leaky1", leaky_relu(), {x});
  x = g.add("norm1", BatchNormalization{}, {x});
  x = g.add("up2", Upsampling{{2, 1, 2}}, {x});
  x = g.add("conv2", convolution(3, {4, 2, 3}), {x});
  x = g.add("relu2", Activation{Function::relu}, {x});
  g.set_output("y", g.add("norm2", BatchNormalization{}, {x}));
  return c;
}

/// One up-sampled image that two convolutions read, and something else that needs it whole.
Case upsampled_with_other_uses() {
  Case c{"stack_upsampled_with_other_uses", {}};
  Graph& g = c.graph;
  const NodeId x = g.add("x", Input{{2, 3, 2, 3}});
  const NodeId up = g.add("up", Upsampling{{2, 2, 2}}, {x});
  const NodeId a = g.add("a", convolution(3, {3, 3, 3}, same_padding({3, 3, 3})), {up});
  const NodeId b = g.add("b", convolution(3, {5, 3, 3}, same_padding({5, 3, 3})), {up});
  g.set_output("y", g.add("sum", Arithmetic{BinaryFunction::add}, {a, b}));
  g.set_output("pool", g.add("pool", AveragePooling{{2, 2, 2}}, {up}));
  return c;
}

/// The published generator (REFERENCE: 3DGAN A) with fewer cells and channels.
Case generator() {
  Case c{"stack_generator", {}};
  Graph& g = c.graph;
  NodeId x = g.add("noise", Input{{6}});
  x = g.add("dense", Dense{36}, {x});
  x = g.add("image", Reshape{{2, 3, 3, 2}}, {x});
  x = g.add("conv1", convolution(8, {4, 4, 3}, same_padding({4, 4, 3})), {x});
  x = g.add("leaky1", leaky_relu(), {x});
  x = g.add("norm1", BatchNormalization{}, {x});
  x = g.add("up1", Upsampling{{2, 2, 2}}, {x});
  x = g.add("pad1", ZeroPadding{{{1, 1, 1}, {1, 1, 0}}}, {x});
  x = g.add("conv2", convolution(3, {4, 3, 3}), {x});
  x = g.add("leaky2", leaky_relu(), {x});
  x = g.add("norm2", BatchNormalization{}, {x});
  x = g.add("up2", Upsampling{{1, 1, 2}}, {x});
  x = g.add("pad2", ZeroPadding{{{1, 0, 1}, {1, 0, 1}}}, {x});
  x = g.add("conv3", convolution(3, {2, 2, 4}), {x});
  x = g.add("leaky3", leaky_relu(), {x});
  Conv3d last = convolution(1, {2, 2, 2});
  last.bias = false;
  x = g.add("conv4", last, {x});
  x = g.add("relu", Activation{Function::relu}, {x});
  g.set_output("shower", g.add("cells", Reshape{{5, 4, 4}}, {x}));
  return c;
}

/// The published discriminator likewise: two heads and the sum of all cells.
Case discriminator() {
  Case c{"stack_discriminator", {}, 3, {{"shower", {0, 1}}}};
  Graph& g = c.graph;
  const NodeId shower = g.add("shower", Input{{7, 7, 6}});
  const NodeId image = g.add("image", Reshape{{1, 7, 7, 6}}, {shower});
  NodeId x = g.add("conv1", convolution(4, {3, 3, 3}, same_padding({3, 3, 3})), {image});
  x = g.add("leaky1", leaky_relu(), {x});
  x = g.add("dropout1", Dropout{0.2}, {x});
  x = g.add("pad2", ZeroPadding{{{1, 1, 1}, {1, 1, 1}}}, {x});
  x = g.add("conv2", convolution(3, {3, 3, 3}), {x});
  x = g.add("leaky2", leaky_relu(), {x});
  x = g.add("norm2", BatchNormalization{}, {x});
  x = g.add("dropout2", Dropout{0.2}, {x});
  x = g.add("pool", AveragePooling{{2, 2, 2}}, {x});
  x = g.add("flatten", Reshape{{-1}}, {x});
  const NodeId generation = g.add("generation", Dense{1}, {x});
  g.set_output("generation", g.add("sigmoid", Activation{Function::sigmoid}, {generation}));
  g.set_output("auxiliary", g.add("auxiliary", Dense{1}, {x}));
  g.set_output("total", g.add("total", Reduction{Reducer::sum, {0, 1, 2}, false}, {shower}));
  return c;
}

/// Constants and arithmetic around a network, as the models have them: noise × energy in, GeV out.
Case scaling() {
  Case c{"stack_scaling", {}, 3, {{"condition", {0.1f, 1}}}};
  Graph& g = c.graph;
  const NodeId noise = g.add("noise", Input{{6}});
  const NodeId condition = g.add("condition", Input{{1}});
  const NodeId scaled = g.add("scaled", Arithmetic{BinaryFunction::multiply}, {noise, condition});
  const NodeId dense = g.add("dense", Dense{5}, {scaled});
  const NodeId positive = g.add("positive", Activation{Function::softplus}, {dense});
  const NodeId power = g.add("power", Activation{Function::power, 1.0 / 0.85}, {positive});
  const NodeId unit = g.add("unit", Constant{{1}, {0.02f}});
  g.set_output("y", g.add("energy", Arithmetic{BinaryFunction::divide}, {power, unit}));
  return c;
}

/// Positions of cells computed from constants, which are read, drawn from, learned from and an
/// output. All their numbers are exact in float32, so that folding them changes nothing.
Case constants() {
  Case c{"stack_constants", {}, 3};
  Graph& g = c.graph;
  const NodeId x = g.add("x", Input{{4, 3}});
  const NodeId edges = g.add("edges", Constant{{4, 1}, {0, 1, 2, 3}});
  const NodeId half = g.add("half", Constant{{1}, {0.5f}});
  const NodeId centres = g.add("centres", Arithmetic{BinaryFunction::add}, {edges, half});
  const NodeId middle = g.add("middle", Reduction{Reducer::mean, {0}, true}, {centres});
  const NodeId places = g.add("places", Arithmetic{BinaryFunction::subtract}, {centres, middle});
  const NodeId right = g.add("right", Activation{Function::relu}, {places});
  const NodeId dropped = g.add("dropped", Dropout{0.5}, {right});
  const NodeId row = g.add("row", Reshape{{4}}, {places});
  const NodeId dense = g.add("dense", Dense{3}, {row});
  const NodeId learned = g.add("learned", Reshape{{1, 3}}, {dense});
  NodeId y = g.add("weighted", Arithmetic{BinaryFunction::multiply}, {x, dropped});
  y = g.add("sum", Arithmetic{BinaryFunction::add}, {y, learned});
  g.set_output("y", y);
  g.set_output("places", places);
  return c;
}

/// A quantity computed from an image as the variable-angle discriminator does: per layer the slope
/// of its barycentre against the shower's, as an angle, averaged over the layers that are not
/// empty.
Case measured_angle() {
  Case c{"stack_measured_angle", {}, 2, {{"shower", {0, 1}}}};
  Graph& g = c.graph;
  const auto divide = [&](const char* name, NodeId a, NodeId b) {
    return g.add(name, Arithmetic{BinaryFunction::divide}, {a, b});
  };
  const Reduction over_layer{Reducer::sum, {0, 1}, true};
  const Reduction over_all{Reducer::sum, {0, 1, 2}, true};
  const NodeId shower = g.add("shower", Input{{5, 3, 4}});
  const NodeId x = g.add("x", Constant{{5, 1, 1}, {-2, -1, 0, 1, 2}});
  const NodeId z = g.add("z", Constant{{4}, {-1.5f, -0.5f, 0.5f, 1.5f}});
  const NodeId none = g.add("none", Constant{{1}, {0}});
  const NodeId weighted = g.add("weighted", Arithmetic{BinaryFunction::multiply}, {shower, x});
  const NodeId layers = g.add("layers", over_layer, {shower});
  const NodeId total = g.add("total", over_all, {shower});
  const NodeId along = divide("along", g.add("layer_sums", over_layer, {weighted}), layers);
  const NodeId centre = divide("centre", g.add("sum", over_all, {weighted}), total);
  const NodeId away = g.add("away", Arithmetic{BinaryFunction::subtract}, {along, centre});
  const NodeId angle = g.add("angle", Activation{Function::atan}, {divide("slope", away, z)});
  const NodeId filled = g.add("filled", Where{}, {layers, angle, none});
  g.set_output("angle", g.add("mean", Reduction{Reducer::mean, {0, 1, 2}, false}, {filled}));
  g.set_output("total", total);
  return c;
}

/// Operators that may work in place, one after the other, behind layers whose gradients need the
/// signs of what was there.
Case in_place_chain(const std::string& name, const Activation& last) {
  Case c{name, {}};
  Graph& g = c.graph;
  NodeId x = g.add("x", Input{{3, 4, 3, 5}});
  x = g.add("conv", Conv3d{4, {3, 3, 3}, {1, 1, 1}, same_padding({3, 3, 3})}, {x});
  x = g.add("leaky", leaky_relu(), {x});
  x = g.add("dropout", Dropout{0.4}, {x});
  x = g.add("last", last, {x});
  x = g.add("dropout_again", Dropout{0.4, 1}, {x});
  g.set_output("y", g.add("second", Conv3d{2, {2, 2, 2}}, {x}));
  return c;
}

/// What a row program is made from: rows of an image and of numbers, cut, joined, summed and chosen
/// from, in more columns than one block.
Case rows() {
  Case c{"stack_rows", {}};
  Graph& g = c.graph;
  const auto binary = [&](const char* name, BinaryFunction function, NodeId a, NodeId b) {
    return g.add(name, Arithmetic{function}, {a, b});
  };
  const NodeId image = g.add("image", Input{{5, 7, 6, 8}});
  const NodeId noise = g.add("noise", Input{{2, 336}});
  const NodeId numbers = g.add("numbers", Reshape{{5, 336}}, {image});
  const NodeId middle = g.add("middle", Slice{0, 0, 1}, {numbers});
  const NodeId others = g.add("others", Slice{0, 1, 5, 2}, {numbers});
  const NodeId slopes = g.add("slopes", Activation{Function::exp}, {others});
  const NodeId steps = g.add("steps", Constant{{2, 1}, {0.5f, 2}});
  const NodeId scaled = binary("scaled", BinaryFunction::multiply, slopes, steps);
  const NodeId drawn = g.add("drawn", Slice{0, 1, 2}, {noise});
  const NodeId ways = binary("ways", BinaryFunction::divide, drawn, scaled);
  const NodeId bounded = g.add("bounded", Activation{Function::clip, -0.5, 0.75}, {ways});
  const NodeId both = g.add("both", Concatenate{0}, {bounded, middle});
  const NodeId sum = g.add("sum", Reduction{Reducer::sum, {0}, false}, {both});
  const NodeId half = g.add("half", Constant{{1}, {0.5f}});
  const NodeId moved = binary("moved", BinaryFunction::subtract, sum, half);
  const NodeId none = g.add("none", Constant{{}, {0}});
  const NodeId hit = g.add("hit", Slice{0, 0, 1}, {noise});
  const NodeId hit_row = g.add("hit_row", Reduction{Reducer::sum, {0}, false}, {hit});
  const NodeId chosen = g.add("chosen", Where{}, {hit_row, moved, none});
  g.set_output("cells", g.add("cells", Reshape{{7, 6, 8}}, {chosen}));
  return c;
}

/// Every function that a row program has, on an image of three channels, with rows of a constant.
Case row_functions() {
  Case c{"stack_row_functions", {}, 3};
  Graph& g = c.graph;
  const NodeId x = g.add("x", Input{{3, 5, 11, 7}});
  std::vector<float> places(385);
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = 0.01f * static_cast<float>(i);
  const NodeId place = g.add("place", Constant{{1, 5, 11, 7}, std::move(places)});
  const NodeId one = g.add("one", Constant{{1}, {1}});
  const NodeId factors = g.add("factors", Constant{{3, 1, 1, 1}, {1, -2, 3}});
  NodeId y = g.add("added", Arithmetic{BinaryFunction::add}, {x, place});
  y = g.add("multiplied", Arithmetic{BinaryFunction::multiply}, {y, factors});
  y = g.add("leaky", leaky_relu(), {y});
  y = g.add("tanh", Activation{Function::tanh}, {y});
  const NodeId first = g.add("first", Slice{0, 0, 1}, {y});
  y = g.add("times", Arithmetic{BinaryFunction::multiply}, {y, first});
  y = g.add("relu", Activation{Function::relu}, {y});
  y = g.add("sigmoid", Activation{Function::sigmoid}, {y});
  y = g.add("above", Arithmetic{BinaryFunction::add}, {one, y});
  y = g.add("log", Activation{Function::log}, {y});
  g.set_output("y", g.add("square", Arithmetic{BinaryFunction::multiply}, {y, y}));
  return c;
}

/// Rows whose results are needed on the way as well, and ones that other rows do not fit.
Case rows_apart() {
  Case c{"stack_rows_apart", {}};
  Graph& g = c.graph;
  const NodeId x = g.add("x", Input{{4, 300}});
  const NodeId weights = g.add("weights", Input{{4, 1}});
  NodeId y = g.add("a1", Activation{Function::exp}, {x});
  y = g.add("a2", Activation{Function::tanh}, {y});
  y = g.add("a3", leaky_relu(), {y});
  y = g.add("a4", Activation{Function::relu}, {y});
  g.set_output("a", y);
  y = g.add("weighted", Arithmetic{BinaryFunction::multiply}, {y, weights});
  y = g.add("b1", Activation{Function::exp}, {y});
  y = g.add("b2", Activation{Function::tanh}, {y});
  const NodeId top = g.add("b3", Slice{0, 0, 1}, {y});
  y = g.add("b4", Arithmetic{BinaryFunction::add}, {y, top});
  g.set_output("b", g.add("b5", Arithmetic{BinaryFunction::divide}, {top, y}));
  return c;
}

/// Convolutions of all kinds with something added, in a row of residual blocks.
Case additions() {
  Case c{"stack_additions", {}, 3};
  Graph& g = c.graph;
  const auto sum = [&](const char* name, NodeId a, NodeId b) {
    return g.add(name, Arithmetic{BinaryFunction::add}, {a, b});
  };
  const auto same = [](std::int64_t filters, Triple kernel) {
    return convolution(filters, kernel, same_padding(kernel));
  };
  const NodeId x = g.add("x", Input{{2, 4, 5, 16}});
  const NodeId wide = g.add("wide", convolution(16, {1, 1, 1}), {x});
  NodeId y = g.add("near", same(16, {3, 3, 3}), {x});
  y = g.add("sum_leaky", leaky_relu(), {sum("sum", wide, y)});
  NodeId block = g.add("block", convolution(16, {1, 1, 1}), {y});
  block = g.add("block_relu", Activation{Function::relu}, {block});
  block = g.add("block_norm", BatchNormalization{}, {block});
  y = sum("residual", block, y);
  const NodeId few = g.add("few", same(2, {3, 3, 3}), {y});
  const NodeId few_sum = g.add("few_tanh", Activation{Function::tanh}, {sum("few_sum", few, x)});
  const NodeId one = g.add("one", same(1, {3, 3, 4}), {y});
  const NodeId first = g.add("first", Slice{0, 0, 1}, {x});
  g.set_output("one", sum("one_sum", first, one));
  g.set_output("few", few_sum);
  g.set_output("y", y);
  return c;
}

/// Convolutions of one cell each in a row: residual blocks of channels that fill no vector, an
/// image that is added on the way and one at the end, of more cells than go through at a time.
Case cells_in_a_row() {
  Case c{"stack_cells_in_a_row", {}, 3};
  Graph& g = c.graph;
  const auto sum = [&](const char* name, NodeId a, NodeId b) {
    return g.add(name, Arithmetic{BinaryFunction::add}, {a, b});
  };
  const auto cell = [](std::int64_t filters, bool bias = true) {
    Conv3d conv = convolution(filters, {1, 1, 1});
    conv.bias = bias;
    return conv;
  };
  const NodeId x = g.add("x", Input{{5, 3, 5, 5}});
  const NodeId other = g.add("other", Input{{3, 3, 5, 5}});
  const NodeId beside = g.add("beside", convolution(48, {3, 1, 1}, same_padding({3, 1, 1})), {x});
  NodeId y = g.add("first", cell(20), {x});
  y = g.add("first_leaky", leaky_relu(), {y});
  NodeId block = g.add("block", cell(20, false), {y});
  block = g.add("block_relu", Activation{Function::relu}, {block});
  y = g.add("sum_leaky", leaky_relu(), {sum("sum", block, y)});
  const NodeId wide = g.add("wide", cell(48), {y});
  y = g.add("narrow", cell(3), {sum("wide_sum", wide, beside)});
  g.set_output("y", sum("end", y, other));
  return c;
}

/// Sums that no convolution can take over: it is read elsewhere as well, or repeated, or doubled.
Case sums_that_stay() {
  Case c{"stack_sums_that_stay", {}};
  Graph& g = c.graph;
  const auto sum = [&](const char* name, NodeId a, NodeId b) {
    return g.add(name, Arithmetic{BinaryFunction::add}, {a, b});
  };
  const NodeId x = g.add("x", Input{{2, 3, 4, 5}});
  const NodeId read = g.add("read", convolution(2, {1, 1, 1}), {x});
  const NodeId used = sum("used", read, x);
  const NodeId doubled = g.add("doubled", convolution(2, {1, 1, 1}), {read});
  const NodeId twice = sum("twice", doubled, doubled);
  const NodeId single = g.add("single", convolution(1, {1, 1, 1}), {twice});
  g.set_output("y", sum("repeated", single, used));
  return c;
}

}  // namespace

std::vector<Case> stack_cases() {
  std::vector<Case> cases;
  cases.push_back(convolution_activation("stack_conv_leaky", leaky_relu(), false));
  cases.push_back(convolution_activation("stack_conv_leaky_two_uses", leaky_relu(), true));
  cases.push_back(convolution_activation("stack_conv_softplus", {Function::softplus}, false));
  cases.push_back(convolution_activation("stack_conv_clip", {Function::clip, -0.25, 0.5}, false));
  cases.push_back(convolution_in_blocks());
  cases.push_back(producers());
  cases.push_back(paddings());
  cases.push_back(padding_with_other_use());
  cases.push_back(several_uses());
  cases.push_back(superfluous());
  add_upsampled_convolutions(cases);
  cases.push_back(upsampled_twice());
  cases.push_back(upsampled_with_other_uses());
  cases.push_back(generator());
  cases.push_back(discriminator());
  cases.push_back(scaling());
  cases.push_back(constants());
  cases.push_back(additions());
  cases.push_back(sums_that_stay());
  cases.push_back(cells_in_a_row());
  cases.push_back(rows());
  cases.push_back(row_functions());
  cases.push_back(rows_apart());
  cases.push_back(measured_angle());
  cases.push_back(in_place_chain("stack_in_place_sigmoid", {Function::sigmoid}));
  cases.push_back(in_place_chain("stack_in_place_exp", {Function::exp}));
  cases.push_back(in_place_chain("stack_in_place_softplus", {Function::softplus}));
  return cases;
}

}  // namespace showergan::nn
