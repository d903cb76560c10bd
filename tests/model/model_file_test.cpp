#include "model/model_file.hpp"

#include <cstdlib>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <onnx.pb.h>

#include "model/definition.hpp"
#include "nn/cases.hpp"
#include "nn/reference/interpreter.hpp"
#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

using Doubles = std::map<std::string, std::vector<double>>;

Model model_of(const nn::Case& c) {
  return {c.graph, nn::random_parameters(c, 5), {}};
}

Doubles outputs_of(const Model& model, const Doubles& inputs, std::int64_t batch) {
  nn::reference::Interpreter interpreter(model.graph, batch);
  nn::reference::DoubleParameters parameters = nn::reference::to_double(model.parameters);
  interpreter.forward(inputs, parameters);
  Doubles outputs;
  for (const nn::Output& output : model.graph.outputs()) {
    outputs[output.name] = interpreter.output(output.name);
  }
  return outputs;
}

Doubles to_doubles(const nn::Tensors& tensors) {
  Doubles result;
  for (const auto& [name, values] : tensors) result[name] = {values.begin(), values.end()};
  return result;
}

void expect_same(const Doubles& a, const Doubles& b) {
  ASSERT_EQ(a.size(), b.size());
  for (const auto& [name, values] : a) {
    const auto other = b.find(name);
    ASSERT_NE(other, b.end()) << name;
    ASSERT_EQ(values.size(), other->second.size()) << name;
    for (std::size_t i = 0; i < values.size(); ++i) {
      // Settings such as the exponent of a power are float32 in the file.
      ASSERT_NEAR(values[i], other->second[i], 1e-7 * (1 + std::abs(values[i])))
          << name << " " << i;
    }
  }
}

std::multiset<std::string> types_of(const nn::Graph& graph) {
  std::multiset<std::string> types;
  for (const nn::Node& node : graph.nodes()) types.emplace(nn::type_name(node.operation));
  return types;
}

class RoundTrip : public testing::TestWithParam<nn::Case> {};

TEST_P(RoundTrip, ComputesTheSame) {
  const nn::Case& c = GetParam();
  const Model before = model_of(c);
  const Model after = from_onnx(to_onnx(before), "memory");
  const Doubles inputs = to_doubles(nn::random_inputs(c, 7));
  expect_same(outputs_of(before, inputs, c.batch), outputs_of(after, inputs, c.batch));
}

TEST_P(RoundTrip, KeepsOperatorsAndNames) {
  const nn::Case& c = GetParam();
  const Model after = from_onnx(to_onnx(model_of(c)), "memory");
  ASSERT_EQ(after.graph.outputs().size(), c.graph.outputs().size());
  for (std::size_t i = 0; i < c.graph.outputs().size(); ++i) {
    EXPECT_EQ(after.graph.outputs()[i].name, c.graph.outputs()[i].name);
  }
  EXPECT_EQ(after.graph.inputs().size(), c.graph.inputs().size());
  // What a file need not keep: dropout and copies (inference), unused layers. What it may add:
  // reshapes that align shapes as ONNX wants it.
  std::multiset<std::string> expected;
  for (const nn::Node& node : c.graph.nodes()) {
    const std::string type(nn::type_name(node.operation));
    const auto* reduction = std::get_if<nn::Reduction>(&node.operation);
    const bool does_nothing = reduction && reduction->axes.empty();
    if (type == "dropout" || type == "linear" || does_nothing) continue;
    expected.insert(type);
    if (const auto same = after.graph.find(node.name)) {
      EXPECT_EQ(nn::type_name(after.graph.node(*same).operation), type) << node.name;
    } else if (c.name.find("superfluous") == std::string::npos) {
      ADD_FAILURE() << node.name << " is lost";
    }
  }
  std::multiset<std::string> found = types_of(after.graph);
  if (c.name.find("superfluous") != std::string::npos) return;
  found.erase("reshape");
  expected.erase("reshape");
  EXPECT_EQ(found, expected);
}

TEST_P(RoundTrip, ParametersKeepTheirNames) {
  const nn::Case& c = GetParam();
  if (c.name.find("superfluous") != std::string::npos) GTEST_SKIP() << "has unused layers";
  const Model before = model_of(c);
  const Model after = from_onnx(to_onnx(before), "memory");
  ASSERT_EQ(after.graph.parameters().size(), before.graph.parameters().size());
  for (std::size_t i = 0; i < before.graph.parameters().size(); ++i) {
    EXPECT_EQ(after.graph.parameters()[i].name, before.graph.parameters()[i].name);
  }
  EXPECT_EQ(after.parameters.trainable, before.parameters.trainable);
  EXPECT_EQ(after.parameters.statistics, before.parameters.statistics);
}

