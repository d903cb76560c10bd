#pragma once

#include <memory>

#include "nn/kernel/kernel.hpp"

namespace showergan::nn::kernel {

/// One overload per operator, each in the file of the operator's name. make_kernel() visits the
/// variant, so an operator without a kernel does not compile.
std::unique_ptr<Kernel> kernel_for(const Activation& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Arithmetic& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const AveragePooling& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const BatchNormalization& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const CellChain& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Concatenate& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Constant& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Conv3d& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Conv3dTranspose& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Cropping& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Dense& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const DepthToSpace& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Dropout& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Input& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Permute& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Reduction& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Reshape& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const RowProgram& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Slice& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Softmax& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Upsampling& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const Where& op, const Request& request);
std::unique_ptr<Kernel> kernel_for(const ZeroPadding& op, const Request& request);

}  // namespace showergan::nn::kernel
