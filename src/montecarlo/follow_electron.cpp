#include <algorithm>
#include <cmath>

#include "montecarlo/shower_tracking.hpp"

namespace showergan::montecarlo {
namespace {

/// The steps of one electron or positron.
class ElectronSteps {
 public:
  ElectronSteps(Track& track, ShowerTracking& shower)
      : track_(track), particle_(track.particle), shower_(shower), random_(shower.random) {
    enter_plate();
  }

  /// False if the particle is done: stopped, vanished or escaped.
  bool step();

 private:
  using Place = ElectronTables::Table::Place;

  /// How far the step goes.
  struct Length {
    double path;     ///< true, mm
    double advance;  ///< straight, mm
    bool to_boundary;
    bool by_side;    ///< which is a side of all plates
    bool interacts;  ///< at its end, if the cross-section there is as large as its bound
  };

  void enter_plate();
  bool leave_plate(bool onwards);
  void stop();
  Length length(const Place& place, double range, double transport);
  double loss(const Place& place, double path);
  void scatter(const Length& step, double energy_before, double transport);
  void displace(const Vector3& displacement);
  bool interact();

  Track& track_;
  Particle& particle_;
  ShowerTracking& shower_;
  RandomStream& random_;
  const Plate* plate_ = nullptr;
  const MediumPhysics* medium_ = nullptr;
  const ElectronTables* tables_ = nullptr;
  ScatteringState scattering_;
  bool at_boundary_ = false;
  double paths_left_ = 0;  ///< mean free paths to the next interaction; 0: to be drawn
  double bound_ = 0;       ///< of the cross-section in the present step, by which it is long
};

void ElectronSteps::enter_plate() {
  plate_ = &shower_.plate(track_);
  medium_ = &shower_.calorimeter.medium(*plate_);
  tables_ = &medium_->tables(particle_.kind);
}

/// What is left of the energy stays here; a positron annihilates.
void ElectronSteps::stop() {
  if (particle_.kind == ParticleKind::electron) {
    shower_.record.deposit(*plate_, particle_.position, particle_.energy);
    return;
  }
  Interaction result;
  Annihilation::at_rest(particle_, random_, result);
  shower_.take(result, track_);
}

bool ElectronSteps::step() {
  const double energy = particle_.energy;
  const Place place = tables_->place(energy);
  const double range = tables_->at(place, ElectronTables::range);
  if (energy <= shower_.settings.tracking_cut) {
    stop();
    return false;
  }
  const double transport = tables_->at(place, ElectronTables::transport);
  const Length step = length(place, range, transport);

  const double lost = loss(place, step.path);
  const Vector3 start = particle_.position;
  const bool onwards = particle_.direction.z > 0;
  particle_.position = start + step.advance * particle_.direction;
  particle_.energy = energy - lost;
  const bool stopped = particle_.energy <= shower_.settings.tracking_cut;
  if (!stopped) scatter(step, energy, transport);
  if (lost > 0) {
    const double density = plate_->birks * lost / std::max(step.path, 1e-9);
    shower_.record.deposit(*plate_, start + 0.5 * (particle_.position - start), lost,
                           lost / (1 + density));
  }
  if (stopped) {
    stop();
    return false;
  }
  at_boundary_ = step.to_boundary;
  if (step.by_side) {
    shower_.record.escape(particle_);
    return false;
  }
  if (step.to_boundary) return leave_plate(onwards);
  return !step.interacts || interact();
}

/// Into the next plate, unless the scattering at the boundary has turned the particle back.
bool ElectronSteps::leave_plate(bool onwards) {
  if ((particle_.direction.z > 0) != onwards) {
    particle_.position.z = onwards ? plate_->back : plate_->front;
    return true;
  }
  if (!shower_.enter_next_plate(track_)) return false;
  enter_plate();
  return true;
}

ElectronSteps::Length ElectronSteps::length(const Place& place, double range, double transport) {
  if (paths_left_ <= 0) paths_left_ = random_.exponential();
  bound_ = tables_->bound(place);
  const double safety = at_boundary_ ? 0 : shower_.safety(*plate_, particle_.position);
  Length step{tables_->step_limit(range), 0, false, false, false};
  if (paths_left_ < bound_ * step.path) {
    step.path = paths_left_ / bound_;
    step.interacts = true;
  }
  const double limited = medium_->scattering.step_limit(
      scattering_, {particle_.kind, at_boundary_, particle_.energy, range, transport, safety},
      step.path, random_);
  if (limited < step.path) step.interacts = false;
  step.path = std::min(step.path, limited);

  double transport_after = transport;
  if (PathConversion::needs_end(particle_.energy, range, step.path)) {
    const double left = std::max(range - step.path, 0.01 * range);
    transport_after =
        tables_->at(tables_->place(tables_->energy_of_range(left)), ElectronTables::transport);
  }
  const PathConversion conversion(particle_.energy, range, step.path, transport, transport_after);
  step.advance = conversion.geometrical(step.path);
  const PlateExit exit = exit_of(track_, shower_);
  if (step.advance >= exit.distance) {
    step.to_boundary = true;
    step.by_side = exit.by_side;
    step.interacts = false;
    step.advance = exit.distance;
    step.path = std::min(step.path, conversion.true_path(exit.distance));
  }
  paths_left_ -= step.path * bound_;
  if (step.interacts) paths_left_ = 0;
  return step;
}

double ElectronSteps::loss(const Place& place, double path) {
  const double energy = particle_.energy;
  const double mean = tables_->mean_loss(place, energy, path);
  if (mean + shower_.settings.tracking_cut >= energy) return energy;
  if (!plate_->sensitive) return mean;
  const double largest = medium_->ionisation.largest_continuous_transfer(particle_.kind, energy);
  return std::min(energy, medium_->fluctuation.sample(mean, largest, random_));
}

void ElectronSteps::scatter(const Length& step, double energy_before, double transport) {
  const Place place = tables_->place(particle_.energy);
  const Deflection deflection = medium_->scattering.sample(
      {particle_.kind, energy_before, particle_.energy, step.path, step.advance, transport,
       tables_->at(place, ElectronTables::transport)},
      scattering_, particle_.direction, random_);
  particle_.direction = deflection.direction;
  if (!step.to_boundary) displace(deflection.displacement);
}

/// As far as it stays in the plate, with a margin.
void ElectronSteps::displace(const Vector3& displacement) {
  constexpr double negligible = 1.2e-6;  // mm
  const double length = std::sqrt(dot(displacement, displacement));
  if (length < negligible) return;
  const double room = 0.99 * shower_.safety(*plate_, particle_.position);
  particle_.position = particle_.position + std::min(1.0, room / length) * displacement;
}

/// A discrete interaction, if there is one at the present energy.
bool ElectronSteps::interact() {
  const Place place = tables_->place(particle_.energy);
  const double all = tables_->at(place, ElectronTables::cross_section);
  double which = random_.uniform() * bound_;
  if (which >= all) return true;
  Interaction result;
  if ((which -= tables_->at(place, ElectronTables::delta_rays)) < 0) {
    medium_->ionisation.interact(particle_, random_, result);
  } else if ((which -= tables_->at(place, ElectronTables::radiation)) < 0) {
    // Between the nodes around its threshold the table is not 0 below it.
    if (particle_.energy <= medium_->photon_threshold) return true;
    medium_->bremsstrahlung.interact(particle_, random_, result);
  } else {
    medium_->annihilation.interact(particle_, random_, result);
  }
  shower_.take(result, track_);
  particle_.energy = result.energy;
  particle_.direction = result.direction;
  return !result.gone;
}

}  // namespace

void follow_electron(Track track, ShowerTracking& shower) {
  ElectronSteps steps(track, shower);
  while (steps.step()) {
  }
}

}  // namespace showergan::montecarlo
