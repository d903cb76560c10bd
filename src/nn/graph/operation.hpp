#pragma once

#include <array>
#include <string_view>
#include <variant>

#include "nn/graph/activation.hpp"
#include "nn/graph/arithmetic.hpp"
#include "nn/graph/average_pooling.hpp"
#include "nn/graph/batch_normalization.hpp"
#include "nn/graph/cell_chain.hpp"
#include "nn/graph/concatenate.hpp"
#include "nn/graph/constant.hpp"
#include "nn/graph/conv3d.hpp"
#include "nn/graph/conv3d_transpose.hpp"
#include "nn/graph/cropping.hpp"
#include "nn/graph/dense.hpp"
#include "nn/graph/depth_to_space.hpp"
#include "nn/graph/dropout.hpp"
#include "nn/graph/input.hpp"
#include "nn/graph/permute.hpp"
#include "nn/graph/reduction.hpp"
#include "nn/graph/reshape.hpp"
#include "nn/graph/row_program.hpp"
#include "nn/graph/slice.hpp"
#include "nn/graph/softmax.hpp"
#include "nn/graph/upsampling.hpp"
#include "nn/graph/where.hpp"
#include "nn/graph/zero_padding.hpp"

namespace showergan::nn {

/// Everything a node of a graph can be. A new operator is added here; the compiler then asks for
/// its reference, kernel and ONNX mapping, each in a file of the same name.
using Operation = std::variant<Input, Constant, Activation, Arithmetic, AveragePooling,
                               BatchNormalization, CellChain, Concatenate, Conv3d, Conv3dTranspose,
                               Cropping, Dense, DepthToSpace, Dropout, Permute, Reduction, Reshape,
                               RowProgram, Slice, Softmax, Upsampling, Where, ZeroPadding>;

/// "conv3d", "leaky_relu" …: the operator, or the function where one operator has several.
std::string_view type_name(const Operation& operation);

}  // namespace showergan::nn
