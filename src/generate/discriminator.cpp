#include "generate/discriminator.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/threads.hpp"
#include "model/model_file.hpp"
#include "nn/plan/plan.hpp"

namespace showergan {
namespace {

/// Showers that a thread takes through the network at a time.
constexpr std::int64_t micro_batch = 4;

}  // namespace

class Discriminator::Implementation {
 public:
  Implementation(const std::string& name, int threads)
      : model_(find_model(name)), threads_(threads > 0 ? threads : available_cores()) {
    const std::vector<nn::NodeId> inputs = model_.graph.inputs();
    if (inputs.size() != 1 || model_.graph.node(inputs[0]).name != "image" ||
        model_.graph.node(inputs[0]).shape.size() != 3) {
      throw InputError(fmt::format("'{}' is not a discriminator", name),
                       "it does not have the one input 'image', nx×ny×nz");
    }
    const nn::Shape& shape = model_.graph.node(inputs[0]).shape;
    std::copy(shape.begin(), shape.end(), grid_.begin());
    nn::CompileOptions options;
    options.batch = micro_batch;
    for (int t = 0; t < threads_; ++t) plans_.push_back(nn::compile(model_.graph, options));
    weights_ = plans_.front().prepare(model_.parameters);
  }

  std::vector<Result> score(std::span<const float> showers) {
    const std::int64_t cells = grid_[0] * grid_[1] * grid_[2];
    const auto total = static_cast<std::int64_t>(showers.size());
    if (total % cells != 0) {
      throw InputError(
          fmt::format("{} numbers are not a whole number of showers of {} cells", total, cells));
    }
    const std::int64_t count = total / cells;
    std::vector<Result> results;
    for (const nn::Output& output : model_.graph.outputs()) {
      const nn::Shape& shape = model_.graph.node(output.node).shape;
      results.push_back(
          {output.name, shape,
           std::vector<float>(static_cast<std::size_t>(count * nn::element_count(shape)))});
    }
    const std::int64_t blocks = (count + micro_batch - 1) / micro_batch;
    parallel_for(threads_, blocks, [&](std::int64_t block, int thread) {
      run_block(plans_[static_cast<std::size_t>(thread)], block * micro_batch, count, showers,
                results);
    });
    return results;
  }

  std::array<std::int64_t, 3> grid_{0, 0, 0};

 private:
  void run_block(nn::Plan& plan, std::int64_t first, std::int64_t count,
                 std::span<const float> showers, std::vector<Result>& results) const {
    const std::int64_t cells = grid_[0] * grid_[1] * grid_[2];
    const std::int64_t here = std::min(micro_batch, count - first);
    std::vector<float> images(static_cast<std::size_t>(micro_batch * cells), 0.0f);
    std::copy_n(showers.begin() + first * cells, here * cells, images.begin());
    plan.set_input("image", images);
    plan.forward(*weights_);
    for (Result& result : results) {
      const std::int64_t size = nn::element_count(result.shape);
      std::vector<float> values(static_cast<std::size_t>(micro_batch * size));
      plan.get_output(result.name, values);
      std::copy_n(values.begin(), here * size, result.values.begin() + first * size);
    }
  }

  Model model_;
  int threads_;
  std::vector<nn::Plan> plans_;
  std::shared_ptr<const nn::PreparedWeights> weights_;
};

Discriminator::Discriminator(const std::string& model, int threads)
    : implementation_(std::make_unique<Implementation>(model, threads)) {}
Discriminator::~Discriminator() = default;
Discriminator::Discriminator(Discriminator&&) noexcept = default;
Discriminator& Discriminator::operator=(Discriminator&&) noexcept = default;

std::array<std::int64_t, 3> Discriminator::grid() const noexcept {
  return implementation_->grid_;
}

std::vector<Discriminator::Result> Discriminator::score(std::span<const float> showers) {
  return implementation_->score(showers);
}

}  // namespace showergan
