#include "nn/kernel/composed_dense.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "base/threads.hpp"
#include "nn/kernel/aligned_buffer.hpp"
#include "nn/kernel/epilogue.hpp"
#include "nn/kernel/row_product.hpp"
#include "nn/kernel/single_thread.hpp"

namespace showergan::nn::kernel {
namespace {

/// Images that go through the convolution together while the matrix is computed: their results stay
/// in a core's cache, and pairs of rows (bf16) are not shared by threads.
constexpr std::int64_t images_at_a_time = 2;

/// Reshape and convolution without bias, for a few vectors at a time: what the dense layer's
/// results go through.
class Chain {
 public:
  Chain(const Graph& parameters, const Dense& op, std::int32_t kernel)
      : graph_(parameters.same_parameters()) {
    Conv3d convolution = op.composed->convolution;
    convolution.bias = false;
    const NodeId vector = graph_.add("vector", Input{{op.units}});
    const NodeId image = graph_.add("image", Reshape{op.composed->image}, {vector});
    const NodeId result = graph_.add_with_parameters("convolution", convolution, {image}, {kernel});
    image_ = make_kernel(request(image));
    convolution_ = make_kernel(request(result));
    image_values_ = buffer(images_at_a_time * op.units);
    scratch_ = AlignedBuffer(std::max<std::size_t>(
        {image_->forward_scratch_bytes(), convolution_->forward_scratch_bytes(), 64}));
  }

  std::size_t prepared_bytes() const { return convolution_->prepared_bytes(); }
  void prepare(const Parameters& parameters, std::byte* prepared) const {
    convolution_->prepare(parameters, prepared);
  }

  /// (images_at_a_time, units) → (images_at_a_time, results), results in the plan's layout.
  void run(const float* vectors, const std::byte* prepared, float* results) {
    auto* image = reinterpret_cast<float*>(image_values_.data());
    run_kernel(*image_, vectors, nullptr, image);
    run_kernel(*convolution_, image, prepared, results);
  }

 private:
  static AlignedBuffer buffer(std::int64_t count) {
    return AlignedBuffer(static_cast<std::size_t>(count) * sizeof(float));
  }
  Request request(NodeId node) const {
    return {graph_, graph_.node(node), images_at_a_time, false, false, {false}, {false}};
  }
  void run_kernel(Kernel& kernel, const float* in, const std::byte* prepared, float* out) {
    ForwardArguments arguments;
    arguments.inputs = {&in, 1};
    arguments.output = out;
    arguments.prepared = prepared;
    arguments.scratch = scratch_.data();
    arguments.samples = images_at_a_time;
    kernel.forward(arguments);
  }

  Graph graph_;
  std::unique_ptr<Kernel> image_;
  std::unique_ptr<Kernel> convolution_;
  AlignedBuffer image_values_;
  AlignedBuffer scratch_;
};

class ComposedDense : public Kernel {
 public:
  ComposedDense(const Dense& op, const Request& request, Precision precision)
      : op_(op),
        graph_(request.graph.same_parameters()),
        threads_(request.prepare_threads),
        batch_(request.batch),
        kernel_(request.parameter(0)),
        bias_(op.bias ? std::optional(request.parameter(1)) : std::nullopt),
        convolution_kernel_(request.node.parameters[op.bias ? 2 : 1]),
        filters_(op.composed->convolution.filters),
        epilogue_(request, op.epilogue, false, filters_, 1, first_of_epilogue(op)),
        product_(request.input_shape(0)[0], element_count(request.node.shape), precision) {
    SHOWERGAN_EXPECT(!request.training && !request.input_is_constant(0));
    if (op.composed->convolution.bias) {
      convolution_bias_ = request.parameter(first_of_epilogue(op) - 1);
    }
  }

  std::size_t prepared_bytes() const override {
    return epilogue_.prepared_bytes() + product_.prepared_bytes();
  }

  void prepare(const Parameters& parameters, std::byte* prepared) const override {
    epilogue_.prepare(parameters, prepared);
    std::byte* product = prepared + epilogue_.prepared_bytes();
    product_.clear(product);
    if (epilogue_.slope()) {  // otherwise the epilogue comes behind the product
      for (std::int64_t i = 0; i < product_.outputs(); ++i) {
        product_.scale(product)[i] = epilogue_.scale(prepared)[i % filters_];
        product_.shift(product)[i] = epilogue_.shift(prepared)[i % filters_];
      }
    }
    compose(parameters, product);
    if (!convolution_bias_) return;
    const std::span<const float> bias = parameters.of(*convolution_bias_);
    for (std::int64_t i = 0; i < product_.outputs(); ++i) {
      product_.start(product)[i] += bias[static_cast<std::size_t>(i % filters_)];
    }
  }

