#include <algorithm>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <onnx.pb.h>

#include "model/model_file.hpp"
#include "nn/cases.hpp"
#include "nn/reference/interpreter.hpp"
#include "support/error_text.hpp"

/// Files that we have not written: other exporters' ways to say things, and damaged or hostile
/// files, each of which must end in one line that names the file.
namespace showergan {
namespace {

using test::input_error;
using Integers = std::vector<std::int64_t>;

/// Makes ONNX graphs by hand.
class Maker {
 public:
  Maker() {
    model.set_ir_version(8);
    model.add_opset_import()->set_version(17);
  }

  void input(const std::string& name, const Integers& dims) {
    declare(*graph().add_input(), name, dims);
  }
  void output(const std::string& name) { declare(*graph().add_output(), name, {}); }

  onnx::TensorProto& floats(const std::string& name, const Integers& dims,
                            const std::vector<float>& values) {
    onnx::TensorProto& tensor = *graph().add_initializer();
    tensor.set_name(name);
    tensor.set_data_type(onnx::TensorProto::FLOAT);
    for (const std::int64_t extent : dims) tensor.add_dims(extent);
    for (const float value : values) tensor.add_float_data(value);
    return tensor;
  }
  void integers(const std::string& name, const Integers& values, bool scalar = false) {
    onnx::TensorProto& tensor = *graph().add_initializer();
    tensor.set_name(name);
    tensor.set_data_type(onnx::TensorProto::INT64);
    if (!scalar) tensor.add_dims(static_cast<std::int64_t>(values.size()));
    for (const std::int64_t value : values) tensor.add_int64_data(value);
  }

  onnx::NodeProto& node(const std::string& op_type, const std::vector<std::string>& inputs,
                        const std::string& result) {
    onnx::NodeProto& node = *graph().add_node();
    node.set_op_type(op_type);
    node.set_name("the " + result);
    for (const std::string& name : inputs) node.add_input(name);
    node.add_output(result);
    return node;
  }

  Model read() { return from_onnx(model.SerializeAsString(), "f.onnx"); }
  std::string error() {
    return input_error([this] { read(); });
  }

  onnx::GraphProto& graph() { return *model.mutable_graph(); }
  onnx::ModelProto model;

