#include "physics/report/identification_json.hpp"

#include <nlohmann/json.hpp>

namespace showergan::physics {
namespace {

using nlohmann::ordered_json;

ordered_json efficiency_json(const Efficiency& efficiency) {
  return {
      {"value", efficiency.value()}, {"error", efficiency.error()}, {"showers", efficiency.all}};
}

ordered_json area_json(const RocArea& area) {
  return {{"value", area.value}, {"error", area.error}};
}

ordered_json point_json(const WorkingPoint& point) {
  return {{"efficiency", point.efficiency},
          {"cut", point.cut},
          {"reference", efficiency_json(point.reference)},
          {"candidate", efficiency_json(point.candidate)},
          {"other", efficiency_json(point.other)},
          {"other_by_candidate", efficiency_json(point.other_by_candidate)}};
}

ordered_json energy_json(const EnergyEfficiency& bin) {
  return {{"low", bin.low},
          {"high", bin.high},
          {"reference", efficiency_json(bin.reference)},
          {"candidate", efficiency_json(bin.candidate)},
          {"other", efficiency_json(bin.other)}};
}

ordered_json one_json(const Identification& one) {
  ordered_json object = {{"other", one.other},
                         {"file", one.file},
                         {"training_showers", one.training},
                         {"showers", one.showers},
                         {"energy_low", one.energy_low},
                         {"energy_high", one.energy_high}};
  if (!one.reason.empty()) {
    object["reason"] = one.reason;
    return object;
  }
  object["auc"] = area_json(one.reference_area);
  object["candidate_auc"] = area_json(one.candidate_area);
  object["working_points"] = ordered_json::array();
  for (const WorkingPoint& point : one.points)
    object["working_points"].push_back(point_json(point));
  object["energies"] = ordered_json::array();
  for (const EnergyEfficiency& bin : one.energies) object["energies"].push_back(energy_json(bin));
  return object;
}

}  // namespace

std::string identification_json(const std::vector<Identification>& identifications) {
  ordered_json list = ordered_json::array();
  for (const Identification& one : identifications) list.push_back(one_json(one));
  // Names of files need not be UTF-8; what is not becomes the replacement character.
  return list.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace showergan::physics
