#include "generate/generator_engine.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/random.hpp"
#include "base/threads.hpp"
#include "shower/condition.hpp"

namespace showergan {

GeneratorEngine::GeneratorEngine(const GeneratorModel& model, nn::CompileOptions options,
                                 int threads, Pinning pinning)
    : model_(model), pinning_(std::move(pinning)) {
  options.mode = nn::Mode::infer;
  options.batch = 1;
  for (int t = 0; t < threads; ++t) {
    workers_.push_back({nn::compile(model.graph, options),
                        std::vector<float>(static_cast<std::size_t>(model.noise_count)),
                        std::vector<float>(model.card.conditions.size())});
  }
  weights_ = workers_.front().plan.prepare(model.parameters);
}

nn::CompileTimes GeneratorEngine::compile_times() const {
  nn::CompileTimes times;
  for (const Worker& worker : workers_) times.add(worker.plan);
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
  const int used = static_cast<int>(std::min<std::int64_t>(threads(), count));
  const auto make = [&](std::int64_t shower, int thread) {
    Worker& worker = workers_[static_cast<std::size_t>(thread)];
    fill_noise(shower, worker.noise);
    run_shower(
        worker, conditions[static_cast<std::size_t>(shower)],
        showers.subspan(static_cast<std::size_t>(shower * cells), static_cast<std::size_t>(cells)));
  };
  parallel_for(used, count, make, pinning_);
}

void GeneratorEngine::run_shower(Worker& worker, const Condition& condition,
                                 std::span<float> shower) {
  std::span<const float> noise = worker.noise;
  for (const Generator::NoiseInput& input : model_.noise_inputs) {
    const auto count = static_cast<std::size_t>(input.count);
    worker.plan.set_input(input.name, noise.first(count));
    noise = noise.subspan(count);
  }
  for (std::size_t c = 0; c < worker.condition.size(); ++c) {
    worker.condition[c] = value_of(condition, model_.card.conditions[c].name);
  }
  if (!worker.condition.empty()) worker.plan.set_input("condition", worker.condition);
  worker.plan.forward(*weights_);
  worker.plan.get_output("shower", shower);
}

}  // namespace showergan
