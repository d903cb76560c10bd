#include "nn/kernel/onednn.hpp"

#include "base/contract.hpp"

namespace showergan::nn::kernel {

const dnnl::engine& cpu_engine() {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

dnnl::stream& cpu_stream() {
  thread_local dnnl::stream stream(cpu_engine());
  return stream;
}

BoundPrimitive::BoundPrimitive(dnnl::primitive primitive,
                               std::initializer_list<std::pair<int, dnnl::memory::desc>> arguments)
    : primitive_(std::move(primitive)) {
  for (const auto& [argument, description] : arguments) add_argument(argument, description);
}

void BoundPrimitive::add_argument(int argument, const dnnl::memory::desc& description) {
  arguments_.emplace(argument, dnnl::memory(description, cpu_engine(), nullptr));
}

void BoundPrimitive::set(int argument, const void* data) {
  const auto found = arguments_.find(argument);
  SHOWERGAN_EXPECT(found != arguments_.end());
  // oneDNN takes inputs and outputs by the same non-const handle; it does not write to inputs.
  found->second.set_data_handle(const_cast<void*>(data), cpu_stream());
}

void BoundPrimitive::run() {
  primitive_.execute(cpu_stream(), arguments_);
}

Reorder::Reorder(const dnnl::memory::desc& from, const dnnl::memory::desc& to)
    : primitive_(dnnl::reorder(dnnl::reorder::primitive_desc(cpu_engine(), from, cpu_engine(), to)),
                 {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}}) {}

void Reorder::run(const void* from, void* to) {
  primitive_.set(DNNL_ARG_FROM, from);
  primitive_.set(DNNL_ARG_TO, to);
  primitive_.run();
}

dnnl::primitive_attr user_scratchpad() {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  return attributes;
}

bool append_activation(dnnl::post_ops& post_ops, const Activation& activation) {
  using dnnl::algorithm;
  const auto alpha = static_cast<float>(activation.alpha);
  const auto beta = static_cast<float>(activation.beta);
  switch (activation.function) {
    case Function::linear:
      return true;
    case Function::relu:
      post_ops.append_eltwise(1, algorithm::eltwise_relu, 0, 0);
      return true;
    case Function::leaky_relu:
      post_ops.append_eltwise(1, algorithm::eltwise_relu, alpha, 0);
      return true;
    case Function::sigmoid:
      post_ops.append_eltwise(1, algorithm::eltwise_logistic, 0, 0);
      return true;
    case Function::tanh:
      post_ops.append_eltwise(1, algorithm::eltwise_tanh, 0, 0);
      return true;
    case Function::softplus:
      post_ops.append_eltwise(1, algorithm::eltwise_soft_relu, 0, 0);
      return true;
    case Function::exp:
      post_ops.append_eltwise(1, algorithm::eltwise_exp, 0, 0);
      return true;
    case Function::log:
      post_ops.append_eltwise(1, algorithm::eltwise_log, 0, 0);
      return true;
    case Function::power:
      post_ops.append_eltwise(1, algorithm::eltwise_pow, 1, alpha);
      return true;
    case Function::clip:
      post_ops.append_eltwise(1, algorithm::eltwise_clip, alpha, beta);
      return true;
    case Function::atan:
      return false;
  }
  return false;
}

bool is_reference(const std::string& implementation) {
  return implementation.find("ref") != std::string::npos;
}

}  // namespace showergan::nn::kernel
