#include "simulation_run.hpp"

#include <algorithm>

#include "base/interrupt.hpp"
#include "base/threads.hpp"
#include "base/units.hpp"

namespace showergan::app {
namespace {

using montecarlo::MonteCarlo;
using montecarlo::Primary;
using montecarlo::ShowerRecord;

float to_gev(double mev) {
  return static_cast<float>(mev * units::MeV);
}

/// Keeps the first ones.
void shorten(ShowerBatch& batch, std::int64_t count) {
  const auto showers = static_cast<std::size_t>(count);
  for (auto* column : {&batch.energy, &batch.theta, &batch.phi, &batch.impact_x, &batch.impact_y,
                       &batch.escaped}) {
    if (!column->empty()) column->resize(showers);
  }
  batch.cells.resize(showers * static_cast<std::size_t>(batch.grid.cells()));
}

}  // namespace

SimulationRun::SimulationRun(const SimulationPlan& plan, ConditionSource& source)
    : plan_(plan),
      monte_carlo_(plan.mesh ? MonteCarlo(plan.detector, plan.settings, *plan.mesh)
                             : MonteCarlo(plan.detector, plan.settings)),
      source_(source),
      records_(static_cast<std::size_t>(plan.threads), monte_carlo_.record()) {}

std::vector<Primary> SimulationRun::primaries(const std::vector<Condition>& conditions,
                                              std::int64_t first) const {
  std::vector<Primary> primaries(conditions.size(), plan_.beam);
  for (std::size_t i = 0; i < primaries.size(); ++i) {
    primaries[i].energy = static_cast<double>(conditions[i].energy) / units::MeV;
    primaries[i].theta = static_cast<double>(conditions[i].theta);
    primaries[i].phi = static_cast<double>(conditions[i].phi);
  }
  if (!plan_.impacts_of_source) return primaries;
  const auto points = source_.read_impacts(first, std::ssize(conditions));
  for (std::size_t i = 0; i < primaries.size(); ++i) {
    primaries[i].x = static_cast<double>(points[i].x);
    primaries[i].y = static_cast<double>(points[i].y);
  }
  return primaries;
}

/// Still without what is simulated.
ShowerBatch SimulationRun::make_batch(const std::vector<Condition>& conditions) const {
  ShowerBatch batch;
  batch.grid = plan_.grid();
  const bool angles = source_.knows("theta") || source_.knows("phi");
  for (const Condition& condition : conditions) {
    batch.energy.push_back(condition.energy);
    if (!angles) continue;
    batch.theta.push_back(condition.theta);
    batch.phi.push_back(condition.phi);
  }
  batch.cells.resize(conditions.size() * static_cast<std::size_t>(batch.grid.cells()));
  for (auto* column : {&batch.impact_x, &batch.impact_y, &batch.escaped}) {
    column->resize(conditions.size());
  }
  return batch;
}

ShowerBatch SimulationRun::simulate(std::int64_t first, std::int64_t count) {
  const std::vector<Condition> conditions = source_.read(first, count);
  const std::vector<Primary> entering = primaries(conditions, first);
  ShowerBatch batch = make_batch(conditions);
  std::vector<char> done(conditions.size(), false);
  parallel_for(static_cast<int>(records_.size()), count, [&](std::int64_t i, int thread) {
    if (interrupted()) return;
    ShowerRecord& record = records_[static_cast<std::size_t>(thread)];
    const auto shower = static_cast<std::size_t>(i);
    monte_carlo_.simulate(entering[shower], plan_.seed, static_cast<std::uint64_t>(first + i),
                          record);
    std::ranges::transform(record.image(), batch.shower(i).begin(), to_gev);
    batch.impact_x[shower] = static_cast<float>(record.impact().x);
    batch.impact_y[shower] = static_cast<float>(record.impact().y);
    batch.escaped[shower] = to_gev(record.escaped());
    done[shower] = true;
  });
  shorten(batch, std::ranges::find(done, char{false}) - done.begin());
  for (const float energy : batch.energy) energy_ += static_cast<double>(energy);
  return batch;
}

}  // namespace showergan::app
