#include <nlohmann/json.hpp>

#include "showergan/error.hpp"
#include "showergan/version.hpp"

#include "physics/report/identification_json.hpp"
#include "physics/report/report_json.hpp"

namespace showergan::physics {
namespace {

using nlohmann::ordered_json;

ordered_json number(const std::optional<double>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json set_json(const SetInfo& info) {
  ordered_json object = {{"label", info.label},
                         {"file", info.file},
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
                          {"excess", number(metric.excess)}};
    if (metric.uncertainty) entry["uncertainty"] = *metric.uncertainty;
    entry["showers"] = metric.showers;
    if (!metric.reason.empty()) entry["reason"] = metric.reason;
    object[metric.name] = std::move(entry);
  }
  return object;
}

ordered_json bin_json(const BinMetrics& bin) {
  return {{"quantity", bin.quantity == BinMetrics::Quantity::energy ? "energy" : "theta"},
          {"low", bin.low},
          {"high", bin.high},
          {"reference_showers", bin.reference},
          {"candidate_showers", bin.candidate},
          {"metrics", metrics_object(bin.metrics)}};
}

ordered_json classifier_json(const ClassifierResult& classifier) {
  return {{"per_seed", classifier.per_seed},
          {"epochs", classifier.epochs},
          {"seconds", classifier.training_seconds}};
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

ordered_json candidate_json(const JudgedSet& set) {
  ordered_json object = {{"metrics", metrics_object(set.metrics)},
                         {"candidate", set_json(set.info)},
                         {"warnings", set.warnings}};
  if (!set.bins.empty()) object["bins"] = ordered_json::array();
  for (const BinMetrics& bin : set.bins) object["bins"].push_back(bin_json(bin));
  for (const ClassifierResult& classifier : set.classifiers) {
    if (classifier.auc) object["classifiers"][classifier.name] = classifier_json(classifier);
  }
  if (!set.identifications.empty()) {
    object["identification"] = ordered_json::parse(identification_json(set.identifications));
  }
  if (set.spectra) {
    object["energy_spectra"] = {{"verdict", verdict_name(set.spectra->verdict)},
                                {"ks_distance", set.spectra->distance},
                                {"ks_probability", set.spectra->probability}};
  }
  return object;
}

const char* verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kept:
      return "kept";
    case Verdict::broken:
      return "broken";
    case Verdict::not_gated:
      return "not gated";
  }
  return "";
}

ordered_json gate_json(const GateResult& gate) {
  ordered_json checks = ordered_json::array();
  for (const LimitCheck& check : gate.checks) {
    checks.push_back({{"candidate", check.set},
                      {"metric", check.metric},
                      {"verdict", verdict_name(check.verdict)},
                      {"text", check.text}});
  }
  return {{"file", gate.file}, {"passed", gate.passed()}, {"checks", std::move(checks)}};
}

ordered_json regression_json(const Regression& regression) {
  ordered_json worse = ordered_json::object();
  for (const MetricChange& change : regression.worse) worse[change.metric] = change.text;
  return {{"file", regression.file},
          {"passed", regression.passed()},
          {"compared", regression.compared},
          {"worse", std::move(worse)}};
}

ordered_json document(const Report& report) {
  ordered_json candidates = ordered_json::array();
  ordered_json yardsticks = ordered_json::object();
  for (const JudgedSet& set : report.candidates) {
    if (set.yardstick) {
      yardsticks[set.info.label] = candidate_json(set);
    } else {
      candidates.push_back(candidate_json(set));
    }
  }
  ordered_json object = ordered_json::object();
  if (candidates.size() == 1) {
    object = candidates.front();
  } else {
    object["candidates"] = std::move(candidates);
  }
  if (!yardsticks.empty()) object["yardsticks"] = std::move(yardsticks);
  object["reference"] = set_json(report.reference);
  object["detector"] = report.detector;
  object["readout_threshold"] = report.threshold;
  object["showergan"] = SHOWERGAN_VERSION;
  if (report.gate) object["gate"] = gate_json(*report.gate);
  if (report.regression) object["regression"] = regression_json(*report.regression);
  return object;
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

std::optional<double> optional_number(const ordered_json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

[[noreturn]] void fail(const std::string& problem, const std::string& where) {
  throw InputError(problem, where, "give the metrics.json of an earlier report");
}

}  // namespace

std::string metrics_json(const Report& report) {
  return dump(document(report));
}

std::string metrics_json(const Report& report, const SummaryComparison& result) {
  ordered_json object = document(report);
  object["bins"] = ordered_json::array();
  for (const BinComparison& bin : result.bins) object["bins"].push_back(bin_json(bin));
  return dump(object);
}

std::vector<MetricResult> parse_metrics(std::string_view json, const std::string& where) {
  const auto object = ordered_json::parse(json, nullptr, false);
  if (!object.is_object()) fail("the metrics are no JSON object", where);
  if (object.contains("candidates")) fail("the metrics are of several candidates", where);
  if (!object.contains("metrics") || !object["metrics"].is_object()) {
    fail("there are no metrics", where);
  }
  std::vector<MetricResult> metrics;
  for (const auto& [name, entry] : object["metrics"].items()) {
    if (!entry.is_object()) fail("the metric '" + name + "' is no object", where);
    MetricResult metric;
    metric.name = name;
    metric.value = optional_number(entry, "value");
    metric.floor = optional_number(entry, "floor");
    metric.excess = optional_number(entry, "excess");
    metric.uncertainty = optional_number(entry, "uncertainty");
    metric.showers = static_cast<std::int64_t>(optional_number(entry, "showers").value_or(0));
    metrics.push_back(std::move(metric));
  }
  if (metrics.empty()) fail("there are no metrics", where);
  return metrics;
}

}  // namespace showergan::physics
