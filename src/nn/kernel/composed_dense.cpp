#include "nn/kernel/composed_dense.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "base/threads.hpp"
#include "nn/kernel/epilogue.hpp"
#include "nn/kernel/row_product.hpp"
#include "nn/kernel/spectral_convolution.hpp"

namespace showergan::nn::kernel {
namespace {

class ComposedDense : public Kernel {
 public:
  ComposedDense(const Dense& op, const Request& request, Precision precision)
      : op_(op),
        threads_(request.prepare_threads),
        batch_(request.batch),
        kernel_(request.parameter(0)),
        bias_(op.bias ? std::optional(request.parameter(1)) : std::nullopt),
        convolution_kernel_(request.parameter(op.bias ? 2 : 1)),
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

  void backward(const BackwardArguments&) override { SHOWERGAN_EXPECT(false && "inference"); }

  std::string implementation() const override { return product_.implementation(); }

 private:
  static std::size_t first_of_epilogue(const Dense& op) {
    return (op.bias ? 2u : 1u) + (op.composed->convolution.bias ? 2u : 1u);
  }

  /// The columns of the dense layer's kernel, and its bias behind them, through the convolution.
  void compose(const Parameters& parameters, std::byte* product) const {
    const SpectralConvolution convolution(op_.composed->convolution, op_.composed->image,
                                          parameters.of(convolution_kernel_));
    const std::int64_t vectors = product_.inputs() + (bias_ ? 1 : 0);
    // An even number of rows, so that threads don't share pairs of them (bf16).
    const std::int64_t at_a_time = convolution.images_at_a_time();
    const std::int64_t groups = (vectors + at_a_time - 1) / at_a_time;
    struct Worker {
      std::vector<float> vectors;
      std::vector<float> results;
      SpectralConvolution::Scratch scratch;
    };
    const int threads = static_cast<int>(std::min<std::int64_t>(threads_, groups));
    std::vector<std::optional<Worker>> workers(static_cast<std::size_t>(threads));
    parallel_for(threads, groups, [&](std::int64_t group, int thread) {
      std::optional<Worker>& worker = workers[static_cast<std::size_t>(thread)];
      if (!worker) {
        worker.emplace();
        worker->vectors.resize(static_cast<std::size_t>(at_a_time * op_.units));
        worker->results.resize(static_cast<std::size_t>(at_a_time * product_.outputs()));
        worker->scratch = convolution.scratch();
      }
      const std::int64_t first = group * at_a_time;
      const std::int64_t count = std::min(at_a_time, vectors - first);
      fill_vectors(parameters, first, count, worker->vectors.data());
      convolution.run(worker->vectors.data(), count, worker->scratch, worker->results.data());
      for (std::int64_t i = 0; i < count; ++i) {
        const float* row = worker->results.data() + i * product_.outputs();
        if (first + i < product_.inputs()) {
          product_.set_row(first + i, row, product);
        } else {
          std::copy_n(row, product_.outputs(), product_.start(product));
        }
      }
    });
  }

  /// `count` columns of the kernel from `first` on; behind the last one stands the bias.
  void fill_vectors(const Parameters& parameters, std::int64_t first, std::int64_t count,
                    float* to) const {
    const std::int64_t columns = std::min(count, product_.inputs() - first);
    const float* kernel = parameters.of(kernel_).data();
    for (std::int64_t u = 0; u < op_.units; ++u) {
      const float* row = kernel + u * product_.inputs() + first;
      for (std::int64_t i = 0; i < columns; ++i) to[i * op_.units + u] = row[i];
    }
    if (columns < count) std::ranges::copy(parameters.of(*bias_), to + columns * op_.units);
  }

  Dense op_;
  int threads_;
  std::int64_t batch_;
  Parameter kernel_;
  std::optional<Parameter> bias_;
  Parameter convolution_kernel_;
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