INSTANTIATE_TEST_SUITE_P(Cases, RoundTrip, testing::ValuesIn(nn::all_cases()),
                         [](const testing::TestParamInfo<nn::Case>& info) {
                           return info.param.name;
                         });

TEST(RoundTripCases, CoverEveryOperatorAndFunction) {
  std::set<std::size_t> operators;
  std::set<nn::Function> functions;
  for (const nn::Case& c : nn::all_cases()) {
    for (const nn::Node& node : c.graph.nodes()) {
      operators.insert(node.operation.index());
      if (const auto* activation = std::get_if<nn::Activation>(&node.operation)) {
        functions.insert(activation->function);
      }
    }
  }
  // All but RowProgram and CellChain, which only passes make and no file holds.
  EXPECT_EQ(operators.size() + 2, std::variant_size_v<nn::Operation>);
  EXPECT_EQ(functions.size(), 11u);
}

Model published(const std::string& name, bool discriminator) {
  ModelDefinition definition = find_definition(name);
  Model model;
  model.graph = discriminator ? *definition.discriminator : definition.generator;
  model.parameters = nn::initial_parameters(model.graph, 1);
  model.card = {name, "", definition.detector, definition.conditions, "", "0", {}, ""};
  return model;
}

TEST(ModelFileTest, PublishedModelsSurvive) {
  for (const char* name : {"3dgan", "3dgan-16", "3dgan-angle"}) {
    for (const bool discriminator : {false, true}) {
      const Model before = published(name, discriminator);
      const Model after = from_onnx(to_onnx(before), "memory");
      EXPECT_EQ(after.graph.parameter_count(), before.graph.parameter_count()) << name;
      EXPECT_EQ(after.graph.multiply_adds(), before.graph.multiply_adds()) << name;
      EXPECT_EQ(after.parameters.trainable, before.parameters.trainable) << name;
      EXPECT_EQ(after.parameters.statistics, before.parameters.statistics) << name;
      EXPECT_EQ(after.card.detector, before.card.detector);
    }
  }
}

TEST(ModelFileTest, MeasuredAngleSurvives) {
  const Model before = published("3dgan-angle", true);
  const Model after = from_onnx(to_onnx(before), "memory");
  EXPECT_EQ(types_of(after.graph).count("atan"), 1u);
  EXPECT_EQ(types_of(after.graph).count("where"), types_of(before.graph).count("where"));
}

TEST(ModelFileTest, HeaderSaysWhoAndWhat) {
  onnx::ModelProto proto;
  ASSERT_TRUE(proto.ParseFromString(to_onnx(published("3dgan", false))));
  EXPECT_EQ(proto.producer_name(), "ShowerGAN");
  ASSERT_EQ(proto.opset_import_size(), 1);
  EXPECT_EQ(proto.opset_import(0).version(), 17);
  std::map<std::string, std::string> metadata;
  for (const auto& entry : proto.metadata_props()) metadata[entry.key()] = entry.value();
  EXPECT_EQ(metadata["noise_inputs"], "noise");
  EXPECT_EQ(metadata["detector"], "clic-ecal");
  EXPECT_EQ(metadata["conditions"], R"([{"name":"energy","low":10.0,"high":500.0,"unit":"GeV"}])");
  ASSERT_EQ(proto.graph().output_size(), 1);
  EXPECT_EQ(proto.graph().output(0).name(), "shower");
  EXPECT_EQ(proto.graph().output(0).type().tensor_type().shape().dim(0).dim_param(), "n");
}

TEST(ModelFileTest, FilesAreWrittenWholeAndNotOverwritten) {
  const test::TemporaryFolder folder;
  const Model model = model_of(nn::stack_cases().front());
  save_model(model, folder / "m.onnx");
  EXPECT_NE(test::input_error([&] { save_model(model, folder / "m.onnx"); }).find("m.onnx"),
            std::string::npos);
  save_model(model, folder / "m.onnx", true);
  EXPECT_EQ(folder.entries(), 1);
  EXPECT_EQ(types_of(load_model(folder / "m.onnx").graph), types_of(model.graph));
  EXPECT_EQ(types_of(find_model((folder / "m.onnx").string()).graph), types_of(model.graph));
}

TEST(ModelFileTest, MissingAndEmptyFiles) {
  const test::TemporaryFolder folder;
  const std::string path = (folder / "m.onnx").string();
  EXPECT_EQ(test::input_error([&] { load_model(path); }),
            "cannot read the model (" + path + "); check the file's name");
  EXPECT_EQ(test::input_error([&] { load_model(folder.path()); }),
            "cannot read the model (" + folder.path().string() + "); check the file's name");
  std::ofstream{path};
  EXPECT_EQ(test::input_error([&] { load_model(path); }),
            "the file is no ONNX model, or it is truncated (" + path + ")");
  EXPECT_NE(test::input_error([] { find_model("no-such-model"); }).find("no-such-model"),
            std::string::npos);
}

