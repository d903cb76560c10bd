#include <nlohmann/json.hpp>

#include "showergan/version.hpp"

#include "physics/report/report.hpp"

namespace showergan::physics {
namespace {

using nlohmann::ordered_json;

ordered_json number(const std::optional<double>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json set_json(const SetInfo& info) {
  ordered_json object = {{"file", info.file},
                         {"showers", info.showers},
                         {"energy_low", info.energy_low},
                         {"energy_high", info.energy_high},
                         {"attributes", ordered_json::object()}};
  for (const auto& [name, value] : info.attributes) object["attributes"][name] = value;
  return object;
}

ordered_json metrics_object(const std::vector<MetricResult>& metrics) {
  ordered_json object = ordered_json::object();
  for (const MetricResult& metric : metrics) {
    ordered_json entry = {{"value", number(metric.value)},
                          {"floor", number(metric.floor)},
                          {"excess", number(metric.excess)},
                          {"showers", metric.showers}};
    if (!metric.reason.empty()) entry["reason"] = metric.reason;
    object[metric.name] = std::move(entry);
  }
  return object;
}

ordered_json classifier_json(const ClassifierResult& classifier) {
  ordered_json entry = {{"value", number(classifier.auc)},
                        {"floor", nullptr},
                        {"excess", nullptr},
                        {"showers", classifier.showers}};
  if (!classifier.reason.empty()) entry["reason"] = classifier.reason;
  if (!classifier.auc) return entry;
  entry["error"] = classifier.error;
  entry["per_seed"] = classifier.per_seed;
  entry["gated"] = classifier.gated();
  entry["epochs"] = classifier.epochs;
  entry["training_seconds"] = classifier.training_seconds;
  return entry;
}

ordered_json document(const ReportContext& context, const std::vector<MetricResult>& metrics,
                      const std::vector<std::string>& warnings) {
  return {{"metrics", metrics_object(metrics)},
          {"reference", set_json(context.reference)},
          {"candidate", set_json(context.candidate)},
          {"detector", context.detector},
          {"readout_threshold", context.threshold},
          {"showergan", SHOWERGAN_VERSION},
          {"warnings", warnings}};
}

/// Names in files need not be UTF-8; what is not becomes the replacement character.
std::string dump(const ordered_json& object) {
  return object.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

ordered_json deviation_json(const Deviation& deviation) {
  return {{"monte_carlo", deviation.reference},
          {"candidate", deviation.candidate},
          {"deviation", deviation.deviation},
          {"error", deviation.error}};
}

ordered_json bin_json(const BinComparison& bin) {
  ordered_json object = {
      {"energy_low", bin.energy_low}, {"energy_high", bin.energy_high}, {"showers", bin.showers}};
  if (!bin.compared) return object;
  object["sampling_fraction"] = deviation_json(bin.sampling_fraction);
  object["response"] = deviation_json(bin.response);
  object["depth"] = deviation_json(bin.depth);
  object["hits_300keV"] = deviation_json(bin.hits_300keV);
  object["profile_z_mean"] = bin.profile_z;
  object["profile_x_mean"] = bin.profile_x;
  return object;
}

const char* verdict_name(EnergySpectra verdict) {
  switch (verdict) {
    case EnergySpectra::same:
      return "same";
    case EnergySpectra::alike:
      return "alike";
    case EnergySpectra::different:
      return "different";
  }
  return "";
}

}  // namespace

std::string metrics_json(const ReportContext& context, const ComparisonResult& result) {
  ordered_json object = document(context, result.metrics, result.warnings);
  for (const ClassifierResult& classifier : result.classifiers) {
    object["metrics"][classifier.name] = classifier_json(classifier);
  }
  object["energy_spectra"] = {{"verdict", verdict_name(result.spectra.verdict)},
                              {"ks_distance", result.spectra.distance},
                              {"ks_probability", result.spectra.probability}};
  return dump(object);
}

std::string metrics_json(const ReportContext& context, const SummaryComparison& result) {
  ordered_json object = document(context, result.metrics, result.warnings);
  object["bins"] = ordered_json::array();
  for (const BinComparison& bin : result.bins) object["bins"].push_back(bin_json(bin));
  return dump(object);
}

}  // namespace showergan::physics
