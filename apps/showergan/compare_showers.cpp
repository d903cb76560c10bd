#include "compare_showers.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "measure_library.hpp"
#include "physics/shower_library.hpp"

namespace showergan::app {
namespace {

namespace fs = std::filesystem;

std::vector<double> energies_of(const ShowerReader& reader) {
  const std::vector<float> energies = reader.read_energies(0, reader.size());
  return {energies.begin(), energies.end()};
}

ShowerReader open_other(const fs::path& path, const ShowerReader& reference, int threads) {
  ShowerReader file(path, {.threads = threads});
  if (file.grid() != reference.grid()) {
    throw InputError("the showers of '" + path.string() + "' have another grid than the reference",
                     "", "give showers of the same calorimeter");
  }
  std::error_code error;
  if (fs::equivalent(path, reference.path(), error)) {
    throw InputError("'" + path.string() + "' is the reference itself", "",
                     "give showers that are not in the reference");
  }
  return file;
}

/// What the metrics of one candidate need beside its showers.
struct Setup {
  const physics::ShowerSet& reference;
  const std::vector<double>& reference_energy;
  std::vector<physics::ReferenceTriple> triples;
  physics::ImageGeometry geometry;
  int threads;
  bool quiet;
};

physics::SimilarityPlan plan_similarity(const Setup& setup, std::span<const double> energy) {
  return {setup.triples, physics::choose_candidates(setup.triples, setup.reference_energy, energy)};
}

/// The showers that a library would give at the reference's energies, compared with the reference.
LibraryResult compare_library(const Setup& setup, ShowerReader& library,
                              const physics::ShowerSet& showers) {
  // The image of a particle that comes in at an angle has no symmetries.
  const Grid grid = library.grid();
  const bool mirrored =
      grid.nx == grid.ny && setup.geometry.cell_x == setup.geometry.cell_y && !library.has_theta();
  const auto uses = physics::plan_library(library.read_energies(0, library.size()),
                                          setup.reference_energy, mirrored);
  std::vector<double> energy;
  for (const physics::LibraryUse& use : uses) energy.push_back(use.energy);
  const physics::SimilarityPlan plan = plan_similarity(setup, energy);
  const physics::ShowerSet set = measure_library(
      library, uses, setup.geometry, physics::rows_of(plan.candidates), setup.threads, setup.quiet);
  const physics::LibraryReuse reuse = physics::count_reuse(uses);
  return {fmt::format("the shower nearest in energy of '{}', rescaled{}: {} of {} showers used, "
                      "each up to {} times",
                      library.path().string(), mirrored ? " and mirrored" : "", reuse.distinct,
                      library.size(), reuse.most),
          physics::compare(setup.reference, set,
                           {.threads = setup.threads,
                            .uncertainties = true,
                            .features = true,
                            .training = &showers,
                            .similarity = &plan})};
}

}  // namespace

MeasuredComparison compare_showers(ShowerReader& reference, std::span<ShowerReader> candidates,
                                   const ComparisonFiles& files, const MeasuringDetector& detector,
                                   int threads, bool quiet) {
  std::optional<ShowerReader> training_file;
  std::optional<ShowerReader> library_file;
  if (!files.training.empty()) training_file = open_other(files.training, reference, threads);
  if (!files.library.empty()) library_file = open_other(files.library, reference, threads);

  const std::vector<double> energy = energies_of(reference);
  const auto triples =
      physics::choose_triples(energy, physics::number_of_triples(reference.grid().cells()));
  const auto measure_with = [&](ShowerReader& file, std::vector<std::int64_t> keep) {
    return measure(file, detector.geometry, threads, quiet, std::move(keep));
  };
  MeasuredComparison all = {measure_with(reference, physics::rows_of(triples)), {}, {}, {}};
  const Setup setup = {all.reference, energy, triples, detector.geometry, threads, quiet};
  std::optional<physics::ShowerSet> training;
  if (training_file) training = measure_with(*training_file, {});
  for (ShowerReader& candidate : candidates) {
    const physics::SimilarityPlan plan = plan_similarity(setup, energies_of(candidate));
    all.candidates.push_back(measure_with(candidate, physics::rows_of(plan.candidates)));
    all.results.push_back(physics::compare(all.reference, all.candidates.back(),
                                           {.threads = threads,
                                            .uncertainties = true,
                                            .features = true,
                                            .bins = true,
                                            .training = training ? &*training : nullptr,
                                            .similarity = &plan}));
  }
  if (library_file) {
    all.library = compare_library(setup, *library_file, measure_with(*library_file, {}));
  } else if (training_file) {
    all.library = compare_library(setup, *training_file, *training);
  }
  return all;
}

}  // namespace showergan::app
