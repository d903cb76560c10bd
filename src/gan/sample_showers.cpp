#include "gan/sample_showers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"
#include "showergan/generator.hpp"

#include "store/shower_writer.hpp"

namespace showergan::gan {
namespace {

namespace fs = std::filesystem;

/// Showers are taken from so many at the start of the validation part: enough to find a low and a
/// high energy, and read in no time.
constexpr std::int64_t kLookedAt = 256;
/// Parts of the showers, or of the range, whose energy is lower.
constexpr std::array<double, 3> kPlaces = {0.1, 0.5, 0.9};

constexpr std::string_view kPrefix = "epoch-";
constexpr std::string_view kEnding = ".h5";

/// The rows whose energies are at kPlaces, ascending in energy, each once.
std::vector<std::size_t> chosen_rows(const std::vector<float>& energies) {
  std::vector<std::size_t> order(energies.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t row) { return energies[row]; });
  std::vector<std::size_t> rows;
  for (const double place : kPlaces) {
    rows.push_back(order[static_cast<std::size_t>(place * static_cast<double>(order.size() - 1))]);
  }
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

/// Adds a shower's columns, and its cells.
void append(ShowerBatch& to, const ShowerBatch& from, std::size_t row) {
  to.energy.push_back(from.energy[row]);
  if (!from.theta.empty()) to.theta.push_back(from.theta[row]);
  if (!from.phi.empty()) to.phi.push_back(from.phi[row]);
  const std::span<const float> cells = from.shower(static_cast<std::int64_t>(row));
  to.cells.insert(to.cells.end(), cells.begin(), cells.end());
}

/// Conditions in the ranges of the model: energies at kPlaces, angles in the middle.
ShowerBatch conditions_in(const std::vector<ConditionRange>& ranges) {
  ShowerBatch batch;
  batch.energy.assign(kPlaces.size(), 100);
  for (const ConditionRange& range : ranges) {
    const auto at = [&](double place) {
      return static_cast<float>(range.low + place * (range.high - range.low));
    };
    if (range.name == "theta") batch.theta.assign(kPlaces.size(), at(0.5));
    if (range.name == "phi") batch.phi.assign(kPlaces.size(), at(0.5));
    if (range.name != "energy") continue;
    for (std::size_t i = 0; i < kPlaces.size(); ++i) batch.energy[i] = at(kPlaces[i]);
  }
  return batch;
}

void write_showers(const fs::path& path, const ShowerBatch& batch, const Provenance& provenance) {
  WriteOptions options;
  options.provenance = provenance;
  options.force = true;
  options.expected = batch.size();
  ShowerWriter writer(path, batch.grid, options);
  writer.write(batch);
  writer.finish();
}

}  // namespace

std::string SampleShowers::file_name(std::int64_t epoch) {
  return fmt::format("{}{:05}{}", kPrefix, epoch, kEnding);
}

std::vector<std::int64_t> SampleShowers::epochs_in(const fs::path& folder) {
  std::vector<std::int64_t> epochs;
  std::error_code problem;
  for (fs::directory_iterator file(folder, problem), end; !problem && file != end;
       file.increment(problem)) {
    const std::string name = file->path().filename().string();
    if (!name.starts_with(kPrefix)) continue;
    std::int64_t epoch = 0;
    std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), epoch);
    if (epoch > 0 && name == file_name(epoch)) epochs.push_back(epoch);
  }
  std::ranges::sort(epochs);
  return epochs;
}

SampleShowers::SampleShowers(const Recipe& recipe, const ModelDefinition& definition,
                             const TrainingData& data, fs::path folder, std::int64_t epoch)
    : folder_(std::move(folder)),
      detector_(definition.detector),
      seed_(recipe.seed),
      threshold_(static_cast<float>(recipe.data.threshold)) {
  std::error_code problem;
  fs::create_directories(folder_, problem);
  if (!fs::is_directory(folder_)) {
    throw InputError(fmt::format("cannot make the folder '{}'", folder_.string()),
                     problem ? problem.message() : "it is a file", "remove what is in the way");
  }
  for (const std::int64_t old : epochs_in(folder_)) {
    if (old > epoch) fs::remove(folder_ / file_name(old), problem);
  }
  choose(definition, data);
  if (monte_carlo_.cells.empty()) return;
  write_showers(folder_ / monte_carlo_name, monte_carlo_,
                {detector_, "showers of the validation part", std::nullopt});
}

void SampleShowers::choose(const ModelDefinition& definition, const TrainingData& data) {
  const std::int64_t count = std::min(kLookedAt, data.validation_size());
  if (count == 0) {
    monte_carlo_ = conditions_in(definition.conditions);
  } else {
    const ShowerBatch some = data.validation(0, count);
    monte_carlo_.grid = some.grid;
    for (const std::size_t row : chosen_rows(some.energy)) append(monte_carlo_, some, row);
  }
  monte_carlo_.grid = definition.grid();
}

void SampleShowers::write(const fs::path& model, std::int64_t epoch) const {
  GeneratorOptions options;
  options.threads = 1;  // for so few showers more only take time to get ready
  Generator generator(model.string(), options);
  ShowerBatch batch = monte_carlo_;
  std::vector<Condition> conditions;
  for (std::size_t i = 0; i < batch.energy.size(); ++i) {
    conditions.push_back({batch.energy[i], batch.theta.empty() ? 0 : batch.theta[i],
                          batch.phi.empty() ? 0 : batch.phi[i]});
  }
  batch.cells.assign(conditions.size() * static_cast<std::size_t>(generator.cells()), 0);
  generator.generate(conditions, seed_, 0, batch.cells);
  for (float& cell : batch.cells) {
    if (!std::isfinite(cell) || cell < std::max(threshold_, 0.0f)) cell = 0;
  }
  write_showers(
      folder_ / file_name(epoch), batch,
      {detector_, fmt::format("model {} after epoch {}", generator.name(), epoch), seed_});
}

}  // namespace showergan::gan
