#include "nn/kernel/kernel.hpp"

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "nn/kernel/onednn.hpp"
#include "nn/kernel/operators.hpp"

namespace showergan::nn::kernel {

void Kernel::prepare(const Parameters&, std::byte*) const {}

void Kernel::update_statistics(const std::byte*, Parameters&) const {}

std::unique_ptr<Kernel> make_kernel(const Request& request) {
  try {
    return std::visit([&](const auto& op) { return kernel_for(op, request); },
                      request.node.operation);
  } catch (const dnnl::error& error) {
    throw Error(fmt::format("layer '{}': oneDNN has no {} for {}", request.node.name,
                            type_name(request.node.operation), to_string(request.node.shape)),
                error.what());
  }
}

}  // namespace showergan::nn::kernel
