#include "model/onnx/operators.hpp"

namespace showergan::onnx_file {

const std::map<std::string, ReadFunction>& read_functions() {
  static const std::map<std::string, ReadFunction> table{
      {"Add", read_arithmetic},
      {"Atan", read_activation},
      {"AveragePool", read_average_pool},
      {"BatchNormalization", read_batch_normalization},
      {"Cast", read_cast},
      {"Clip", read_activation},
      {"Concat", read_concat},
      {"Constant", read_constant},
      {"ConstantOfShape", read_constant_of_shape},
      {"Conv", read_conv},
      {"ConvTranspose", read_conv_transpose},
      {"Div", read_arithmetic},
      {"Dropout", read_dropout},
      {"Exp", read_activation},
      {"Expand", read_expand},
      {"Flatten", read_flatten},
      {"Gather", read_gather},
      {"Gemm", read_gemm},
      {"Greater", read_comparison},
      {"Identity", read_identity},
      {"LeakyRelu", read_activation},
      {"Less", read_comparison},
      {"Log", read_activation},
      {"MatMul", read_matmul},
      {"Mul", read_arithmetic},
      {"Pad", read_pad},
      {"Pow", read_activation},
      {"ReduceMean", read_reduction},
      {"ReduceSum", read_reduction},
      {"Relu", read_activation},
      {"Reshape", read_reshape},
      {"Resize", read_resize},
      {"Shape", read_shape},
      {"Sigmoid", read_activation},
      {"Slice", read_slice},
      {"Softmax", read_softmax},
      {"Softplus", read_activation},
      {"Squeeze", read_squeeze},
      {"Sub", read_arithmetic},
      {"Tanh", read_activation},
      {"Transpose", read_transpose},
      {"Unsqueeze", read_unsqueeze},
      {"Where", read_where},
  };
  return table;
}

}  // namespace showergan::onnx_file
