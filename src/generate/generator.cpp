#include "showergan/generator.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/random.hpp"
#include "base/threads.hpp"
#include "generate/generator_model.hpp"
#include "nn/plan/plan.hpp"
#include "shower/condition.hpp"

namespace showergan {
namespace {

/// Showers that a thread takes through the whole network at a time. Small, so that the tensors stay
/// in the core's own cache; a wider batch only pays where weights are large against images.
constexpr std::int64_t micro_batch = 4;

}  // namespace

class Generator::Implementation {
 public:
  Implementation(const std::string& name, const GeneratorOptions& options)
      : model_(load_generator_model(name)),
        threads_(options.threads > 0 ? options.threads : available_cores()) {
    nn::CompileOptions compile_options;
    compile_options.batch = micro_batch;
    for (int t = 0; t < threads_; ++t) {
      workers_.push_back({nn::compile(model_.graph, compile_options),
                          std::vector<float>(static_cast<std::size_t>(model_.noise_count)),
                          std::vector<float>(size_of(model_.noise_count)),
                          std::vector<float>(size_of(condition_count())),
                          std::vector<float>(size_of(model_.cells()))});
    }
    weights_ = workers_.front().plan.prepare(model_.parameters);
  }

  std::int64_t condition_count() const {
    return static_cast<std::int64_t>(model_.card.conditions.size());
  }

  /// Runs all showers of a call. Micro-batches lie at multiples of their size in the global
  /// numbering, so a shower always has the same place in the same kernel call, however the job was
  /// cut; places before and after the request are computed from zeros and dropped.
  void run(std::span<const Condition> conditions, std::uint64_t first_index,
           const std::function<void(std::int64_t shower, std::span<float> noise)>& fill_noise,
           std::span<float> showers) {
    const auto count = static_cast<std::int64_t>(conditions.size());
    if (static_cast<std::int64_t>(showers.size()) != count * model_.cells()) {
      throw InputError(fmt::format("room for {} numbers, not for {} showers of {} cells",
                                   showers.size(), count, model_.cells()));
    }
    if (count == 0) return;
    const auto lead = static_cast<std::int64_t>(first_index % micro_batch);
    const std::int64_t blocks = (lead + count + micro_batch - 1) / micro_batch;
    const int threads = static_cast<int>(std::min<std::int64_t>(threads_, blocks));
    parallel_for(threads, blocks, [&](std::int64_t block, int thread) {
      const std::int64_t begin = block * micro_batch - lead;  // may be before the first shower
      run_block(workers_[static_cast<std::size_t>(thread)], begin, conditions, fill_noise, showers);
    });
  }

  GeneratorModel model_;

 private:
  struct Worker {
    nn::Plan plan;
    std::vector<float> row;        ///< noise of one shower
    std::vector<float> noise;      ///< of a micro-batch: the inputs' arrays, one after the other
    std::vector<float> condition;  ///< (micro_batch, conditions)
    std::vector<float> showers;    ///< (micro_batch, cells)
  };

  static std::size_t size_of(std::int64_t per_shower) {
    return static_cast<std::size_t>(micro_batch * per_shower);
  }

