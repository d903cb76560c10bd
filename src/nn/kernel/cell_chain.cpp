#include "nn/graph/cell_chain.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/contract.hpp"
#include "nn/kernel/cell_stage.hpp"
#include "nn/kernel/channel_pattern.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/short_copy.hpp"

namespace showergan::nn::kernel {
namespace {

std::int64_t padded(std::int64_t channels) {
  constexpr auto multiple = static_cast<std::int64_t>(lanes_multiple);
  return (channels + multiple - 1) / multiple * multiple;
}

float slope_of(const Activation& activation) {
  switch (activation.function) {
    case Function::linear:
      return 1;
    case Function::relu:
      return 0;
    default:
      SHOWERGAN_EXPECT(activation.function == Function::leaky_relu);
      return static_cast<float>(activation.alpha);
  }
}

/// Rows of `channels` numbers into rows of `width`, the rest 0.
CellRow copy_rows(const float* from, std::int64_t channels, std::int64_t cells, float* to,
                  std::int64_t width) {
  for (std::int64_t i = 0; i < cells; ++i) {
    std::copy_n(from + i * channels, channels, to + i * width);
    std::fill_n(to + i * width + channels, width - channels, 0.0f);
  }
  return {to, width};
}

class CellChainKernel : public Kernel {
 public:
  CellChainKernel(const CellChain& chain, const Request& request)
      : cells_(element_count(request.node.shape) / request.node.shape[0]),
        channels_(request.input_shape(0)[0]),
        filters_(request.node.shape[0]) {
    SHOWERGAN_EXPECT(!request.training);
    std::size_t parameter = 0;
    std::size_t input = 1;
    std::int64_t channels = channels_;
    std::size_t place = 0;
    widest_ = padded(channels);
    for (const CellChain::Stage& stage : chain.stages) {
      const Conv3d& conv = stage.convolution;
      SHOWERGAN_EXPECT(!conv.epilogue.normalize);
      Placed& placed = stages_.emplace_back();
      placed.kernel = request.parameter(parameter++);
      if (conv.bias) placed.bias = request.parameter(parameter++);
      placed.has_bias = conv.bias;
      if (stage.adds_an_image()) placed.added = input++;
      placed.filters = conv.filters;
      placed.place = place;
      CellStage& work = placed.stage;
      work.channels = channels;
      work.width = padded(conv.filters);
      work.slope = slope_of(conv.epilogue.activation);
      work.adds = conv.addition.has_value();
      if (conv.addition) work.sum_slope = slope_of(conv.addition->function);
      place += static_cast<std::size_t>((channels + 1) * work.width);
      channels = conv.filters;
      widest_ = std::max(widest_, work.width);
    }
    prepared_ = place;
    for (std::size_t i = 0; i < request.node.inputs.size(); ++i) {
      constant_.push_back(request.input_is_constant(i));
    }
    // What a block needs fits half of a cache of 32 KB, but is some tiles of cells at least.
    block_ = std::clamp<std::int64_t>(4096 / widest_, 24, 192) / 24 * 24;
  }

  std::size_t prepared_bytes() const override { return prepared_ * sizeof(float); }
  void prepare(const Parameters& parameters, std::byte* prepared) const override {
    auto* to = reinterpret_cast<float*>(prepared);
    std::fill_n(to, prepared_, 0.0f);
    for (const Placed& placed : stages_) {
      const std::span<const float> kernel = parameters.of(placed.kernel);
      float* bias = to + placed.place;
      float* weights = bias + placed.stage.width;
      for (std::int64_t f = 0; f < placed.filters; ++f) {
        for (std::int64_t c = 0; c < placed.stage.channels; ++c) {
          weights[c * placed.stage.width + f] =
              kernel[static_cast<std::size_t>(f * placed.stage.channels + c)];
        }
      }
      if (placed.has_bias) std::ranges::copy(parameters.of(placed.bias), bias);
    }
  }

  std::size_t forward_scratch_bytes() const override {
    return static_cast<std::size_t>(kBuffers * block_ * widest_) * sizeof(float);
  }
  std::string implementation() const override {
    return fmt::format("chain of {}, {} cells at a time", stages_.size(), block_);
  }

  void forward(const ForwardArguments& arguments) override {
    for (std::int64_t sample = 0; sample < arguments.samples; ++sample) {
      for (std::int64_t first = 0; first < cells_; first += block_) {
        run_block(arguments, sample, first, std::min(block_, cells_ - first));
      }
    }
  }

  void backward(const BackwardArguments&) override { SHOWERGAN_EXPECT(false); }

 private:
  struct Placed {
    Parameter kernel;
    Parameter bias;
    bool has_bias = false;
    std::size_t added = 0;  ///< input; 0: none
    std::int64_t filters = 0;
    std::size_t place = 0;  ///< in what is prepared: bias, weights
    CellStage stage;        ///< without its pointers
  };
  static constexpr std::int64_t kBuffers = 3;  // two results, and what is added

  /// Cells `first` on of an input with so many channels, as rows from which whole vectors can be
  /// read: what they hold beyond the channels does not matter, but a sample's end does.
  CellRow rows(const ForwardArguments& arguments, std::size_t input, std::int64_t channels,
               std::int64_t sample, std::int64_t first, std::int64_t count, float* buffer) const {
    const std::int64_t from = (constant_[input] ? 0 : sample * cells_) + first;
    const float* data = arguments.inputs[input] + from * channels;
    const std::int64_t width = padded(channels);
    const bool inside = width == channels || first + block_ + width <= cells_;
    return inside ? CellRow{data, channels} : copy_rows(data, channels, count, buffer, width);
  }

  void run_block(const ForwardArguments& arguments, std::int64_t sample, std::int64_t first,
                 std::int64_t count) const {
    auto* scratch = reinterpret_cast<float*>(arguments.scratch);
    const std::int64_t size = block_ * widest_;
    float* out = arguments.output + (sample * cells_ + first) * filters_;
    CellRow image = rows(arguments, 0, channels_, sample, first, count, scratch);
    for (std::size_t k = 0; k < stages_.size(); ++k) {
      const Placed& placed = stages_[k];
      CellStage stage = placed.stage;
      stage.bias = reinterpret_cast<const float*>(arguments.prepared) + placed.place;
      stage.weights = stage.bias + stage.width;
      CellRow added = image;
      if (placed.added > 0) {
        added =
            rows(arguments, placed.added, placed.filters, sample, first, count, scratch + 2 * size);
      }
      const bool last = k + 1 == stages_.size();
      float* to = scratch + (k % 2 == 0 ? 1 : 0) * size;
      if (last && stage.width == filters_) to = out;
      run_cell_stage(stage, count, image, added, to, stage.width);
      image = {to, stage.width};
    }
    if (image.data == out) return;
    const std::size_t bytes = static_cast<std::size_t>(filters_) * sizeof(float);
    for (std::int64_t i = 0; i < count; ++i) {
      short_copy(out + i * filters_, image.data + i * image.step, bytes);
    }
  }

  std::int64_t cells_;
  std::int64_t channels_;
  std::int64_t filters_;
  std::int64_t widest_ = 0;
  std::int64_t block_ = 0;
  std::size_t prepared_ = 0;
  std::vector<Placed> stages_;
  std::vector<bool> constant_;
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const CellChain& op, const Request& request) {
  return std::make_unique<CellChainKernel>(op, request);
}

}  // namespace showergan::nn::kernel