  std::size_t forward_scratch_bytes() const override { return product_.scratch_bytes(batch_); }

  void forward(const ForwardArguments& arguments) override {
    const std::optional<float> slope = epilogue_.slope();
    product_.run(arguments.inputs[0], arguments.samples,
                 arguments.prepared + epilogue_.prepared_bytes(), slope.value_or(1.0f),
                 arguments.output, arguments.scratch);
    if (slope) return;
    // One by one: which numbers are in a whole vector must not depend on how many samples there
    // are.
    for (std::int64_t n = 0; n < arguments.samples; ++n) {
      epilogue_.apply(arguments.output + n * product_.outputs(), product_.outputs(),
                      arguments.prepared, false);
    }
  }

  void backward(const BackwardArguments&) override { SHOWERGAN_EXPECT(!"inference"); }

  std::string implementation() const override { return product_.implementation(); }

 private:
  static std::size_t first_of_epilogue(const Dense& op) {
    return (op.bias ? 2u : 1u) + (op.composed->convolution.bias ? 2u : 1u);
  }

  /// The columns of the dense layer's kernel, and its bias behind them, through the convolution.
  void compose(const Parameters& parameters, std::byte* product) const {
    const std::int64_t vectors = product_.inputs() + (bias_ ? 1 : 0);
    const std::int64_t groups = (vectors + images_at_a_time - 1) / images_at_a_time;
    struct Worker {
      std::optional<Chain> chain;
      std::vector<float> vectors;
      AlignedBuffer results;
    };
    const int threads = static_cast<int>(std::min<std::int64_t>(threads_, groups));
    std::vector<Worker> workers(static_cast<std::size_t>(threads));
    AlignedBuffer weights;
    {
      const SingleThread single;
      workers[0].chain.emplace(graph_, op_, convolution_kernel_);
      weights = AlignedBuffer(std::max<std::size_t>(workers[0].chain->prepared_bytes(), 64));
      workers[0].chain->prepare(parameters, weights.data());
    }
    parallel_for(threads, groups, [&](std::int64_t group, int thread) {
      const SingleThread single;
      Worker& worker = workers[static_cast<std::size_t>(thread)];
      if (!worker.chain) worker.chain.emplace(graph_, op_, convolution_kernel_);
      if (worker.vectors.empty()) {
        worker.vectors.resize(static_cast<std::size_t>(images_at_a_time * op_.units));
        worker.results = AlignedBuffer(
            static_cast<std::size_t>(images_at_a_time * product_.outputs()) * sizeof(float));
      }
      const std::int64_t first = group * images_at_a_time;
      const std::int64_t count = std::min(images_at_a_time, vectors - first);
      for (std::int64_t j = 0; j < count; ++j) {
        fill_vector(parameters, first + j, worker.vectors.data() + j * op_.units);
      }
      auto* results = reinterpret_cast<float*>(worker.results.data());
      worker.chain->run(worker.vectors.data(), weights.data(), results);
      for (std::int64_t j = 0; j < count; ++j) {
        const float* row = results + j * product_.outputs();
        if (first + j < product_.inputs()) {
          product_.set_row(first + j, row, product);
        } else {
          std::copy_n(row, product_.outputs(), product_.start(product));
        }
      }
    });
  }

  void fill_vector(const Parameters& parameters, std::int64_t column, float* to) const {
    if (column == product_.inputs()) {
      std::ranges::copy(parameters.of(*bias_), to);
      return;
    }
    const float* kernel = parameters.of(kernel_).data();
    for (std::int64_t u = 0; u < op_.units; ++u) to[u] = kernel[u * product_.inputs() + column];
  }

  Dense op_;
  Graph graph_;  ///< without nodes: the parameters
  int threads_;
  std::int64_t batch_;
  Parameter kernel_;
  std::optional<Parameter> bias_;
  std::int32_t convolution_kernel_;  ///< number of the parameter
  std::optional<Parameter> convolution_bias_;
  std::int64_t filters_;
  EpilogueKernel epilogue_;
  RowProduct product_;
};

}  // namespace

std::unique_ptr<Kernel> make_composed_dense(const Dense& op, const Request& request) {
  const bool bf16 = request.format.precision != Precision::f32 && has_instructions(Precision::bf16);
  return std::make_unique<ComposedDense>(op, request, bf16 ? Precision::bf16 : Precision::f32);
}

}  // namespace showergan::nn::kernel
