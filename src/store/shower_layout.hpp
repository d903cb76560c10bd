#pragma once

#include <string_view>

namespace showergan {

/// How a file arranges showers.
enum class ShowerLayout {
  /// 3DGAN, fixed angle: `ECAL` (N, nx, ny, nz) or (N, nx, ny, nz, 1) with `energy` (N) or (N, 1),
  /// or with `target` (N, 2 or more) whose column 1 is the energy; GeV.
  fixed_angle,
  /// 3DGAN, variable angle: as above with `theta`, `eta` or `mtheta` (N). The published files hold
  /// GeV × 50 in `ECAL`; files with a `unit` attribute (ours) hold what it says.
  variable_angle,
  /// CaloChallenge: `showers` (N, voxels) and `incident_energies` (N, 1), MeV, with an XML file
  /// that
  /// describes the voxels. The image is (radius, angle, layer); see Binning.
  calochallenge,
};

/// "3DGAN, fixed angle" …
std::string_view name_of(ShowerLayout layout) noexcept;

}  // namespace showergan