  void run_block(Worker& worker, std::int64_t begin, std::span<const Condition> conditions,
                 const std::function<void(std::int64_t, std::span<float>)>& fill_noise,
                 std::span<float> showers) {
    const auto count = static_cast<std::int64_t>(conditions.size());
    const std::int64_t first = std::max<std::int64_t>(begin, 0);
    const std::int64_t last = std::min(begin + micro_batch, count);
    std::ranges::fill(worker.noise, 0.0f);
    std::ranges::fill(worker.condition, 1.0f);  // any number that is safe to divide by
    for (std::int64_t i = first; i < last; ++i) {
      fill_noise(i, worker.row);
      deal_noise(worker, i - begin);
      for (std::int64_t c = 0; c < condition_count(); ++c) {
        worker.condition[static_cast<std::size_t>((i - begin) * condition_count() + c)] =
            value_of(conditions[static_cast<std::size_t>(i)],
                     model_.card.conditions[static_cast<std::size_t>(c)].name);
      }
    }
    std::size_t offset = 0;
    for (const Generator::NoiseInput& input : model_.noise_inputs) {
      const std::size_t size = size_of(input.count);
      worker.plan.set_input(input.name, std::span(worker.noise).subspan(offset, size));
      offset += size;
    }
    if (condition_count() > 0) worker.plan.set_input("condition", worker.condition);
    worker.plan.forward(*weights_);
    worker.plan.get_output("shower", worker.showers);
    const std::int64_t cells = model_.cells();
    std::copy_n(worker.showers.begin() + (first - begin) * cells, (last - first) * cells,
                showers.begin() + first * cells);
  }

  /// One shower's numbers go to their places in the inputs' arrays.
  void deal_noise(Worker& worker, std::int64_t place) const {
    std::int64_t from = 0;
    std::int64_t array = 0;
    for (const Generator::NoiseInput& input : model_.noise_inputs) {
      std::copy_n(worker.row.begin() + from, input.count,
                  worker.noise.begin() + array + place * input.count);
      from += input.count;
      array += micro_batch * input.count;
    }
  }

  int threads_;
  std::vector<Worker> workers_;
  std::shared_ptr<const nn::PreparedWeights> weights_;

  friend class Generator;
};

Generator::Generator(const std::string& model, const GeneratorOptions& options)
    : implementation_(std::make_unique<Implementation>(model, options)) {}
Generator::~Generator() = default;
Generator::Generator(Generator&&) noexcept = default;
Generator& Generator::operator=(Generator&&) noexcept = default;

const std::string& Generator::name() const noexcept {
  return implementation_->model_.card.name;
}
const std::string& Generator::detector() const noexcept {
  return implementation_->model_.card.detector;
}
std::array<std::int64_t, 3> Generator::grid() const noexcept {
  return implementation_->model_.grid;
}
std::int64_t Generator::cells() const noexcept {
  return implementation_->model_.cells();
}
int Generator::threads() const noexcept {
  return implementation_->threads_;
}
const std::vector<ConditionRange>& Generator::conditions() const noexcept {
  return implementation_->model_.card.conditions;
}
const std::vector<Generator::NoiseInput>& Generator::noise_inputs() const noexcept {
  return implementation_->model_.noise_inputs;
}
std::int64_t Generator::noise_count() const noexcept {
  return implementation_->model_.noise_count;
}

void Generator::generate(std::span<const Condition> conditions, std::uint64_t seed,
                         std::uint64_t first_index, std::span<float> showers) {
  const std::vector<NoiseInput>& inputs = noise_inputs();
  const auto fill = [&](std::int64_t shower, std::span<float> noise) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto count = static_cast<std::size_t>(inputs[i].count);
      const CounterRandom random(seed, RandomPurpose::noise, static_cast<std::uint32_t>(i));
      random.fill_normal(first_index + static_cast<std::uint64_t>(shower), noise.first(count));
      noise = noise.subspan(count);
    }
  };
  implementation_->run(conditions, first_index, fill, showers);
}

void Generator::generate_from_noise(std::span<const Condition> conditions,
                                    std::span<const float> noise, std::span<float> showers) {
  const auto per_shower = static_cast<std::size_t>(noise_count());
  if (noise.size() != conditions.size() * per_shower) {
    throw InputError(fmt::format("{} numbers of noise, not {} for each of {} showers", noise.size(),
                                 per_shower, conditions.size()));
  }
  const auto fill = [&](std::int64_t shower, std::span<float> row) {
    std::ranges::copy(noise.subspan(static_cast<std::size_t>(shower) * per_shower, per_shower),
                      row.begin());
  };
  implementation_->run(conditions, 0, fill, showers);
}

}  // namespace showergan
