#include "training/schedule.hpp"

#include "training/named.hpp"
#include "training/schedule/registry.hpp"

namespace showergan::training {
namespace {

const std::vector<schedule::Kind>& kinds() {
  static const std::vector<schedule::Kind> all = schedule::all();
  return all;
}

}  // namespace

std::unique_ptr<Schedule> make_schedule(std::string_view name,
                                        const std::map<std::string, double>& parameters) {
  const schedule::Kind& kind = find_named(kinds(), "schedule", name);
  const std::string owner = "the schedule '" + std::string(name) + "'";
  return kind.make(complete_values(owner, kind.parameters, parameters));
}

std::map<std::string, double> schedule_parameters(std::string_view name) {
  return standard_values(find_named(kinds(), "schedule", name).parameters);
}

std::vector<std::string> schedule_names() {
  return names_of(kinds());
}

}  // namespace showergan::training