/// x → this operator, named "layer" → y.
Model single_layer(nn::Shape shape, nn::Operation operation) {
  Model model;
  const nn::NodeId x = model.graph.add("x", nn::Input{std::move(shape)});
  model.graph.set_output("y", model.graph.add("layer", std::move(operation), {x}));
  model.parameters = nn::initial_parameters(model.graph, 1);
  return model;
}

TEST(ModelFileTest, RewrittenGraphsAreNotSaved) {
  nn::Dense dense{2};
  dense.epilogue.activation = {nn::Function::relu};
  nn::Conv3d activated{1, {2, 2, 2}};
  activated.epilogue.activation = {nn::Function::relu};
  nn::Conv3d upsampling{1, {2, 2, 2}};
  upsampling.upsampling = {1, 1, 2};
  const char* refused =
      "layer 'layer' was rewritten for execution and cannot be saved; save the graph as it was "
      "built";
  EXPECT_EQ(test::failure([&] { to_onnx(single_layer({3}, dense)); }), refused);
  EXPECT_EQ(test::failure([&] { to_onnx(single_layer({1, 2, 2, 2}, activated)); }), refused);
  EXPECT_EQ(test::failure([&] { to_onnx(single_layer({1, 2, 2, 2}, upsampling)); }), refused);
}

TEST(ModelFileTest, NamesThatClashAreRefused) {
  Model model;
  const nn::NodeId x = model.graph.add("x", nn::Input{{3}});
  const nn::NodeId dense = model.graph.add("d", nn::Dense{2}, {x});
  const nn::NodeId relu = model.graph.add("d/bias", nn::Activation{nn::Function::relu}, {dense});
  model.graph.set_output("y", model.graph.add("z", nn::Activation{nn::Function::relu}, {relu}));
  model.parameters = nn::initial_parameters(model.graph, 1);
  EXPECT_EQ(test::failure([&] { to_onnx(model); }),
            "two tensors of the model would be named 'd/bias'; give one of the layers or outputs "
            "another name");
}

TEST(ModelFileTest, AnOutputMayHaveTheNameOfAnotherLayer) {
  Model model;
  const nn::NodeId x = model.graph.add("x", nn::Input{{3}});
  const nn::NodeId y = model.graph.add("y", nn::Activation{nn::Function::tanh}, {x});
  model.graph.set_output("y", model.graph.add("z", nn::Activation{nn::Function::exp}, {y}));
  model.graph.set_output("z", y);
  model.graph.set_output("again", y);
  const Model after = from_onnx(to_onnx(model), "memory");
  const Doubles inputs{{"x", {4, 5, 6, 7, 8, 9}}};
  expect_same(outputs_of(model, inputs, 2), outputs_of(after, inputs, 2));
}

TEST(ModelFileTest, InputsAndConstantsMayBeOutputs) {
  Model model;
  const nn::NodeId x = model.graph.add("x", nn::Input{{2}});
  const nn::NodeId c = model.graph.add("numbers", nn::Constant{{3}, {1, 2, 3}});
  const nn::NodeId e = model.graph.add("e", nn::Activation{nn::Function::exp}, {c});
  model.graph.set_output("copy", x);
  model.graph.set_output("numbers", c);
  model.graph.set_output("e", e);
  model.graph.set_output("joined", model.graph.add("j", nn::Concatenate{0}, {c, x, e}));
  const Model after = from_onnx(to_onnx(model), "memory");
  const Doubles inputs{{"x", {4, 5, 6, 7}}};
  expect_same(outputs_of(model, inputs, 2), outputs_of(after, inputs, 2));
}

#ifdef SHOWERGAN_ONNX_CHECKER
TEST(OnnxChecker, AcceptsEverythingWeWrite) {
  const test::TemporaryFolder folder;
  std::string command = SHOWERGAN_ONNX_CHECKER;
  for (const nn::Case& c : nn::all_cases()) {
    const std::filesystem::path path = folder / (c.name + ".onnx");
    save_model(model_of(c), path);
    command.append(" ").append(path.string());
  }
  for (const char* name : {"3dgan", "3dgan-16", "3dgan-angle"}) {
    for (const bool discriminator : {false, true}) {
      const std::filesystem::path path = folder / fmt::format("{}-{}.onnx", name, discriminator);
      save_model(published(name, discriminator), path);
      command.append(" ").append(path.string());
    }
  }
  EXPECT_EQ(std::system((command + " 1>&2").c_str()), 0);
}
#endif

}  // namespace
}  // namespace showergan
