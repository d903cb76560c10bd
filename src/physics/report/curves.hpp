#pragma once

#include "physics/energy_bins.hpp"
#include "physics/report/figure.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

/// Mean of a profile per slice with its statistical error, in MeV, against the slice number.
Curve profile_curve(const Sample& sample, Profile profile);

/// Mean of an observable per bin of the energy with its statistical error, times `scale`, against
/// the centre of the bin in GeV; bins with fewer than 2 showers are left out.
Curve energy_curve(const Sample& sample, Observable observable, const EnergyBins& bins,
                   double scale = 1);

/// Cells per shower and bin of the cell energy in MeV; the error takes cells as independent.
Curve spectrum_curve(const Sample& sample, Spectrum spectrum);

}  // namespace showergan::physics
