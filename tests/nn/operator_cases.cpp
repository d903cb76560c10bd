#include <utility>

#include <fmt/format.h>

#include "nn/cases.hpp"

namespace showergan::nn {
namespace {

/// Input `x` → operator `op` → output `y`.
Case unary(std::string name, Shape shape, Operation operation, Range range = {},
           std::int64_t batch = 2) {
  Case c{std::move(name), {}, batch, {{"x", range}}};
  const NodeId x = c.graph.add("x", Input{std::move(shape)});
  c.graph.set_output("y", c.graph.add("op", std::move(operation), {x}));
  return c;
}

/// Inputs `a`, `b`, … → operator `op` → output `y`.
Case several(std::string name, const std::vector<Shape>& shapes, Operation operation,
             std::map<std::string, Range> ranges = {}) {
  Case c{std::move(name), {}, 2, std::move(ranges)};
  std::vector<NodeId> inputs;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    inputs.push_back(c.graph.add(std::string(1, static_cast<char>('a' + i)), Input{shapes[i]}));
  }
  c.graph.set_output("y", c.graph.add("op", std::move(operation), inputs));
  return c;
}

Padding padding(Triple before, Triple after) {
  return Padding{before, after};
}

std::string tag(const Triple& t) {
  return fmt::format("{}{}{}", t[0], t[1], t[2]);
}

void add_activations(std::vector<Case>& cases) {
  struct Named {
    const char* name;
    Activation activation;
    Range range;
  };
  const Named list[] = {
      {"linear", {Function::linear}, {}},
      {"relu", {Function::relu}, {}},
      {"leaky_relu", {Function::leaky_relu, 0.3}, {}},
      {"leaky_relu_negative_slope", {Function::leaky_relu, -0.2}, {}},
      {"sigmoid", {Function::sigmoid}, {-4, 4}},
      {"tanh", {Function::tanh}, {-3, 3}},
      {"atan", {Function::atan}, {-3, 3}},
      {"softplus", {Function::softplus}, {-4, 4}},
      {"exp", {Function::exp}, {-2, 2}},
      {"log", {Function::log}, {0.1f, 3}},
      {"power_below_one", {Function::power, 0.85}, {0.05f, 2}},
      {"power_inverse", {Function::power, -1}, {0.5f, 2}},
      {"power_square_signed", {Function::power, 2}, {}},
      {"power_cube_signed", {Function::power, 3}, {}},
      {"clip", {Function::clip, -0.5, 0.25}, {}},
  };
  for (const Named& named : list) {
    cases.push_back(
        unary(fmt::format("{}_image", named.name), {3, 2, 5, 3}, named.activation, named.range));
    cases.push_back(
        unary(fmt::format("{}_vector", named.name), {7}, named.activation, named.range));
  }
}

void add_arithmetic(std::vector<Case>& cases) {
  struct Shapes {
    const char* name;
    Shape a;
    Shape b;
  };
  const Shapes list[] = {
      {"same", {3, 2, 5, 3}, {3, 2, 5, 3}},
      {"scale_per_channel", {3, 2, 5, 3}, {3, 1, 1, 1}},
      {"scalar_left", {1}, {3, 2, 5, 3}},
      {"scalar_right", {6}, {1}},
      {"missing_axes", {5, 3}, {3, 2, 5, 3}},
      {"both_ways", {3, 1, 5, 1}, {1, 2, 1, 4}},
      {"last_axis_right", {4, 2, 3, 1}, {4, 2, 3, 7}},
  };
  for (const auto function : {BinaryFunction::add, BinaryFunction::subtract,
                              BinaryFunction::multiply, BinaryFunction::divide}) {
    const Range right = function == BinaryFunction::divide ? Range{0.5f, 2} : Range{};
    for (const Shapes& shapes : list) {
      cases.push_back(several(fmt::format("{}_{}", name_of(function), shapes.name),
                              {shapes.a, shapes.b}, Arithmetic{function}, {{"b", right}}));
    }
  }
}

void add_pooling(std::vector<Case>& cases) {
  cases.push_back(unary("average_pooling_even", {3, 4, 6, 2}, AveragePooling{{2, 2, 2}}));
  cases.push_back(unary("average_pooling_remainder", {5, 5, 7, 9}, AveragePooling{{2, 2, 2}}));
  cases.push_back(unary("average_pooling_uneven", {2, 5, 4, 7}, AveragePooling{{1, 3, 2}}));
  cases.push_back(unary("average_pooling_all", {16, 3, 3, 3}, AveragePooling{{3, 3, 3}}));
}

void add_normalization(std::vector<Case>& cases) {
  const BatchNormalization keras;
  BatchNormalization other;
  other.momentum = 0.8;
  other.epsilon = 1e-6;
  cases.push_back(unary("batch_normalization_image", {3, 4, 5, 3}, keras));
  cases.push_back(unary("batch_normalization_image_17", {17, 3, 2, 5}, other, {}, 3));
  cases.push_back(unary("batch_normalization_one_channel", {1, 5, 4, 3}, other));
  cases.push_back(unary("batch_normalization_vector", {9}, keras, {}, 8));
  cases.push_back(unary("batch_normalization_matrix", {4, 7}, keras, {}, 3));
}

void add_joins(std::vector<Case>& cases) {
  cases.push_back(several("concatenate_vectors", {{3}, {1}, {5}}, Concatenate{0}));
  cases.push_back(several("concatenate_channels", {{3, 2, 5, 3}, {1, 2, 5, 3}}, Concatenate{0}));
  cases.push_back(several("concatenate_depth", {{3, 2, 5, 3}, {3, 2, 5, 4}}, Concatenate{3}));
  cases.push_back(several("concatenate_middle", {{2, 3, 2}, {2, 1, 2}, {2, 2, 2}}, Concatenate{1}));
  cases.push_back(several("concatenate_one", {{4}}, Concatenate{0}));
  cases.push_back(several("where_same", {{3, 5}, {3, 5}, {3, 5}}, Where{}));
  cases.push_back(several("where_broadcast", {{3, 2, 5, 3}, {1}, {3, 1, 1, 1}}, Where{}));
  cases.push_back(
      several("where_condition_broadcast", {{1, 2, 1, 3}, {4, 2, 5, 3}, {5, 3}}, Where{}));
}

void add_constant(std::vector<Case>& cases) {
  Case c{"constant_scale", {}, 3};
  const NodeId x = c.graph.add("x", Input{{2, 3}});
  const NodeId scale = c.graph.add("scale", Constant{{3}, {0.5f, -2.0f, 3.0f}});
  c.graph.set_output("y", c.graph.add("op", Arithmetic{BinaryFunction::multiply}, {x, scale}));
  cases.push_back(std::move(c));
}

void add_convolution_grid(std::vector<Case>& cases) {
  const Triple kernels[] = {{1, 1, 1}, {2, 2, 2}, {3, 3, 3}, {2, 3, 4}, {5, 1, 3}};
  const Triple strides[] = {{1, 1, 1}, {2, 2, 2}, {1, 2, 1}};
  for (const Triple& kernel : kernels) {
    const std::pair<const char*, Padding> paddings[] = {
        {"valid", {}},
        {"same", same_padding(kernel)},
        {"asymmetric", padding({1, 0, 2}, {0, 2, 1})}};
    for (const Triple& stride : strides) {
      for (const auto& [name, pad] : paddings) {
        Conv3d conv{4, kernel, stride, pad};
        conv.bias = stride[0] == 1;
        cases.push_back(unary(fmt::format("conv3d_k{}_s{}_{}", tag(kernel), tag(stride), name),
                              {3, 5, 6, 7}, conv));
      }
    }
  }
}

void add_convolutions(std::vector<Case>& cases) {
  add_convolution_grid(cases);
  struct Channels {
    std::int64_t in;
    std::int64_t out;
  };
  for (const Channels& n : {Channels{1, 1}, Channels{1, 16}, Channels{16, 1}, Channels{6, 6},
                            Channels{8, 17}, Channels{17, 8}, Channels{16, 32}}) {
    cases.push_back(unary(fmt::format("conv3d_channels_{}_{}", n.in, n.out), {n.in, 4, 5, 6},
                          Conv3d{n.out, {3, 2, 3}, {1, 1, 1}, same_padding({3, 2, 3})}));
  }
  cases.push_back(unary("conv3d_kernel_covers_image", {3, 4, 3, 5}, Conv3d{5, {4, 3, 5}}));
  cases.push_back(unary("conv3d_kernel_beyond_image", {2, 3, 2, 4},
                        Conv3d{3, {5, 4, 6}, {1, 1, 1}, padding({2, 1, 3}, {1, 2, 2})}));
  cases.push_back(unary("conv3d_padding_beyond_kernel", {2, 3, 4, 3},
                        Conv3d{3, {2, 1, 2}, {1, 1, 1}, padding({2, 1, 3}, {3, 2, 0})}));
  cases.push_back(unary("conv3d_large_kernel", {2, 7, 7, 8},
                        Conv3d{5, {6, 6, 8}, {1, 1, 1}, same_padding({6, 6, 8})}));
  // Few channels and filters, long rows: Winograd's tiles, also broken ones.
  cases.push_back(unary("conv3d_tiles_whole", {2, 5, 5, 15}, Conv3d{4, {2, 2, 2}}));
  cases.push_back(unary("conv3d_tiles_broken", {4, 5, 7, 15},
                        Conv3d{2, {3, 3, 2}, {1, 1, 1}, padding({0, 0, 0}, {0, 0, 1})}));
  // Few filters or input channels, so that results are computed in blocks: whole and broken ones.
  for (const std::int64_t filters : {1, 2, 6, 8}) {
    for (const std::int64_t length : {6, 7}) {
      cases.push_back(unary(fmt::format("conv3d_blocks_{}_{}", filters, length), {2, 5, 4, length},
                            Conv3d{filters, {3, 3, 5}, {1, 1, 1}, same_padding({3, 3, 5})}));
    }
  }
  cases.push_back(unary("conv3d_blocks_valid", {2, 4, 4, 4}, Conv3d{1, {3, 3, 3}}));
  // One input channel, so that its gradient is a convolution to one filter.
  for (const std::int64_t filters : {3, 8, 16}) {
    cases.push_back(unary(fmt::format("conv3d_one_channel_{}", filters), {1, 4, 5, 7},
                          Conv3d{filters, {3, 2, 4}, {1, 1, 1}, padding({2, 0, 1}, {1, 1, 3})}));
  }
  // Many input channels and few filters: the kernel's gradient runs mirrored.
  for (const std::int64_t channels : {16, 32}) {
    cases.push_back(unary(fmt::format("conv3d_mirrored_{}", channels), {channels, 3, 4, 5},
                          Conv3d{6, {3, 2, 4}, {1, 1, 1}, padding({2, 0, 1}, {1, 1, 3})}));
  }
  cases.push_back(unary("conv3d_mirrored_full", {16, 3, 4, 3},
                        Conv3d{4, {3, 3, 3}, {1, 1, 1}, padding({2, 2, 2}, {2, 2, 2})}));
  cases.push_back(unary("conv3d_one_sample", {3, 4, 5, 6}, Conv3d{4, {3, 3, 3}}, {}, 1));
  cases.push_back(unary("conv3d_thin_image", {3, 1, 9, 1},
                        Conv3d{2, {1, 4, 1}, {1, 2, 1}, padding({0, 1, 0}, {0, 0, 0})}));
}

void add_transposed_convolutions(std::vector<Case>& cases) {
  const Triple kernels[] = {{1, 1, 1}, {2, 2, 2}, {3, 3, 3}, {2, 3, 4}};
  const Triple strides[] = {{1, 1, 1}, {2, 2, 2}, {1, 2, 3}};
  for (const Triple& kernel : kernels) {
    for (const Triple& stride : strides) {
      Conv3dTranspose conv{4, kernel, stride};
      conv.bias = stride[0] == 1;
      cases.push_back(unary(fmt::format("conv3d_transpose_k{}_s{}", tag(kernel), tag(stride)),
                            {3, 3, 4, 5}, conv));
    }
  }
  Conv3dTranspose cut{5, {3, 4, 3}, {2, 2, 1}, padding({1, 0, 1}, {0, 2, 1})};
  cases.push_back(unary("conv3d_transpose_asymmetric", {2, 3, 4, 5}, cut));
  cut.extra = {1, 1, 0};
  cases.push_back(unary("conv3d_transpose_extra", {2, 3, 4, 5}, cut));
  cases.push_back(
      unary("conv3d_transpose_one_to_one", {1, 4, 3, 5}, Conv3dTranspose{1, {2, 2, 2}, {2, 2, 2}}));
  cases.push_back(unary("conv3d_transpose_channels_17_8", {17, 2, 3, 4},
                        Conv3dTranspose{8, {3, 3, 3}, {2, 2, 2}, padding({1, 1, 1}, {1, 1, 1})}));
}

void add_image_shuffles(std::vector<Case>& cases) {
  cases.push_back(
      unary("cropping_both_sides", {3, 5, 6, 7}, Cropping{padding({1, 0, 2}, {0, 3, 1})}));
  cases.push_back(unary("cropping_nothing", {2, 2, 3, 2}, Cropping{}));
  cases.push_back(
      unary("zero_padding_both_sides", {3, 2, 3, 4}, ZeroPadding{padding({1, 0, 2}, {0, 3, 1})}));
  cases.push_back(unary("zero_padding_nothing", {2, 2, 3, 2}, ZeroPadding{}));
  cases.push_back(unary("upsampling_222", {3, 2, 3, 4}, Upsampling{{2, 2, 2}}));
  cases.push_back(unary("upsampling_uneven", {5, 2, 3, 1}, Upsampling{{1, 3, 4}}));
  cases.push_back(unary("depth_to_space_222", {16, 2, 3, 2}, DepthToSpace{{2, 2, 2}}));
  cases.push_back(unary("depth_to_space_uneven", {18, 3, 2, 4}, DepthToSpace{{1, 2, 3}}));
}

void add_dense(std::vector<Case>& cases) {
  struct Sizes {
    std::int64_t in;
    std::int64_t out;
    std::int64_t batch;
  };
  for (const Sizes& n :
       {Sizes{7, 5, 2}, Sizes{1, 1, 3}, Sizes{13, 33, 1}, Sizes{129, 1, 4}, Sizes{3, 64, 5}}) {
    cases.push_back(
        unary(fmt::format("dense_{}_{}", n.in, n.out), {n.in}, Dense{n.out}, {}, n.batch));
  }
  cases.push_back(unary("dense_no_bias", {11}, Dense{6, false}));
}

void add_dropout(std::vector<Case>& cases) {
  cases.push_back(unary("dropout_image", {3, 4, 5, 3}, Dropout{0.2}));
  cases.push_back(unary("dropout_vector", {17}, Dropout{0.5}, {}, 3));
  cases.push_back(unary("dropout_matrix", {5, 6}, Dropout{0.3}));
  // More than one and two blocks of words, with a last draw of which not all words are used.
  cases.push_back(unary("dropout_1025", {1025}, Dropout{0.2}));
  cases.push_back(unary("dropout_2051", {2051}, Dropout{0.5}));
  cases.push_back(unary("dropout_nothing", {5}, Dropout{0.0}));
}

void add_views(std::vector<Case>& cases) {
  cases.push_back(unary("permute_image", {3, 2, 5, 4}, Permute{{1, 3, 0, 2}}));
  cases.push_back(unary("permute_channels_last", {3, 2, 5, 4}, Permute{{1, 2, 3, 0}}));
  cases.push_back(unary("permute_matrix", {3, 7}, Permute{{1, 0}}));
  cases.push_back(unary("permute_vector", {6}, Permute{{0}}));
  cases.push_back(unary("reshape_to_image", {60}, Reshape{{3, 2, 5, 2}}));
  cases.push_back(unary("reshape_flatten", {3, 2, 5, 2}, Reshape{{-1}}));
  cases.push_back(unary("reshape_open_axis", {3, 2, 5, 2}, Reshape{{5, -1, 2}}));
  cases.push_back(unary("slice_channel", {5, 2, 3, 4}, Slice{0, 1, 4, 1}));
  cases.push_back(unary("slice_depth_steps", {2, 3, 2, 9}, Slice{3, 1, 9, 3}));
  cases.push_back(unary("slice_vector", {8}, Slice{0, 2, 8, 2}));
  cases.push_back(unary("slice_one", {3, 4}, Slice{1, 3, 4, 1}));
}

void add_reductions(std::vector<Case>& cases) {
  const std::vector<std::int64_t> axes[] = {{0}, {3}, {1, 2}, {0, 3}, {1, 2, 3}, {3, 0, 2, 1}};
  for (const Reducer reducer : {Reducer::sum, Reducer::mean}) {
    const char* name = reducer == Reducer::sum ? "sum" : "mean";
    for (const auto& list : axes) {
      for (const bool keep : {false, true}) {
        std::string digits;
        for (const std::int64_t axis : list) digits += std::to_string(axis);
        cases.push_back(unary(fmt::format("{}_{}{}", name, digits, keep ? "_keep" : ""),
                              {3, 2, 5, 4}, Reduction{reducer, list, keep}));
      }
    }
    cases.push_back(unary(fmt::format("{}_vector", name), {7}, Reduction{reducer, {0}}));
    cases.push_back(unary(fmt::format("{}_nothing", name), {4, 3}, Reduction{reducer, {}}));
  }
}

void add_softmax(std::vector<Case>& cases) {
  cases.push_back(unary("softmax_vector", {9}, Softmax{0}, {-3, 3}));
  cases.push_back(unary("softmax_channels", {5, 2, 3, 2}, Softmax{0}, {-3, 3}));
  cases.push_back(unary("softmax_depth", {2, 3, 2, 7}, Softmax{3}, {-3, 3}));
  cases.push_back(unary("softmax_middle", {2, 6, 3}, Softmax{1}, {50, 60}));
}

}  // namespace

std::vector<Case> operator_cases() {
  std::vector<Case> cases;
  add_activations(cases);
  add_arithmetic(cases);
  add_pooling(cases);
  add_normalization(cases);
  add_joins(cases);
  add_constant(cases);
  add_convolutions(cases);
  add_transposed_convolutions(cases);
  add_image_shuffles(cases);
  add_dense(cases);
  add_dropout(cases);
  add_views(cases);
  add_reductions(cases);
  add_softmax(cases);
  return cases;
}

}  // namespace showergan::nn
