#include "gan/validation.hpp"

#include <algorithm>
#include <limits>

#include "showergan/error.hpp"
#include "showergan/generator.hpp"

#include "base/interrupt.hpp"
#include "base/resources.hpp"
#include "shower/detector.hpp"

namespace showergan::gan {
namespace {

/// Showers of the Monte Carlo in memory at a time.
constexpr std::int64_t block = 256;
/// Showers that a thread generates between two looks at what the user wants: well below a second.
constexpr std::int64_t showers_per_thread = 16;

/// The readout threshold and the layers of the model's detector; a detector that is not shipped
/// counts as one of equal layers.
physics::ImageGeometry geometry_of(const ModelDefinition& definition) {
  const std::vector<std::string> shipped = resource_names("detectors", {".toml"});
  if (std::ranges::count(shipped, definition.detector) == 0) {
    return physics::unit_geometry(definition.grid());
  }
  return physics::image_geometry(find_detector(definition.detector));
}

/// Every `stride`-th shower of a batch, the first being `offset`.
ShowerBatch thinned(const ShowerBatch& batch, std::int64_t offset, std::int64_t stride) {
  ShowerBatch some;
  some.grid = batch.grid;
  for (std::int64_t i = offset; i < batch.size(); i += stride) {
    const auto row = static_cast<std::size_t>(i);
    some.energy.push_back(batch.energy[row]);
    if (!batch.theta.empty()) some.theta.push_back(batch.theta[row]);
    if (!batch.phi.empty()) some.phi.push_back(batch.phi[row]);
    const std::span<const float> cells = batch.shower(i);
    some.cells.insert(some.cells.end(), cells.begin(), cells.end());
  }
  return some;
}

}  // namespace

Validation::Validation(const Recipe& recipe, const ModelDefinition& definition,
                       const TrainingData& data, int threads, bool pin)
    : deciding_(recipe.validation_metrics),
      seed_(recipe.seed),
      threads_(threads),
      pin_(pin),
      reference_(geometry_of(definition)) {
  if (recipe.validation_every == 0) return;
  const std::int64_t size = data.validation_size();
  const std::int64_t stride =
      std::max<std::int64_t>(1, (size + recipe.validation_showers - 1) / recipe.validation_showers);
  for (std::int64_t first = 0; first < size; first += block) {
    if (interrupted()) throw Error("interrupted while the validation part was read");
    const std::int64_t offset = (stride - first % stride) % stride;
    const ShowerBatch batch =
        thinned(data.validation(first, std::min(block, size - first)), offset, stride);
    if (batch.size() == 0) continue;
    reference_.append(batch, threads);
    for (std::size_t i = 0; i < batch.energy.size(); ++i) {
      conditions_.push_back({batch.energy[i], batch.theta.empty() ? 0 : batch.theta[i],
                             batch.phi.empty() ? 0 : batch.phi[i]});
    }
  }
}

std::optional<Validation::Result> Validation::run(const std::filesystem::path& model) const {
  GeneratorOptions options;
  options.threads = threads_;
  options.pin = pin_;
  Generator generator(model.string(), options);
  physics::ShowerSet candidate(reference_.geometry());
  const auto total = static_cast<std::int64_t>(conditions_.size());
  const std::int64_t at_once = showers_per_thread * threads_;
  for (std::int64_t first = 0; first < total; first += at_once) {
    if (interrupted()) return std::nullopt;
    const std::int64_t count = std::min(at_once, total - first);
    const auto conditions =
        std::span(conditions_)
            .subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
    ShowerBatch batch;
    batch.grid = reference_.geometry().grid;
    for (const Condition& condition : conditions) batch.energy.push_back(condition.energy);
    batch.cells.resize(static_cast<std::size_t>(count * generator.cells()));
    generator.generate(conditions, seed_, static_cast<std::uint64_t>(first), batch.cells);
    candidate.append(batch, threads_);
  }
  if (interrupted()) return std::nullopt;
  Result result{physics::compare(reference_, candidate, {.threads = threads_}).metrics, 0};
  for (const physics::MetricResult& metric : result.metrics) {
    if (std::ranges::count(deciding_, metric.name) == 0) continue;
    result.figure += metric.value.value_or(std::numeric_limits<double>::quiet_NaN());
  }
  return result;
}

}  // namespace showergan::gan
