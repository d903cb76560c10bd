#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace showergan::physics {

/// One number per shower. Energies in GeV; moments and positions in cells.
enum class Observable {
  e_sum,              ///< Σ E
  sampling_fraction,  ///< Σ E / Ep
  response,           ///< Σ_l w_l·E_l / Ep, w_l = the layer's absorber over that of layer 0
  m1_x,
  m1_y,
  m1_z,
  m2_x,
  m2_y,
  m2_z,
  hits_70keV,
  hits_200keV,
  hits_300keV,
  third_1,
  third_2,
  third_3,
  tail,      ///< fraction of the energy more than 6 cells from the centre in x or y
  max_cell,  ///< energy of the hottest cell
  max_x,     ///< where it is
  max_y,
  max_z,
  log10_max_cell,  ///< log10 of max_cell in GeV; that of the readout threshold if nothing is read
};
inline constexpr std::size_t kObservables = 21;

/// One number per slice, layer or ring and shower. Energies in GeV, positions in mm.
enum class Profile {
  slice_x,
  slice_y,
  slice_z,  ///< also the energy of the layers
  layer_centre_x,
  layer_centre_y,
  layer_width_x,
  layer_width_y,
  radial,
};
inline constexpr std::size_t kProfiles = 8;

/// The name as it stands in reports: "m1_x".
const std::string& name_of(Observable observable);

/// The three groups that the comparison averages over.
inline constexpr std::array<Observable, 6> kMoments = {Observable::m1_x, Observable::m1_y,
                                                       Observable::m1_z, Observable::m2_x,
                                                       Observable::m2_y, Observable::m2_z};
inline constexpr std::array<Observable, 3> kHits = {Observable::hits_70keV, Observable::hits_200keV,
                                                    Observable::hits_300keV};
inline constexpr std::array<Observable, 3> kThirds = {Observable::third_1, Observable::third_2,
                                                      Observable::third_3};

}  // namespace showergan::physics
