#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace showergan::training {

/// How the learning rate changes in the course of a training. It remembers nothing: the rate
/// depends on the position and the length of the training alone, so that a resumed training goes on
/// as if it had not stopped.
class Schedule {
 public:
  virtual ~Schedule() = default;

  /// What the base rate is multiplied with. `epoch` is the position at the start of the step: steps
  /// done / steps per epoch, 0 at the first one. `epochs` is the length of the whole training,
  /// above 0 where spans_training().
  virtual double factor(double epoch, double epochs) const = 0;

  /// Whether the rate depends on the length of the training.
  virtual bool spans_training() const { return false; }
};

/// The schedule `name`; parameters that are not given have their defaults. Throws InputError,
/// saying what is known, for an unknown name or parameter and for a value out of range.
std::unique_ptr<Schedule> make_schedule(std::string_view name,
                                        const std::map<std::string, double>& parameters);

/// Every parameter of a schedule with its default. Throws InputError for an unknown name.
std::map<std::string, double> schedule_parameters(std::string_view name);

/// In alphabetical order.
std::vector<std::string> schedule_names();

}  // namespace showergan::training
