#include "model/layer_reader.hpp"

#include <fstream>
#include <limits>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "model/composite_layer.hpp"
#include "model/toml_value.hpp"
#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

using nn::Function;

class LayerReaderTest : public testing::Test {
 protected:
  LayerSettings read(const std::string& type, const std::string& keys) {
    std::ofstream(folder_ / "layer.toml") << keys;
    const TomlTable toml = read_toml(folder_ / "layer.toml");
    const DefinitionTable table(folder_ / "layer.toml", toml, "layer");
    const LayerSettings settings = read_layer(type, table);
    table.reject_unknown_keys();
    return settings;
  }

  template <class Op>
  Op read_as(const std::string& type, const std::string& keys) {
    return std::get<Op>(read(type, keys).operation);
  }

  test::TemporaryFolder folder_;
};

/// Keys that each type needs.
const std::map<std::string, std::string>& smallest() {
  static const std::map<std::string, std::string> keys{
      {"add", ""},
      {"atan", ""},
      {"average_pooling", ""},
      {"batch_normalization", ""},
      {"clip", "low = 0"},
      {"concatenate", ""},
      {"constant", "shape = [2]\nvalue = 1"},
      {"conv3d", "filters = 2\nkernel = 3"},
      {"conv3d_transpose", "filters = 2\nkernel = 3"},
      {"cropping", "cells = 1"},
      {"dense", "units = 2"},
      {"depth_to_space", "block = 2"},
      {"divide", ""},
      {"dropout", "rate = 0.5"},
      {"exp", ""},
      {"flatten", ""},
      {"input", "shape = [2]"},
      {"leaky_relu", ""},
      {"linear", ""},
      {"log", ""},
      {"mean", "axes = [0]"},
      {"multiply", ""},
      {"permute", "axes = [1, 0]"},
      {"power", "exponent = 2"},
      {"relu", ""},
      {"reshape", "shape = [2, -1]"},
      {"sigmoid", ""},
      {"slice", "stop = 2"},
      {"softmax", ""},
      {"softplus", ""},
      {"subtract", ""},
      {"sum", "axes = [0]"},
      {"tanh", ""},
      {"upsampling", "factor = 2"},
      {"where", ""},
      {"zero_padding", "padding = 1"}};
  return keys;
}

TEST_F(LayerReaderTest, EveryOperatorAndFunctionCanBeWritten) {
  std::set<std::size_t> operators;
  std::set<Function> functions;
  std::set<std::string> types;
  for (const auto& [type, keys] : smallest()) {
    const LayerSettings settings = read(type, keys);
    types.insert(type);
    operators.insert(settings.operation.index());
    if (const auto* activation = std::get_if<nn::Activation>(&settings.operation)) {
      functions.insert(activation->function);
      EXPECT_EQ(nn::name_of(activation->function), type);
    }
    EXPECT_EQ(nn::type_name(settings.operation), type == "flatten" ? "reshape" : type);
  }
  // All but RowProgram and CellChain, which only passes make.
  EXPECT_EQ(operators.size() + 2, std::variant_size_v<nn::Operation>);
  EXPECT_EQ(functions.size(), 11u);
  for (const std::string& composite : composite_layer_types()) types.insert(composite);
  const std::vector<std::string> listed = layer_types();
  EXPECT_EQ(types, std::set<std::string>(listed.begin(), listed.end()));
}

TEST_F(LayerReaderTest, Convolutions) {
  const auto conv = read_as<nn::Conv3d>(
      "conv3d",
      "filters = 7\nkernel = [2, 3, 4]\nstride = [1, 2, 1]\npadding = [[1, 0], [2, 3], [0, 4]]\n"
      "bias = false\ninitializer = \"he_uniform\"");
  EXPECT_EQ(conv.filters, 7);
  EXPECT_EQ(conv.kernel, (nn::Triple{2, 3, 4}));
  EXPECT_EQ(conv.stride, (nn::Triple{1, 2, 1}));
  EXPECT_EQ(conv.padding, (nn::Padding{{1, 2, 0}, {0, 3, 4}}));
  EXPECT_FALSE(conv.bias);
  EXPECT_EQ(conv.kernel_initializer, nn::Initializer::he_uniform);
  const auto same =
      read_as<nn::Conv3d>("conv3d", "filters = 7\nkernel = [2, 3, 4]\npadding = \"same\"");
  EXPECT_EQ(same.padding, (nn::Padding{{0, 1, 1}, {1, 1, 2}}));
  const auto transpose = read_as<nn::Conv3dTranspose>(
      "conv3d_transpose", "filters = 3\nkernel = 4\nstride = 2\npadding = 1\nextra = [1, 0, 1]");
  EXPECT_EQ(transpose.padding, (nn::Padding{{1, 1, 1}, {1, 1, 1}}));
  EXPECT_EQ(transpose.extra, (nn::Triple{1, 0, 1}));
}

