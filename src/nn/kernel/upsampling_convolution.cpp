#include "nn/kernel/upsampling_convolution.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/contract.hpp"
#include "nn/kernel/convolution.hpp"
#include "nn/kernel/narrow_convolution.hpp"
#include "nn/kernel/phase_kernel.hpp"
#include "nn/kernel/phase_shuffle.hpp"
#include "nn/kernel/stacking.hpp"
#include "nn/kernel/vector.hpp"
#include "nn/kernel/winograd_rows.hpp"

namespace showergan::nn::kernel {
namespace {

/// The results of one call of a convolution should stay in the second-level cache until they are
/// dealt to the cells.
constexpr std::int64_t largest_phase_results = std::int64_t{1} << 18;  // floats

std::int64_t largest_divisor(std::int64_t number, std::int64_t limit) {
  std::int64_t divisor = std::clamp<std::int64_t>(limit, 1, number);
  while (number % divisor != 0) --divisor;
  return divisor;
}

std::size_t bytes_of(std::int64_t floats) {
  return aligned(static_cast<std::size_t>(floats) * sizeof(float));
}

/// One convolution at low resolution.
struct Part {
  Part(const Conv3d& op, const Shape& source, const Shape& result, const Phases& phases)
      : kernel(op, source[0], phases),
        cells(cells_of_phases(op, phases, kernel.taps(), source, result)),
        shuffle(op, low_resolution(op, source).skip, result, phases, cells) {}

  ConvolutionGeometry geometry(const Shape& source, std::int64_t samples) const {
    return {samples,
            source[0],
            kernel.out_channels(),
            {source[1], source[2], source[3]},
            cells.extents,
            kernel.taps(),
            {1, 1, 1},
            cells.padding};
  }
  /// Of one sample.
  std::int64_t result_count() const {
    return kernel.out_channels() * cells.extents[0] * cells.extents[1] * cells.extents[2];
  }

  /// use(the form that the forward pass takes).
  template <class Use>
  auto visit(Use&& use) const {
    if (winograd) return use(*winograd);
    return narrow ? use(*narrow) : use(*forward);
  }

  PhaseKernel kernel;
  PhaseCells cells;
  PhaseShuffle shuffle;
  std::optional<WinogradRows> winograd;  ///< one of the three
  std::optional<NarrowConvolution> narrow;
  std::optional<ConvolutionForward> forward;
  std::optional<ConvolutionBackwardData> backward_data;
  std::optional<ConvolutionBackwardWeights> backward_weights;
};

class UpsamplingConvolution : public Kernel {
 public:
  UpsamplingConvolution(const Conv3d& op, const Request& request)
      : kernel_(request.parameter(0)),
        bias_(op.bias ? std::optional(request.parameter(1)) : std::nullopt),
        batch_(request.batch),
        in_count_(element_count(request.input_shape(0))),
        out_count_(element_count(request.node.shape)),
        parts_(best_parts(op, request)) {
    SHOWERGAN_EXPECT(!request.input_is_constant(0));
    for (const Part& part : parts_) {
      phase_result_count_ = std::max(phase_result_count_, part.result_count());
    }
    // All calls are alike, so a prime batch beyond the limit is taken one sample at a time. That is
    // hardly slower where samples are as large as to need the limit.
    samples_ = largest_divisor(batch_, largest_phase_results / phase_result_count_);
    phase_result_count_ *= samples_;
    epilogue_.emplace(request, op.epilogue, op.bias, op.filters,
                      parts_[0].kernel.out_channels() / op.filters);
    for (Part& part : parts_) make_primitives(part, op, request);
  }