 private:
  static void declare(onnx::ValueInfoProto& info, const std::string& name, const Integers& dims) {
    info.set_name(name);
    auto& tensor = *info.mutable_type()->mutable_tensor_type();
    tensor.set_elem_type(onnx::TensorProto::FLOAT);
    tensor.mutable_shape()->add_dim()->set_dim_param("n");
    for (const std::int64_t extent : dims) tensor.mutable_shape()->add_dim()->set_dim_value(extent);
  }
};

onnx::NodeProto& with(onnx::NodeProto& node, const std::string& name, std::int64_t value) {
  onnx::AttributeProto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(onnx::AttributeProto::INT);
  attribute.set_i(value);
  return node;
}

onnx::NodeProto& with(onnx::NodeProto& node, const std::string& name, const Integers& values) {
  onnx::AttributeProto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(onnx::AttributeProto::INTS);
  for (const std::int64_t value : values) attribute.add_ints(value);
  return node;
}

onnx::NodeProto& with(onnx::NodeProto& node, const std::string& name, const std::string& value) {
  onnx::AttributeProto& attribute = *node.add_attribute();
  attribute.set_name(name);
  attribute.set_type(onnx::AttributeProto::STRING);
  attribute.set_s(value);
  return node;
}

/// Result `y` for one input `x`, of as many showers as there are numbers.
std::vector<double> run(const Model& model, const std::vector<double>& x) {
  const std::int64_t size = nn::element_count(model.graph.node(model.graph.inputs()[0]).shape);
  nn::reference::Interpreter interpreter(model.graph, static_cast<std::int64_t>(x.size()) / size);
  nn::reference::DoubleParameters parameters = nn::reference::to_double(model.parameters);
  interpreter.forward({{"x", x}}, parameters);
  return interpreter.output("y");
}

class OnnxImport : public testing::Test, protected Maker {
 protected:
  std::vector<double> y_of(const std::vector<double>& x) {
    output("y");
    return run(read(), x);
  }
};

using Numbers = std::vector<double>;

TEST_F(OnnxImport, MatMulAndGemmInBothOrders) {
  input("x", {2});
  floats("w", {2, 3}, {1, 2, 3, 4, 5, 6});
  floats("v", {1, 3}, {1, 10, 100});
  floats("b", {1}, {0.5});
  node("MatMul", {"x", "w"}, "h");
  with(node("Gemm", {"h", "v", "b"}, "y"), "transB", 1);
  EXPECT_EQ(y_of({1, 0, 0, 1}), (Numbers{321.5, 654.5}));
}

TEST_F(OnnxImport, GemmWithoutTranspose) {
  input("x", {2});
  floats("w", {2, 3}, {1, 2, 3, 4, 5, 6});
  floats("c", {3}, {0, 0, 1});
  node("Gemm", {"x", "w", "c"}, "y");
  EXPECT_EQ(y_of({1, 1}), (Numbers{5, 7, 10}));
}

TEST_F(OnnxImport, GatherDropsAnAxisOrKeepsNeighbours) {
  input("x", {2, 3});
  integers("last", {-1}, true);
  integers("both", {0, 1});
  with(node("Gather", {"x", "both"}, "same"), "axis", 1);
  with(node("Gather", {"same", "last"}, "y"), "axis", 2);
  output("y");
  const Model model = read();
  EXPECT_EQ(model.graph.node(model.graph.outputs()[0].node).shape, nn::Shape{2});
  EXPECT_EQ(run(model, {1, 2, 3, 4, 5, 6}), (Numbers{3, 6}));
}

TEST_F(OnnxImport, SqueezeUnsqueezeAndFlatten) {
  input("x", {1, 4});
  integers("axis", {1});
  integers("ends", {-1, 1});
  node("Squeeze", {"x", "axis"}, "a");
  node("Unsqueeze", {"a", "ends"}, "b");
  with(node("Flatten", {"b"}, "y"), "axis", 1);
  EXPECT_EQ(y_of({1, 2, 3, 4}), (Numbers{1, 2, 3, 4}));
}

TEST_F(OnnxImport, SlicesCountFromTheEnd) {
  input("x", {5});
  integers("from", {-4});
  integers("to", {9223372036854775807});
  integers("axis", {-1});
  integers("step", {2});
  node("Slice", {"x", "from", "to", "axis", "step"}, "y");
  EXPECT_EQ(y_of({0, 1, 2, 3, 4}), (Numbers{1, 3}));
}

TEST_F(OnnxImport, LessAndGreaterOfTwoTensors) {
  input("x", {3});
  floats("half", {}, {0.5});
  floats("one", {3}, {1, 1, 1});
  node("Less", {"x", "half"}, "small");
  node("Where", {"small", "one", "x"}, "y");
  EXPECT_EQ(y_of({0, 0.5, 2}), (Numbers{1, 0.5, 2}));
}

TEST_F(OnnxImport, ReductionToOneNumberPerShower) {
  input("x", {2, 2});
  integers("axes", {1, -1});
  floats("two", {}, {2});
  integers("unsqueezed", {1});
  with(node("ReduceSum", {"x", "axes"}, "sum"), "keepdims", 0);
  node("Mul", {"sum", "two"}, "double");
  node("Unsqueeze", {"double", "unsqueezed"}, "y");
  EXPECT_EQ(y_of({1, 2, 3, 4, 5, 6, 7, 8}), (Numbers{20, 52}));
}

TEST_F(OnnxImport, ShapesThatAreComputedFromTheBatch) {
  input("x", {2, 3});
  integers("zero", {0}, true);
  integers("six", {6});
  integers("axis", {0});
  node("Shape", {"x"}, "shape");
  node("Gather", {"shape", "zero"}, "n");
  node("Unsqueeze", {"n", "axis"}, "list");
  with(node("Concat", {"list", "six"}, "target"), "axis", 0);
  node("Reshape", {"x", "target"}, "y");
  EXPECT_EQ(y_of({1, 2, 3, 4, 5, 6}), (Numbers{1, 2, 3, 4, 5, 6}));
}

/// The chain that PyTorch leaves in front of a Pad.
TEST_F(OnnxImport, PaddingOfPyTorch) {
  input("x", {1, 1, 1, 2});
  integers("given", {3, 4, 1, 0, 0, 2});  // z before, z after, y …
  integers("four", {4});
  integers("pairs", {-1, 2});
  integers("from", {-1});
  integers("to", {-9223372036854775807});
  integers("axis", {0});
  integers("back", {-1});
  integers("flat", {-1});
  node("ConstantOfShape", {"four"}, "zeros").add_attribute();
  onnx::AttributeProto& value = *graph().mutable_node(0)->mutable_attribute(0);
  value.set_name("value");
  value.set_type(onnx::AttributeProto::TENSOR);
  value.mutable_t()->set_data_type(onnx::TensorProto::INT64);
  value.mutable_t()->add_dims(1);
  value.mutable_t()->add_int64_data(0);
  with(node("Concat", {"given", "zeros"}, "all"), "axis", 0);
  node("Reshape", {"all", "pairs"}, "table");
  node("Slice", {"table", "from", "to", "axis", "back"}, "reversed");
  with(node("Transpose", {"reversed"}, "turned"), "perm", Integers{1, 0});
  node("Reshape", {"turned", "flat"}, "pads");
  with(node("Cast", {"pads"}, "cast"), "to", 7);
  node("Pad", {"x", "cast", ""}, "y");
  output("y");
  const Model model = read();
  EXPECT_EQ(model.graph.node(model.graph.outputs()[0].node).shape, (nn::Shape{1, 3, 2, 9}));
  const auto padding = model.graph.find("the y");
  ASSERT_TRUE(padding.has_value());
  EXPECT_EQ(std::get<nn::ZeroPadding>(model.graph.node(*padding).operation).padding,
            (nn::Padding{{0, 1, 3}, {2, 0, 4}}));
}

TEST_F(OnnxImport, ConstantChainsThatAreDamaged) {
  input("x", {2});
  output("y");
  integers("c", {1, 2});
  integers("far", {7});
  onnx::NodeProto& chain = node("Transpose", {"c"}, "t");
  node("Reshape", {"x", "t"}, "y");
  with(chain, "perm", Integers{5});
  EXPECT_EQ(error(), "node 'the t' (Transpose): 'perm' does not name each axis once (f.onnx)");
  chain.clear_attribute();
  chain.set_op_type("Gather");
  chain.add_input("far");
  EXPECT_EQ(error(), "node 'the t' (Gather): there is no index 7 among 2 (f.onnx)");
  chain.set_op_type("Reshape");
  EXPECT_EQ(error(), "node 'the t' (Reshape): cannot make that shape (f.onnx)");
  chain.set_op_type("Unsqueeze");
  EXPECT_EQ(error(), "node 'the t' (Unsqueeze): has no axis 7 (f.onnx)");
  chain.set_op_type("Slice");
  for (const char* name : {"far", "c", "far"}) chain.add_input(name);
  EXPECT_EQ(error(),
            "node 'the t' (Slice): starts, ends, axes and steps are not equally many (f.onnx)");
}

TEST_F(OnnxImport, ResizeBySizesAndHalfPixels) {
  input("x", {1, 1, 1, 2});
  integers("sizes", {1, 1, 1, 1, 6});
  with(node("Resize", {"x", "", "", "sizes"}, "y"), "mode", "nearest");
  EXPECT_EQ(y_of({1, 2}), (Numbers{1, 1, 1, 2, 2, 2}));
}

TEST_F(OnnxImport, ConstantsInNodesAndDropout) {
  input("x", {2});
  onnx::AttributeProto& value = *node("Constant", {}, "c").add_attribute();
  value.set_name("value_float");
  value.set_type(onnx::AttributeProto::FLOAT);
  value.set_f(3);
  node("Add", {"c", "x"}, "a");
  node("Dropout", {"a"}, "b");
  node("Identity", {"b"}, "y");
  EXPECT_EQ(y_of({1, 2}), (Numbers{4, 5}));
}

TEST_F(OnnxImport, InitialisersAmongTheInputs) {
  input("x", {2});
  input("c", {});
  floats("c", {1}, {3});
  node("Sub", {"x", "c"}, "y");
  EXPECT_EQ(y_of({1, 2}), (Numbers{-2, -1}));
}

TEST_F(OnnxImport, FirstUnsupportedOperatorIsNamed) {
  input("x", {2});
  node("Relu", {"x"}, "a");
  node("Einsum", {"a"}, "b");
  node("LSTM", {"b"}, "y");
  output("y");
  EXPECT_EQ(error(), "the operator Einsum of node 'the b' is not supported (f.onnx)");
  graph().mutable_node(0)->set_domain("com.microsoft");
  EXPECT_EQ(error(), "the operator com.microsoft.Relu of node 'the a' is not supported (f.onnx)");
}

TEST_F(OnnxImport, WhatAnOperatorCannotIsNamed) {
  input("x", {1, 4, 4, 4});
  floats("k", {2, 1, 2, 2, 2}, std::vector<float>(16, 1));
  output("y");
  onnx::NodeProto& conv = node("Conv", {"x", "k"}, "y");
  with(conv, "group", 2);
  EXPECT_EQ(error(), "node 'the y' (Conv): 'group' other than 1 is not supported (f.onnx)");
  conv.clear_attribute();
  with(conv, "dilations", Integers{1, 2, 1});
  EXPECT_EQ(error(), "node 'the y' (Conv): 'dilations' other than 1 is not supported (f.onnx)");
  conv.clear_attribute();
  with(conv, "auto_pad", "SAME_UPPER");
  EXPECT_EQ(error(), "node 'the y' (Conv): 'auto_pad' = 'SAME_UPPER' is not supported (f.onnx)");
  conv.clear_attribute();
  with(conv, "colour", 3);
  EXPECT_EQ(error(),
            "node 'the y' (Conv): has an attribute that is not supported: 'colour' (f.onnx)");
  conv.clear_attribute();
  with(conv, "pads", Integers{1, 1, 1, 1});
  EXPECT_EQ(error(),
            "node 'the y' (Conv): 'pads' has 4 numbers (f.onnx); only three-dimensional images are "
            "supported");
  conv.clear_attribute();
  with(conv, "strides", Integers{1, 1, 1LL << 40});
  EXPECT_EQ(error(), "node 'the y' (Conv): 'strides' holds 1099511627776 (f.onnx)");
  conv.clear_attribute();
  with(conv, "kernel_shape", Integers{2, 2, 3});
  EXPECT_EQ(error(), "node 'the y' (Conv): 'kernel_shape' is not the kernel's (f.onnx)");
}

TEST_F(OnnxImport, ShapesThatDoNotFit) {
  input("x", {2, 1, 4, 4});
  floats("k", {2, 1, 2, 2, 5}, std::vector<float>(40, 1));
  output("y");
  node("Conv", {"x", "k"}, "y");
  EXPECT_EQ(error(),
            "node 'the y' (Conv): the kernel is for 1 channels, but the image is 2 channels of "
            "1×4×4 (f.onnx)");
  graph().mutable_initializer(0)->set_dims(0, 1);
  graph().mutable_initializer(0)->set_dims(1, 2);
  EXPECT_EQ(error(),
            "layer 'the y': the kernel 2×2×5 is larger than the padded image: 2 channels of 1×4×4 "
            "(f.onnx)");
}

TEST_F(OnnxImport, MixingShowersIsRefused) {
  input("x", {3});
  input("z", {3, 3});
  output("y");
  integers("zero", {0});
  floats("many", {2, 3}, std::vector<float>(6, 1));
  onnx::NodeProto& y = node("ReduceSum", {"x", "zero"}, "y");
  EXPECT_EQ(error(),
            "node 'the y' (ReduceSum): works along the batch axis, which mixes showers (f.onnx)");
  y.mutable_input()->RemoveLast();
  EXPECT_EQ(error(),
            "node 'the y' (ReduceSum): reduces over all axes, the batch included, which mixes "
            "showers (f.onnx)");
  y.set_op_type("Add");
  y.add_input("many");
  EXPECT_EQ(error(),
            "node 'the y' (Add): the numbers 'many' would broadcast over the batch (f.onnx)");
  y.set_input(1, "z");
  EXPECT_EQ(error(), "node 'the y' (Add): mixes tensors of 2 and 3 axes (f.onnx)");
  y.set_op_type("Transpose");
  y.mutable_input()->RemoveLast();
  with(y, "perm", Integers{1, 0});
  EXPECT_EQ(error(), "node 'the y' (Transpose): moves the batch axis (f.onnx)");
  y.clear_attribute();
  y.set_op_type("Softmax");
  with(y, "axis", 0);
  EXPECT_EQ(error(),
            "node 'the y' (Softmax): works along the batch axis, which mixes showers (f.onnx)");
}

TEST_F(OnnxImport, ReshapesThatMixShowers) {
  input("x", {6});
  integers("t", {-1, 4});
  output("y");
  node("Reshape", {"x", "t"}, "y");
  EXPECT_EQ(error(),
            "node 'the y' (Reshape): cannot make [4] of 6 per shower (f.onnx); the batch must stay "
            "the first axis");
}

TEST_F(OnnxImport, InputsMustBeKnown) {
  input("x", {0});
  output("y");
  node("Relu", {"x"}, "y");
  EXPECT_EQ(error(),
            "the input 'x' has no usable fixed size along axis 1 (f.onnx); only the batch, axis 0, "
            "may be open");
  auto* type = graph().mutable_input(0)->mutable_type()->mutable_tensor_type();
  type->mutable_shape()->mutable_dim(1)->set_dim_value(1LL << 62);
  EXPECT_EQ(error().find("the input 'x' has no usable fixed size along axis 1"), 0u);
  type->mutable_shape()->clear_dim();
  EXPECT_EQ(error(), "the input 'x' has no batch axis (f.onnx)");
  type->set_elem_type(onnx::TensorProto::INT64);
  EXPECT_EQ(error(), "the input 'x' is not float32 (f.onnx)");
}

TEST_F(OnnxImport, UndefinedAndDoubleTensors) {
  input("x", {2});
  output("y");
  node("Add", {"x", "b"}, "a");  // a needs b, b needs a: a cycle
  node("Relu", {"a"}, "b");
  node("Relu", {"b"}, "y");
  EXPECT_EQ(error(), "node 'the a' (Add): the tensor 'b' is used before it is defined (f.onnx)");
  graph().mutable_node(0)->set_input(1, "x");
  graph().mutable_node(2)->set_output(0, "b");
  EXPECT_EQ(error(), "the tensor 'b' is defined twice (f.onnx)");
  graph().mutable_node(2)->set_output(0, "z");
  EXPECT_EQ(error(), "the tensor 'y' is used before it is defined (f.onnx)");
  graph().clear_output();
  EXPECT_EQ(error(), "the model has no outputs (f.onnx)");
  graph().mutable_node(1)->clear_output();
  EXPECT_EQ(error(), "node 'the b' has no output (f.onnx)");
}

TEST_F(OnnxImport, OutputsMustBeComputed) {
  input("x", {2});
  floats("c", {2}, {1, 2});
  output("c");
  EXPECT_EQ(error(), "the output 'c' is not computed from the inputs as numbers (f.onnx)");
}

TEST_F(OnnxImport, WeightsThatAreDamaged) {
  input("x", {2});
  output("y");
  onnx::TensorProto& w = floats("w", {2, 3}, {1, 2, 3, 4, 5, 6});
  node("MatMul", {"x", "w"}, "y");
  w.set_float_data(4, std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(error(), "node 'the y' (MatMul): 'w' holds numbers that are not finite (f.onnx)");
  w.set_dims(0, 3);
  EXPECT_EQ(error(), "the tensor 'w' has less data than its shape says (f.onnx)");
  w.set_dims(0, 1);
  EXPECT_EQ(error(), "the tensor 'w' holds 6 numbers, not the 3 of its shape (f.onnx)");
  w.set_dims(0, 1LL << 40);
  EXPECT_EQ(error(), "the tensor 'w' has an impossible shape (f.onnx)");
  w.set_dims(0, -2);
  EXPECT_EQ(error(), "the tensor 'w' has an impossible shape (f.onnx)");
  w.set_dims(0, 2);
  w.set_raw_data("abcdefg");
  EXPECT_EQ(error(), "the tensor 'w' holds 7 bytes, not the 24 of its shape (f.onnx)");
  w.clear_raw_data();
  w.set_data_type(onnx::TensorProto::FLOAT16);
  EXPECT_EQ(error(),
            "the tensor 'w' is of a type that is not supported (10) (f.onnx); save the model with "
            "float32 weights");
  w.set_data_location(onnx::TensorProto::EXTERNAL);
  EXPECT_EQ(error(),
            "the tensor 'w' is in another file (f.onnx); save the model with its weights in one "
            "file");
}

TEST_F(OnnxImport, ComputedWeightsAreNotSupported) {
  input("x", {2});
  input("w", {3});
  output("y");
  node("MatMul", {"x", "w"}, "y");
  EXPECT_EQ(error(),
            "node 'the y' (MatMul): input 'w' is computed (f.onnx); only numbers in the file are "
            "supported there");
}

TEST_F(OnnxImport, HugeResultsAreRefused) {
  input("x", {1, 4, 4, 4});
  output("y");
  integers("pads", {0, 0, 4096, 4096, 4096, 0, 0, 4096, 4096, 4096});
  node("Pad", {"x", "pads"}, "y");
  EXPECT_EQ(error(),
            "layer 'the y': its result would be too large: 1 channel of 8196×8196×8196 (f.onnx)");
  graph().mutable_initializer(0)->set_int64_data(2, 1LL << 50);
  EXPECT_EQ(error(), "node 'the y' (Pad): 'pads' holds 1125899906842624 (f.onnx)");
  graph().mutable_node(0)->set_op_type("ConstantOfShape");
  graph().mutable_node(0)->mutable_input()->RemoveLast();
  graph().mutable_node(0)->set_input(0, "pads");
  for (int i = 0; i < 10; ++i) graph().mutable_initializer(0)->set_int64_data(i, 1 << 20);
  EXPECT_EQ(error(), "node 'the y' (ConstantOfShape): asks for too many numbers (f.onnx)");
}

TEST_F(OnnxImport, OtherOpsets) {
  input("x", {2});
  output("y");
  node("Relu", {"x"}, "y");
  model.mutable_opset_import(0)->set_version(11);
  EXPECT_EQ(error(), "the model uses ONNX opset 11 (f.onnx); export it with opset 13 to 23");
  model.clear_opset_import();
  EXPECT_EQ(error(), "the file is no ONNX model: it names no operator set (f.onnx)");
}

/// Whatever happens to a file: an InputError that names it, on one line, or a model.
void expect_civil(const std::string& bytes) {
  try {
    from_onnx(bytes, "f.onnx");
  } catch (const InputError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("f.onnx"), std::string::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
  }
}

std::vector<std::string> small_files() {
  std::vector<std::string> files;
  for (const nn::Case& c : nn::all_cases()) {
    files.push_back(to_onnx({c.graph, nn::random_parameters(c, 3), {}}));
  }
  return files;
}

TEST(DamagedFiles, TruncatedOnes) {
  for (const std::string& file : small_files()) {
    for (std::size_t size = 0; size < file.size(); size += 1 + file.size() / 16) {
      expect_civil(file.substr(0, size));
    }
    // In the middle of the graph there is no way to take the file for a whole one.
    EXPECT_EQ(input_error([&] { from_onnx(file.substr(0, file.size() / 2), "f.onnx"); }),
              "the file is no ONNX model, or it is truncated (f.onnx)");
  }
}

TEST(DamagedFiles, BytesThatChanged) {
  std::mt19937 random(3);
  for (const std::string& file : small_files()) {
    for (int i = 0; i < 40; ++i) {
      std::string bytes = file;
      for (int k = 0; k < 1 + i % 4; ++k) {
        bytes[random() % bytes.size()] = static_cast<char>(random());
      }
      expect_civil(bytes);
    }
  }
}

/// Messages that parse, with numbers and references that were exchanged.
TEST(DamagedFiles, NumbersThatChanged) {
  std::mt19937 random(4);
  const Integers bad{0,
                     -1,
                     1,
                     2,
                     3,
                     7,
                     1LL << 31,
                     1LL << 62,
                     -(1LL << 62),
                     std::numeric_limits<std::int64_t>::min()};
  for (const std::string& file : small_files()) {
    for (int i = 0; i < 40; ++i) {
      onnx::ModelProto model;
      ASSERT_TRUE(model.ParseFromString(file));
      onnx::GraphProto& graph = *model.mutable_graph();
      const std::int64_t value = bad[random() % bad.size()];
      if (graph.node_size() == 0) continue;
      onnx::NodeProto& node = *graph.mutable_node(
          static_cast<int>(random() % static_cast<unsigned>(graph.node_size())));
      for (onnx::AttributeProto& attribute : *node.mutable_attribute()) {
        if (random() % 2) attribute.set_i(value);
        for (int k = 0; k < attribute.ints_size(); ++k) {
          if (random() % 3 == 0) attribute.set_ints(k, value);
        }
      }
      for (onnx::TensorProto& tensor : *graph.mutable_initializer()) {
        for (int k = 0; k < tensor.dims_size(); ++k) {
          if (random() % 8 == 0) tensor.set_dims(k, value);
        }
        if (tensor.data_type() == onnx::TensorProto::INT64 && random() % 2 == 0) {
          std::string raw(tensor.raw_data());
          const std::size_t at = random() % (raw.size() / 8) * 8;
          raw.replace(at, 8, reinterpret_cast<const char*>(&value), 8);
          tensor.set_raw_data(raw);
        }
      }
      if (random() % 4 == 0 && node.input_size() > 0) {
        node.set_input(0, graph.node(0).output(0));
      }
      expect_civil(model.SerializeAsString());
    }
  }
}

}  // namespace
}  // namespace showergan
