#pragma once

#include <string>
#include <vector>

#include "physics/identification/identification.hpp"

namespace showergan::test {

/// What a classifier of ten showers each found.
inline physics::Identification sample_identification(const std::string& other) {
  physics::Identification one;
  one.other = other;
  one.file = other + ".h5";
  one.training = 400;
  one.showers = 10;
  one.energy_low = 1;
  one.energy_high = 20;
  one.reference_area = {0.9, 0.02};
  one.candidate_area = {0.8, 0.03};
  for (int i = 0; i < 10; ++i) {
    one.reference_scores.push_back(1.0 + i);
    one.candidate_scores.push_back(0.5 + i);
    one.other_scores.push_back(-2.0 + i);
  }
  one.points = {{0.9, 2, {9, 10}, {8, 10}, {6, 10}, {7, 10}},
                {0.95, 1, {10, 10}, {9, 10}, {0, 10}, {5, 10}}};
  one.energies = {{1, 10, {90, 100}, {80, 100}, {10, 100}},
                  {10, 20, {91, 100}, {95, 100}, {5, 100}}};
  return one;
}

inline physics::Identification failed_identification(const std::string& other) {
  physics::Identification one;
  one.other = other;
  one.reason = "too few showers";
  return one;
}

}  // namespace showergan::test