  std::size_t prepared_bytes() const override {
    std::size_t bytes = epilogue_->prepared_bytes();
    for (const Part& part : parts_) bytes += weights_bytes(part);
    return bytes;
  }
  void prepare(const Parameters& parameters, std::byte* prepared) const override {
    epilogue_->prepare(parameters, prepared);
    std::byte* weights = prepared + epilogue_->prepared_bytes();
    std::vector<float> joined;
    for (const Part& part : parts_) {
      joined.resize(static_cast<std::size_t>(part.kernel.size()));
      part.kernel.sum_taps(parameters.of(kernel_).data(), joined.data());
      part.visit([&](const auto& form) { form.prepare(joined.data(), weights); });
      if (part.backward_data) {
        part.backward_data->prepare(joined.data(), weights + forward_weights_bytes(part));
      }
      weights += weights_bytes(part);
    }
  }

  std::size_t forward_scratch_bytes() const override {
    std::size_t bytes = 0;
    for (const Part& part : parts_) {
      const std::size_t own = part.visit([](const auto& form) { return form.scratch_bytes(); });
      bytes = std::max(bytes, own + (part.forward ? bytes_of(phase_result_count_) : 0));
    }
    return bytes;
  }
  std::size_t backward_scratch_bytes() const override {
    std::size_t bytes = 0;
    for (const Part& part : parts_) bytes = std::max(bytes, backward_scratch(part).total);
    return bytes;
  }
  bool backward_reads_inputs() const override { return parts_[0].backward_weights.has_value(); }
  bool backward_reads_output() const override { return epilogue_->reads_output_backward(); }
  bool backward_reads_signs_only() const override { return epilogue_->reads_signs_only(); }

  void forward(const ForwardArguments& arguments) override {
    const std::byte* weights = arguments.prepared + epilogue_->prepared_bytes();
    for (Part& part : parts_) {
      if (part.winograd) forward_rows(*part.winograd, part.shuffle, arguments, weights);
      if (part.narrow) forward_rows(*part.narrow, part.shuffle, arguments, weights);
      if (part.forward) forward_images(part, arguments, weights);
      weights += weights_bytes(part);
    }
  }

  void backward(const BackwardArguments& arguments) override {
    epilogue_->backward(arguments.output, arguments.output_gradient, batch_ * out_count_);
    const std::byte* weights = arguments.prepared + epilogue_->prepared_bytes();
    for (Part& part : parts_) {
      backward_part(part, arguments, weights + forward_weights_bytes(part));
      weights += weights_bytes(part);
    }
  }

  std::string implementation() const override {
    std::string text = "up-sampling";
    std::vector<std::string> said;
    for (const Part& part : parts_) {
      const std::string own = implementation_of(part);
      if (std::ranges::find(said, own) != said.end()) continue;
      text += (said.empty() ? " " : "; ") + own;
      said.push_back(own);
    }
    return parts_.size() > 1 ? fmt::format("{} ({} parts)", text, parts_.size()) : text;
  }

 private:
  /// Where the pieces of a part's memory begin in the scratch of the backward pass.
  struct BackwardScratch {
    std::size_t kernel;  ///< after the gradient of the phases' results
    std::size_t bias;
    std::size_t input;
    std::size_t primitives;
    std::size_t total;
  };

  static std::string implementation_of(const Part& part) {
    std::string text = part.visit([](const auto& form) { return form.implementation(); });
    if (part.backward_data) text += ", data " + part.backward_data->implementation();
    if (part.backward_weights) text += ", weights " + part.backward_weights->implementation();
    return text;
  }

  static std::size_t forward_weights_bytes(const Part& part) {
    return part.visit([](const auto& form) { return form.weights_bytes(); });
  }
  static std::size_t weights_bytes(const Part& part) {
    return forward_weights_bytes(part) +
           (part.backward_data ? part.backward_data->weights_bytes() : 0);
  }

