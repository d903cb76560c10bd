#include "nn/kernel/operators.hpp"

namespace showergan::nn::kernel {

/// Nothing to run: the plan fills the memory.
std::unique_ptr<Kernel> kernel_for(const Input&, const Request&) {
  return nullptr;
}

}  // namespace showergan::nn::kernel
