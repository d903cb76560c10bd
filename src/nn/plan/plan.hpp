#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "showergan/precision.hpp"

#include "nn/graph/dropout.hpp"
#include "nn/graph/graph.hpp"
#include "nn/kernel/input_range.hpp"

namespace showergan::nn {

/// What a plan is compiled for.
enum class Mode {
  infer,          ///< forward with moving statistics; buffers are shared as early as possible
  train_weights,  ///< forward and backward with batch statistics; gradients of the parameters
  train_inputs,   ///< the same; gradients of the inputs
  train_both,
};

class Arena;

struct CompileOptions {
  Mode mode = Mode::infer;
  std::int64_t batch = 1;  ///< samples of one run; fixed
  bool passes = true;      ///< off: the graph is run as it was built (to test the passes)
  /// Of convolutions (not transposed ones), and in inference of dense layers, but for
  /// final_products().
  Precision precision = Precision::f32;
  /// int8: the convolutions that are quantised, with the ranges of their inputs. All other layers
  /// run in bf16, or in float32 where the processor has no instructions for that.
  std::map<std::string, InputRange> ranges = {};
  /// Off: the layers of final_products() are like the others, because what is compiled is the
  /// first part of a network.
  bool final_products_in_f32 = true;
  /// Threads that Plan::prepare() may use.
  int prepare_threads = 1;
  /// Memory to share with other plans of the same thread, or none: memory of its own. A run of
  /// another plan on it, or the compilation of a larger one, overwrites this one's tensors, from
  /// its inputs to its statistics.
  std::shared_ptr<Arena> arena = nullptr;
};

/// Weights as the kernels of a plan want them (reordered, folded statistics), derived from the
/// masters. Immutable after prepare(), so threads with plans of the same graph and options share
/// one.
class PreparedWeights;

/// What a plan asks of its surroundings while it runs.
class Hooks {
 public:
  virtual ~Hooks() = default;
  /// Batch normalisation has its sums over this plan's samples and waits to use them: add those of
  /// the other threads and ranks here. `samples` is the count of summed values per channel, to be
  /// added as well.
  virtual void sums_ready(std::span<double> sums, double& samples);
  /// All gradients of trainable[offset, offset + count) are final.
  virtual void gradients_ready(std::int64_t offset, std::int64_t count);
};

/// A compiled network: kernels chosen, weights laid out, one arena for every tensor. A plan belongs
/// to one thread at a time and runs on that thread alone.
class Plan {
 public:
  ~Plan();
  Plan(Plan&&) noexcept;
  Plan& operator=(Plan&&) noexcept;

  const CompileOptions& options() const noexcept;
  /// The graph after the passes.
  const Graph& lowered() const noexcept;

  /// Seconds that compile() took: passes, kernels, memory. Another plan of the same layers in the
  /// process takes less, since oneDNN keeps the code that it has made.
  double compile_seconds() const noexcept;

  std::shared_ptr<const PreparedWeights> prepare(const Parameters& parameters) const;

  /// Sets one input, (batch, shape) in row-major order. Throws InputError for a name that is none.
  void set_input(std::string_view name, std::span<const float> values);

  /// The memory of an input to fill, (batch, shape) in the plan's own layout
  /// (nn/kernel/layout.hpp).
  std::span<float> input_values(std::string_view name);

  /// Computes the outputs. In a training mode the batch statistics are used and remembered.
  void forward(const PreparedWeights& weights, const DropoutKey& dropout = {},
               Hooks* hooks = nullptr);

  /// Inference: the same, of which only the first so many samples of the batch are wanted.
  void forward_samples(const PreparedWeights& weights, std::int64_t samples);

  /// The memory of an output, (batch, shape) in the plan's own layout. Valid after forward().
  std::span<const float> output_values(std::string_view name) const;

  /// Copies an output, (batch, shape) in row-major order. Valid after forward().
  void get_output(std::string_view name, std::span<float> values) const;

  /// Training modes. Gradient of the loss with respect to an output, (batch, shape); outputs that
  /// are not set count as 0. Set all of them between forward() and backward().
  void set_output_gradient(std::string_view name, std::span<const float> values);

  /// Adds the parameters' gradients to `gradients` (laid out as Parameters::trainable; may be empty
  /// in train_inputs) and computes those of the inputs.
  void backward(const PreparedWeights& weights, std::span<float> gradients, Hooks* hooks = nullptr);

  /// Copies the gradient of an input, (batch, shape). train_inputs and train_both only.
  void get_input_gradient(std::string_view name, std::span<float> values) const;

  /// Training modes: moves the moving statistics towards those of the last forward().
  void update_statistics(Parameters& parameters) const;

  /// Bytes of the arena that it needs.
  std::size_t arena_bytes() const noexcept;

  /// What runs for a node, and how long it takes.
  struct NodeProfile {
    NodeId node = 0;             ///< of lowered()
    std::string implementation;  ///< "brgconv:avx512_core", "strided copy"; "none": nothing runs
    double seconds = 0;  ///< of one forward pass through the node, the whole batch; 0: not run
    double backward_seconds = 0;  ///< of one backward pass; 0 in inference
  };

  /// The kernels of all nodes, not timed.
  std::vector<NodeProfile> describe() const;

  /// The same with the mean times of `repeats` passes on the present inputs; in the training modes
  /// backward passes follow, from gradients of ones.
  std::vector<NodeProfile> profile(const PreparedWeights& weights, int repeats,
                                   const DropoutKey& dropout = {});

 private:
  friend Plan compile(const Graph& graph, const CompileOptions& options);
  class Implementation;
  explicit Plan(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

/// Throws InputError if the ranges are not those of convolutions of a lowered graph.
void check_ranges(const Graph& lowered, const std::map<std::string, InputRange>& ranges);

/// Those ranges whose layer is a convolution of this graph: of a part of the one that they are for.
std::map<std::string, InputRange> ranges_within(const Graph& part,
                                                std::map<std::string, InputRange> ranges);

/// Compiles a graph. Throws Error if an operator has no kernel for its shapes, and in int8
/// InputError if the ranges are not those of convolutions of the lowered graph.
Plan compile(const Graph& graph, const CompileOptions& options);

}  // namespace showergan::nn