TEST_F(LayerReaderTest, FunctionsWithNumbers) {
  EXPECT_EQ(read("leaky_relu", "").operation.index(), nn::Operation(nn::Activation{}).index());
  EXPECT_EQ(read_as<nn::Activation>("leaky_relu", ""),
            (nn::Activation{Function::leaky_relu, 0.3, 0}));
  EXPECT_EQ(read_as<nn::Activation>("leaky_relu", "slope = 0.2"),
            (nn::Activation{Function::leaky_relu, 0.2, 0}));
  EXPECT_EQ(read_as<nn::Activation>("power", "exponent = 0.85"),
            (nn::Activation{Function::power, 0.85, 0}));
  EXPECT_EQ(read_as<nn::Activation>("clip", "low = -1\nhigh = 2"),
            (nn::Activation{Function::clip, -1, 2}));
  EXPECT_EQ(read_as<nn::Activation>("clip", "high = 2").alpha,
            -std::numeric_limits<double>::infinity());
  EXPECT_EQ(read("dense", "units = 1\nactivation = \"leaky_relu\"\nslope = 0.1").activation,
            (nn::Activation{Function::leaky_relu, 0.1, 0}));
  EXPECT_TRUE(read("dense", "units = 1").activation.is_linear());
}

TEST_F(LayerReaderTest, Constants) {
  EXPECT_EQ(read_as<nn::Constant>("constant", "shape = [3]\nvalues = [1, 2.5, -3]").values,
            (std::vector<float>{1, 2.5f, -3}));
  EXPECT_EQ(read_as<nn::Constant>("constant", "shape = [2, 2]\nvalue = 4").values,
            (std::vector<float>(4, 4.0f)));
  EXPECT_EQ(read_as<nn::Constant>("constant", "shape = [3, 1]\nfirst = 0.5\nstep = 2").values,
            (std::vector<float>{0.5f, 2.5f, 4.5f}));
}

TEST_F(LayerReaderTest, TheOthers) {
  const auto normalization =
      read_as<nn::BatchNormalization>("batch_normalization", "momentum = 0.9\nepsilon = 1e-6");
  EXPECT_EQ(normalization.momentum, 0.9);
  EXPECT_EQ(normalization.epsilon, 1e-6);
  EXPECT_EQ(read_as<nn::ZeroPadding>("zero_padding", "padding = [2, 2, 0]").padding,
            (nn::Padding{{2, 2, 0}, {2, 2, 0}}));
  EXPECT_EQ(read_as<nn::Cropping>("cropping", "cells = [[0, 1], [2, 0], [0, 0]]").cells,
            (nn::Padding{{0, 2, 0}, {1, 0, 0}}));
  const auto slice = read_as<nn::Slice>("slice", "axis = 1\nstart = 2\nstop = 9\nstep = 3");
  EXPECT_EQ(slice.axis, 1);
  EXPECT_EQ(slice.start, 2);
  EXPECT_EQ(slice.stop, 9);
  EXPECT_EQ(slice.step, 3);
  const auto reduction = read_as<nn::Reduction>("mean", "axes = [0, 2]\nkeep_axes = true");
  EXPECT_EQ(reduction.reducer, nn::Reducer::mean);
  EXPECT_EQ(reduction.axes, (std::vector<std::int64_t>{0, 2}));
  EXPECT_TRUE(reduction.keep_axes);
  EXPECT_EQ(read_as<nn::Reshape>("flatten", "").shape, nn::Shape{-1});
  EXPECT_EQ(read_as<nn::Upsampling>("upsampling", "factor = [1, 2, 3]").factor,
            (nn::Triple{1, 2, 3}));
  EXPECT_EQ(read_as<nn::Dropout>("dropout", "rate = 0.25").rate, 0.25);
}

TEST_F(LayerReaderTest, RangesAreChecked) {
  const auto error = [&](const std::string& type, const std::string& keys) {
    return test::input_error([&] { read(type, keys); });
  };
  EXPECT_EQ(error("clip", "low = 2\nhigh = 1").find("layer: 'low' is not below 'high'"), 0u);
  EXPECT_EQ(error("batch_normalization", "momentum = 1").find("layer: 'momentum' must be"), 0u);
  EXPECT_EQ(error("batch_normalization", "epsilon = 0").find("layer: 'epsilon' must be"), 0u);
  EXPECT_EQ(error("constant", "shape = [100000, 100000]\nvalue = 1").find("layer: 'shape' is too"),
            0u);
  EXPECT_EQ(error("power", "").find("layer has no 'exponent'"), 0u);
  EXPECT_EQ(
      error("constant", "shape = [2]\nvalues = [\"a\"]").find("layer: 'values' must be a list"),
      0u);
}

}  // namespace
}  // namespace showergan
