#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "condition_source.hpp"
#include "montecarlo/monte_carlo.hpp"
#include "shower/binning.hpp"
#include "shower/detector.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::app {

/// What a run of the Monte Carlo does.
struct SimulationPlan {
  Detector detector;
  montecarlo::Settings settings;
  montecarlo::Primary beam;        ///< kind and place of the primaries; the source has the rest
  bool impacts_of_source = false;  ///< they come where the source says
  std::optional<Binning> mesh;     ///< around the showers, in place of the detector's cells
  std::uint64_t seed = 1;
  int threads = 1;

  Grid grid() const { return mesh ? mesh->grid() : detector.grid; }  ///< of the images
};

/// The showers of a Monte Carlo run, some at a time, on all its threads.
class SimulationRun {
 public:
  /// Plan and source must outlive the run.
  SimulationRun(const SimulationPlan& plan, ConditionSource& source);

  /// Those from `first` on. If the user wishes to stop, those that are done by then.
  ShowerBatch simulate(std::int64_t first, std::int64_t count);

  double energy() const { return energy_; }  ///< of the primaries so far, GeV

 private:
  std::vector<montecarlo::Primary> primaries(const std::vector<Condition>& conditions,
                                             std::int64_t first) const;
  ShowerBatch make_batch(const std::vector<Condition>& conditions) const;

  const SimulationPlan& plan_;
  montecarlo::MonteCarlo monte_carlo_;
  ConditionSource& source_;
  std::vector<montecarlo::ShowerRecord> records_;
  double energy_ = 0;
};

}  // namespace showergan::app
