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
    const auto image = model_.graph.find("image");
    const bool fits = image && model_.graph.node(*image).shape.size() == 3;
    if (!fits || !knows_other_inputs(*image)) {
      throw InputError(fmt::format("'{}' is not a discriminator", name),
                       "it does not have the input 'image', nx×ny×nz, and at most 'condition'");
    }
    const nn::Shape& shape = model_.graph.node(*image).shape;
    std::copy(shape.begin(), shape.end(), grid_.begin());
    nn::CompileOptions options;
    options.batch = micro_batch;
    for (int t = 0; t < threads_; ++t) plans_.push_back(nn::compile(model_.graph, options));
    weights_ = plans_.front().prepare(model_.parameters);
  }

  std::vector<Result> score(std::span<const float> showers, std::span<const float> conditions) {
    const std::int64_t cells = grid_[0] * grid_[1] * grid_[2];
    const auto total = static_cast<std::int64_t>(showers.size());
    if (total % cells != 0) {
      throw InputError(
          fmt::format("{} numbers are not a whole number of showers of {} cells", total, cells));
    }
    const std::int64_t count = total / cells;
    if (std::ssize(conditions) != count * std::ssize(conditions_)) {
      throw InputError(fmt::format("{} numbers are not {} conditions of {} showers",
                                   conditions.size(), conditions_.size(), count));
    }
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
                conditions, results);
    });
    return results;
  }

  std::array<std::int64_t, 3> grid_{0, 0, 0};
  std::vector<ConditionRange> conditions_;

 private:
  /// Whether inputs but the image are the conditions of the card; remembers these.
  bool knows_other_inputs(nn::NodeId image) {
    for (const nn::NodeId id : model_.graph.inputs()) {
      if (id == image) continue;
      const nn::Node& node = model_.graph.node(id);
      if (node.name != "condition" || node.shape != nn::Shape{std::ssize(model_.card.conditions)}) {
        return false;
      }
      conditions_ = model_.card.conditions;
    }
    return true;
  }

  void run_block(nn::Plan& plan, std::int64_t first, std::int64_t count,
                 std::span<const float> showers, std::span<const float> conditions,
                 std::vector<Result>& results) const {
    const std::int64_t cells = grid_[0] * grid_[1] * grid_[2];
    const std::int64_t here = std::min(micro_batch, count - first);
    std::vector<float> images(static_cast<std::size_t>(micro_batch * cells), 0.0f);
    std::copy_n(showers.begin() + first * cells, here * cells, images.begin());
    plan.set_input("image", images);
    if (!conditions_.empty()) {
      // Those that fill the block are like the first one.
      const auto width = std::ssize(conditions_);
      std::vector<float> told(static_cast<std::size_t>(micro_batch * width));
      for (std::int64_t i = 0; i < micro_batch; ++i) {
        const std::int64_t from = first + (i < here ? i : 0);
        std::copy_n(conditions.begin() + from * width, width, told.begin() + i * width);
      }
      plan.set_input("condition", told);
    }
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

const std::vector<ConditionRange>& Discriminator::conditions() const noexcept {
  return implementation_->conditions_;
}

std::vector<Discriminator::Result> Discriminator::score(std::span<const float> showers,
                                                        std::span<const float> conditions) {
  return implementation_->score(showers, conditions);
}

}  // namespace showergan
