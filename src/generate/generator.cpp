#include "showergan/generator.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/threads.hpp"
#include "generate/generator_engine.hpp"
#include "generate/generator_model.hpp"
#include "generate/precision_check.hpp"

namespace showergan {
class Generator::Implementation {
 public:
  Implementation(const std::string& name, const GeneratorOptions& options)
      : Implementation(name, options, options.threads > 0 ? options.threads : available_cores()) {}

  Implementation(const std::string& name, const GeneratorOptions& options, int threads)
      : model_(load_generator_model(name)),
        precision_(usable_precision(model_, options.precision)),
        engine_(model_, generation_options(model_, precision_), threads, FirstLayers::composed,
                options.pin ? Pinning(threads) : Pinning()) {
    if (precision_ != Precision::f32) check_precision(model_, engine_, precision_);
  }

  GeneratorModel model_;
  Precision precision_;
  GeneratorEngine engine_;
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
  return implementation_->engine_.threads();
}
Precision Generator::precision() const noexcept {
  return implementation_->precision_;
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
  GeneratorEngine& engine = implementation_->engine_;
  engine.run(conditions, engine.drawn_noise(seed, first_index), showers);
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
  implementation_->engine_.run(conditions, fill, showers);
}

}  // namespace showergan
