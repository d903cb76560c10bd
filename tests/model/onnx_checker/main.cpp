#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>

#include <onnx/checker.h>
#include <onnx/proto_utils.h>
#include <onnx/shape_inference/implementation.h>

/// Puts ONNX files before ONNX's own checker, with strict shape inference: `onnx_checker FILE...`.
/// Prints what it objects to; exit status 1 if there is anything.
int main(int argc, char** argv) {
  int status = 0;
  for (int i = 1; i < argc; ++i) {
    try {
      std::ifstream file(argv[i], std::ios::binary);
      std::ostringstream bytes;
      bytes << file.rdbuf();
      onnx::ModelProto model;
      if (!onnx::ParseProtoFromBytes(&model, bytes.str().data(), bytes.str().size())) {
        throw std::runtime_error("cannot be parsed");
      }
      onnx::checker::check_model(model);
      const onnx::ShapeInferenceOptions strict(true, 1, true);
      onnx::shape_inference::InferShapes(model, onnx::OpSchemaRegistry::Instance(), strict);
    } catch (const std::exception& error) {
      std::printf("%s: %s\n", argv[i], error.what());
      status = 1;
    }
  }
  return status;
}
