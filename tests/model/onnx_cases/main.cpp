#include <cstdio>
#include <filesystem>

#include "model/model_file.hpp"
#include "nn/cases.hpp"
#include "nn/reference/interpreter.hpp"
#include "store/named_arrays.hpp"

namespace {

using namespace showergan;

NamedArray to_array(const std::vector<double>& values, const nn::Shape& shape, std::int64_t batch) {
  NamedArray array{{batch}, {values.begin(), values.end()}};
  array.shape.insert(array.shape.end(), shape.begin(), shape.end());
  return array;
}

/// Inputs and what our reference makes of them.
NamedArrays inputs_and_outputs(const nn::Case& c, const nn::Parameters& parameters) {
  std::map<std::string, std::vector<double>> inputs;
  NamedArrays arrays;
  for (const auto& [name, values] : nn::random_inputs(c, 7)) {
    inputs[name] = {values.begin(), values.end()};
    arrays["inputs/" + name] =
        to_array(inputs[name], c.graph.node(*c.graph.find(name)).shape, c.batch);
  }
  nn::reference::Interpreter interpreter(c.graph, c.batch);
  nn::reference::DoubleParameters doubles = nn::reference::to_double(parameters);
  interpreter.forward(inputs, doubles);
  for (const nn::Output& output : c.graph.outputs()) {
    arrays["outputs/" + output.name] =
        to_array(interpreter.output(output.name), c.graph.node(output.node).shape, c.batch);
  }
  return arrays;
}

}  // namespace

/// Writes every test network as ONNX with inputs and expected outputs: `onnx_cases FOLDER`. For
/// onnxruntime_cases.py, which compares another runtime with ours.
int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  for (const nn::Case& c : nn::all_cases()) {
    const nn::Parameters parameters = nn::random_parameters(c, 5);
    save_model({c.graph, parameters, {}}, folder / (c.name + ".onnx"), true);
    write_named_arrays(folder / (c.name + ".h5"), inputs_and_outputs(c, parameters), {}, true);
  }
  return 0;
}
