#pragma once

#include "montecarlo/medium.hpp"
#include "montecarlo/octave_table.hpp"
#include "montecarlo/particle.hpp"
#include "montecarlo/random_stream.hpp"

namespace showergan::montecarlo {

/// A step as it turned out, of length 0 or more.
struct ScatteringStep {
  ParticleKind kind = ParticleKind::electron;
  double energy_before = 0;  ///< kinetic, MeV
  double energy_after = 0;
  double path = 0;              ///< true length, mm
  double advance = 0;           ///< the straight length, mm (PathConversion)
  double transport_before = 0;  ///< λ₁ at energy_before, mm
  double transport_after = 0;   ///< λ₁ at energy_after, mm
};

/// The angle by which multiple scattering turns electrons and positrons in a step: L. Urban's model
/// (CERN-OPEN-2006-077; Geant4 Physics Reference Manual, "Multiple scattering", with the
/// coefficients of Geant4 11). Of w = 1 − cos θ,
///   g(w) = q [p g₁ + (1 − p) g₂] + (1 − q) / 2  on [0, 2],
///   g₁ ∝ exp(−w/x) up to ξx,  g₂ ∝ w^(−ξ) from ξx on,
/// where x = 4 sin²(θ₀/2) with the width θ₀ of width(), p makes g continuous at ξx, q gives
/// <cos θ> = exp(−τ), τ = ∫ dt/λ₁, and ξ(τ, X₀, Z) sets the tail. Steps in which a particle loses
/// more than half its energy, or of θ₀ > 30°, follow a power of 1 + cos θ and a uniform part with
/// the exact <cos θ> and <cos² θ>.
///
/// Above 100 MeV, where Geant4 takes Wentzel's single scattering for the tail, the same core is
/// used, but g₂ has the nucleus' form factor (1 + (qR)²/12)⁻⁴, R = 1.27 A^0.27 fm (A. V. Butkevich
/// et al., Nucl. Instrum. Methods A 488 (2002) 282), and there is no uniform part: nuclei are too
/// soft to send such particles back.
class ScatteringAngle {
 public:
  explicit ScatteringAngle(const Medium& medium);

  /// θ₀, the r.m.s. angle projected on a plane, of the core of the distribution (Highland's formula
  /// corrected by Urban): (13.6 MeV / βcp) √y (c₁ + c₂ ln y), y = path/X₀, for positrons up to
  /// 100 MeV times a function of β and Z; βcp is the geometric mean over both ends.
  double width(ParticleKind kind, double energy_before, double energy_after, double path) const;

  /// w = 1 − cos θ of a step. Steps below `shortest` (ScatteringState) are scattered as parts of
  /// one of that length: the parametrisations do not hold for them.
  double sample(const ScatteringStep& step, double shortest, RandomStream& random) const;

 private:
  struct Shape;

  static Shape shape(double x, double xi);
  double square_width(ParticleKind kind, double energy_before, double energy_after, double y) const;
  double sample_core(const Shape& shape, RandomStream& random) const;
  double sample_tail(const Shape& shape, double energy, RandomStream& random) const;

  double per_radiation_length_;        // 1/X₀
  double form_radius2_;                // R² / (6 ħ²c²), 1/MeV²
  OctaveTable<> width_correction2_;    // of y: (c₁ + c₂ ln y)²
  OctaveTable<> positron_correction_;  // of the energy, on y
  OctaveTable<> tail_of_tau_;          // two terms of ξ
  OctaveTable<> tail_of_transport_;    // of λ₁/X₀
};

}  // namespace showergan::montecarlo