  /// Vector operations of a part, however it will be computed; nothing if it has no results.
  static std::optional<std::int64_t> operations(const Part& part, const Request& request,
                                                bool has_slope) {
    if (std::ranges::min(part.cells.extents) < 1) return std::nullopt;
    const ConvolutionGeometry g = part.geometry(request.input_shape(0), 1);
    const bool rows = has_slope && WinogradRows::fits(g, request.format.precision);
    constexpr std::int64_t copy = 12;  // of a run of cells along z to its place
    const std::int64_t copies = part.result_count() / part.shuffle.run_length();
    return (rows ? WinogradRows::operations(g) : vector_operations(g)) + copy * copies;
  }

  /// The phases, all together or cut into equal parts: some phases need fewer taps than others, or
  /// have fewer cells, and results should fit the cache. As few operations as possible, and parts
  /// only where they save some.
  static std::vector<Part> best_parts(const Conv3d& op, const Request& request) {
    const Triple& all = op.upsampling;
    const bool has_slope =
        EpilogueKernel(request, op.epilogue, op.bias, op.filters).slope().has_value();
    std::vector<Part> best;
    double best_cost = 0;
    const auto consider = [&](const Triple& count) {
      std::vector<Part> parts;
      double cost = 0;
      std::int64_t largest = 0;
      for (const Phases& phases : parts_of_phases(all, count)) {
        parts.emplace_back(op, request.input_shape(0), request.node.shape, phases);
        const auto own = operations(parts.back(), request, has_slope);
        if (!own) return;
        cost += static_cast<double>(*own);
        largest = std::max(largest, parts.back().result_count());
      }
      constexpr double part_cost = 0.02;
      cost *= 1 + part_cost * static_cast<double>(parts.size());
      // Results that leave the cache cost as much as the operations are likely to.
      if (largest > largest_phase_results) {
        cost *= static_cast<double>(largest) / static_cast<double>(largest_phase_results);
      }
      if (!best.empty() && cost >= best_cost) return;
      best = std::move(parts);
      best_cost = cost;
    };
    for (std::int64_t x = all[0]; x > 0; --x) {
      for (std::int64_t y = all[1]; y > 0; --y) {
        for (std::int64_t z = all[2]; z > 0; --z) {
          if (all[0] % x == 0 && all[1] % y == 0 && all[2] % z == 0) consider({x, y, z});
        }
      }
    }
    return best;
  }

  void make_primitives(Part& part, const Conv3d& op, const Request& request) {
    const ConvolutionGeometry geometry = part.geometry(request.input_shape(0), samples_);
    if (WinogradRows::fits(geometry, request.format.precision) && epilogue_->slope()) {
      part.winograd.emplace(geometry, request.format.precision, *epilogue_);
    } else if (NarrowConvolution::fits(geometry, request.format.precision, *epilogue_)) {
      part.narrow.emplace(geometry, request.format.precision, *epilogue_);
    } else {
      part.forward.emplace(Stacking(geometry, {1, 1, 1}), request.training, &*epilogue_,
                           request.format);
    }
    if (request.training && request.input_gradients[0]) {
      part.backward_data.emplace(geometry, request.format);
    }
    if (request.parameter_gradients) {
      part.backward_weights.emplace(geometry, op.bias, request.format);
    }
  }

  /// Row by row: results are dealt to the cells as they come.
  template <class Form>
  void forward_rows(const Form& form, const PhaseShuffle& shuffle,
                    const ForwardArguments& arguments, const std::byte* weights) const {
    for (std::int64_t n = 0; n < batch_; ++n) {
      float* out = arguments.output + n * out_count_;
      form.run(arguments.inputs[0] + n * in_count_, weights, arguments.prepared, arguments.scratch,
               [&](std::int64_t x, std::int64_t y, const float* row) {
                 shuffle.deal_row(row, form.cell_stride(), x, y, out);
               });
    }
  }

  /// A few images at a time.
  void forward_images(Part& part, const ForwardArguments& arguments,
                      const std::byte* weights) const {
    auto* phase_results = reinterpret_cast<float*>(arguments.scratch);
    for (std::int64_t n = 0; n < batch_; n += samples_) {
      part.forward->run(arguments.inputs[0] + n * in_count_, weights, arguments.prepared,
                        phase_results, arguments.scratch + bytes_of(phase_result_count_));
      part.shuffle.deal(phase_results, arguments.output + n * out_count_, samples_);
    }
  }

