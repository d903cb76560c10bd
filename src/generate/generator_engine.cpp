#include "generate/generator_engine.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/random.hpp"
#include "base/threads.hpp"
#include "nn/lowering/cut.hpp"
#include "nn/lowering/pass.hpp"
#include "shower/condition.hpp"

namespace showergan {

GeneratorEngine::GeneratorEngine(const GeneratorModel& model, nn::CompileOptions options,
                                 int threads, FirstLayers first_layers, Pinning pinning)
    : model_(model), pinning_(std::move(pinning)) {
  options.mode = nn::Mode::infer;
  options.batch = 1;
  nn::Graph body = options.passes ? nn::lower(model.graph, nn::Purpose::infer) : model.graph;
  options.passes = false;
  if (options.precision == Precision::int8) nn::check_ranges(body, options.ranges);
  nn::CompileOptions head_options = options;
  head_options.batch = largest_group;
  head_options.prepare_threads = threads;
  std::optional<nn::ComposedHead> head;
  if (first_layers == FirstLayers::composed) head = nn::compose_head(body, largest_group);
  if (head) {
    seam_ = head->seam;
    body = head->parts.body;
    head_options.final_products_in_f32 = head->is_final_product;
    options.ranges = nn::ranges_within(body, std::move(options.ranges));
  }
  head_options.ranges.clear();
  const auto group = static_cast<std::size_t>(head ? largest_group : 1);
  for (int t = 0; t < threads; ++t) {
    workers_.push_back(
        {head ? std::optional(nn::compile(head->parts.head, head_options)) : std::nullopt,
         nn::compile(body, options),
         std::vector<float>(group * static_cast<std::size_t>(model.noise_count)),
         std::vector<float>(group * model.card.conditions.size()),
         {}});
  }
  if (head) head_weights_ = workers_.front().head->prepare(model.parameters);
  body_weights_ = workers_.front().body.prepare(model.parameters);
}

nn::CompileTimes GeneratorEngine::compile_times() const {
  nn::CompileTimes times;
  for (const Worker& worker : workers_) {
    if (worker.head) times.add(*worker.head);
    times.add(worker.body);
  }
  return times;
}

GeneratorEngine::FillNoise GeneratorEngine::drawn_noise(std::uint64_t seed,
                                                        std::uint64_t first_index) const {
  return [this, seed, first_index](std::int64_t shower, std::span<float> noise) {
    for (std::size_t i = 0; i < model_.noise_inputs.size(); ++i) {
      const auto count = static_cast<std::size_t>(model_.noise_inputs[i].count);
      const CounterRandom random(seed, RandomPurpose::noise, static_cast<std::uint32_t>(i));
      random.fill_normal(first_index + static_cast<std::uint64_t>(shower), noise.first(count));
      noise = noise.subspan(count);
    }
  };
}

void GeneratorEngine::run(std::span<const Condition> conditions, const FillNoise& fill_noise,
                          std::span<float> showers) {
  const auto count = static_cast<std::int64_t>(conditions.size());
  const std::int64_t cells = model_.cells();
  if (static_cast<std::int64_t>(showers.size()) != count * cells) {
    throw InputError(fmt::format("room for {} numbers, not for {} showers of {} cells",
                                 showers.size(), count, cells));
  }
  if (count == 0) return;
  // Groups as large as fill all threads the same number of times.
  const std::int64_t at_once = largest_group * threads();
  const std::int64_t rounds = (count + at_once - 1) / at_once;
  const std::int64_t group = head() ? (count + rounds * threads() - 1) / (rounds * threads()) : 1;
  const std::int64_t groups = (count + group - 1) / group;
  const int used = static_cast<int>(std::min<std::int64_t>(threads(), groups));
  const auto make = [&](std::int64_t number, int thread) {
    const std::int64_t first = number * group;
    const auto size = static_cast<std::size_t>(std::min(group, count - first));
    run_group(workers_[static_cast<std::size_t>(thread)],
              conditions.subspan(static_cast<std::size_t>(first), size), first, fill_noise,
              showers.subspan(static_cast<std::size_t>(first * cells),
                              size * static_cast<std::size_t>(cells)));
  };
  parallel_for(used, groups, make, pinning_);
}

void GeneratorEngine::run_group(Worker& worker, std::span<const Condition> conditions,
                                std::int64_t first, const FillNoise& fill_noise,
                                std::span<float> showers) {
  const auto noise_count = static_cast<std::size_t>(model_.noise_count);
  const std::size_t condition_count = model_.card.conditions.size();
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    fill_noise(first + static_cast<std::int64_t>(i),
               std::span(worker.noise).subspan(i * noise_count, noise_count));
    for (std::size_t c = 0; c < condition_count; ++c) {
      worker.condition[i * condition_count + c] =
          value_of(conditions[i], model_.card.conditions[c].name);
    }
  }
  std::span<const float> seam;
  if (worker.head) {
    set_inputs(worker, *worker.head, 0, conditions.size());
    worker.head->forward_samples(*head_weights_, static_cast<std::int64_t>(conditions.size()));
    seam = worker.head->output_values(seam_);
  }
  const std::size_t cells = showers.size() / conditions.size();
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    set_inputs(worker, worker.body, i, 1);
    if (worker.head) {
      const std::span<float> to = worker.body.input_values(seam_);
      std::ranges::copy(seam.subspan(i * to.size(), to.size()), to.begin());
    }
    worker.body.forward(*body_weights_);
    worker.body.get_output("shower", showers.subspan(i * cells, cells));
  }
}

void GeneratorEngine::set_inputs(Worker& worker, nn::Plan& plan, std::size_t first,
                                 std::size_t count) {
  const auto batch = static_cast<std::size_t>(plan.options().batch);
  // `place` of `length` numbers in the row of each shower.
  const auto set = [&](const std::string& name, const std::vector<float>& rows, std::size_t row,
                       std::size_t place, std::size_t length) {
    if (!plan.lowered().find(name)) return;
    if (batch == 1) {
      plan.set_input(name, std::span(rows).subspan(first * row + place, length));
      return;
    }
    worker.staged.resize(batch * length);
    for (std::size_t i = 0; i < count; ++i) {
      std::copy_n(rows.data() + (first + i) * row + place, length,
                  worker.staged.data() + i * length);
    }
    plan.set_input(name, worker.staged);
  };
  const auto noise_count = static_cast<std::size_t>(model_.noise_count);
  std::size_t place = 0;
  for (const Generator::NoiseInput& input : model_.noise_inputs) {
    const auto length = static_cast<std::size_t>(input.count);
    set(input.name, worker.noise, noise_count, place, length);
    place += length;
  }
  const std::size_t conditions = model_.card.conditions.size();
  if (conditions > 0) set("condition", worker.condition, conditions, 0, conditions);
}

}  // namespace showergan
