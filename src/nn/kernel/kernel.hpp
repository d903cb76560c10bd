#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "nn/graph/dropout.hpp"
#include "nn/graph/graph.hpp"
#include "nn/kernel/precision.hpp"

namespace showergan::nn::kernel {

/// What a kernel asks of its surroundings; see nn::Hooks.
class StatisticsHook {
 public:
  virtual ~StatisticsHook() = default;
  virtual void sums_ready(std::span<double> sums, double& samples) = 0;
};

/// Memory of one forward call. Tensors are in the physical layout (layout.hpp).
struct ForwardArguments {
  std::span<const float* const> inputs;
  float* output = nullptr;
  const std::byte* prepared = nullptr;
  std::byte* saved = nullptr;    ///< kept until the backward call
  std::byte* scratch = nullptr;  ///< free to use during the call
  const DropoutKey* dropout = nullptr;
  StatisticsHook* hook = nullptr;
  /// Samples of the batch that are wanted, the first ones; a kernel may leave out the others.
  std::int64_t samples = 0;
};

/// Memory of one backward call.
struct BackwardArguments {
  std::span<const float* const> inputs;     ///< null unless backward_reads_inputs()
  const float* output = nullptr;            ///< null unless backward_reads_output()
  float* output_gradient = nullptr;         ///< may be overwritten
  std::span<float* const> input_gradients;  ///< to be overwritten; null where nobody asks
  float* gradients = nullptr;  ///< of all trainable parameters, to be added to; null: not wanted
  const std::byte* prepared = nullptr;
  const std::byte* saved = nullptr;
  std::byte* scratch = nullptr;
  StatisticsHook* hook = nullptr;
};

/// One node of a plan, ready to run: primitives created, loops laid out. Holds no tensor memory;
/// what it needs it states in bytes, and the plan provides it, aligned to 64 bytes.
class Kernel {
 public:
  virtual ~Kernel() = default;

  virtual std::size_t prepared_bytes() const { return 0; }
  /// Brings the node's parameters into the form that forward and backward read.
  virtual void prepare(const Parameters& parameters, std::byte* prepared) const;

  virtual std::size_t saved_bytes() const { return 0; }
  virtual std::size_t forward_scratch_bytes() const { return 0; }
  virtual std::size_t backward_scratch_bytes() const { return 0; }
  /// Whether update_statistics() reads what forward() saved.
  virtual bool keeps_statistics() const { return false; }
  virtual bool backward_reads_inputs() const { return false; }
  virtual bool backward_reads_output() const { return false; }

  /// Of a kernel with one input: whether the result may be written over it.
  virtual bool may_run_in_place() const { return false; }
  /// Whether every number of the result has the sign of the input's, or is 0 and passes no gradient
  /// on.
  virtual bool keeps_signs() const { return false; }
  /// Whether the signs of the output are all that backward_reads_output() is about.
  virtual bool backward_reads_signs_only() const { return false; }
  /// Of a kernel with one input: whether its gradient may be written over that of the result.
  virtual bool gradient_may_stay() const { return false; }

  virtual void forward(const ForwardArguments& arguments) = 0;
  virtual void backward(const BackwardArguments& arguments) = 0;

  /// Moves moving statistics towards those saved by the last forward.
  virtual void update_statistics(const std::byte* saved, Parameters& parameters) const;

  /// What runs, for people: "brgconv:avx512_core" or "strided copy".
  virtual std::string implementation() const = 0;
};

/// What a kernel is made for.
struct Request {
  const Graph& graph;
  const Node& node;
  std::int64_t batch = 1;
  bool training = false;  ///< batch statistics, dropout; backward will be called
  bool parameter_gradients = false;
  std::vector<bool> input_gradients;  ///< which inputs' gradients will be asked for
  std::vector<bool> constant_inputs;  ///< which inputs hold one sample for the whole batch
  NumberFormat format = {};           ///< what convolutions and dense layers multiply
  int prepare_threads = 1;            ///< that prepare() may use

  const Shape& input_shape(std::size_t i) const { return graph.node(node.inputs[i]).shape; }
  bool input_is_constant(std::size_t i) const { return constant_inputs[i]; }
  const Parameter& parameter(std::size_t i) const {
    return graph.parameters()[static_cast<std::size_t>(node.parameters[i])];
  }
};

/// The kernel for a node. Inputs and constants have none (null): their memory is set by the plan.
std::unique_ptr<Kernel> make_kernel(const Request& request);

}  // namespace showergan::nn::kernel