  BackwardScratch backward_scratch(const Part& part) const {
    const bool weights = part.backward_weights.has_value();
    const bool data = part.backward_data.has_value();
    BackwardScratch at{};
    at.kernel = bytes_of(phase_result_count_);
    at.bias = at.kernel + (weights ? bytes_of(part.kernel.size()) : 0);
    at.input = at.bias + (weights ? bytes_of(part.kernel.out_channels()) : 0);
    at.primitives = at.input + (data ? bytes_of(samples_ * in_count_) : 0);
    at.total = at.primitives + std::max(weights ? part.backward_weights->scratch_bytes() : 0,
                                        data ? part.backward_data->scratch_bytes() : 0);
    return at;
  }

  void backward_part(Part& part, const BackwardArguments& arguments, const std::byte* weights) {
    const BackwardScratch at = backward_scratch(part);
    auto* phase_results = reinterpret_cast<float*>(arguments.scratch);
    auto* kernel = reinterpret_cast<float*>(arguments.scratch + at.kernel);
    auto* bias = reinterpret_cast<float*>(arguments.scratch + at.bias);
    const bool wants_weights = part.backward_weights && arguments.gradients;
    if (wants_weights) {
      std::fill_n(kernel, part.kernel.size(), 0.0f);
      std::fill_n(bias, part.kernel.out_channels(), 0.0f);
    }
    for (std::int64_t n = 0; n < batch_; n += samples_) {
      part.shuffle.collect(arguments.output_gradient + n * out_count_, phase_results, samples_);
      if (wants_weights) {
        part.backward_weights->run(arguments.inputs[0] + n * in_count_, phase_results, kernel,
                                   bias_ ? bias : nullptr, arguments.scratch + at.primitives);
      }
      if (arguments.input_gradients[0]) {
        add_input_gradient(part, arguments, weights, n);
      }
    }
    if (!wants_weights) return;
    part.kernel.add_transposed(kernel, arguments.gradients + kernel_.offset);
    if (!bias_) return;
    const std::int64_t filters = bias_->shape[0];
    for (std::int64_t c = 0; c < part.kernel.out_channels(); ++c) {
      arguments.gradients[bias_->offset + c % filters] += bias[c];
    }
  }

  /// Samples from n on: the first part writes the gradient of the input, the others add to it.
  void add_input_gradient(Part& part, const BackwardArguments& arguments, const std::byte* weights,
                          std::int64_t n) {
    const BackwardScratch at = backward_scratch(part);
    const auto* phase_results = reinterpret_cast<const float*>(arguments.scratch);
    float* result = arguments.input_gradients[0] + n * in_count_;
    const bool first = &part == &parts_[0];
    float* to = first ? result : reinterpret_cast<float*>(arguments.scratch + at.input);
    part.backward_data->run(phase_results, weights, to, arguments.scratch + at.primitives);
    if (!first) add_to(result, to, samples_ * in_count_);
  }

  Parameter kernel_;
  std::optional<Parameter> bias_;
  std::int64_t batch_;
  std::int64_t in_count_;   ///< per sample
  std::int64_t out_count_;  ///< per sample
  std::vector<Part> parts_;
  std::optional<EpilogueKernel> epilogue_;  ///< one for all parts; the convolutions point to it
  std::int64_t samples_ = 1;                ///< per call of a convolution
  std::int64_t phase_result_count_ = 0;     ///< results of such a call, at most
};

}  // namespace

std::unique_ptr<Kernel> make_upsampling_convolution(const Conv3d& op, const Request& request) {
  return std::make_unique<UpsamplingConvolution>(op, request);
}

}  // namespace showergan::nn::kernel
