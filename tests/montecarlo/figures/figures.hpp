#pragma once

#include <string>
#include <vector>

#include "comparison.hpp"
#include "figure.hpp"

namespace showergan::montecarlo::figures {

/// A figure, and comparisons with published values.
struct Result {
  Figure figure;
  std::vector<Comparison> comparisons;
};

/// One for each process, with `samples` random numbers in a histogram; every one has its own seed.
Result compton(int samples);
Result photoelectric(int samples);
Result pair_production(int samples);
Result ionisation(int samples);
Result loss_fluctuation(int samples);
Result bremsstrahlung(int samples);
Result multiple_scattering(int samples);
Result annihilation(int samples);

/// Production cuts, keV, beside those that Geant4 prints: a table in Markdown.
std::string production_cuts();

}  // namespace showergan::montecarlo::figures
