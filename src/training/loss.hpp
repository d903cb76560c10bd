#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace showergan::training {

/// What a prediction costs, one number at a time; the loss of a batch is the mean. Computed in
/// double precision. A prediction that is not a number costs NaN, never 0.
struct Loss {
  std::string_view name;
  double (*value)(double target, double prediction);
  double (*derivative)(double target, double prediction);  ///< with respect to the prediction
};

/// Throws InputError, listing the known names, if there is no such loss.
const Loss& find_loss(std::string_view name);

/// In alphabetical order.
std::vector<std::string> loss_names();

}  // namespace showergan::training
