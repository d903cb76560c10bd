#pragma once

#include <functional>
#include <vector>

#include "physics/energy_bins.hpp"
#include "physics/metric/histogram.hpp"
#include "physics/report/figure.hpp"
#include "physics/sample.hpp"

namespace showergan::physics {

/// Mean of a profile per slice with its statistical error, times `scale`, against the slice number.
Curve profile_curve(const Sample& sample, Profile profile, double scale = 1);

/// Standard deviation over the showers of a profile, per slice; its error is that of a normal
/// distribution, σ/√(2n).
Curve profile_spread_curve(const Sample& sample, Profile profile);

/// Mean of an observable per bin of the energy with its statistical error, times `scale`, against
/// the centre of the bin in GeV; bins with fewer than 2 showers are left out.
Curve energy_curve(const Sample& sample, Observable observable, const EnergyBins& bins,
                   double scale = 1);

/// Energy resolution in percent per bin of the energy, as `resolution_mre` defines it, against the
/// centre of the bin in GeV. The line that is taken away is that of `reference`. The error is that
/// of a normal distribution, 0.96 σ/√n; bins with fewer than 20 showers are left out.
Curve resolution_curve(const Sample& reference, const Sample& sample, const EnergyBins& bins);

/// Cells per shower and bin of the cell energy in MeV, with the error of the mean over showers.
Curve spectrum_curve(const Sample& sample, Spectrum spectrum);

/// Percentage of all cells of the image above a threshold, against the threshold in MeV, with the
/// error of the mean over showers. It ends where no shower has a cell.
Curve sparsity_curve(const Sample& sample);

/// Percentage of the numbers per bin: a histogram for each sample on the axis of the first, the
/// reference (axis_over), with the error of its counts. Samples may be empty but the first.
std::vector<Curve> distribution_curves(const std::vector<std::vector<double>>& values);
/// The same on a given axis.
std::vector<Curve> distribution_curves(const std::vector<std::vector<double>>& values,
                                       const HistogramAxis& axis);

/// The same with a bin for each whole number from 0 to `count` − 1.
std::vector<Curve> index_curves(const std::vector<std::vector<double>>& values, std::size_t count);

}  // namespace showergan::physics
