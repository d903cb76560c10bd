#pragma once

#include <cstdint>
#include <vector>

#include "condition_source.hpp"
#include "montecarlo/monte_carlo.hpp"
#include "shower/detector.hpp"
#include "shower/shower_batch.hpp"

namespace showergan::app {

/// The showers of a Monte Carlo run, some at a time, on all its threads.
class SimulationRun {
 public:
  /// Detector and source must outlive the run.
  SimulationRun(const Detector& detector, const montecarlo::Settings& settings,
                montecarlo::PrimaryKind particle, ConditionSource& source, std::uint64_t seed,
                int threads);

  /// Those from `first` on, at a uniform place within the middle cell. If the user wishes to stop,
  /// those that are done by then.
  ShowerBatch simulate(std::int64_t first, std::int64_t count);

  double energy() const { return energy_; }  ///< of the primaries so far, GeV

 private:
  montecarlo::Primary primary(const Condition& condition) const;
  ShowerBatch make_batch(const std::vector<Condition>& conditions) const;

  const Detector& detector_;
  montecarlo::MonteCarlo monte_carlo_;
  montecarlo::PrimaryKind particle_;
  ConditionSource& source_;
  std::uint64_t seed_;
  std::vector<montecarlo::ShowerRecord> records_;
  double energy_ = 0;
};

}  // namespace showergan::app
